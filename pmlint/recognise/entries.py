"""Blocks as entries of a timeline: list items, table rows, headings and lines that begin with a time."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pmlint.document import Block, Rendered
from pmlint.expressions import expression
from pmlint.model import Stamp
from pmlint.recognise.fields import label_of, lines_of
from pmlint.recognise.headings import normalised
from pmlint.recognise.lexicon import column_words
from pmlint.recognise.times import find_stamps, plain, range_at
from pmlint.recognise.zones import find_zones
from pmlint.source import Source, Span

# "First detected: 2023-09-18 13:42": what stands before the time names the event, and is short.
_LONGEST_NAME = 48
# "Between 4pm and 5pm the queue grew": in a paragraph that is a sentence, not an entry.
_SENTENCE = expression(r"\W*(?:between|after|before|shortly|just)\s", re.I)
_AROUND = " \t\n:-–—,.|*_~)]}>"
# What stands where the time of an entry would, and is none: unknown digits, a time counted from the beginning.
_NO_TIME = expression(
    r"[\s\[(*_]*(?:(?:[\d?x]{1,2}|-{2}|[Hh]{2}|XX)\s?:\s?(?:[?x]{1,2}|\d[?x]|-{2}|[Mm]{2}|XX)|\?{1,5}|T\s?[+-]\s?\d\S*|\+\d{1,3}(?::\d{2}|\s?m|\s?h)\S*)(?!\w)"
)


class Entry(NamedTuple):
    """An entry as it is written: its span, its text without the time, and the stamps that it states itself.

    ``instead`` is what stands where the time of an entry without a stamp would. ``named`` says that the time stands
    behind a short name: ``First detected: 10:42``.
    """

    span: Span
    text: str
    stamp: Stamp | None = None
    end_stamp: Stamp | None = None
    instead: str = ""
    named: bool = False


class Day(NamedTuple):
    """A date that stands alone, above the entries that it holds for."""

    stamp: Stamp


class Remark(NamedTuple):
    """Prose between entries, or a table's column names; it may say the zone or the date."""

    rendered: Rendered


Part = Entry | Day | Remark


def parts_of(blocks: Sequence[Block], source: Source) -> tuple[Part, ...]:
    """What the blocks of a timeline section hold, in the order of the text.

    Quotations and code are looked into only where nothing else holds an entry: pasted chat and logs mostly are details.
    """
    parts = tuple(_of_groups(blocks))
    if any(isinstance(part, Entry) for part in parts):
        return parts
    pasted = [part for block in blocks for part in _of_pasted(block, source)]
    return tuple(pasted) if sum(isinstance(part, Entry) for part in pasted) > 1 else parts


def _of_pasted(block: Block, source: Source) -> Iterator[Part]:
    """The entries of a quotation; of a code block, those of its lines that begin with a time."""
    if block.kind == "quote":
        yield from _of_groups(block.children)
    elif block.kind == "code":
        for line in source.lines_of(block.span):
            rendered = plain(source.slice(line), line)
            if (lead := range_at(rendered, 0, len(rendered.text))) and lead[0].timed:
                yield Entry(line, _one_line(rendered.text[lead[2] :].strip(_AROUND)), lead[0], lead[1])
    elif block.kind == "paragraph":
        yield Remark(block.rendered)


def _of_groups(blocks: Sequence[Block]) -> Iterator[Part]:
    """The parts group by group, a heading opening each."""
    for group in _by_heading(blocks):
        heading, below = (group[0], group[1:]) if group[0].kind == "heading" else (None, group)
        if heading is None:
            yield from _of_blocks(below)
            continue
        inner = list(_of_blocks(below))
        lead = range_at(heading.rendered, 0, len(heading.rendered.text))
        has_times = any(isinstance(part, Entry) and part.stamp and part.stamp.timed for part in inner)
        if lead and (lead[0].timed or not has_times):
            stamp, end_stamp, after = lead
            rest = heading.rendered.text[after:].strip(_AROUND)
            if not stamp.timed and not rest and not below:
                yield Day(stamp)
                continue
            text = " ".join([rest, *(_text_of(block) for block in below)])
            yield Entry(_covering([heading, *below]), text.strip(), stamp, end_stamp)
            continue
        day = lead or next(((stamp,) for stamp, _, _ in find_stamps(heading.rendered) if stamp.dated), None)
        if day:
            yield Day(day[0])
        yield from inner


