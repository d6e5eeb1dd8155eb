"""A document's text, and the way from offsets to lines and columns."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from pmlint.expressions import expression

# Markdown's line ends, and no others: U+2028, form feed and their kin are ordinary characters.
_LINE_END = expression(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of offsets (0-based code points) into ``Source.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def covering(self, other: "Span") -> "Span":
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


# What a column counts: a form of report says which.
Unit = Literal["code points", "utf-16", "utf-8"]


class Place(NamedTuple):
    """Where a person finds an offset: line and column, both 1-based, columns in code points unless a unit was named."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A file's text under the name it was asked for by.

    ``path`` is for reading only and may be ``-`` for standard input. ``text`` is the decoded text with its own
    line ends, without a byte order mark; ``bom`` says whether the file began with one.
    """

    path: str
    text: str
    bom: bool = False

    @property
    def data(self) -> bytes:
        """The text as the bytes of a file, with the byte order mark if there was one."""
        return (b"\xef\xbb\xbf" if self.bom else b"") + self.text.encode("utf-8")

    @cached_property
    def line_end(self) -> str:
        """The first line end of the text, a line feed where there is none."""
        first = _LINE_END.search(self.text)
        return first.group() if first else "\n"

    @cached_property
    def line_spans(self) -> tuple[Span, ...]:
        """The span of every line, its line end left out. A text that ends in a line end has no empty last line."""
        spans, start = [], 0
        for end in _LINE_END.finditer(self.text):
            spans.append(Span(start, end.start()))
            start = end.end()
        if start < len(self.text) or not spans:
            spans.append(Span(start, len(self.text)))
        return tuple(spans)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        # What a finding's place asks for, of a document whose result was kept: a span for each line would take long.
        starts = (0, *(end.end() for end in _LINE_END.finditer(self.text)))
        return starts[:-1] if len(starts) > 1 and starts[-1] == len(self.text) else starts

    def line_number(self, offset: int) -> int:
        """The 1-based line that holds the offset; a line end belongs to the line that it ends."""
        return max(1, bisect_right(self._line_starts, offset))

    def place(self, offset: int, unit: Unit = "code points") -> Place:
        """The line and column of an offset. An offset inside a CRLF pair is shown at the end of its line."""
        line = self.line_number(offset)
        span = self.line_span(line)
        end = min(offset, span.end)
        return Place(
            line, (end - span.start if unit == "code points" else _units(self.text[span.start : end], unit)) + 1
        )

    def edge(self, offset: int, unit: Unit = "code points") -> Place:
        """The place of an edit's end: as ``place`` says, but behind the text's last line end begins one more line."""
        if offset == len(self.text) and self.text.endswith(("\r", "\n")):
            return Place(len(self._line_starts) + 1, 1)
        return self.place(offset, unit)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, its line end left out."""
        starts = self._line_starts
        start, end = starts[line - 1], starts[line] if line < len(starts) else len(self.text)
        end_length = 2 if self.text.endswith("\r\n", start, end) else self.text.endswith(("\r", "\n"), start, end)
        return Span(start, end - end_length)

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its line end."""
        return self.slice(self.line_span(line))

    def lines_of(self, span: Span) -> tuple[Span, ...]:
        """The spans of the lines that a span touches, line ends left out."""
        first, last = self.line_number(span.start), self.line_number(max(span.start, span.end - 1))
        return self.line_spans[first - 1 : last]

    def slice(self, span: Span) -> str:
        """The raw text of a span."""
        return self.text[span.start : span.end]


def _units(text: str, unit: Unit) -> int:
    """How many UTF-16 code units or UTF-8 bytes a text takes."""
    data = text.encode("utf-16-le" if unit == "utf-16" else "utf-8", "surrogatepass")
    return len(data) // 2 if unit == "utf-16" else len(data)


class Undecodable(NamedTuple):
    """What kept some bytes from being text: the offset (0-based bytes) and the 1-based line of the first bad byte."""

    offset: int
    line: int
    reason: str


def decoded(path: str, data: bytes) -> tuple[Source, Undecodable | None]:
    """Bytes as a source; bytes that are not UTF-8 come out as U+FFFD, and the first of them is described."""
    bom = data.startswith(b"\xef\xbb\xbf")
    body = data[3:] if bom else data
    try:
        return Source(path, body.decode("utf-8"), bom), None
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(body[: error.start].decode("utf-8"))) + 1
        problem = Undecodable(error.start + (3 if bom else 0), line, error.reason)
        return Source(path, body.decode("utf-8", errors="replace"), bom), problem
