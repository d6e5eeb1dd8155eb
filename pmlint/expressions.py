"""Regular expressions that are compiled when a text can first match them: most runs never need most of them.

To compile one takes as long as to search some ten thousand characters, and nothing keeps it from one run to the next.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def expression(pattern: str, flags: int = 0, needs: Sequence[str] = ()) -> re.Pattern[str]:
    """A pattern as ``re.compile`` gives it, but compiled at its first use.

    ``needs`` are strings of which every match has one, letter by letter: texts without any of them are answered
    without compiling. A string stands for its characters.
    """
    return cast("re.Pattern[str]", _Needing(pattern, flags, needs) if needs else _Expression(pattern, flags))


def lowered(text: str) -> str:
    """A text in lower case, character for character: to search it takes half as long as to ignore case."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class _Expression:
    """Becomes the compiled pattern when it is asked for anything: from then on its methods are that pattern's."""

    _taken_over: Sequence[str] = _METHODS

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> object:
        return getattr(self._compiled, name)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(self._pattern, self._flags)
        # What the instance has comes before what its class has.
        self.__dict__ |= {method: getattr(compiled, method) for method in self._taken_over}
        return compiled


class _Needing(_Expression):
    """Answers texts that cannot match."""

    # To match at one place is quicker than to look for what is needed.
    _taken_over = ("match", "fullmatch", "findall", "split", "subn")

    def __init__(self, pattern: str, flags: int, needs: Sequence[str]) -> None:
        super().__init__(pattern, flags)
        self._needs = needs
        # A text is asked about from many places in turn: to look through it each time would cost a square.
        self._asked, self._answer = "", True
        self._foreign = not any(need.isascii() for need in needs)

    def _cannot_match(self, text: str) -> bool:
        if text is not self._asked:
            self._asked = text
            self._answer = (self._foreign and text.isascii()) or not any(need in text for need in self._needs)
        return self._answer

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return None if self._cannot_match(text) else self._compiled.match(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return None if self._cannot_match(text) else self._compiled.search(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return None if self._cannot_match(text) else self._compiled.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return iter(()) if self._cannot_match(text) else self._compiled.finditer(text, start, end)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return text if self._cannot_match(text) else self._compiled.sub(new, text, count)
