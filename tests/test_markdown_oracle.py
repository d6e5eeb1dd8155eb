"""Another parser, pulldown-cmark, sees the same blocks and inlines in the same places."""

import pyromark

from pmlint.document import Inline
from pmlint.markdown import parse_blocks
from pmlint.source import Source
from tests.test_markdown_positions import examples

KINDS = {
    "Heading": "heading",
    "CodeBlock": "code",
    "BlockQuote": "quote",
    "Item": "item",
    "List": "list",
    "Emphasis": "emphasis",
    "Strong": "strong",
    "Link": "link",
    "Image": "image",
    "Rule": "break",
    "Code": "code span",
    "InlineHtml": "html tag",
}
STARTS_ONLY = ("quote", "item", "list")

# Examples of collapsed references: pulldown-cmark leaves the "[]" out of the link or image, which it belongs to.
COLLAPSED_REFERENCES = {553, 554, 555, 566, 576, 584, 585, 586}


def seen_by_pulldown_cmark(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of blocks and inlines, blanks at the ends left out; of containers the start only."""
    offsets = {len(text[:at].encode()): at for at in range(len(text) + 1)}
    seen = []
    for event, place in pyromark.events_with_range(text):
        tag = name(event)
        if tag in KINDS:
            seen.append(entry(KINDS[tag], text, offsets[place["start"]], offsets[place["end"]]))
    return sorted(seen)


def name(event: object) -> str:
    """An event is its name or holds one thing by its name; what starts is such a thing again."""
    if isinstance(event, dict):
        (key, value), *_ = event.items()
        return name(value) if key == "Start" else str(key)
    return str(event)


def seen_by_pmlint(text: str) -> list[tuple[str, int, int]]:
    seen = []

    def see(inlines: tuple[Inline, ...]) -> None:
        for inline in inlines:
            kind = {"code": "code span", "html": "html tag"}.get(inline.kind, inline.kind)
            bare = inline.kind == "link" and text[inline.span.start] not in "[<"
            if kind in KINDS.values() and not bare:
                seen.append(entry(kind, text, inline.span.start, inline.span.end))
            see(inline.children)

    for block in parse_blocks(Source("document.md", text)):
        for part in block.walk():
            if part.kind in KINDS.values():
                seen.append(entry(part.kind, text, part.span.start, part.span.end))
            see(part.inlines)
    return sorted(seen)


def entry(kind: str, text: str, start: int, end: int) -> tuple[str, int, int]:
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return kind, start, 0 if kind in STARTS_ONLY else start + len(stretch.strip())


def test_another_parser_sees_the_same_in_the_same_places() -> None:
    numbered = enumerate(examples("commonmark"), start=1)
    differing = {number for number, text in numbered if seen_by_pulldown_cmark(text) != seen_by_pmlint(text)}
    assert differing == COLLAPSED_REFERENCES
