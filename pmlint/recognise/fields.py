"""Labelled values: ``**Severity:** SEV-2``, ``- Status: final``, rows of two-column tables, pairs joined by breaks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pmlint.document import Block, Document, Rendered
from pmlint.expressions import expression
from pmlint.source import Span

# A label is short: what reads on for longer is a sentence with a colon in it.
LONGEST_LABEL = 60
_PLAIN = expression(r"([^\W\d_][^:：\n]{0,59}?)\s*(?::(?=\s|$)|：)")
_BLANK = " \t\n"
# What stands between labelled values on one line.
_SEPARATORS = frozenset("|·•;,/—–")
_BETWEEN = _BLANK + "|·•;"


class Field(NamedTuple):
    """A label and what it labels.

    ``span`` covers the label with its decoration, ``value`` is the rest of the line as a reader sees it and
    ``value_span`` where it stands. ``alone`` says that nothing follows the label in its leaf. ``item`` is the list
    item that the label opens, ``nested`` whether that item lies inside another one; ``row`` says that the label is a
    table's first cell. ``length`` is the number of leading characters of the leaf's rendered text, up to the value,
    and ``end`` the position where the value ends.
    """

    label: str
    span: Span
    value: str
    value_span: Span
    leaf: Block
    length: int
    end: int
    bold: bool = False
    alone: bool = False
    item: Block | None = None
    nested: bool = False
    row: bool = False


def find_fields(document: Document) -> tuple[Field, ...]:
    """Every labelled value of a document, in the order of the text."""
    return fields_of(document.blocks)


def fields_of(blocks: Sequence[Block]) -> tuple[Field, ...]:
    """Every labelled value in some blocks, in the order of the text."""
    return tuple(field for block in blocks for field in _fields(block, None, 0))


def _fields(block: Block, item: Block | None, depth: int) -> Iterator[Field]:
    if block.kind == "paragraph":
        yield from _of_paragraph(block, item, depth)
    elif block.kind == "table":
        if block.children and len(block.children[0].children) == 2:
            for row in block.children:
                yield from _of_row(row)
        elif len(block.children) == 2:
            # One row below its labels.
            for label, value in zip(block.children[0].children, block.children[1].children, strict=False):
                yield from _of_cells(label, value)
    elif block.kind == "item":
        for number, child in enumerate(block.children):
            yield from _fields(child, block if number == 0 else None, depth + 1)
    else:
        for child in block.children:
            yield from _fields(child, None, depth)


def _of_paragraph(leaf: Block, item: Block | None, depth: int) -> Iterator[Field]:
    """The labels at the starts of a paragraph's lines."""
    rendered = leaf.rendered
    strong = {markup.start: markup.end for markup in rendered.of_kind("strong")}
    for start, end in _stretches(rendered, strong):
        line = rendered.text[start:end]
        lead = len(line) - len(line.lstrip(_BLANK))
        label = _label(rendered.text, start + lead, end, strong)
        if label is None:
            continue
        name, after, bold = label
        value = rendered.text[after:end].strip(_BETWEEN)
        value_start = after + (len(rendered.text[after:end]) - len(rendered.text[after:end].lstrip()))
        first = start == 0
        yield Field(
            label=name,
            span=rendered.span(start + lead, after),
            value=value,
            value_span=rendered.span(value_start, value_start + len(value)),
            leaf=leaf,
            length=value_start,
            end=value_start + len(value),
            bold=bold,
            alone=first and not rendered.text[after:].strip(),
            item=item if first else None,
            nested=depth > 1,
        )


def _stretches(rendered: Rendered, strong: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph, cut before each further bold label: ``**Date:** 4 March | **Status:** final``.

    Where no mark parts them, the line has to begin with a bold label: ``**Owner:** Mei  **Region:** eu-west-1``.
    """
    for start, end in lines_of(rendered):
        cuts = [
            at
            for at, after in strong.items()
            if start < at < end
            and (start in strong or rendered.text[start:at].rstrip(" ")[-1:] in _SEPARATORS)
            and ":" in (rendered.text[after - 1 : after], rendered.text[after : after + 1])
        ]
        yield from pairwise([start, *sorted(cuts), end])


def label_of(rendered: Rendered) -> str:
    """The label that a leaf begins with; empty if it begins with none."""
    strong = {markup.start: markup.end for markup in rendered.of_kind("strong")}
    label = _label(rendered.text, 0, len(rendered.text), strong)
    return label[0] if label else ""


def _label(text: str, start: int, end: int, strong: Mapping[int, int]) -> tuple[str, int, bool] | None:
    """The label at the start of a line, where it ends (the colon included) and whether it is bold."""
    return _bold_label(text, start, end, strong) or _plain_label(text, start, end)


def _bold_label(text: str, start: int, end: int, strong: Mapping[int, int]) -> tuple[str, int, bool] | None:
    """A strong run at the start of a line, with its colon in it, after it, or none at all."""
    after = strong.get(start, end + 1)
    if after > end or not 0 < after - start <= LONGEST_LABEL:
        return None
    name = text[start:after].strip()
    if not name.endswith((":", "：")):
        rest = text[after:end]
        if rest.lstrip().startswith((":", "：")):
            after += len(rest) - len(rest.lstrip()) + 1
        elif rest.strip():
            return None
    return name.rstrip(" :："), after, True


def _plain_label(text: str, start: int, end: int) -> tuple[str, int, bool] | None:
    match = _PLAIN.match(text, start, end)
    return (match.group(1).strip(), match.end(), False) if match else None


def _of_row(row: Block) -> Iterator[Field]:
    if len(row.children) < 2:
        return
    yield from _of_cells(row.children[0], row.children[1])


def _of_cells(label: Block, value: Block) -> Iterator[Field]:
    name = label.rendered.text.strip().rstrip(":： ")
    if 0 < len(name) <= LONGEST_LABEL:
        text = value.rendered.text
        yield Field(name, label.span, text.strip(), value.span, value, 0, len(text), row=True)


def lines_of(rendered: Rendered) -> Iterator[tuple[int, int]]:
    """The stretches of a rendered text that were lines of the source or ended in a hard break."""
    start = 0
    for brk in rendered.of_kind("softbreak", "linebreak"):
        yield start, brk.start
        start = brk.end
    yield start, len(rendered.text)
