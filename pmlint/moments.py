"""The points in time that a document gives, and the minutes between them."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from pmlint.model import Claim, Event, Postmortem, Stamp, When
from pmlint.source import Span

_DAY = 24 * 60
_SHOWN = 40


class Point(NamedTuple):
    """A time with what happened then: ``milestones`` in the lexicon's words, ``told`` in the document's.

    ``utc`` is the moment where the zone is known; ``day`` and ``clock`` are in the zone named, None for the
    document's own. ``sure`` is False where the clocks showed the time twice, or never.
    """

    span: Span
    written: str
    told: str
    milestones: frozenset[str]
    clock: time
    day: date | None = None
    zone: str | None = None
    utc: datetime | None = None
    approximate: bool = False
    sure: bool = True
    named: bool = False


def points_of(pm: Postmortem) -> tuple[Point, ...]:
    """The timed entries of all timelines, ranges with their ends, and the incident's start and end by its fields."""
    events = (*pm.events, *pm.windows)
    return (*(point for event in events for point in _of_event(event)), *_of_fields(pm))


def _of_event(event: Event) -> Iterator[Point]:
    if event.stamp is None or event.when is None or event.when.clock is None:
        return
    told, milestones = _words(event.text), frozenset(event.milestones)
    start = Point(
        event.stamp.span,
        _written(event.when),
        told,
        milestones,
        event.when.clock,
        event.when.day,
        event.zone,
        utc=event.utc,
        approximate=event.stamp.approximate,
        sure=event.change is None,
        named=event.named,
    )
    yield start
    if event.end_stamp and event.until and event.until.clock:
        yield Point(
            event.end_stamp.span,
            _written(event.until),
            told,
            milestones,
            event.until.clock,
            event.until.day,
            event.zone,
            approximate=event.end_stamp.approximate,
            sure=event.change is None,
            named=event.named,
        )


def _of_fields(pm: Postmortem) -> Iterator[Point]:
    for stamp, told, milestone in (
        (pm.metadata.started, "start", "started"),
        (pm.metadata.ended, "end", "resolved"),
    ):
        if stamp and stamp.clock and not stamp.fault:
            day = stamp.calendar_day or (date.fromisoformat(pm.metadata.date.text) if pm.metadata.date else None)
            yield Point(
                stamp.span,
                _written(When(day, stamp.clock)),
                told,
                frozenset({milestone}),
                stamp.clock,
                day,
                stamp.zone,
                approximate=stamp.approximate,
                named=True,
            )


def _written(when: When) -> str:
    return str(when).replace("T", " ").strip()


def _words(text: str) -> str:
    """The first words of an entry, on one line."""
    words = " ".join(text.split()).strip(" -–—:|")
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]}…"


def minutes_between(first: Point, second: Point) -> float | None:
    """The minutes from one point to another, negative for a step back; None where zones or days leave it open.

    Without any day the way round midnight is taken: what follows comes within a day.
    """
    if not first.sure or not second.sure:
        return None
    if first.utc and second.utc:
        return (second.utc - first.utc).total_seconds() / 60
    if first.zone != second.zone and first.zone and second.zone:
        return None
    if first.day and second.day:
        return (
            datetime.combine(second.day, second.clock) - datetime.combine(first.day, first.clock)
        ).total_seconds() / 60
    if first.day or second.day:
        return None
    return (_of_day(second.clock) - _of_day(first.clock)) % _DAY


def between_stamps(first: Stamp, second: Stamp) -> float | None:
    """The minutes of a range that is written with a clock time on either side; None where it leaves that open."""
    start, end = first.clock, second.clock
    if start is None or end is None or (first.zone and second.zone and first.zone != second.zone):
        return None
    minutes = _of_day(end) - _of_day(start)
    if first.dated and second.dated:
        # The year may stand on one side only, or nowhere.
        year = first.year or second.year or 2000
        days = [_calendar_day(stamp, year) for stamp in (first, second)]
        return minutes + (days[1] - days[0]).days * _DAY if days[0] and days[1] else None
    if first.half != second.half and (first.half is None or second.half is None):
        return None
    return minutes % _DAY


def _calendar_day(stamp: Stamp, year: int) -> date | None:
    return stamp._replace(year=stamp.year or year).calendar_day


def _of_day(clock: time) -> float:
    return clock.hour * 60 + clock.minute + clock.second / 60


def spoken(minutes: float) -> str:
    """Minutes as people say them: ``48 min``, ``5 h 26 min``, ``2 d 4 h``."""
    whole = round(abs(minutes))
    days, hours, rest = whole // _DAY, whole % _DAY // 60, whole % 60
    # Up to two days are easier to compare in hours.
    if whole < 2 * _DAY:
        days, hours = 0, whole // 60
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (rest, "min")) if count]
    return " ".join(parts) or "0 min"


def finest_unit(written: str, claim: Claim) -> int:
    """The minutes of the smallest unit that a claim is written in: 1440 for days, 60 for hours, 1 for minutes."""
    words = "".join(letter if letter.isalpha() else " " for letter in written.casefold()).split()
    for size, letters in ((_DAY, ("d", "j", "t", "日", "天")), (60, ("h", "s", "時", "小"))):
        if claim.minutes and claim.minutes % size == 0 and words[-1:] and words[-1].startswith(letters):
            return size
    return 1
