"""Timelines: the entries of the sections that hold them, their dates carried along, their zone and milestones."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache, partial
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from pmlint.document import Document
from pmlint.model import Event, Section, Stamp, Timeline, When
from pmlint.recognise.entries import Day, Entry, Part, Remark, parts_of
from pmlint.recognise.milestones import milestones_in_turn
from pmlint.recognise.sections import blocks_inside, with_timeline
from pmlint.recognise.times import find_stamps, find_zones, in_day_order, nearest_day
from pmlint.recognise.zones import Moment, moment
from pmlint.source import Span

# A list outside a timeline section is a timeline all the same when this many entries begin with a clock time.
ENOUGH_ENTRIES = 3
_MIDNIGHT_DROP = timedelta(hours=12)
_FOR_ALL = re.compile(r"\bunless (?:otherwise|stated|noted|specified|mentioned)\b|\ball (?:events|entries)\b", re.I)
_LOGS = re.compile(r"\blogs?\b|\boutput\b|ログ|日志", re.I)
_TIMES = re.compile(r"\b(?:times?|zone|clock|heures?|zeit(?:en)?|hora[s]?)\b", re.I)


class Dating(NamedTuple):
    """What the document and its team say about dates: the incident's day, and whether numeric dates begin with the day.

    ``zones`` maps abbreviations to the regions that the team means by them.
    """

    day: date | None = None
    day_first: bool | None = None
    zones: Mapping[str, str] = MappingProxyType({})


def find_timelines(
    document: Document, sections: Sequence[Section], dating: Dating
) -> tuple[tuple[Timeline, ...], tuple[Section, ...]]:
    """The timelines of a document, and its sections with ``timeline`` added where one was found by its form alone."""
    timelines: list[Timeline] = []
    known: list[Section] = []
    taken_until = 0
    declared = cache(partial(_declared_zone, document))
    for section, following in zip_longest(sections, sections[1:]):
        # A timeline takes its sub-sections along: a time among their headings is an entry of it.
        if section.span.start < taken_until:
            known.append(section)
            continue
        parts = _parts(document, section, following)
        if "timeline" not in section.concepts:
            parts = parts if _reads_like_a_timeline(section, parts) else ()
            section = with_timeline(section) if parts else section
        if "timeline" in section.concepts:
            zone = _zone(section, parts, declared)
            timelines.append(
                Timeline(section.span, _reporting(_placed(_events(parts, dating), zone, dating.zones)), zone)
            )
            taken_until = section.body.end
        known.append(section)
    return tuple(timelines), tuple(known)


def _parts(document: Document, section: Section, following: Section | None) -> tuple[Part, ...]:
    """What stands in a section itself; for a timeline, in its sub-sections too."""
    body = section.body
    if "timeline" not in section.concepts and following and following.span in body:
        body = Span(body.start, following.span.start)
    return parts_of(list(blocks_inside(document.blocks, body)), document.source)


def _reads_like_a_timeline(section: Section, parts: Sequence[Part]) -> bool:
    if not {"actions", "metadata", "references"}.isdisjoint(section.concepts) or _LOGS.search(section.title):
        return False
    entries = [part for part in parts if isinstance(part, Entry)]
    timed = sum(1 for entry in entries if entry.stamp and entry.stamp.timed)
    return timed >= ENOUGH_ENTRIES and timed * 2 > len(entries)


def _events(parts: Sequence[Part], dating: Dating) -> tuple[Event, ...]:
    """Entries with the date that holds for them: their own, the last one written above, or the incident's."""
    events: list[Event] = []
    day = _first_day(parts, dating)
    declared = day if _holds_for_all(parts) else None
    clock: time | None = None
    for part in parts:
        if isinstance(part, Day):
            # A day that cannot be read is no reason to go on with the one before it.
            day, clock = nearest_day(in_day_order(part.stamp, dating.day_first), day or dating.day), None
        elif isinstance(part, Entry):
            event, day, clock = _dated(part, day, clock, dating)
            events.append(event)
            if declared and part.stamp and part.stamp.dated:
                day, clock = max(declared, day or declared), None
    return tuple(events)


