"""What a document says about itself: title, incident date, severity, status, authors."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pmlint.document import Block, Document, FrontMatter
from pmlint.expressions import expression
from pmlint.model import Event, Metadata, NamedValue, Section, Stamp, Title, Value
from pmlint.recognise.fields import Field
from pmlint.recognise.headings import normalised
from pmlint.recognise.lexicon import field_words, nobody
from pmlint.recognise.order import in_day_order, nearest_day
from pmlint.recognise.sections import blocks_inside
from pmlint.recognise.times import find_stamps, plain, range_at
from pmlint.recognise.zones import find_zones
from pmlint.source import Span

_IN_PATH = expression(r"(?<!\d)(20\d\d|19\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")
_LIST_BREAK = expression(r"\s*(?:[,;、]|\band\b|\n|&)\s*")
_SEVERITY = expression(r"\b(?:SEV|Sev|sev|S|P)[\s-]?[0-5]\b")
# A report is written within days; what was weeks before is the incident's history.
_WRITTEN_UP_WITHIN = timedelta(days=4)
_UPDATE = expression(r"\b(?:update|updated|edit|published|posted)\b[^.:]{0,12}$", re.I)
_ID = expression(
    r"(?<![^\W_])(?:INC|PM|IR|RCA|COE|PIR|INCIDENT|OUTAGE|POSTMORTEM|SEV)[-_#]?\d{1,4}(?:-\d{1,6}){0,2}(?!\w|-\d)|(?<![^\W_])(?:INC|PM|COE|PIR)[-_#]?\d{5,10}(?!\w|-\d)"
)
_IS_ID = expression(r"\d")
_MOST_WORDS = 3
_LONGEST_VALUE = 120
_EXPLANATION = expression(r"\s*[(（,;]|\s+[-–—]\s")
# Fields here are the section's own content, not statements about the document.
_FOREIGN = frozenset({"timeline", "actions", "references", "lessons", "went_well", "went_wrong"})


# What a heading states with its label: ``#### Owner: Mei``. "Start: …" and its kin may be entries of a timeline.
_IN_HEADINGS = frozenset({"authors", "severity", "status", "duration"})


def named_values(document: Document, fields: Sequence[Field]) -> Iterator[NamedValue]:
    """Every value that stands under a name: the keys of the front matter, then the labels in the order of the text."""
    if front := document.front_matter:
        for key, value in front.values.items():
            values = value if isinstance(value, list) else [value]
            text = ", ".join(str(one) for one in values if one is not None)
            yield NamedValue(key, Value(text, front.spans.get(key, front.span)))
    for field in fields:
        yield NamedValue(field.label, Value(field.value, field.value_span))


def find_title(document: Document) -> Title | None:
    """The first level-1 heading with text in it, else the front matter's ``title``."""
    for block in document.blocks:
        if block.kind == "heading" and block.level == 1 and (text := block.rendered.text.strip()):
            return Title(text, block.span)
    front = document.front_matter
    title = front.values.get("title") if front else None
    return Title(title, front.spans["title"]) if front and isinstance(title, str) and title.strip() else None


def find_day(
    document: Document, title: Title | None, fields: Sequence[Field], sections: Sequence[Section], order: bool | None
) -> Value | None:
    """The incident's day (text YYYY-MM-DD) as the document states it outside its timeline.

    Looked for in labelled fields, the title, the file name, the prose before the timeline, the front matter: the
    first that has a whole date counts, but the file may be named after a day shortly after the one that the prose
    begins with. A missing year is taken from a whole date among the others.
    """
    known = known_day(document)
    for stamp, span in _stated(document, title, fields, sections):
        day = nearest_day(in_day_order(stamp, order), known)
        if day:
            return Value(day.isoformat(), span)
    named = _day_in_path(document.source.path)
    told = _day_in_prose(document, sections, order, known)
    if named and not (told and _is_shortly_before(date.fromisoformat(told.text), named)):
        return Value(named.isoformat(), title.span if title else Span(0, 0))
    if told:
        return told
    if known and document.front_matter:
        return Value(known.isoformat(), document.front_matter.spans.get("date", document.front_matter.span))
    return None


def _is_shortly_before(told: date, named: date) -> bool:
    """Whether a file is named after the day on which the incident was written up, days after the one it tells."""
    return timedelta(0) < named - told <= _WRITTEN_UP_WITHIN


