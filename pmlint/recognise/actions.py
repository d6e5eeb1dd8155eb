"""Action items: list items, table rows and sentences of the sections about what is to be done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pmlint.document import Block, Document, Rendered
from pmlint.expressions import expression
from pmlint.model import ActionItem, Section, Value
from pmlint.recognise.assignments import (
    is_tracked_at,
    marks_what_is_done,
    written_due,
    written_owner,
    written_priority,
    written_state,
    written_ticket,
    written_type,
)
from pmlint.recognise.fields import Field, fields_of, label_of
from pmlint.recognise.headings import concepts_of, normalised
from pmlint.recognise.lexicon import State, action_types, column_words, imperatives, nobody, states
from pmlint.recognise.order import in_day_order, nearest_day
from pmlint.recognise.sections import blocks_inside
from pmlint.recognise.timeline import Dating
from pmlint.recognise.times import find_stamps, plain
from pmlint.source import Source, Span

_CLOSED_GROUP = expression(r"\b(?:completed|implemented)\b|\(done\)|^done\b|already done\b|✅|完了", re.I)
_LABEL = expression(r"^action items?\s*:\s*", re.I)
_NONE_SAID = expression(r"^(?:none|n/?a|nothing|no action items?|-|tbd|なし|néant|keine)\b.{0,40}$|^[-–—]?$", re.I)

# What labels below an action can say of it.
_ASSIGNMENTS = frozenset({"owner", "due", "ticket", "state", "type", "priority"})

# The search for a team's patterns is quadratic in a word.
_LONGEST_TICKET = 40
# Headings about these, even among the action items, stand above what was, not above what will be done.
_ACCOUNTS = frozenset(
    {"went_well", "went_wrong", "got_lucky", "lessons", "root_cause", "contributing_factors", "summary", "impact"}
)


class _Reading(NamedTuple):
    """What holds for all items of a group: how numeric dates are written, the incident's day, and, where the heading
    above them gives it, their state and type; ``tabled`` says that a table of the section holds items."""

    day_first: bool | None = None
    day: date | None = None
    state: State | None = None
    type: Value | None = None
    tabled: bool = False


def find_actions(document: Document, sections: Sequence[Section], dating: Dating) -> tuple[ActionItem, ...]:
    """The action items of a document, in the order of the text."""
    items: list[ActionItem] = []
    taken_until = 0
    for section in sections:
        if "actions" not in section.concepts or section.span.start < taken_until:
            continue
        taken_until = section.body.end
        blocks = list(blocks_inside(document.blocks, section.body))
        items += _of_section(blocks, _under(section.title, section.span, _Reading(dating.day_first, dating.day)))
    return tuple(items)


def with_tickets(items: tuple[ActionItem, ...], source: Source, patterns: Sequence[str]) -> tuple[ActionItem, ...]:
    """The items, those without a ticket with what a word of theirs is by a team's own patterns."""
    if not patterns:
        return items
    own = re.compile("|".join(patterns))
    return tuple(
        item if item.ticket else item._replace(ticket=_own_ticket(source.slice(item.span), own)) for item in items
    )


def _own_ticket(text: str, own: re.Pattern[str]) -> str | None:
    words = (word.strip("()[],.;:|") for word in text.split())
    return next((word for word in words if len(word) <= _LONGEST_TICKET and own.fullmatch(word)), None)


def _under(title: str, span: Span, reading: _Reading) -> _Reading:
    """The reading below a heading."""
    kind = normalised(title.partition("(")[0])
    return reading._replace(
        state="done" if _CLOSED_GROUP.search(title) else reading.state,
        type=Value(title.strip(), span) if kind in action_types() else reading.type,
    )


def _of_section(blocks: Sequence[Block], reading: _Reading) -> Iterator[ActionItem]:
    """Items group by group, a heading opening each; prose is taken for items only where no list or table holds them."""
    prose = not any(block.kind in ("list", "table") for block in blocks)
    reading = reading._replace(tabled=any(block.kind == "table" for block in blocks))
    for heading, group in _groups(blocks):
        if heading is None:
            yield from _of_group(group, reading, prose)
            continue
        title = heading.rendered.text
        about = concepts_of(title)
        if item := _told_by_labels(heading, group, reading):
            yield item
        elif _ACCOUNTS.isdisjoint(about):
            yield from _of_group(group, _under(title, heading.span, reading), prose=not about)


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """The blocks below each heading; first those above all of them."""
    heading: Block | None = None
    group: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            yield heading, group
            heading, group = block, []
        else:
            group.append(block)
    yield heading, group


