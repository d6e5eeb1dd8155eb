"""What a document mentions that its checks compare: days that it gives itself, weekdays beside dates, links."""

from datetime import date
from typing import Literal, NamedTuple

from pmlint.source import Span


class StatedDay(NamedTuple):
    """A day that the document gives the incident, or itself, and where it says so."""

    day: date
    span: Span
    where: Literal["file name", "title", "front matter", "field"]


class Weekday(NamedTuple):
    """A weekday beside a date: what is ``written``, the number of the weekday (Monday is 0), and the date's day.

    ``inferred`` says that the year of the day is not written beside it.
    """

    span: Span
    written: str
    number: int
    day: date
    inferred: bool = False


class Link(NamedTuple):
    """A link or an image: ``target`` as the parser decodes it, ``span`` the whole of it."""

    text: str
    target: str
    span: Span
    kind: Literal["link", "image"] = "link"
