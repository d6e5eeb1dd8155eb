"""Text from documents and file names, made safe for a terminal."""

import re

# C0, C1, DEL; line and paragraph separators; byte order mark; bidirectional controls; lone surrogates: what could
# forge lines, move the cursor or turn the reading direction.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def shown(text: str) -> str:
    """The text with every character that a terminal would act upon written as an escape, such as ``\\x1b``."""
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
