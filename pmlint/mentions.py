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
    """A weekday beside a date: what is ``written``, the number of the weekday (Monday is 0), and the date's day."""

    span: Span
    written: str
    number: int
    day: date


class Link(NamedTuple):
    """A link or an image: ``target`` as the parser decodes it, ``span`` the whole of it."""

    target: str
    span: Span
    kind: Literal["link", "image"] = "link"


def slug_of(heading: str) -> str:
    """The fragment that GitHub gives a heading."""
    kept = "".join(c for c in heading.strip().lower() if c.isalnum() or c in "-_ " or _is_mark(c))
    return kept.replace(" ", "-")


def _is_mark(character: str) -> bool:
    """Whether a character belongs to the letter before it: accents, vowel signs."""
    import unicodedata  # headings in Latin letters need none of it

    return not character.isascii() and unicodedata.category(character) in ("Mn", "Mc", "Pc")
