"""Where a block parser's text stands in the source.

mistune keeps no positions, but two facts about it give them back. A nested block's text is made line by line: every
line of it, leading blanks aside, is the tail of exactly one source line, and consecutive lines come from consecutive
source lines. So one number a state, the source line of its first line, maps everything, when columns are counted
from the end of the line: stripped markers, expanded tabs, lazy lines and CRLF need no bookkeeping.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from mistune.core import BlockState

from pmlint.expressions import expression
from pmlint.source import Source, Span

Token = dict[str, Any]

BLANKS = " \t\n"

# The parser takes such a line for code or for text; CommonMark knows that it is blank.
FAT_BLANK_LINE = expression(r"^(?: {4}[ \t]+| *\t[ \t]+)$", re.M)
_MARKER = expression(r"([ \t]*)([*+-]|\d{1,9}[.)])([ \t]*)")
_BLANKS = expression(r"[ \t]*")

# Lines that make a heading or a table of the line above, unless they continue a paragraph lazily.
_MAKING = expression(r"^ {0,3}(?:=+|[-:|][-:| \t]*)[ \t]*$", re.M)


class Desync(Exception):
    """A position that does not hold what the parser says it holds."""


class Misread(NamedTuple):
    """A stretch of the source that was given as plain text, and why: the parser failed, or there are too many marks of
    emphasis in it, or containers that are nested too deep."""

    span: Span
    cause: Literal["failure", "marks", "depth"]


class Tokens(list[Token]):
    """A state's tokens. The parser hands this very list on as its container's children, so they know their state."""

    state: "PlacedState"


class Container:
    """A container whose lines are being collected: its kind and the line, in the state, where the next child begins."""

    __slots__ = ("kind", "line")

    def __init__(self, kind: str, line: int) -> None:
        self.kind = kind
        self.line = line


class PlacedState(BlockState):
    """A block parser's state that knows where its text comes from."""

    source: Source
    first_line: int
    newlines: list[int]
    marker: Span | None
    blank_lines: Any
    misread: list[Misread] | None

    def __init__(self, parent: "PlacedState | None" = None) -> None:
        super().__init__(parent)
        self.tokens = Tokens()
        self.tokens.state = self
        self.containers: list[Container] = []
        self.newlines = []
        self.first_line = 0
        self.marker = None
        self.blank_lines = None
        if parent is not None:
            self.source = parent.source
            self.misread = parent.misread

    def process(self, src: str) -> None:
        """Take the text that is to be parsed."""
        super().process(FAT_BLANK_LINE.sub("", src))
        self.newlines = [match.start() for match in re.finditer("\n", self.src)]

    def line_at(self, position: int) -> int:
        """The line, 0-based in this state, that holds a position; a line feed belongs to the line that it ends."""
        return bisect_left(self.newlines, position)

    def line_start(self, line: int) -> int:
        """The position where a line begins."""
        return self.newlines[line - 1] + 1 if line else 0

    def line_end(self, line: int) -> int:
        """The position of a line's line feed, or of the text's end."""
        return self.newlines[line] if line < len(self.newlines) else len(self.src)

    def shift(self, line: int) -> int:
        """What to add to a position in this line to get an offset into the source."""
        return self.source.line_spans[self.first_line + line].end - self.line_end(line)

    def offset(self, position: int) -> int:
        """The offset of a position, which is not in a line's leading blanks."""
        return position + self.shift(self.line_at(position))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the blanks at its ends."""
        text = self.src[start:end]
        end = start + len(text.rstrip(BLANKS))
        return min(end, start + len(text) - len(text.lstrip(BLANKS))), end

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch that is empty or begins and ends with something other than a blank."""
        line = self.line_at(start)
        shift = self.shift(line)
        if end <= self.line_end(line):
            return Span(start + shift, end + shift)
        return Span(start + shift, self.offset(end - 1) + 1)

    @contextmanager
    def collecting(self, kind: str, start: int) -> Iterator[None]:
        """While the lines of the container that starts at a position are collected.

        A stack, as the block that ends a list is parsed, in the same state, while the list's items are collected.
        """
        self.containers.append(Container(kind, self.line_at(start)))
        try:
            yield
        finally:
            self.containers.pop()

    def append_token(self, token: Token) -> None:
        """Add a token; its ``place`` is set by the parser, save for code that a short cut of the parser makes."""
        if token["type"] == "block_code" and token["style"] == "indent":
            line = self.line_at(self.cursor) + token["raw"].count("\n")
            token["place"] = (self.cursor, self.line_end(line))
        super().append_token(token)

    def add_paragraph(self, text: str) -> None:
        """Start a paragraph at the cursor, or go on with the one that ends there."""
        end = self.cursor + len(text)
        if not self.src.startswith(text, self.cursor):
            raise Desync("a paragraph is not where it was found")
        if self._paragraph_ends_here():
            last = self.tokens[-1]
            last["place"] = (last["place"][0], end)
        else:
            # Its text is its place: keeping it, too, would copy it for every line that is added.
            self.tokens.append({"type": "paragraph", "place": (self.cursor, end)})

    def append_paragraph(self) -> int | None:
        """Add the cursor's line to the paragraph that ends there; without such a paragraph, nothing happens."""
        if not self._paragraph_ends_here():
            return None
        end = self.find_line_end()
        self.add_paragraph(self.get_text(end))
        return end

    def _paragraph_ends_here(self) -> bool:
        if not self.tokens or self.tokens[-1]["type"] != "paragraph":
            return False
        return bool(self.tokens[-1]["place"][1] == self.cursor)

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> "PlacedState":
        """A state for the text of the container that is being collected."""
        child = self.__class__(self)
        child.process(src)
        child.lazy_line_starts = lazy_line_starts or set()
        container = self.containers[-1]
        child.first_line = self.first_line + container.line
        if container.kind == "list":
            self._place_item(child, container)
        child.check()
        return child

    def _place_item(self, child: "PlacedState", container: Container) -> None:
        start = self.line_start(container.line)
        marker = _MARKER.match(self.src, start)
        if marker is None:
            raise Desync(f"no list marker in line {child.first_line + 1}")
        child.marker = self.span(*marker.span(2))
        empty = marker.end() == self.line_end(container.line)
        if not self.src[marker.end() : self.line_end(container.line)].strip():
            # An item that begins with a blank line has no first line of its own.
            child.first_line += 1
        before, after = columns(marker[1] + marker[2]), columns(marker[0])
        indent = before + 1 if empty or after - before > 4 else after
        for making in _MAKING.finditer(child.src):
            line = child.first_line - self.first_line + child.line_at(making.start())
            blanks = _BLANKS.match(self.src, self.line_start(line))
            if line > container.line and blanks is not None and columns(blanks[0]) < indent:
                child.lazy_line_starts.add(making.start())
        # The parser has moved the cursor past the marker of the next item, if there is one.
        container.line = self.line_at(self.cursor - 1)

    def check(self) -> None:
        """Raise Desync unless the first and the last line are tails of their source lines."""
        last = len(self.newlines) - (1 if self.src.endswith("\n") else 0)
        if not self.src:
            return
        for line in {0, last}:
            tail = self.src[self.line_start(line) : self.line_end(line)].lstrip(BLANKS)
            number = self.first_line + line
            if number >= len(self.source.line_spans) and not tail:
                continue
            if number >= len(self.source.line_spans) or not self.source.line_text(number + 1).endswith(tail):
                raise Desync(f"line {number + 1} does not end with {tail!r}")


def columns(text: str) -> int:
    """How many columns a text takes that begins a line."""
    return len(text.expandtabs(4))


def placed(state: BlockState) -> PlacedState:
    """A state as the kind that pmlint's parser makes."""
    if not isinstance(state, PlacedState):
        raise Desync("a state without places")
    return state