def _by_heading(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    starts = sorted({0, *(number for number, block in enumerate(blocks) if block.kind == "heading")})
    for start, end in pairwise([*starts, len(blocks)]):
        if start < end:
            yield blocks[start:end]


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Part]:
    for block in blocks:
        if block.kind == "paragraph":
            yield from _of_paragraph(block, block.span)
        elif block.kind == "list":
            yield from _of_list(block)
        elif block.kind == "table":
            yield from _of_table(block)


def _of_paragraph(leaf: Block, home: Span) -> Iterator[Part]:
    """A paragraph's lines: each that begins with a time is an entry and takes the lines after it along."""
    lines = list(lines_of(leaf.rendered))
    leads = [
        (start, lead)
        for start, end in lines
        if (lead := range_at(leaf.rendered, start, end))
        and _led(leaf, lead, end)
        and not _SENTENCE.match(leaf.rendered.text, start)
    ]
    if not leads:
        yield Remark(leaf.rendered)
        return
    if leads[0][0] > 0:
        yield Remark(leaf.rendered)
    text = leaf.rendered.text
    for number, (start, (stamp, end_stamp, after)) in enumerate(leads):
        end = leads[number + 1][0] if number + 1 < len(leads) else len(text)
        rest = text[after:end].strip(_AROUND)
        if not rest and not stamp.timed:
            yield Day(stamp)
            continue
        span = leaf.rendered.span(start, end)
        yield Entry(home if len(leads) == 1 else span, _one_line(rest), stamp, end_stamp)


def _led(leaf: Block, lead: tuple[Stamp, Stamp | None, int], end: int) -> bool:
    """Whether a line is led by its time, rather than being a sentence that happens to begin with a date."""
    stamp, _, after = lead
    if stamp.timed:
        return True
    rest = leaf.rendered.text[after:end]
    return not rest.strip(_AROUND) or rest.lstrip(" *_)]").startswith((":", "-", "–", "—", "|"))


def _of_list(block: Block) -> Iterator[Part]:
    items = [(item, _of_item(item)) for item in block.children]
    any_time = any(isinstance(part, Entry) and part.stamp for _, parts in items for part in parts)
    for _, parts in items:
        for part in parts:
            if isinstance(part, Entry) and part.stamp is None and not any_time:
                continue
            yield part


def _of_item(item: Block) -> list[Part]:
    """An item as an entry; what it nests is detail, unless that begins with times of its own."""
    nested = [part for child in item.children[1:] for part in _nested_times(child)]
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph":
        return [part for child in item.children for part in _nested_times(child)]
    head = first.span.covering(item.span) if not nested else Span(item.span.start, first.span.end)
    rendered = first.rendered
    name = ""
    lead = range_at(rendered, 0, len(rendered.text))
    if lead is None and (named := _named(rendered)):
        name, lead = rendered.text[: named[0]].strip(_AROUND), named[1]
    if lead is None:
        if nested:
            day = next((stamp for stamp, _, _ in find_stamps(rendered) if stamp.dated), None)
            return [Day(day), *nested] if day else list(nested)
        lines = [part for part in _of_paragraph(first, head) if isinstance(part, Entry)]
        return list(lines) or [_untimed(rendered, head)]
    stamp, end_stamp, after = lead
    if nested and not stamp.timed:
        return [Day(stamp), *nested]
    several = [part for part in _of_paragraph(first, head) if isinstance(part, Entry)]
    if len(several) > 1:
        return [*several, *nested]
    rest = rendered.text[after:].strip(_AROUND)
    details = "" if nested else " ".join(_text_of(child) for child in item.children[1:])
    return [Entry(head, _one_line(f"{name} {rest} {details}"), stamp, end_stamp, named=bool(name)), *nested]


def _untimed(rendered: Rendered, span: Span) -> Entry:
    """An item without a time as an entry, and what it has in the time's place."""
    if blank := _NO_TIME.match(rendered.text):
        return Entry(span, _one_line(rendered.text[blank.end() :].strip(_AROUND)), instead=blank.group().strip(" [(*_"))
    return Entry(span, _one_line(rendered.text), instead=label_of(rendered))


def _named(rendered: Rendered) -> tuple[int, tuple[Stamp, Stamp | None, int]] | None:
    """A time behind a short name (``First detected: 2023-09-18 13:42``), and the position where it begins."""
    for stamp, start, after in find_stamps(rendered, end=min(len(rendered.text), _LONGEST_NAME + 40)):
        name, rest = rendered.text[:start], rendered.text[after:].strip(_AROUND)
        if not stamp.timed or start > _LONGEST_NAME or len(rest) > _LONGEST_NAME:
            return None
        in_brackets = name.endswith(("(", "[")) and rendered.text[after : after + 1] in (")", "]")
        if (
            in_brackets
            or name.rstrip().endswith((":", "-", "–", "—", "at", "@"))
            or (stamp.dated and len(name.split()) <= 4)
        ):
            return start, (stamp, None, after)
        return None
    return None


