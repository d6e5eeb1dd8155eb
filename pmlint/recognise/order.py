"""Days that are written without a year, or with numbers that may be a day or a month: which day is meant."""

from datetime import date, timedelta

from pmlint.dates import begins_with_the_day, numeric_days
from pmlint.model import Stamp


def in_day_order(stamp: Stamp, day_first: bool | None) -> Stamp:
    """A stamp whose day and month could be the other way round, decided; still unsure where nothing decides."""
    if not stamp.day_unsure or day_first is None:
        return stamp
    if day_first:
        return stamp._replace(day=stamp.month, month=stamp.day, day_unsure=False)
    return stamp._replace(day_unsure=False)


def day_first(text: str, near: date | None) -> bool | None:
    """Whether a document writes 31/12 (True) or 12/31 (False): what its own dates say; None if they do not.

    A date with a number above 12 decides. Without one, an ambiguous date decides if it lies within a week of a day
    that is known otherwise (``near``) in one order and not in the other. Where dates disagree nothing is guessed.
    """
    days = list(numeric_days(text))
    sure = {begins_with_the_day(day) for day in days} - {None}
    if not sure and near:
        numbers = [(int(day["first"]), int(day["second"]), int(day["year"])) for day in days]
        sure = {_order_near(*written, near) for written in numbers} - {None}
    return sure.pop() if len(sure) == 1 else None


def _order_near(first: int, second: int, year: int, near: date) -> bool | None:
    year += 2000 if year < 100 else 0
    close = [
        day_comes_first
        for day_comes_first, month, day in ((True, second, first), (False, first, second))
        if _is_close(year, month, day, near)
    ]
    return close[0] if len(close) == 1 else None


def _is_close(year: int, month: int, day: int, near: date) -> bool:
    try:
        return abs(date(year, month, day) - near) <= timedelta(days=7)
    except ValueError:
        return False


def nearest_day(stamp: Stamp, near: date | None) -> date | None:
    """The day of a stamp. A missing year is the one that brings it nearest to a known day, such as the incident's.

    "Jan 2" near 31 December is next year's. None without a day, without a year and a known day, or for no possible day.
    """
    if stamp.year is not None or near is None:
        return stamp.calendar_day
    days = [stamp._replace(year=near.year + shift).calendar_day for shift in (0, 1, -1)]
    return min((day for day in days if day), key=lambda day: abs(day - near), default=None)
