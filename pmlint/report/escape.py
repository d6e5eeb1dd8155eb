"""Text from documents and file names, made safe for a terminal and for the log of a CI run."""

import re

from pmlint.expressions import expression

# GitHub's runner looks for ``##[command]`` everywhere in a line, Azure's and TeamCity's for the other two.
_COMMAND = r"(?<=#)#(?=\[|(?i:vso|teamcity)\[)"
_RUNNER_COMMAND = expression(_COMMAND)
# C0, C1, DEL; line and paragraph separators; byte order mark; bidirectional controls; lone surrogates: what could
# forge lines, move the cursor or turn the reading direction.
_UNSAFE = expression(f"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|{_COMMAND}")

# Of these, what JSON may hold as it is.
_ACTING = expression("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """The text with every character that a terminal or a CI runner would act upon as an escape, such as ``\\x1b``."""
    safe = _UNSAFE.sub(_escaped, text)
    # At the start of a line this is a workflow command of GitHub's, too.
    return safe.replace("::", "\\x3a:", 1) if safe.lstrip().startswith("::") else safe


def shown_line(text: str) -> str:
    """The same for a whole line of a document; its tabs stay."""
    safe = "".join(new if old != "\t" else old for old, new in zip(text, shown_letters(text), strict=True))
    return safe.replace("::", "\\x3a:", 1) if safe.lstrip().startswith("::") else safe


def shown_letters(text: str) -> list[str]:
    """What ``shown`` makes of each character of a text that does not begin a line."""
    letters = list(text)
    for match in _UNSAFE.finditer(text):
        letters[match.start()] = _escaped(match)
    return letters


def inert(json: str) -> str:
    """The same JSON value, without anything that a CI runner takes for a command or that acts on a terminal."""
    return _ACTING.sub(lambda match: f"\\u{ord(match.group()):04x}", _RUNNER_COMMAND.sub(r"\\u0023", json))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
