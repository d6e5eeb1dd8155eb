"""What Markdown says: blocks and inlines with exact spans. Plain types; the parser is in ``pmlint.markdown``."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pmlint.expressions import expression
from pmlint.source import Source, Span

BlockKind = Literal[
    "heading",  # level; inlines
    "paragraph",  # inlines
    "list",  # ordered, level (the first number of an ordered list); children: item
    "item",  # checked; children: any block
    "quote",  # children: any block
    "code",  # info, text
    "html",  # text
    "table",  # children: row, the first one the header
    "row",  # children: cell, as many as were written, surplus ones too
    "cell",  # inlines
    "break",  # a thematic break
    "footnote",  # info (the label); children: any block
]

InlineKind = Literal[
    "text",  # text is the raw text, character by character
    "escape",  # a backslash and the character that it protects; text is that character
    "entity",  # a character reference; text is what it stands for
    "softbreak",  # from the first trailing blank to the next line's first character; text is one blank
    "linebreak",  # the same with a hard break; text is a line feed
    "code",  # text is the content; children are its pieces when it runs over several lines
    "html",  # text is the raw text
    "emphasis",  # children
    "strong",  # children
    "strike",  # children
    "link",  # children, target (as decoded by the parser)
    "image",  # children (the alternative text), target
    "footnote",  # target (the label): a reference to a footnote
]


class Inline(NamedTuple):
    """A piece of a leaf's content. ``span`` covers its raw text, markers included."""

    kind: InlineKind
    span: Span
    text: str = ""
    children: tuple["Inline", ...] = ()
    target: str = ""


class Markup(NamedTuple):
    """What a stretch of rendered text is: its kind, where it stands (positions in the text) and what it points at."""

    kind: InlineKind
    start: int
    end: int
    span: Span
    target: str = ""


class Rendered(NamedTuple):
    """A leaf's text as a reader sees it, every character knowing where it comes from.

    Emphasis and link syntax are gone, escapes and character references decoded, a soft break is one blank, a hard
    break a line feed, images and inline HTML leave nothing. ``markup`` tells what the stretches were, outer before
    inner. ``positions`` and ``origins`` map pieces of the text to spans of the source: a piece as long as its span
    maps character by character, any other piece as a whole.
    """

    text: str
    markup: tuple[Markup, ...]
    positions: tuple[int, ...]
    origins: tuple[Span, ...]
    home: Span

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``; an empty stretch gives an empty span beside its neighbour."""
        if start >= end:
            at = self._origin(start).start if start < len(self.text) else self._end()
            return Span(at, at)
        return Span(self._origin(start).start, self._origin(end - 1).end)

    def _origin(self, position: int) -> Span:
        piece = bisect_right(self.positions, position) - 1
        start, origin = self.positions[piece], self.origins[piece]
        after = self.positions[piece + 1] if piece + 1 < len(self.positions) else len(self.text)
        if after - start != origin.end - origin.start:
            return origin
        at = origin.start + position - start
        return Span(at, at + 1)

    def _end(self) -> int:
        return self.origins[-1].end if self.origins else self.home.start

    def of_kind(self, *kinds: InlineKind) -> Iterator[Markup]:
        """The stretches of these kinds, in the order of the text."""
        return (markup for markup in self.markup if markup.kind in kinds)


def _no_inlines() -> tuple[Inline, ...]:
    return ()


@dataclass(frozen=True)
class Block:
    """A block of the document; which fields mean something depends on ``kind``, see ``BlockKind``.

    ``span`` runs from the block's first marker to the end of its last line's content, the line end left out.
    A cell's span is its trimmed text. Inline content is parsed when somebody asks for it, once.
    """

    kind: BlockKind
    span: Span
    children: tuple["Block", ...] = ()
    level: int = 0
    ordered: bool = False
    checked: bool | None = None
    info: str = ""
    text: str = ""
    parse: Callable[[], tuple[Inline, ...]] = field(default=_no_inlines, repr=False, compare=False)

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """The inline content of a heading, paragraph or cell; empty for every other kind."""
        return self.parse()

    @cached_property
    def rendered(self) -> Rendered:
        """The text of ``inlines`` as a reader sees it."""
        return rendered(self.inlines, self.span)

    def walk(self) -> Iterator["Block"]:
        """This block and all below it, in the order of the text."""
        return _walk((self,))


class Fault(NamedTuple):
    """Something in the front matter that cannot be read: where, and one plain sentence."""

    span: Span
    message: str


class FrontMatter(NamedTuple):
    """The front matter: its span with both fences, its top-level values and where each value stands.

    Values are str, int, float, bool, None, or lists and dicts (keys are str) of these; dates and times stay the
    strings that were written. ``faults`` tells what could not be read; the values then are what could.
    """

    span: Span
    values: Mapping[str, Any]
    spans: Mapping[str, Span]
    faults: tuple[Fault, ...] = ()


class Document(NamedTuple):
    """A source, its blocks and its front matter, if it has any."""

    source: Source
    blocks: tuple[Block, ...]
    front_matter: FrontMatter | None = None

    def walk(self) -> Iterator[Block]:
        """Every block, in the order of the text."""
        return _walk(self.blocks)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    coming = list(reversed(blocks))
    while coming:
        block = coming.pop()
        yield block
        coming.extend(reversed(block.children))


_LINE_BREAK = expression(r"<br\s*/?>", re.I)


def rendered(inlines: tuple[Inline, ...], home: Span) -> Rendered:
    """Inlines as the text that a reader sees; ``home`` is the span of the leaf they belong to."""
    pieces: list[str] = []
    markup: list[Markup] = []
    positions: list[int] = []
    origins: list[Span] = []
    length = 0

    def visit(inline: Inline) -> None:
        nonlocal length
        start, slot = length, len(markup)
        if inline.kind == "html" and _LINE_BREAK.fullmatch(inline.text):
            inline = inline._replace(kind="linebreak", text="\n")
        shown = "" if inline.children or inline.kind in ("html", "image", "footnote") else inline.text
        if shown:
            pieces.append(shown)
            positions.append(length)
            origins.append(_content(inline))
            length += len(shown)
        if inline.kind != "image":
            for child in inline.children:
                visit(child)
        if inline.kind not in ("text", "escape", "entity"):
            markup.insert(slot, Markup(inline.kind, start, length, inline.span, inline.target))

    for inline in inlines:
        visit(inline)
    return Rendered("".join(pieces), tuple(markup), tuple(positions), tuple(origins), home)


def _content(inline: Inline) -> Span:
    """Where an inline's text stands: for a code span that is written on one line, inside its back-ticks."""
    span = inline.span
    if inline.kind == "code":
        around = span.end - span.start - len(inline.text)
        if around > 0 and around % 2 == 0:
            return Span(span.start + around // 2, span.end - around // 2)
    return span