def _reporting(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with the milestones that they report."""
    told = milestones_in_turn([event.text for event in events])
    return tuple(event._replace(milestones=own) for event, own in zip(events, told, strict=True))


def _placed(events: Sequence[Event], zone: str | None, zones: Mapping[str, str]) -> tuple[Event, ...]:
    """The events with their place in UTC, as far as their zone or the timeline's gives it."""
    return tuple(
        event._replace(utc=at.utc, change=at.change) if (at := _at(event, zone, zones)) else event for event in events
    )


def _at(event: Event, zone: str | None, zones: Mapping[str, str]) -> Moment | None:
    local, own = event.when and event.when.moment, event.zone or zone
    return moment(local, zones.get(own, own)) if local and own else None


def _holds_for_all(parts: Sequence[Part]) -> bool:
    """Whether the prose above the entries dates all of them: "unless otherwise noted, all events happened on …"."""
    for part in parts:
        if isinstance(part, Remark):
            if _FOR_ALL.search(part.rendered.text):
                return True
        else:
            break
    return False


def _first_day(parts: Sequence[Part], dating: Dating) -> date | None:
    """The day that holds before the first date: one in the prose above the entries, else the incident's."""
    for part in parts:
        if isinstance(part, Remark):
            for stamp, _, _ in find_stamps(part.rendered):
                if found := nearest_day(in_day_order(stamp, dating.day_first), dating.day):
                    return found
        else:
            break
    return dating.day


def _dated(
    entry: Entry, day: date | None, clock: time | None, dating: Dating
) -> tuple[Event, date | None, time | None]:
    """An entry as an event, and the day and clock time that the next entry goes on from."""
    stamp = in_day_order(entry.stamp, dating.day_first) if entry.stamp else None
    end_stamp = in_day_order(entry.end_stamp, dating.day_first) if entry.end_stamp else None
    meant = _meant(stamp) if stamp else None
    if stamp is None or meant is None:
        return Event(entry.span, entry.text, stamp, end_stamp, instead=entry.instead), day, clock
    if meant.dated:
        day = nearest_day(meant, day or dating.day)
        clock = None
    elif stamp.month is not None:
        day = None
    now = stamp.clock
    if day and clock and now and _past_midnight(clock, now):
        day = _next_day(day)
    when = _when(day, now, stamp)
    until, last, clock = _until(end_stamp, when, now or clock)
    event = Event(entry.span, entry.text, stamp, end_stamp, when, until, stamp.zone, named=entry.named)
    return event, last or day, clock


def _meant(stamp: Stamp) -> Stamp | None:
    """A stamp as a reader takes it, though a rule may object: 13:55 PM is 13:55, the year 20202 nobody's; None for
    what leaves open when it was."""
    if not stamp.fault or stamp.mixes_clocks:
        return stamp
    without_year = stamp._replace(year=None)
    return without_year if not without_year.fault and stamp.dated else None


def event_of(span: Span, stamp: Stamp, end_stamp: Stamp, dating: Dating) -> Event:
    """A range that stands by itself, on its own day or the incident's."""
    return _dated(Entry(span, "", stamp, end_stamp), dating.day, None, dating)[0]


def _when(day: date | None, clock: time | None, stamp: Stamp) -> When | None:
    if day or clock:
        return When(day, clock)
    return When(month=(stamp.year, stamp.month)) if stamp.year and stamp.month and not stamp.dated else None


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _until(
    end_stamp: Stamp | None, when: When | None, clock: time | None
) -> tuple[When | None, date | None, time | None]:
    """When a range ends, and the day and clock time it leaves behind. A range may run past midnight."""
    if end_stamp is None or end_stamp.fault or when is None:
        return None, None, clock
    day = nearest_day(end_stamp, when.day) if end_stamp.dated else when.day
    end = end_stamp.clock
    if day and end and when.clock and not end_stamp.dated and _past_midnight(when.clock, end):
        day = _next_day(day)
    # The next entry may lie inside the range, so its clock goes on from the range's start.
    return When(day, end), None, clock


def _past_midnight(before: time, after: time) -> bool:
    """Whether a clock time that went back by more than half a day belongs to the next day."""
    return _since_midnight(before) - _since_midnight(after) > _MIDNIGHT_DROP


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _zone(section: Section, parts: Sequence[Part], declared: Callable[[], str | None]) -> str | None:
    """The zone that holds for a timeline: from its heading, a column name, a sentence, its entries, or the document."""
    for zone, _, _ in find_zones(section.title):
        return zone
    for part in parts:
        if isinstance(part, Remark):
            for zone, _, _ in find_zones(part.rendered.text):
                return zone
    stamps = [part.stamp for part in parts if isinstance(part, Entry) and part.stamp and part.stamp.timed]
    zones = {stamp.zone for stamp in stamps if stamp.zone}
    if len(zones) == 1:
        return zones.pop()
    return None if zones else declared()


def _declared_zone(document: Document) -> str | None:
    """A zone that a sentence anywhere in the document declares for its times: "All times are in UTC"."""
    for block in document.walk():
        if block.kind in ("paragraph", "heading", "cell"):
            text = block.rendered.text
            for zone, start, _ in find_zones(text):
                if _TIMES.search(text, max(0, start - 40), start):
                    return zone
    return None