def _told_by_labels(heading: Block, group: Sequence[Block], reading: _Reading) -> ActionItem | None:
    """A heading that is itself an action, told by the labels below it: ``### Alert on disk space``, ``Owner: Mei``."""
    fields = fields_of([block for block in group if block.kind != "table"])
    values = _labelled([field for field in fields if not field.nested])
    if "owner" not in values and not ("due" in values and "state" in values):
        return None
    return _assigned(_item(heading.rendered, heading.span, reading), values, reading)


def _labelled(fields: Sequence[Field]) -> dict[str, Field]:
    """The labelled values that a table would have columns for; the first of each counts."""
    values: dict[str, Field] = {}
    for field in fields:
        name = column_words().get(normalised(field.label))
        if name in _ASSIGNMENTS:
            values.setdefault(name, field)
    return values


def _assigned(item: ActionItem, values: Mapping[str, Field], reading: _Reading) -> ActionItem:
    """An item with what labels below it say."""
    for name, field in values.items():
        written = plain(field.value, field.value_span)
        value = Value(field.value, field.value_span)
        if name == "owner" and item.owner is None and field.value.casefold() not in nobody():
            item = item._replace(owner=value)
        elif name == "due" and item.due is None:
            item = item._replace(due=_first_day(written, reading))
        elif name == "ticket" and item.ticket is None:
            item = item._replace(ticket=written_ticket(field.leaf.rendered) or written_ticket(written))
        elif name == "state":
            item = item._replace(state=states().get(normalised(field.value)) or written_state(written) or item.state)
        elif name == "type" and field.value:
            item = item._replace(type=value)
        elif name == "priority" and field.value:
            item = item._replace(priority=value)
    return item


def _first_day(rendered: Rendered, reading: _Reading) -> date | None:
    days = (nearest_day(in_day_order(stamp, reading.day_first), reading.day) for stamp, _, _ in find_stamps(rendered))
    return next((day for day in days if day), None)


def _of_group(blocks: Sequence[Block], reading: _Reading, prose: bool) -> Iterator[ActionItem]:
    prose = prose and not any(block.kind in ("list", "table") for block in blocks)
    for block in blocks:
        if block.kind == "list" and not (reading.tabled and _is_legend(block)):
            yield from _of_list(block, reading)
        elif block.kind == "table":
            yield from _of_table(block, reading)
        elif block.kind == "paragraph" and (prose or _LABEL.match(block.rendered.text)):
            yield from _of_text(block.rendered, block.span, reading)


def _is_legend(block: Block) -> bool:
    """Whether a list beside a table explains the table's sorts of action items: ``- **Prevent:** it cannot recur``."""
    labels = [label_of(item.children[0].rendered) if item.children else "" for item in block.children]
    return len(labels) > 1 and all(normalised(label) in action_types() for label in labels)


def _of_list(block: Block, reading: _Reading) -> Iterator[ActionItem]:
    if reading.state is None and any(
        leaf.kind == "paragraph" and marks_what_is_done(leaf.rendered.text) for leaf in block.walk()
    ):
        # Where some items say that they are done, the others are not.
        reading = reading._replace(state="open")
    for item in block.children:
        first = item.children[0] if item.children else None
        lists = [child for child in item.children if child.kind == "list"]
        details = [child for child in lists if _is_detail(child)]
        names_group = bool(lists) and first is not None and first.rendered.text.rstrip().endswith((":", "："))
        if first is not None and first.kind == "paragraph" and not names_group:
            own = reading if item.checked is None else reading._replace(state="done" if item.checked else "open")
            links = [link for child in lists for link in _bare_links(child)]
            links += [link for child in item.children[1:] if child.kind == "paragraph" for link in _links(child)]
            for action in _of_text(first.rendered, Span(item.span.start, first.span.end), own):
                linked = action._replace(ticket=action.ticket or next(iter(links), None))
                yield _assigned(linked, _labelled(fields_of(details)), own)
        for child in lists:
            if child not in details and not _bare_links(child) and (first is None or _holds_items(first, child)):
                yield from _of_list(child, reading)


