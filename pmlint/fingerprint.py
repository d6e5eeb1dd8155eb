"""What makes two findings the same finding, though lines were added above it or its section was moved.

The idea is that of code scanning's partial fingerprints: what was found and in which words, not on which line.
"""

import hashlib
import unicodedata
from collections.abc import Sequence

from pmlint.rule import Finding

_LENGTH = 16


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """A fingerprint for each finding of one document, as hexadecimal digits.

    It is made of the rule, the title of the section that the finding stands in, and the words that it marks, without
    regard to case, blanks and markers. The second finding alike in all of these has another one, and so on. Of what
    must not be printed nothing goes in, not even as a hash: short secrets can be guessed. The message stands for it.
    """
    seen: dict[str, int] = {}
    prints = []
    for finding in findings:
        marked = finding.message if finding.is_secret else finding.shown_text
        parts = (finding.rule, *(_plain(title) for title in finding.headings[-1:]), _plain(marked))
        alike = "\n".join(parts)
        seen[alike] = seen.get(alike, 0) + 1
        prints.append(hashlib.sha256(f"{alike}\n{seen[alike]}".encode()).hexdigest()[:_LENGTH])
    return tuple(prints)


def _plain(text: str) -> str:
    """The letters and digits of a text, case-folded, one blank between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())
