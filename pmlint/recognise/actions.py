"""Action items: list items, table rows and sentences of the sections about what is to be done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pmlint.document import Block, Document, Rendered
from pmlint.model import ActionItem, Section, Value
from pmlint.recognise.headings import concepts_of, normalised
from pmlint.recognise.lexicon import State, column_words, nobody, states
from pmlint.recognise.sections import blocks_inside
from pmlint.recognise.times import find_stamps, in_day_order
from pmlint.source import Span

_HANDLE = re.compile(r"(?<![\w/.@])@[A-Za-z0-9][\w-]{0,38}(?:/[\w.-]{1,50})?")
_LABELLED_OWNER = re.compile(
    r"(?:\b(?:owner|owned by|assignee|assigned to|dri|responsible|responsable|verantwortlich)\s*[:=]|\bassigned to)\s*"
    r"(?P<name>[^,;()\[\]|.]{1,60})",
    re.I,
)
_NAME = r"[^\W\d_a-z][\w'’.-]{0,30}(?:[ /]+[^\W\d_a-z][\w'’.-]{0,30}){0,3}"
_BRACKETED_OWNER = re.compile(rf"[\[(](?P<name>{_NAME})[\])][\s.]*$")
_LEADING_OWNER = re.compile(rf"^\[(?P<name>{_NAME})\]\s*")
_DASHED_OWNER = re.compile(rf"\s[—–]\s(?P<name>{_NAME})[\s.]*$")

_TRACKER = re.compile(
    r"/(?:issues?|pull|pulls|merge_requests|browse|ticket|tickets|stories|work_items|bugs?|story|t)/[\w#?-]|issues\?q="
)
_NUMBER = re.compile(r"(?<![\w&/#])(?:[\w.-]+(?:/[\w.-]+)?)?#\d{1,7}\b")
_KEY = re.compile(r"(?<![\w/-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b(?!-)")
# Shapes of keys that name standards, severities and vulnerabilities instead of tickets.
_NO_KEYS = frozenset(
    {"UTF", "SHA", "ISO", "SEV", "CVE", "RFC", "TLS", "HTTP", "COVID", "AES", "MD", "IPV", "GPT", "UTC", "GMT"}
)

_DUE = re.compile(r"\b(?:due|by|before|until|deadline|target|eta|échéance|bis|fällig)\b[\s:(]*(?:date\s*:?\s*)?$", re.I)
_DONE = re.compile(
    r"✅|☑|✔|\bDONE\b|完了|(?i:\((?:done|completed|complete|fixed|merged|shipped)\b[^)]*\))"
    r"|^We (?:have )?(?:removed|[a-z]{3,20}ed)\b(?! to\b)"
    r"|^[^,;:.]{1,80}(?<!could)(?<!would)(?<!should) (?:has|have)(?: now| already)? been (?:removed|[a-z]{3,20}ed)\b"
)
# One sentence about what was done, without a word for what is to be done.
_WAS_DONE = re.compile(r"\b(?:was|were)\s+(?:[a-z]{2,20}ly\s+)?[a-z]{3,20}ed\b")
_TO_BE_DONE = re.compile(
    r"\b(?:should|need\w*|must|will|would|could|can|may|might|if|to be|so that|because|since|as|not|when|why"
    r"|which|that)\b|[.!?]\s|\n",
    re.I,
)
_MARKED = re.compile(r"✅|☑|✔|\bDONE\b|\((?i:done|completed)\b")
_OPEN = re.compile(r"⬜|🚧|⏳|🔄|\bTODO\b|\bWIP\b|\bin progress\b|\bin review\b|\((?:open|planned|in progress|todo)\)")
_WONT = re.compile(r"❌|\bwon'?t (?:do|fix)\b|\bwontfix\b|[(\[](?:cancelled|canceled|rejected|declined)\b", re.I)
_CLOSED_GROUP = re.compile(r"\b(?:completed|implemented)\b|\(done\)|^done\b|already done\b|✅|完了", re.I)
_LABEL = re.compile(r"^action items?\s*:\s*", re.I)
_NONE_SAID = re.compile(r"^(?:none|n/?a|nothing|no action items?|-|tbd|なし|néant|keine)\b.{0,40}$|^[-–—]?$", re.I)

# Headings about these, even among the action items, stand above what was, not above what will be done.
_ACCOUNTS = frozenset(
    {"went_well", "went_wrong", "got_lucky", "lessons", "root_cause", "contributing_factors", "summary", "impact"}
)


class _Reading(NamedTuple):
    """What holds for all items of a group: how numeric dates are written, and a state that its heading gives."""

    day_first: bool | None = None
    state: State | None = None


def find_actions(document: Document, sections: Sequence[Section], day_first: bool | None) -> tuple[ActionItem, ...]:
    """The action items of a document, in the order of the text."""
    items: list[ActionItem] = []
    taken_until = 0
    for section in sections:
        if "actions" not in section.concepts or section.span.start < taken_until:
            continue
        taken_until = section.body.end
        blocks = list(blocks_inside(document.blocks, section.body))
        reading = _Reading(day_first, "done" if _CLOSED_GROUP.search(section.title) else None)
        items += _of_section(blocks, reading)
    return tuple(items)


def _of_section(blocks: Sequence[Block], reading: _Reading) -> Iterator[ActionItem]:
    """Items group by group, a heading opening each; prose is taken for items only where no list or table holds them."""
    prose = not any(block.kind in ("list", "table") for block in blocks)
    group: list[Block] = []
    state, about = reading.state, frozenset[str]()
    for block in [*blocks, None]:
        if block is not None and block.kind != "heading":
            group.append(block)
            continue
        if _ACCOUNTS.isdisjoint(about):
            yield from _of_group(group, reading._replace(state=state), prose)
        group = []
        if block is not None:
            about = frozenset(concepts_of(block.rendered.text))
            prose = not about
            state = "done" if _CLOSED_GROUP.search(block.rendered.text) else reading.state


def _of_group(blocks: Sequence[Block], reading: _Reading, prose: bool) -> Iterator[ActionItem]:
    prose = prose and not any(block.kind in ("list", "table") for block in blocks)
    for block in blocks:
        if block.kind == "list":
            yield from _of_list(block, reading)
        elif block.kind == "table":
            yield from _of_table(block, reading)
        elif block.kind == "paragraph" and (prose or _LABEL.match(block.rendered.text)):
            yield from _of_text(block.rendered, block.span, reading)


def _of_list(block: Block, reading: _Reading) -> Iterator[ActionItem]:
    if reading.state is None and _marks_what_is_done(block):
        # Where some items say that they are done, the others are not.
        reading = reading._replace(state="open")
    for item in block.children:
        first = item.children[0] if item.children else None
        if first is not None and first.kind == "paragraph":
            own = reading if item.checked is None else reading._replace(state="done" if item.checked else "open")
            below = [child for child in item.children if child.kind == "list"]
            links = [link for child in below for link in _bare_links(child)]
            for action in _of_text(first.rendered, Span(item.span.start, first.span.end), own):
                yield action._replace(ticket=action.ticket or next(iter(links), None))
        for child in item.children:
            if child.kind == "list" and not _bare_links(child):
                yield from _of_list(child, reading)


def _marks_what_is_done(block: Block) -> bool:
    return any(leaf.kind == "paragraph" and _MARKED.search(leaf.rendered.text) for leaf in block.walk())


def _bare_links(block: Block) -> list[str]:
    """The tracker links of a nested list that holds nothing else: they belong to the item above."""
    links = []
    for item in block.children:
        leaf = item.children[0] if len(item.children) == 1 else None
        link = next(leaf.rendered.of_kind("link"), None) if leaf else None
        text = leaf.rendered.text.strip() if leaf else ""
        target = link.target if link and link.end - link.start == len(text) else text
        if " " in target or not _TRACKER.search(target):
            return []
        links.append(target)
    return links


def _of_text(rendered: Rendered, span: Span, reading: _Reading) -> Iterator[ActionItem]:
    """A list item's or paragraph's text as an action item; "none" and blanks are none."""
    text = _LABEL.sub("", " ".join(rendered.text.split()))
    if _NONE_SAID.match(text):
        return
    yield ActionItem(
        span=span,
        text=text,
        owner=_owner(rendered),
        due=_due(rendered, reading.day_first),
        ticket=_ticket(rendered),
        state=_written_state(rendered) or reading.state,
    )


def _written_state(rendered: Rendered) -> State | None:
    text = rendered.text
    if any(strike.end - strike.start > len(text) // 2 for strike in rendered.of_kind("strike")):
        return "done"
    if _WONT.search(text):
        return "wontdo"
    if _DONE.search(text):
        return "done"
    if _OPEN.search(text):
        return "open"
    return "done" if _WAS_DONE.search(text) and not _TO_BE_DONE.search(text.strip()) else None


def _owner(rendered: Rendered) -> Value | None:
    text = rendered.text
    labelled = _LABELLED_OWNER.search(text)
    if labelled:
        return _person(rendered, labelled)
    if handle := _HANDLE.search(text):
        return Value(handle.group(), rendered.span(handle.start(), handle.end()))
    for pattern in (_LEADING_OWNER, _BRACKETED_OWNER, _DASHED_OWNER):
        if (named := pattern.search(text)) and not _is_no_name(rendered, named):
            return _person(rendered, named)
    return None


def _person(rendered: Rendered, match: re.Match[str]) -> Value | None:
    name = match["name"].strip(" *_`.")
    if name.casefold() in nobody():
        return None
    start = match.start("name")
    return Value(name, rendered.span(start, start + len(match["name"].rstrip())))


def _is_no_name(rendered: Rendered, match: re.Match[str]) -> bool:
    """Whether a bracketed word is a link, a ticket, a state or an abbreviation rather than somebody's name."""
    name = match["name"]
    start, end = match.span("name")
    if any(markup.start < end and start < markup.end for markup in rendered.of_kind("link", "code")):
        return True
    return bool(
        _KEY.search(name) or _DONE.search(match.group()) or _OPEN.search(match.group()) or name.casefold() in states()
    )


