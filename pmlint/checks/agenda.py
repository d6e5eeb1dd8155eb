"""Whether the action items make a plan together: kinds, priorities, states, number, and who answers for them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pmlint.excerpts import folded, says, sought, told
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import ActionItem, Passage, Postmortem
from pmlint.rule import Edit, Mark
from pmlint.source import Span


def _open_items(pm: Postmortem) -> list[ActionItem]:
    return [item for item in pm.actions if item.is_open]


def team_owner(pm: Postmortem, *, groups: Sequence[str]) -> Iterator[Mark]:
    """Open action items whose owner is a group: one of ``groups``, one of the team's own teams, or ``@org/team``."""
    known = {group.casefold() for group in (*groups, *pm.conventions.teams)}
    for item in _open_items(pm):
        if item.owner is None:
            continue
        name = item.owner.text.strip("@ ").casefold()
        if name in known or name.rpartition(" ")[2] in ("team", "teams", "squad", "group") or _is_team_handle(item):
            yield Mark(item.owner.span, f'"{item.owner.text}" is not one person')


def _is_team_handle(item: ActionItem) -> bool:
    return item.owner is not None and item.owner.text.startswith("@") and "/" in item.owner.text


def equal_priority(pm: Postmortem) -> Iterator[Mark]:
    """Three or more open action items, all with one and the same priority."""
    ranked = [item.priority for item in _open_items(pm) if item.priority]
    if len(ranked) >= 3 and len(ranked) == len(_open_items(pm)) and len({p.text.casefold() for p in ranked}) == 1:
        yield Mark(ranked[0].span, f'all {len(ranked)} open actions have the priority "{ranked[0].text}"')


def invalid_type(pm: Postmortem, *, types: Sequence[str]) -> Iterator[Mark]:
    """A type beside the action that holds none of ``types``, compared by the beginnings of words.

    The heading of a group may be anything.
    """
    stems = tuple(kind.casefold() for kind in types)
    for item in pm.actions:
        if (
            item.type
            and item.type.span in item.span
            and item.type.text.isascii()
            and any(c.isalpha() for c in item.type.text)
        ):
            kinds = re.findall(r"[a-z]+", item.type.text.casefold())
            if not any(kind.startswith(stems) for kind in kinds):
                yield Mark(item.type.span, f'"{item.type.text}" is no type of action that is known here')


def no_preventive_action(pm: Postmortem) -> Iterator[Mark]:
    """Two or more action items that all have a type, none of which prevents."""
    types = [item.type for item in pm.actions if item.type and item.type.span in item.span]
    if len(types) < 2 or len(types) < len(pm.actions) or not all(_KIND.match(kind.text) for kind in types):
        return
    if not any(_PREVENTS.search(kind.text) for kind in types):
        yield Mark(types[0].span, f"none of {len(types)} actions is of the type prevent")


# What counts as the type of a remedy; groups of actions have other names as well.
_KIND = expression(
    r"\W*(?:prevent|mitigat|detect|repair|investigat|process|document|train|other|clean|monitor|alert|observ|respon|recover)",
    re.I,
)
_PREVENTS = expression(r"prevent|preempt|fix|repair|correct|harden|cause", re.I)


def no_detection_action(pm: Postmortem, *, people: Sequence[str], alerting: Sequence[str]) -> Iterator[Mark]:
    """A section on detection that tells of people only, and no action that holds one of ``alerting``."""
    section = next(pm.concerning("detection"), None)
    if section is None or section.empty:
        return
    passages = list(told(pm, "detection"))
    if not says(passages, people) or says(passages, ("alert", "alerts", "alarm", "monitoring", "paged", "pager")):
        return
    wanted = tuple(folded(phrase).rstrip() for phrase in alerting)
    typed = any(item.type and item.type.text.casefold().startswith("detect") for item in pm.actions)
    if not typed and not any(phrase in folded(item.text) for item in pm.actions for phrase in wanted):
        yield Mark(section.span, "people noticed it first, and no action adds an alert")


def too_many_actions(pm: Postmortem, *, maximum: int) -> Iterator[Mark]:
    """More than ``maximum`` open action items that are not grouped under headings."""
    items = _open_items(pm)
    if len(items) <= maximum:
        return
    until, grouped = 0, False
    for section in pm.sections:
        if section.form == "heading":
            grouped = grouped or section.span.start < until
            until = max(until, section.body.end) if "actions" in section.concepts else until
    if not grouped:
        yield Mark(items[maximum].span, f"{len(items)} open actions")


def duplicate_action(pm: Postmortem) -> Iterator[Mark]:
    """An action item in the same words as an earlier one, case and marks aside."""
    seen: dict[str, ActionItem] = {}
    for item in pm.actions:
        text = folded(item.text)
        if len(text.split()) < 3:
            continue
        first = seen.setdefault(text, item)
        if first is not item:
            line = pm.source.line_number(first.span.start)
            yield Mark(item.span, f"this action stands in line {line} as well")


_STATE_COLUMNS = frozenset({"state", "status"})


def invalid_state(pm: Postmortem, *, states: Sequence[str]) -> Iterator[Mark]:
    """A cell of the column on the state of the actions that holds none of ``states``."""
    if not is_english(pm):
        return
    known = tuple(sought(state) for state in states)
    for cell in _state_cells(pm):
        text = " ".join(cell.rendered.text.split())
        if text.isascii() and any(c.isalpha() for c in text) and not any(state in folded(text) for state in known):
            yield Mark(cell.rendered.home, f'"{text}" is no state of an action that is known here')


def _state_cells(pm: Postmortem) -> Iterator[Passage]:
    """The cells below a heading cell on the state, in the tables of the action items; a row is a line."""
    cells = [p for p in pm.passages if p.kind == "cell" and "actions" in p.concepts]
    column, before = -1, -1
    for line, group in groupby(cells, key=lambda cell: pm.source.line_number(cell.rendered.home.start)):
        row = list(group)
        if before < 0 or line > before + 2:
            names = [cell.rendered.text.strip(" *_").casefold() for cell in row]
            column = next((number for number, name in enumerate(names) if name in _STATE_COLUMNS), -1)
        elif 0 <= column < len(row):
            yield row[column]
        before = line


_BOX = expression(r"\[(?P<mark>|[ \t]{2,}|[ \t]+[xX][ \t]*|[xX][ \t]+)\](?=\s)")


def broken_checkbox(pm: Postmortem) -> Iterator[Mark]:
    """A list item that begins with brackets which no Markdown renderer takes for a checkbox: ``[]``, ``[ x ]``."""
    for passage in pm.passages:
        if passage.kind != "item" or passage.quoted:
            continue
        raw = pm.source.slice(passage.rendered.home)[:12]
        box = _BOX.match(raw)
        if box is None:
            continue
        start = passage.rendered.home.start
        mended = "[x]" if box["mark"].strip() else "[ ]"
        span = Span(start, start + box.end())
        yield Mark(span, f'"{box.group()}" is no checkbox', edits=(Edit(span, mended),))
