"""Whether a document agrees with itself and with the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

from pmlint.model import Postmortem
from pmlint.rule import Mark

# It may be tomorrow already where the writer lives.
_AHEAD = timedelta(days=1)


def future_time(pm: Postmortem, *, today: date) -> Iterator[Mark]:
    """An event that lies after the day of the run."""
    for event in pm.events:
        if event.stamp and event.when and event.when.day and event.when.day > today + _AHEAD:
            yield Mark(event.stamp.span, f"{event.when.day} lies after today, {today}")
