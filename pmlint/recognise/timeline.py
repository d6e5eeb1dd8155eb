"""Timelines: the entries of the sections that hold them, their dates carried along, their zone and milestones."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache, partial
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from pmlint.document import Document
from pmlint.expressions import expression
from pmlint.model import Event, Section, Stamp, Timeline, When
from pmlint.recognise.entries import Day, Entry, Part, Remark, parts_of
from pmlint.recognise.fields import fields_of
from pmlint.recognise.incidents import find_incidents
from pmlint.recognise.metadata import meaning_of
from pmlint.recognise.milestones import milestones_in_turn
from pmlint.recognise.order import in_day_order, nearest_day
from pmlint.recognise.sections import begins_with_a_time, blocks_inside, with_timeline
from pmlint.recognise.times import find_stamps, plain
from pmlint.recognise.zones import Moment, find_zones, moment
from pmlint.source import Span

# A list outside a timeline section is a timeline all the same when this many entries begin with a clock time.
ENOUGH_ENTRIES = 3
_MIDNIGHT_DROP = timedelta(hours=12)
_FOR_ALL = expression(r"\bunless (?:otherwise|stated|noted|specified|mentioned)\b|\ball (?:events|entries)\b", re.I)
_LOGS = expression(r"\blogs?\b|\boutput\b|ログ|日志", re.I)
# Every match of the pattern below has one of these words.
_TIME_WORDS = ("time", "zone", "clock", "heure", "zeit", "hora")
_TIMES = expression(r"\b(?:times?|zone|clock|heures?|zeit(?:en)?|hora[s]?)\b", re.I)


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
    declared = cache(partial(_declared_zone, document, _stated(document, sections)))
    is_named = any("timeline" in section.concepts for section in sections)
    days = _days_of_incidents(document, sections, dating)
    for number, section in enumerate(sections):
        # A timeline takes its sub-sections along: a time among their headings is an entry of it.
        if section.span.start < taken_until:
            known.append(section)
            continue
        body = section.body if "timeline" in section.concepts else _body_by_form(sections, number)
        parts = parts_of(list(blocks_inside(document.blocks, body)), document.source)
        if "timeline" not in section.concepts:
            parts = parts if _reads_like_a_timeline(section, parts, is_named) else ()
            section = with_timeline(section) if parts else section
        if "timeline" in section.concepts:
            zone = _zone(section, parts, declared)
            own = _on_day(section, days, dating)
            timelines.append(Timeline(section.span, _reporting(_placed(_events(parts, own), zone, dating.zones)), zone))
            taken_until = body.end
        known.append(section)
    return tuple(timelines), tuple(known)


def _days_of_incidents(document: Document, sections: Sequence[Section], dating: Dating) -> Sequence[tuple[Span, date]]:
    """The days of the incidents of a document that tells several, each with where it holds: from the heading of the
    incident, or from its own labels."""
    days = []
    for incident in find_incidents(sections):
        stamps = [stamp for stamp, _, _ in find_stamps(plain(incident.title))]
        for field in fields_of(list(blocks_inside(document.blocks, incident.body))):
            if meaning_of(field.label) in ("date", "start"):
                stamps += [stamp for stamp, _, _ in find_stamps(plain(field.value))]
        day = next((day for stamp in stamps if (day := in_day_order(stamp, dating.day_first).calendar_day)), None)
        if day:
            days.append((incident.body, day))
    return days


def _on_day(section: Section, days: Sequence[tuple[Span, date]], dating: Dating) -> Dating:
    """What is known about dates in a section: inside an incident with a day of its own, that day."""
    return next((dating._replace(day=day) for body, day in days if section.span in body), dating)


def _body_by_form(sections: Sequence[Section], number: int) -> Span:
    """Where entries of a section that is not named a timeline could stand: above its sub-sections, and in them where
    their headings are clock times."""
    section = sections[number]
    following = map(sections.__getitem__, range(number + 1, len(sections)))
    below = list(takewhile(lambda other: other.span in section.body, following))
    headings = [other for other in below if other.form == "heading"]
    level = min((other.level for other in headings), default=0)
    direct = [other for other in headings if other.level == level]
    timed = sum(1 for other in direct if begins_with_a_time(other.title))
    if below and (timed < ENOUGH_ENTRIES or timed * 2 <= len(direct)):
        return Span(section.body.start, below[0].span.start)
    return section.body


def _reads_like_a_timeline(section: Section, parts: Sequence[Part], is_named: bool) -> bool:
    """Whether entries without a heading that names them a timeline are one; ``is_named`` says that another has it."""
    if not {"actions", "metadata", "references"}.isdisjoint(section.concepts) or _LOGS.search(section.title):
        return False
    entries = [part for part in parts if isinstance(part, Entry)]
    if is_named and all(entry.named for entry in entries if entry.stamp):
        # "Started: …", "Resolved: …" in the document's head, beside a timeline.
        return False
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
    zones = {_name(stamp.zone): stamp.zone for stamp in stamps if stamp.zone}
    if len(zones) == 1:
        return next(iter(zones.values()))
    return None if zones else declared()


def _name(zone: str) -> str:
    """A zone without the difference between utc, UTC and Z."""
    return "UTC" if zone == "Z" else zone.upper()


def _declared_zone(document: Document, labelled: Iterable[tuple[str, str]]) -> str | None:
    """A zone that a sentence anywhere in the document declares for its times: "All times are in UTC"."""
    for block in document.walk():
        if block.kind in ("paragraph", "heading", "cell"):
            text = block.rendered.text
            low = text.lower()
            if not any(word in low for word in _TIME_WORDS):
                continue
            for zone, start, _ in find_zones(text):
                if _TIMES.search(text, max(0, start - 40), start):
                    return zone
    # Else the one in which the document's head says when it began and ended.
    values = [value for label, value in labelled if meaning_of(label) in ("date", "start", "end")]
    stated = {zone for value in values for zone, _, _ in find_zones(value)}
    return stated.pop() if len(stated) == 1 else None


def _stated(document: Document, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Labels with their values, and headings with the line below them."""
    yield from ((field.label, field.value) for field in fields_of(document.blocks))
    for section in sections:
        below = next(blocks_inside(document.blocks, section.body), None) if section.form == "heading" else None
        if below and below.kind == "paragraph":
            yield section.title, below.rendered.text