def known_day(document: Document) -> date | None:
    """A date in ISO form from the file name or the front matter; it may be the day of writing."""
    return _day_in_path(document.source.path) or _day_in_front_matter(document.front_matter)


def _stated(
    document: Document, title: Title | None, fields: Sequence[Field], sections: Sequence[Section]
) -> Iterator[tuple[Stamp, Span]]:
    for field in _own(fields, sections):
        if meaning_of(field.label) in ("date", "start"):
            for stamp, start, end in find_stamps(field.leaf.rendered, field.length, field.end):
                yield stamp, field.leaf.rendered.span(start, end)
    for section in sections:
        if section.form == "heading" and meaning_of(section.title) in ("date", "start"):
            yield from _dates(blocks_inside(document.blocks, section.body))
    for block in document.blocks:
        if block.kind == "heading" and title and block.span == title.span:
            yield from _dates([block])
    front = document.front_matter
    if title and front and title.span == front.spans.get("title"):
        for stamp, _, _ in find_stamps(plain(title.text)):
            yield stamp, title.span


def _dates(blocks: Iterator[Block] | Sequence[Block]) -> Iterator[tuple[Stamp, Span]]:
    for block in blocks:
        for leaf in block.walk():
            for stamp, start, end in find_stamps(leaf.rendered):
                if stamp.dated and not _UPDATE.search(leaf.rendered.text, max(0, start - 24), start):
                    yield stamp, leaf.rendered.span(start, end)


def _day_in_prose(
    document: Document, sections: Sequence[Section], order: bool | None, known: date | None
) -> Value | None:
    """The first day told in the paragraphs before the timeline, or in the timeline's own heading."""
    timeline = next((section for section in sections if "timeline" in section.concepts), None)
    for block in document.blocks:
        if timeline and block.span.start >= timeline.span.end:
            return None
        if block.kind in ("paragraph", "heading", "list", "table"):
            for stamp, span in _dates([block]):
                if day := nearest_day(in_day_order(stamp, order), known):
                    return Value(day.isoformat(), span)
    return None


def _day_in_path(path: str) -> date | None:
    """The date in a file's name or its folders' names; the last one counts."""
    found = None
    for match in _IN_PATH.finditer(path.replace("\\", "/")):
        try:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return found


def _day_in_front_matter(front: FrontMatter | None) -> date | None:
    if front is None:
        return None
    for key in ("incident_date", "incident-date", "date", "path"):
        value = front.values.get(key)
        if isinstance(value, str) and (day := _day_in_path(value)):
            return day
    return None


def _own(fields: Sequence[Field], sections: Sequence[Section]) -> Iterator[Field]:
    """The fields that speak about the document: those outside timelines, action items and lessons."""
    coming = [section.body for section in reversed(sections) if not _FOREIGN.isdisjoint(section.concepts)]
    foreign_until = 0
    for field in fields:
        while coming and coming[-1].start <= field.span.start:
            foreign_until = max(foreign_until, coming.pop().end)
        if field.span.start >= foreign_until:
            yield field


def find_metadata(
    document: Document, day: Value | None, fields: Sequence[Field], sections: Sequence[Section], events: Sequence[Event]
) -> Metadata:
    """The document's metadata; without any other date the first dated event gives the incident's day."""
    stated: dict[str, list[Value]] = {}
    zones: dict[Span, str] = {}
    for name, label, value in (*_labelled(document, fields, sections), *_front_values(document.front_matter)):
        if name == "severity":
            value = Value(_severity(value.text), value.span)
        if value.text.casefold() not in nobody():
            stated.setdefault(name, []).append(value)
        for zone, _, _ in find_zones(label):
            zones[value.span] = zone
    if day is None:
        first = next((e for e in events if e.when and e.when.day and e.stamp), None)
        if first and first.when and first.when.day and first.stamp:
            day = Value(first.when.day.isoformat(), first.stamp.span)
    window = _window(stated, zones)
    return Metadata(
        date=day,
        severity=_first(stated, "severity"),
        status=_first(stated, "status"),
        authors=tuple(part for value in stated.get("authors", ()) for part in _parts(value)),
        start=window.start,
        end=window.end,
        started=window.started,
        ended=window.ended,
        duration=_first(stated, "duration"),
        incident_id=_incident_id(document, stated.get("incident_id", ())),
        services=tuple(part for value in stated.get("services", ()) for part in _parts(value)),
    )


def _first(stated: Mapping[str, Sequence[Value]], name: str) -> Value | None:
    return next(iter(stated.get(name, ())), None)