def _due(rendered: Rendered, day_first: bool | None) -> date | None:
    for stamp, start, _ in find_stamps(rendered):
        day = in_day_order(stamp, day_first).calendar_day
        if day and _DUE.search(rendered.text[max(0, start - 24) : start]):
            return day
    return None


def _ticket(rendered: Rendered) -> str | None:
    """The tracker item that an action links to or names: a link's target, ``#12``, ``OPS-12``."""
    for link in rendered.of_kind("link"):
        if _TRACKER.search(link.target):
            return link.target
    if number := _NUMBER.search(rendered.text):
        return number.group()
    for key in _KEY.finditer(rendered.text):
        if key.group().partition("-")[0] not in _NO_KEYS:
            return key.group()
    return None


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
    owner: Value | None = None
    if "owner" in values:
        name = values["owner"].rendered.text.strip()
        owner = None if name.casefold() in nobody() else Value(name, values["owner"].span)
    due = None
    if "due" in values:
        stamps = (in_day_order(stamp, reading.day_first) for stamp, _, _ in find_stamps(values["due"].rendered))
        due = next((stamp.calendar_day for stamp in stamps if stamp.calendar_day), None)
    ticket = _ticket(values["ticket"].rendered) if "ticket" in values else None
    if ticket is None and "ticket" in values:
        link = next(values["ticket"].rendered.of_kind("link"), None)
        ticket = link.target if link else None
    state = states().get(normalised(values["state"].rendered.text)) if "state" in values else None
    written = [_written_state(values[name].rendered) for name in ("state", "ticket") if name in values]
    return ActionItem(
        span=row.span,
        text=" ".join(task.rendered.text.split()),
        owner=owner if "owner" in values else _owner(task.rendered),
        due=due or _due(task.rendered, reading.day_first),
        ticket=ticket or _ticket(task.rendered),
        state=state or next((s for s in written if s), None) or reading.state,
    )
