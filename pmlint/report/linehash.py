"""The line hashes by which GitHub's code scanning tells an alert again: its ``primaryLocationLineHash``.

The algorithm is that of codeql-action's ``fingerprints.ts``: a rolling hash of the hundred UTF-16 code units from the
beginning of a line on, blanks and tabs left out, as hexadecimal digits, and how many lines so far had the same.
"""

import struct
from collections import Counter

from pmlint.expressions import expression
from pmlint.source import Source

_BLOCK, _FACTOR, _BITS = 100, 37, 64
_MASK = (1 << _BITS) - 1
_LEAVING = pow(_FACTOR, _BLOCK, 1 << _BITS)
_END_OF_FILE = 0xFFFF
_LINE_FEED = 0x0A
_BLANK = expression("[ \t]+")
_LINE_END = expression(r"\r\n?")


def line_hashes(source: Source) -> tuple[str, ...]:
    """The hash of every line; behind a last line end stands one more line, which is empty."""
    written = "\ufeff" * source.bom + source.text
    text = _BLANK.sub("", _LINE_END.sub("\n", written))
    data = text.encode("utf-16-le", "surrogatepass")
    units = [*struct.unpack(f"<{len(data) // 2}H", data), _END_OF_FILE]
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == _LINE_FEED)]
    at = iter([start + _BLOCK - 1 for start in starts])
    wanted, value, hashes = next(at), 0, []
    for index, unit in enumerate(units + [0] * _BLOCK):
        leaving = units[index - _BLOCK] if index >= _BLOCK else 0
        value = (_FACTOR * value + unit - _LEAVING * leaving) & _MASK
        if index == wanted:
            hashes.append(f"{value:x}")
            wanted = next(at, -1)
    seen: Counter[str] = Counter()
    return tuple(f"{digits}:{_counted(seen, digits)}" for digits in hashes)


def _counted(seen: Counter[str], digits: str) -> int:
    seen[digits] += 1
    return seen[digits]