def _nested_times(block: Block) -> Iterator[Part]:
    """The entries with a clock time in a nested list; nested text without times is detail of its item."""
    if block.kind == "list":
        for part in _of_list(block):
            if isinstance(part, Entry) and part.stamp and part.stamp.timed:
                yield part


def _of_table(table: Block) -> Iterator[Part]:
    header, *rows = table.children
    columns = _time_columns(header, rows)
    if not columns:
        return
    for cell in header.children:
        yield Remark(cell.rendered)
    names = [column_words().get(_name_of(cell)) for cell in header.children]
    ends = tuple(column for column in columns[1:] if names[column] == "end")
    starts = tuple(column for column in columns if column not in ends)
    zones = [column for column, name in enumerate(names) if name == "zone"]
    for row in rows:
        cells = row.children
        stamp, end_stamp = _row_stamps(_at(cells, starts))
        if ends and (closing := _row_stamps(_at(cells, ends))[0]) and stamp and closing.timed == stamp.timed:
            end_stamp = closing
        if stamp and stamp.timed and not stamp.zone and (zone := _row_zone(_at(cells, zones))):
            stamp = stamp._replace(zone=zone)
        written = " ".join(cell.rendered.text.strip() for cell in _at(cells, columns)).strip()
        rest = " ".join(c.rendered.text.strip() for n, c in enumerate(cells) if n not in (*columns, *zones))
        if stamp or (written and rest.strip()):
            yield Entry(row.span, _one_line(rest), stamp, end_stamp, instead="" if stamp else written)


def _name_of(cell: Block) -> str:
    """A column's name without what stands in brackets: ``End (UTC)`` is an end."""
    return normalised(cell.rendered.text.partition("(")[0])


def _at(cells: Sequence[Block], columns: Sequence[int]) -> list[Block]:
    return [cells[column] for column in columns if column < len(cells)]


def _row_zone(cells: Sequence[Block]) -> str | None:
    return next((zone for cell in cells for zone, _, _ in find_zones(cell.rendered.text)), None)


def _time_columns(header: Block, rows: Sequence[Block]) -> tuple[int, ...]:
    """The columns that hold dates or clock times: those whose filled cells mostly begin with one."""
    columns = []
    for number, name in enumerate(header.children):
        filled = [
            row.children[number]
            for row in rows
            if number < len(row.children) and row.children[number].rendered.text.strip()
        ]
        times = sum(1 for cell in filled if _is_time(cell))
        asked = column_words().get(_name_of(name)) in ("owner", "zone")
        if times and times * 2 >= len(filled) and not asked:
            columns.append(number)
    return tuple(columns)


def _is_time(cell: Block) -> bool:
    """Whether a cell holds a time and little else."""
    lead = range_at(cell.rendered, 0, len(cell.rendered.text))
    return lead is not None and len(cell.rendered.text[lead[2] :].strip()) <= 24


def _row_stamps(cells: Sequence[Block]) -> tuple[Stamp | None, Stamp | None]:
    """The stamps of a row, put together from its date and time columns; the first of each kind counts."""
    whole: Stamp | None = None
    end_stamp: Stamp | None = None
    for cell in cells:
        lead = range_at(cell.rendered, 0, len(cell.rendered.text))
        if lead is None:
            continue
        stamp, until, _ = lead
        if whole is None:
            whole, end_stamp = stamp, until
        elif whole.dated and stamp.timed and not whole.timed:
            end_stamp = until
            whole = whole._replace(
                span=whole.span.covering(stamp.span),
                hour=stamp.hour,
                minute=stamp.minute,
                second=stamp.second,
                half=stamp.half,
                zone=stamp.zone,
                approximate=whole.approximate or stamp.approximate,
            )
        elif whole.timed and not whole.dated and stamp.dated and not stamp.timed:
            whole = whole._replace(
                span=whole.span.covering(stamp.span),
                year=stamp.year,
                month=stamp.month,
                day=stamp.day,
                day_unsure=stamp.day_unsure,
            )
    return whole, end_stamp


def _text_of(block: Block) -> str:
    """The prose of a block and of all below it, on one line; code and HTML leave nothing."""
    return " ".join(_one_line(leaf.rendered.text) for leaf in block.walk() if leaf.rendered.text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _covering(blocks: Sequence[Block]) -> Span:
    return blocks[0].span.covering(blocks[-1].span)
