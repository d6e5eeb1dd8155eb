"""Days as they are written: where in a text one stands, and whether a reader could take it for another one."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pmlint.expressions import expression

_ISO = expression(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
# Each with a year of four digits. What stands between the numbers is on one line.
_FORMS = tuple(
    expression(form)
    for form in (
        r"(?<!\d)(?P<year>\d{4})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d|[./-]\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})(?!\d)",
        r"(?<!\w)(?P<name>[^\W\d_]{3,10})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})(?!\d|:\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ /-](?P<name>[^\W\d_]{3,10})\.?,?[ /-](?P<year>\d{4})"
        r"(?!\d|:\d)",
        r"(?<![\d/-])(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/-])",
    )
)
# In running text the end of 2026-03-04 is no such date. What begins with a digit is found several times faster than
# what begins with a look behind it.
_NUMERIC = expression(
    r"(?P<first>\d(?<!\d\d)(?<!\d[/-]\d)\d?)(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{2,5})(?![\d/-])"
)
_MONTHS = 12


class WrittenDay(NamedTuple):
    """Where a day stands in a text. ``numeric`` says that it is 04/13/2026: its order rests on others of its kind."""

    start: int
    end: int
    numeric: bool


def has_iso_day(text: str) -> bool:
    """Whether a day is written YYYY-MM-DD in a text."""
    return _ISO.search(text) is not None


def written_day(text: str, year: int, month: int, day: int) -> WrittenDay | None:
    """Where a text has a day with its year, otherwise than in ISO form; None where it has none, or more than one."""
    found = [match for form in _FORMS for match in form.finditer(text)]
    if len(found) != 1:
        return None
    (match,) = found
    parts = match.groupdict()
    numeric = parts.get("first") is not None
    if numeric:
        is_it = {int(parts["first"]), int(parts["second"])} == {month, day}
    else:
        is_it = int(parts["day"]) == day and int(parts.get("month") or month) == month
    return WrittenDay(*match.span(), numeric) if is_it and int(parts["year"]) == year else None


def numeric_days(text: str) -> Iterator[re.Match[str]]:
    """Every day that is written in numbers whose order is open, 04/13/2026, by ``first``, ``second`` and ``year``."""
    return _NUMERIC.finditer(text)


def keep_their_order(text: str, starts: Collection[int]) -> bool:
    """Whether numeric days at some places can go: all tell one order, and what is left of them still knows it."""
    days = [match for match in numeric_days(text) if match["first"] != match["second"]]
    left = [begins_with_the_day(match) for match in days if match.start() not in starts]
    told = {begins_with_the_day(match) for match in days} - {None}
    return len(told) == 1 and (not left or set(left) != {None})


def begins_with_the_day(match: re.Match[str]) -> bool | None:
    """The order that a numeric day tells by a number above 12; None if it tells none."""
    first, second = (int(match[name]) > _MONTHS for name in ("first", "second"))
    return first if first != second else None
