"""A document's headings as they lie within each other."""

from bisect import bisect_right
from collections.abc import Sequence

from pmlint.model import Section
from pmlint.source import Span


class Outline:
    """The sections of headings among these, which are in the order of the text and either nested or apart."""

    __slots__ = ("_parents", "_sections", "_starts")

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = [section for section in sections if section.form == "heading"]
        self._starts = [section.span.start for section in self._sections]
        self._parents: list[int] = []
        around: list[int] = []
        for number, section in enumerate(self._sections):
            while around and self._sections[around[-1]].body.end <= section.span.start:
                around.pop()
            self._parents.append(around[-1] if around else -1)
            around.append(number)

    def around(self, span: Span) -> tuple[str, ...]:
        """The titles of the sections that a span stands in or opens, the outermost first."""
        titles: list[str] = []
        number = bisect_right(self._starts, span.start) - 1
        while number >= 0:
            section = self._sections[number]
            if span.start < section.body.end or span == section.span:
                titles.append(section.title)
            number = self._parents[number]
        return tuple(reversed(titles))
