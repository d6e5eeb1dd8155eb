"""Whether a timeline can be true and read: its order, its clock times, its zones, its dates."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise

from pmlint.excerpts import as_written
from pmlint.expressions import expression
from pmlint.model import Event, Postmortem, Stamp, Timeline
from pmlint.rule import Edit, Mark
from pmlint.source import Source, Span

_HALF_A_DAY = timedelta(hours=12)
# Two entries of which one says "about" are not held against each other over less than this.
_ABOUT = timedelta(minutes=30)
# When clocks are set back they show an hour twice.
_CHANGE = timedelta(hours=1)


def out_of_order(pm: Postmortem, *, tolerance_minutes: int) -> Iterator[Mark]:
    """An entry is earlier than the one before it, by more than ``tolerance_minutes``.

    After a step back the entries go on from where it led, so that a whole group in the wrong place is one finding.
    """
    tolerance = timedelta(minutes=tolerance_minutes)
    for timeline in pm.timelines:
        before: Event | None = None
        sorting: tuple[Edit, ...] | None = None
        for event in timeline.events:
            if event.when is None or event.stamp is None:
                continue
            if before is not None and _steps_back(before, event, tolerance):
                sorting = _sorting(pm.source, timeline) if sorting is None else sorting
                yield Mark(event.stamp.span, _backwards(pm.source, before, event), edits=sorting)
            before = event


def _steps_back(before: Event, event: Event, tolerance: timedelta) -> bool:
    if before.stamp is None or event.stamp is None or before.when is None or event.when is None:
        return False
    if before.stamp.fault or event.stamp.fault:
        # One finding for a time that is none is enough.
        return False
    if before.named and event.named and "declared" in {*before.milestones, *event.milestones}:
        # A form lists its milestones in a fixed order, and an incident may be declared when all is over.
        return False
    if event.stamp.approximate or before.stamp.approximate:
        tolerance = max(tolerance, _ABOUT)
    if event.change or before.change:
        tolerance = max(tolerance, _CHANGE)
    if before.zone != event.zone:
        if before.utc and event.utc:
            return before.utc - event.utc > tolerance
        if before.zone and event.zone:
            return False
    first, second = before.when.moment, event.when.moment
    if first and second:
        return first - second > tolerance
    if before.when.day and event.when.day:
        return before.when.day > event.when.day
    if before.when.day is None and event.when.day is None and before.when.clock and event.when.clock:
        # Without any date a long way back is most likely the next day.
        back = _on_some_day(before.when.clock) - _on_some_day(event.when.clock)
        return tolerance < back <= _HALF_A_DAY
    return False


def _on_some_day(clock: time) -> datetime:
    return datetime(2000, 1, 1, clock.hour, clock.minute, clock.second)


def _backwards(source: Source, before: Event, event: Event) -> str:
    return f"{as_written(source, event.stamp)} comes after {as_written(source, before.stamp)}"


def _sorting(source: Source, timeline: Timeline) -> tuple[Edit, ...]:
    """The edits that put the entries in order; none unless the moment of each is certain, and each stands in lines of
    its own that may change places: a bullet of one list, or a row."""
    if len({event.zone for event in timeline.events}) > 1 or any(not _is_certain(event) for event in timeline.events):
        return ()
    moments = [event.when.moment for event in timeline.events if event.when and event.when.moment]
    dated = {event.stamp.dated for event in timeline.events if event.stamp}
    if (
        len(moments) < len(timeline.events)
        or len(dated) > 1
        or (False in dated and len({m.date() for m in moments}) > 1)
    ):
        return ()
    places = [_lines(source, event.span) for event in timeline.events]
    between = (source.text[before.end : after.start] for before, after in pairwise(places) if before.end <= after.start)
    if [gap.strip() for gap in between] != [""] * (len(places) - 1):
        return ()
    texts = [source.slice(place) for place in places]
    beginnings = {match.group() if (match := _MOVABLE.match(text)) else "" for text in texts}
    if len(beginnings) > 1 or "" in beginnings or _HTML.search("".join(texts)):
        return ()
    order = sorted(range(len(places)), key=lambda number: moments[number])
    return tuple(
        Edit(place, texts[number], safe=False)
        for place, number in zip(places, order, strict=True)
        if place != places[number]
    )


# How an entry begins that may change places with one that begins alike.
_MOVABLE = expression(r" *(?:[-*+] +|\|)")
_HTML = expression(r"<!--|\{/\*")


def _is_certain(event: Event) -> bool:
    stamp = event.stamp
    return stamp is not None and not (
        stamp.fault or stamp.approximate or stamp.day_unsure or event.change or event.named
    )


def _lines(source: Source, span: Span) -> Span:
    """The whole lines of a span."""
    lines = source.lines_of(span)
    return Span(lines[0].start, lines[-1].end)


def impossible_time(pm: Postmortem) -> Iterator[Mark]:
    """A date or clock time that no calendar or clock shows, or a range that ends before it begins.

    Hours above 12 with AM or PM are a habit: they are one finding a document, however many there are.
    """
    mixed: list[Stamp] = []
    for event in (*pm.events, *pm.windows):
        if event.change == "gap" and event.stamp:
            written = as_written(pm.source, event.stamp)
            yield Mark(event.stamp.span, f"{written} is not a time: the clocks were set forward past it that day")
        for stamp in (event.stamp, event.end_stamp):
            if stamp and stamp.mixes_clocks:
                mixed.append(stamp)
            elif stamp and stamp.fault:
                yield Mark(stamp.span, f"{as_written(pm.source, stamp)} is not a time: {stamp.fault}")
        if event.end_stamp and event.stamp and _ends_before_it_begins(event):
            range_span = event.stamp.span.covering(event.end_stamp.span)
            end, start = as_written(pm.source, event.end_stamp), as_written(pm.source, event.stamp)
            yield Mark(range_span, f"the range ends at {end}, before it begins at {start}")
    for stamp in mixed[:1]:
        more = f", and {len(mixed) - 1} more" if len(mixed) > 1 else ""
        yield Mark(stamp.span, f"{as_written(pm.source, stamp)} is not a time: {stamp.fault}{more}")


def _ends_before_it_begins(event: Event) -> bool:
    start, until = event.when and event.when.moment, event.until and event.until.moment
    if start and until:
        return until < start
    if event.when is None or event.until is None or event.when.clock is None or event.until.clock is None:
        return False
    back = _on_some_day(event.when.clock) - _on_some_day(event.until.clock)
    return timedelta(0) < back <= _HALF_A_DAY


def missing_zone(pm: Postmortem) -> Iterator[Mark]:
    """Clock times without a time zone: not in the heading, a column, a sentence or an entry."""
    if pm.zone:
        # A reader takes the zone of one timeline for the next one's, too.
        return
    for timeline in pm.timelines:
        if timeline.timed and not timeline.zone and not any(event.zone for event in timeline.events):
            yield Mark(timeline.span, f"{_times(timeline)} here, and no time zone")
            return


def _times(timeline: Timeline) -> str:
    count = len(timeline.timed)
    return "one clock time stands" if count == 1 else f"{count} clock times stand"


def _says_what_was_not(event: Event) -> bool:
    """Whether an entry tells what did not happen: that has no time."""
    return not {"not", "no", "never"}.isdisjoint(event.text.casefold().split()[:5])


def untimed_entry(pm: Postmortem) -> Iterator[Mark]:
    """An entry without a time, and without words in its place, among entries that mostly have one."""
    for timeline in pm.timelines:
        stamped = [event for event in timeline.events if event.stamp]
        if len(stamped) * 2 <= len(timeline.events):
            continue
        for event in timeline.events:
            if event.stamp is None and not event.instead and not _says_what_was_not(event):
                yield Mark(event.span, f"this entry has no time, {len(stamped)} others have one")


# Names of one and the same zone.
_SAME_ZONE = {
    "GMT": "UTC",
    "Z": "UTC",
    "UCT": "UTC",
    "ZULU": "UTC",
    "+00:00": "UTC",
    "UTC+0": "UTC",
    "UTC+00:00": "UTC",
}


def _zone_name(zone: str) -> str:
    """A zone without the difference between summer and winter: PDT and PST are Pacific Time."""
    name = " ".join(zone.upper().split())
    name = _SAME_ZONE.get(name, name)
    if name in _SUMMER_TIMES:
        return name[0] + name[1:].replace("S", "", 1)
    return name[:-2] + "T" if len(name) in (3, 4) and name[-2:] in ("ST", "DT") else name


_SUMMER_TIMES = frozenset({"CEST", "EEST", "WEST", "MEST"})


def mixed_timezones(pm: Postmortem) -> Iterator[Mark]:
    """The first entry whose own zone is not the one that an earlier entry of the same timeline is written in."""
    for timeline in pm.timelines:
        first: Stamp | None = None
        for event in timeline.events:
            stamp = event.stamp
            if stamp is None or stamp.zone is None or not stamp.timed:
                continue
            if first is None:
                first = stamp
            elif _zone_name(stamp.zone) != _zone_name(first.zone or ""):
                yield Mark(stamp.span, f"{stamp.zone} here, {first.zone} in earlier entries")
                break


def non_utc(pm: Postmortem, *, zones: Sequence[str]) -> Iterator[Mark]:
    """The timeline's zone is none of ``zones``; a timeline without any is another rule's finding."""
    accepted = {_zone_name(zone) for zone in zones}
    for timeline in pm.timelines:
        zone = timeline.zone or next((event.zone for event in timeline.events if event.zone), None)
        if timeline.timed and zone and _zone_name(zone) not in accepted:
            yield Mark(timeline.span, f"the times here are {zone}")


def undated_timeline(pm: Postmortem) -> Iterator[Mark]:
    """Clock times that no date belongs to: none in the timeline and none anywhere else in the document."""
    if pm.metadata.date is not None or any(event.stamp and event.stamp.dated for event in pm.events):
        return
    for timeline in pm.timelines:
        if timeline.timed:
            yield Mark(timeline.span, f"{_times(timeline)} here, and no date")
            return


def missing_full_date(pm: Postmortem) -> Iterator[Mark]:
    """The first entry with a clock time and without a date of its own."""
    for timeline in pm.timelines:
        bare = [event for event in timeline.timed if event.stamp and not event.stamp.dated]
        for event in bare[:1]:
            count = f"{len(bare)} entries have" if len(bare) > 1 else "one entry has"
            yield Mark(event.span, f"{count} a time and no date", places=tuple(one.span for one in bare))


def ambiguous_date(pm: Postmortem) -> Iterator[Mark]:
    """A date of which day and month could be the other way round: the first one of the document."""
    unsure = [event.stamp for event in pm.events if event.stamp and event.stamp.day_unsure and event.stamp.month]
    for stamp in unsure[:1]:
        if stamp.day != stamp.month:
            yield Mark(stamp.span, f"{as_written(pm.source, stamp)} could be two days")


def too_few_entries(pm: Postmortem, *, minimum: int) -> Iterator[Mark]:
    """Timelines that together have fewer than ``minimum`` entries with a date or a time."""
    count = sum(1 for event in pm.events if event.when or event.stamp)
    if pm.timelines and 0 < count < minimum:
        what = "one entry stands" if count == 1 else f"{count} entries stand"
        yield Mark(pm.timelines[0].span, f"{what} here")


def duplicate_entry(pm: Postmortem) -> Iterator[Mark]:
    """An entry with the same time and the same words as an earlier one of the same timeline."""
    for timeline in pm.timelines:
        seen: dict[tuple[str, str], Event] = {}
        for event in timeline.events:
            text = " ".join(event.text.casefold().split())
            if event.stamp is None or event.when is None or not text:
                continue
            first = seen.setdefault((str(event.when), text), event)
            if first is not event:
                line = pm.source.line_number(first.span.start)
                yield Mark(event.span, f"this entry stands in line {line} as well")


def unexplained_gap(pm: Postmortem, *, minutes: int) -> Iterator[Mark]:
    """More than ``minutes`` between an entry and the next one, from the detection until it is mitigated."""
    for timeline in pm.timelines:
        running = False
        for before, after in pairwise(timeline.timed):
            running = (running or not _BEGUN.isdisjoint(before.milestones)) and _OVER.isdisjoint(before.milestones)
            first, second = before.when and before.when.moment, after.when and after.when.moment
            if not running or not first or not second or before.until or after.stamp is None or after.named:
                continue
            gap = second - first
            if gap > timedelta(minutes=minutes):
                yield Mark(after.stamp.span, f"{_length(gap)} lie between this entry and the one before it")


_BEGUN = frozenset({"started", "detected", "acknowledged", "declared"})
_OVER = frozenset({"mitigated", "resolved", "all_clear"})


def _length(gap: timedelta) -> str:
    minutes = int(gap.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"
