"""What makes two findings the same finding, though lines were added above it or its section was moved.

The idea is that of code scanning's partial fingerprints: what was found and in which words, not on which line.
"""

import hashlib
import unicodedata
from collections.abc import Sequence

from pmlint.mask import masked
from pmlint.recognise.headings import normalised
from pmlint.rule import Finding

_LENGTH = 16


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """A fingerprint for each finding of one document, as hexadecimal digits.

    It is made of the rule, the title of the section that the finding stands in, and the words that it marks, without
    regard to case, blanks, markers and the numbers of headings. Of a finding about the document as a whole, and of one
    that marks no words, the message stands for them: neither another title nor another place makes it another finding.
    The second finding alike in all of these has another one, and so on. Of what must not be
    printed nothing goes in, not even as a hash: short secrets can be guessed. The message stands for it.
    """
    seen: dict[str, int] = {}
    prints = []
    for finding in findings:
        marked = "" if finding.whole or finding.is_secret else _plain(finding.shown_text)
        around = () if finding.whole else (_plain(normalised(title)) for title in finding.headings[-1:])
        alike = "\n".join((finding.rule, *around, marked or _plain(finding.message)))
        seen[alike] = seen.get(alike, 0) + 1
        prints.append(hashlib.sha256(f"{alike}\n{seen[alike]}".encode()).hexdigest()[:_LENGTH])
    return tuple(prints)


def counted(finding: Finding) -> tuple[str, ...]:
    """The words at each of the places that a finding counts, as fingerprints have them."""
    return tuple(_plain(masked(finding.source, place, finding.hidden)) for place in finding.places)


def _plain(text: str) -> str:
    """The letters and digits of a text, case-folded, one blank between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())