def _labelled(
    document: Document, fields: Sequence[Field], sections: Sequence[Section]
) -> Iterator[tuple[str, str, Value]]:
    """What labels name, the labels, and their values; headings that are such a label count: ``## Status``."""
    for field in _own(fields, sections):
        name = meaning_of(field.label)
        if name and field.value and not field.nested:
            yield name, field.label, Value(field.value, field.value_span)
    for section in sections:
        if section.form == "heading" and (name := meaning_of(section.title)):
            for leaf in _values_below(document, section):
                yield name, section.title, Value(leaf.rendered.text.strip(), leaf.span)
        elif section.form == "heading" and section.level > 1:
            label, _, value = section.title.partition(":")
            if value.strip() and (name := meaning_of(label)) in _IN_HEADINGS:
                yield name, label, Value(value.strip(), section.span)


def _values_below(document: Document, section: Section) -> Iterator[Block]:
    """The short paragraph below a heading, or the items of the list there."""
    below = next(blocks_inside(document.blocks, section.body), None)
    items = (
        [item.children[0] for item in below.children if item.children] if below and below.kind == "list" else [below]
    )
    for leaf in items:
        if leaf and leaf.kind == "paragraph" and 0 < len(leaf.rendered.text.strip()) <= _LONGEST_VALUE:
            yield leaf


def meaning_of(label: str) -> str | None:
    """What a label names, with what stands in brackets or without: ``Start (UTC)`` is a start."""
    name = normalised(label)
    return field_words().get(name) or field_words().get(normalised(name.partition("(")[0]))


class _Window(NamedTuple):
    start: Value | None = None
    end: Value | None = None
    started: Stamp | None = None
    ended: Stamp | None = None


def _window(stated: Mapping[str, Sequence[Value]], zones: Mapping[Span, str]) -> _Window:
    """When the incident began and ended: from labels of their own, else from a range in the incident's date."""
    start, end = _timed(stated.get("start", ()), zones), _timed(stated.get("end", ()), zones)
    if start or end:
        return _Window(start and start[0], end and end[0], start and start[1], end and end[1])
    for value in stated.get("date", ()):
        found = range_at(plain(value.text, value.span), 0, len(value.text))
        if found and found[1]:
            return _Window(value, value, _in_zone(found[0], value, zones), _in_zone(found[1], value, zones))
    return _Window()


def _timed(values: Sequence[Value], zones: Mapping[Span, str]) -> tuple[Value, Stamp] | None:
    """The first value that holds a date or a clock time, and that."""
    for value in values:
        written = plain(value.text, value.span)
        leading = range_at(written, 0, len(value.text))
        stamp = leading[0] if leading else next((stamp for stamp, _, _ in find_stamps(written)), None)
        if stamp:
            return value, _in_zone(stamp, value, zones)
    return None


def _in_zone(stamp: Stamp, value: Value, zones: Mapping[Span, str]) -> Stamp:
    """The stamp in the zone that the value's label names: ``Start (UTC)``."""
    return stamp if stamp.zone or not stamp.timed else stamp._replace(zone=zones.get(value.span))


def _incident_id(document: Document, values: Sequence[Value]) -> Value | None:
    """The incident's name in a tracker or a series: as a label states it, else as the title or file name bears it."""
    for value in values:
        if _IS_ID.search(value.text) and len(value.text.split()) <= _MOST_WORDS:
            return value
    title = find_title(document)
    if title and (found := _ID.search(title.text)):
        return Value(found.group(), title.span)
    if found := _ID.search(os.path.basename(document.source.path)):
        return Value(found.group(), title.span if title else Span(0, 0))
    return None


def _severity(text: str) -> str:
    """A severity without the explanation behind it: "SEV-2 (degraded)" is SEV-2."""
    if named := _SEVERITY.search(text):
        return named.group()
    return _EXPLANATION.split(text, maxsplit=1)[0].strip()


def _parts(value: Value) -> Iterator[Value]:
    for name in _LIST_BREAK.split(value.text):
        if (name := name.strip(" @[]()*")) and name.casefold() not in nobody():
            yield Value(name, value.span)


def _front_values(front: FrontMatter | None) -> Iterator[tuple[str, str, Value]]:
    if front is None:
        return
    for key, value in front.values.items():
        name = meaning_of(key.replace("_", " ").replace("-", " "))
        if name and name != "date":
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip():
                    yield name, key, Value(str(item).strip(), front.spans[key])