def _holds_items(above: Block, block: Block) -> bool:
    """Whether a nested list holds items of its own, rather than the details of the item above it."""
    if above.kind != "paragraph" or above.rendered.text.rstrip().endswith((":", "：")):
        return True
    texts = [item.children[0].rendered.text for item in block.children if item.children]
    acting = sum(1 for text in texts if text.split()[:1] and text.split()[0].casefold().strip(",:") in imperatives())
    return acting * 2 >= len(block.children)


def _is_detail(block: Block) -> bool:
    """Whether every item of a nested list says something of the item above it: ``- Owner: Mei``."""
    fields = fields_of([block])
    return bool(fields) and len(_labelled(fields)) == len(block.children)


def _links(block: Block) -> list[str]:
    """The tracker items that a further paragraph of an item links to."""
    return [link.target for link in block.rendered.of_kind("link") if is_tracked_at(link.target)]


def _bare_links(block: Block) -> list[str]:
    """The tracker links of a nested list that holds nothing else: they belong to the item above."""
    links = []
    for item in block.children:
        leaf = item.children[0] if len(item.children) == 1 else None
        link = next(leaf.rendered.of_kind("link"), None) if leaf else None
        text = leaf.rendered.text.strip() if leaf else ""
        target = link.target if link and link.end - link.start == len(text) else text
        if " " in target or not is_tracked_at(target):
            return []
        links.append(target)
    return links


def _of_text(rendered: Rendered, span: Span, reading: _Reading) -> Iterator[ActionItem]:
    """A list item's or paragraph's text as an action item; "none" and blanks are none."""
    if not _NONE_SAID.match(_text(rendered)):
        yield _item(rendered, span, reading)


def _text(rendered: Rendered) -> str:
    return _LABEL.sub("", " ".join(rendered.text.split()))


def _item(rendered: Rendered, span: Span, reading: _Reading) -> ActionItem:
    return ActionItem(
        span=span,
        text=_text(rendered),
        owner=written_owner(rendered),
        due=written_due(rendered, reading.day_first, reading.day),
        ticket=written_ticket(rendered),
        state=written_state(rendered) or reading.state,
        type=written_type(rendered) or reading.type,
        priority=written_priority(rendered),
    )


def _of_table(table: Block, reading: _Reading) -> Iterator[ActionItem]:
    header, *rows = table.children
    columns: dict[str, int] = {}
    for number, cell in enumerate(header.children):
        name = column_words().get(normalised(cell.rendered.text))
        if name:
            columns.setdefault(name, number)
    task = columns.get("task", _widest(rows))
    for row in rows:
        cells = row.children
        if task >= len(cells) or not cells[task].rendered.text.strip():
            continue
        values = {name: cells[number] for name, number in columns.items() if number < len(cells)}
        yield _of_row(row, cells[task], values, reading)


def _widest(rows: Sequence[Block]) -> int:
    """The column with the most text: the one that says what is to be done."""
    widths: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row.children):
            widths[number] = widths.get(number, 0) + len(cell.rendered.text)
    return max(widths, key=lambda number: (widths[number], -number), default=0)


def _of_row(row: Block, task: Block, values: Mapping[str, Block], reading: _Reading) -> ActionItem:
    item = _item(task.rendered, row.span, reading)
    if "owner" in values:
        name = values["owner"].rendered.text.strip()
        item = item._replace(
            owner=None if name.casefold().strip("()[]") in nobody() else Value(name, values["owner"].span)
        )
    if "due" in values:
        item = item._replace(due=_first_day(values["due"].rendered, reading) or item.due)
    if "ticket" in values:
        link = next(values["ticket"].rendered.of_kind("link"), None)
        ticket = written_ticket(values["ticket"].rendered) or (link.target if link else None)
        item = item._replace(ticket=ticket or item.ticket)
    state = states().get(normalised(values["state"].rendered.text)) if "state" in values else None
    written = [written_state(values[name].rendered) for name in ("state", "ticket") if name in values]
    item = item._replace(state=state or next((s for s in written if s), None) or reading.state)
    return item._replace(
        type=_cell_value(values.get("type")) or item.type, priority=_cell_value(values.get("priority")) or item.priority
    )


def _cell_value(cell: Block | None) -> Value | None:
    text = cell.rendered.text.strip() if cell else ""
    return Value(text, cell.span) if cell and text else None
