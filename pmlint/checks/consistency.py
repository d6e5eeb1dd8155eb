"""Whether the days and times of a document agree with each other and with the calendar."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pmlint.errors import Unfinished
from pmlint.mentions import StatedDay
from pmlint.model import Event, Postmortem
from pmlint.moments import Point, minutes_between, points_of, spoken
from pmlint.rule import Mark

# It may be tomorrow already where the writer lives.
_AHEAD = timedelta(days=1)
_ZONES = timedelta(days=1)
# A report is written, named and published for so long after what it tells of.
_WRITTEN_UP = timedelta(days=60)
_MOST_DAYS = 50
_STRAY = timedelta(days=20)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BEGUN = ("started", "detected")
_OVER = ("mitigated", "resolved", "all_clear")


def future_time(pm: Postmortem, *, today: date) -> Iterator[Mark]:
    """An event, or the incident's day by title or field, that lies after the day of the run."""
    for stated in pm.days:
        if stated.where in ("title", "field") and stated.day - today > _AHEAD:
            yield Mark(stated.span, f"the {stated.where} says {stated.day}, which lies after today, {today}")
    for event in pm.events:
        if event.stamp and event.when and event.when.day and event.when.day - today > _AHEAD:
            yield Mark(event.stamp.span, f"{event.when.day} lies after today, {today}")


def weekday_mismatch(pm: Postmortem) -> Iterator[Mark]:
    """A weekday stands beside a date that falls on another one."""
    for weekday in pm.weekdays:
        if weekday.number != weekday.day.weekday():
            right = _DAYS[weekday.day.weekday()]
            yield Mark(weekday.span, f"{weekday.day} is a {right}, not a {_DAYS[weekday.number]}")


def date_mismatch(pm: Postmortem) -> Iterator[Mark]:
    """The days of file name, title, date field and front matter and those of the timeline cannot all be right."""
    days = pm.days[:_MOST_DAYS]
    stamped = [event for event in pm.events if event.stamp and not event.stamp.fault]
    written = [(event, day) for event in stamped if event.stamp and (day := event.stamp.calendar_day)]
    first, last = min((day for _, day in written), default=None), max((day for _, day in written), default=None)
    if first and last:
        for stated in days:
            if _is_told_otherwise(stated, first, last, days):
                when = f"{first}" if first == last else f"{first} to {last}"
                yield Mark(stated.span, f"the {stated.where} says {stated.day}, and the timeline is of {when}")
                return
        yield from _strays(days, written)
    else:
        for number, stated in enumerate(days):
            for other in days[:number]:
                if other.where != stated.where and _is_slip(stated.day, other.day):
                    told = f"the {stated.where} says {stated.day}, and the {other.where} says {other.day}"
                    yield Mark(stated.span, told)
                    return
    if len(pm.days) > _MOST_DAYS:
        reason = f"the document states {len(pm.days):,} days, only the first {_MOST_DAYS} were compared"
        raise Unfinished(reason, "make a file of each incident")


def _is_told_otherwise(stated: StatedDay, first: date, last: date, days: Sequence[StatedDay]) -> bool:
    """Whether a stated day lies outside the timeline for no reason but a slip."""
    if first - stated.day <= _ZONES and stated.day - last <= _ZONES:
        return False
    slip = _is_slip(stated.day, first) or _is_slip(stated.day, last)
    if timedelta() < stated.day - last <= _WRITTEN_UP and stated.where != "field":
        # The day of writing, unless it is the incident's with its numbers in another order.
        return slip and _is_swapped(stated.day, first)
    agrees = any(
        other.where != stated.where and first - other.day <= _ZONES and other.day - last <= _ZONES for other in days
    )
    is_start = stated.where == "field" and any(other.where == "field" and other.day != stated.day for other in days)
    return slip or (agrees and not is_start)


def _strays(days: Sequence[StatedDay], written: Sequence[tuple[Event, date]]) -> Iterator[Mark]:
    """Entries whose day is the stated one with another month or year, among entries of the stated day."""
    stated = {day.day for day in days}
    told = {day.toordinal() for _, day in written}
    for event, day in written:
        near = [other for other in stated if abs(other - day) <= _STRAY]
        slips = sorted(other for other in stated if _is_slip(day, other))
        others = any(slip.toordinal() + apart in told for slip in slips for apart in (-1, 0, 1))
        if event.stamp and slips and not near and others and "introduced" not in event.milestones:
            yield Mark(event.stamp.span, f"{day} stands among entries of {slips[0]}, the day of the incident")


def _is_slip(one: date, other: date) -> bool:
    """Whether two days differ as by a slip of the pen: in the year alone, in the month alone, or turned round."""
    if abs(one - other) <= _ZONES:
        return False
    return (one.day == other.day and (one.month == other.month or one.year == other.year)) or _is_swapped(one, other)


def _is_swapped(one: date, other: date) -> bool:
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)


def timeline_vs_metadata_window(pm: Postmortem, *, tolerance_minutes: int) -> Iterator[Mark]:
    """The incident's stated start lies after it was noticed, or its stated end before it was over or after all else."""
    points = points_of(pm)
    events = [point for point in points if point.told not in ("start", "end") or not _is_field(pm, point)]
    start = next((point for point in points if point.told == "start" and _is_field(pm, point)), None)
    end = next((point for point in points if point.told == "end" and _is_field(pm, point)), None)
    begun = [point for point in events if not point.milestones.isdisjoint(_BEGUN)]
    over = [point for point in events if not point.milestones.isdisjoint(_OVER)]
    if start and begun:
        yield from _apart(pm, start, begun[0], tolerance_minutes, "and it had begun")
    if end and over:
        yield from _apart(pm, over[0], end, tolerance_minutes, "and it was not over before", at_second=True)
        yield from _apart(pm, end, events[-1], tolerance_minutes, "and the timeline ends")


def _is_field(pm: Postmortem, point: Point) -> bool:
    stamps = (pm.metadata.started, pm.metadata.ended)
    return any(stamp is not None and stamp.span == point.span for stamp in stamps)


def _apart(
    pm: Postmortem, late: Point, early: Point, tolerance: int, why: str, at_second: bool = False
) -> Iterator[Mark]:
    """A mark at the stated time if ``late`` comes after ``early`` by more than the tolerance."""
    minutes = minutes_between(early, late) if early.day or late.day else None
    if minutes is None or minutes <= tolerance:
        return
    stated, row = (early, late) if at_second else (late, early)
    line = pm.source.line_number(row.span.start)
    message = f'the {stated.told} is {stated.written}, {why} at {row.written} "{row.told}" (line {line}), '
    yield Mark(stated.span, f"{message}{spoken(minutes)} {'later' if at_second else 'earlier'}")
