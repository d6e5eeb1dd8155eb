"""Regular expressions from rule pages: what is refused, and a search that ends in time. The only import of regex.

A pattern comes from a repository that may be hostile. The library stops a search that takes too long; what takes
memory without searching (counts within counts, deep nesting) is refused before it is compiled, and so is whatever
looks elsewhere than at the text in front of it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING

from pmlint.errors import PatternRefused, Unfinished

if TYPE_CHECKING:
    import regex

MAX_CHARACTERS = 512
MAX_COUNT = 100
MAX_DEPTH = 5
SECONDS = 1.0

_TOKEN = (
    r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:\?:)?)|(?P<extension>\(\?)|(?P<close>\))"
    r"|(?P<count>\{\d+(?:,\d*)?\})|(?P<brace>\{)|."
)


def refusal(pattern: str) -> str | None:
    """Why a pattern is not taken, as a clause; None for one that is."""
    if len(pattern) > MAX_CHARACTERS:
        return f"has more than {MAX_CHARACTERS} characters"
    counted: list[bool] = [False]  # for each group that is open: whether a count stands in it
    closed_counted = False  # whether what a count would now belong to has one already
    for token in re.finditer(_TOKEN, pattern):
        kind, written = token.lastgroup, token.group()
        if token["count"]:
            if max(int(number or 0) for number in written.strip("{}").split(",")) > MAX_COUNT:
                return f"counts further than {MAX_COUNT}"
            if closed_counted:
                return "has a count within a count"
            counted[-1] = True
        closed_counted = bool(token["count"])
        if kind == "brace":
            return "has a `{` that begins no count: write `\\{`"
        if token["open"] and not pattern.startswith("?", token.end()):
            counted.append(False)
            if len(counted) > MAX_DEPTH + 1:
                return f"has groups within groups more than {MAX_DEPTH} deep"
        elif token["open"] or token["extension"]:
            return "has a group that begins with `(?`: only `(?:` is taken"
        elif token["close"] and len(counted) > 1:
            closed_counted = counted.pop()
            counted[-1] |= closed_counted
        elif len(written) == 2 and written[0] == "\\" and written[1] not in _ESCAPES and written[1].isalnum():
            return f"has the escape `{written}`, which is not taken"
    return None


_ESCAPES = frozenset("dDwWsSbBtnrAZ")


class Patterns:
    """Patterns, and what is left of the second in which all searches with them have to be done."""

    __slots__ = ("_compiled", "_deadline")

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises PatternRefused for a pattern that is not taken or none at all."""
        self._compiled = [(_compiled(pattern), pattern) for pattern in patterns]
        self._deadline = monotonic() + SECONDS

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the patterns are found in a text, pattern by pattern; upper and lower case are the same.

        Raises Unfinished when the time is over.
        """
        for compiled, pattern in self._compiled:
            left = self._deadline - monotonic()
            try:
                if left <= 0:
                    raise TimeoutError
                for match in compiled.finditer(text, timeout=left):
                    if match.end() > match.start():
                        yield match.span()
            except TimeoutError:
                took = f"the pattern `{pattern}` was stopped after {SECONDS:g} s"
                raise Unfinished(took, "write it without repetitions inside of repetitions") from None


def check_pattern(pattern: str) -> None:
    """Raises PatternRefused for a pattern that is not taken or none at all."""
    _compiled(pattern)


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    import regex  # takes as long as all that a small run does, and few rules have patterns

    if reason := refusal(pattern):
        raise PatternRefused(f"the pattern `{pattern}` {reason}")
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
    except regex.error as error:
        raise PatternRefused(f"the pattern `{pattern}` is no regular expression: {error}") from None
