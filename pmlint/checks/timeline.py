"""Whether a timeline can be true: its order, its clock times, its zone."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from pmlint.model import Event, Postmortem, Stamp, Timeline
from pmlint.rule import Mark
from pmlint.source import Source

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
        for event in timeline.events:
            if event.when is None or event.stamp is None:
                continue
            if before is not None and _steps_back(before, event, tolerance):
                yield Mark(event.stamp.span, _backwards(pm.source, before, event))
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
    return f"{_written(source, event.stamp)} comes after {_written(source, before.stamp)}"


def _written(source: Source, stamp: Stamp | None) -> str:
    # A date and a time may stand in two cells of a table.
    return " ".join(source.slice(stamp.span).replace("|", " ").split()).strip("*_ ") if stamp else ""


def impossible_time(pm: Postmortem) -> Iterator[Mark]:
    """A date or clock time that no calendar or clock shows, or a range that ends before it begins.

    Hours above 12 with AM or PM are a habit: they are one finding a document, however many there are.
    """
    mixed: list[Stamp] = []
    for event in (*pm.events, *pm.windows):
        if event.change == "gap" and event.stamp:
            written = _written(pm.source, event.stamp)
            yield Mark(event.stamp.span, f"{written} is not a time: the clocks were set forward past it that day")
        for stamp in (event.stamp, event.end_stamp):
            if stamp and stamp.mixes_clocks:
                mixed.append(stamp)
            elif stamp and stamp.fault:
                yield Mark(stamp.span, f"{_written(pm.source, stamp)} is not a time: {stamp.fault}")
        if event.end_stamp and event.stamp and _ends_before_it_begins(event):
            range_span = event.stamp.span.covering(event.end_stamp.span)
            end, start = _written(pm.source, event.end_stamp), _written(pm.source, event.stamp)
            yield Mark(range_span, f"the range ends at {end}, before it begins at {start}")
    for stamp in mixed[:1]:
        more = f", and {len(mixed) - 1} more" if len(mixed) > 1 else ""
        yield Mark(stamp.span, f"{_written(pm.source, stamp)} is not a time: {stamp.fault}{more}")


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
