"""The document's prose, leaf by leaf, with the sections around each leaf."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pmlint.document import Block, Document
from pmlint.model import Passage, Section, Table
from pmlint.recognise.fields import Field
from pmlint.source import Span

_Kind = Literal["heading", "paragraph", "item", "cell"]


def find_passages(document: Document, sections: Sequence[Section], fields: Sequence[Field]) -> tuple[Passage, ...]:
    """Every leaf of the document, in the order of the text; code and HTML have none."""
    labels = {field.leaf.span: field.length for field in reversed(fields)}
    around = _Sweep(sections)
    return tuple(
        Passage(leaf.rendered, kind, around.concepts(leaf.span), quoted, _label(leaf, labels))
        for leaf, kind, quoted in _leaves(document.blocks, False, False)
    )


def find_tables(document: Document, sections: Sequence[Section]) -> tuple[Table, ...]:
    """Every table of the document, in the order of the text."""
    around = _Sweep(sections)
    return tuple(
        Table(
            block.children[0].span,
            tuple(cell.rendered.text.strip() for cell in block.children[0].children),
            around.concepts(block.span),
        )
        for block in document.walk()
        if block.kind == "table" and block.children
    )


def _label(leaf: Block, labels: Mapping[Span, int]) -> int:
    return labels.get(leaf.span, 0)


def _leaves(blocks: Sequence[Block], in_item: bool, quoted: bool) -> Iterator[tuple[Block, _Kind, bool]]:
    for block in blocks:
        if block.kind == "heading":
            yield block, "heading", quoted
        elif block.kind == "cell":
            yield block, "cell", quoted
        elif block.kind == "paragraph":
            yield block, "item" if in_item else "paragraph", quoted
        else:
            inner = in_item or block.kind == "item"
            yield from _leaves(block.children, inner, quoted or block.kind == "quote")


class _Sweep:
    """The concepts of the sections around leaf after leaf, in one pass over both."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._coming = [section for section in reversed(sections) if section.concepts]
        self._open: list[Section] = []

    def concepts(self, span: Span) -> frozenset[str]:
        """The concepts around a span. Spans come in the order of the text; a heading belongs to its section."""
        while self._coming and self._coming[-1].span.start <= span.start:
            self._open.append(self._coming.pop())
        self._open = [section for section in self._open if span.start < section.body.end or span == section.span]
        return frozenset(concept for section in self._open for concept in section.concepts)
