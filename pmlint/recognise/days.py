"""The days that a document gives itself, and the weekdays that it writes beside dates."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pmlint.document import Document, Rendered
from pmlint.expressions import expression
from pmlint.mentions import StatedDay, Weekday
from pmlint.model import Passage, Stamp, Title
from pmlint.recognise.fields import Field
from pmlint.recognise.metadata import meaning_of
from pmlint.recognise.order import in_day_order, nearest_day
from pmlint.recognise.times import find_stamps, plain
from pmlint.source import Span

_ISO = expression(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_INCIDENT_KEYS = ("incident_date", "incident-date", "incidentDate", "date_of_incident")
# Monday first; in English, German, French, Spanish, Portuguese and Japanese; cut short where that is no other word.
_WEEKDAYS = (
    "monday mon montag lundi lunes segunda-feira 月", "tuesday tue tues dienstag mardi martes terça-feira 火",
    "wednesday wed mittwoch mercredi miércoles quarta-feira 水",
    "thursday thu thur thurs donnerstag jeudi jueves quinta-feira 木",
    "friday fri freitag vendredi viernes sexta-feira 金", "saturday sat samstag sonnabend samedi sábado 土",
    "sunday sun sonntag dimanche domingo 日",
)  # fmt: skip
_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_BEGINNINGS = tuple(dict.fromkeys(name[:3] for name in _NUMBERS))
_NAME = r"(?P<name>[^\W\d_]{3,10}(?:-feira)?)"
_BEFORE = expression(rf"(?<![\w-]){_NAME}\b\.?,?(?:\s+(?:the|den|le|el|dem))?\s*$")
_AT_START = expression(rf"{_NAME}\b\.?,?\s")
_BEHIND = expression(rf"\s?[(（,]\s?{_NAME}\b\.?[)）,.]?")
_JAPANESE = expression(r"\s?[(（](?P<name>[月火水木金土日])(?:曜日?)?[)）]", needs="月火水木金土日")
# Longer ones are no abbreviations that a full stop belongs to.
_LONGEST_CUT = 5
# A year that is not written is that of the incident for days around it.
_NEAR = timedelta(days=90)


def find_days(
    document: Document, title: Title | None, fields: Sequence[Field], order: bool | None
) -> tuple[StatedDay, ...]:
    """The days that file name, title, front matter and date fields state in full."""
    days: list[StatedDay] = []
    at = title.span if title else Span(0, 0)
    name = document.source.path.replace("\\", "/").rpartition("/")[2]
    days += [StatedDay(day, at, "file name") for day in _iso_days(name)]
    if title:
        days += [StatedDay(day, title.span, "title") for day in _days(plain(title.text), order)]
    front = document.front_matter
    for key in (*_INCIDENT_KEYS, "date") if front else ():
        value = front.values.get(key) if front else None
        if front and isinstance(value, str):
            span = front.spans[key]
            days += [StatedDay(day, span, "front matter" if key == "date" else "field") for day in _iso_days(value)]
    for field in fields:
        if meaning_of(field.label) in ("date", "start", "end") and not field.nested:
            days += [StatedDay(day, field.value_span, "field") for day in _days(plain(field.value), order)]
    return tuple(days)


def _iso_days(text: str) -> Iterator[date]:
    for match in _ISO.finditer(text):
        try:
            yield date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue


def _days(rendered: Rendered, order: bool | None) -> Iterator[date]:
    for stamp, _, _ in find_stamps(rendered):
        if not stamp.fault and (day := in_day_order(stamp, order).calendar_day):
            yield day


def find_weekdays(passages: Sequence[Passage], known: date | None, order: bool | None) -> tuple[Weekday, ...]:
    """Every weekday that stands right before or in brackets behind a date whose day is known."""
    return tuple(
        weekday
        for passage in passages
        if _may_name_one(passage.rendered.text)
        for stamp, start, end in find_stamps(passage.rendered)
        if stamp.dated and (weekday := _beside(passage.rendered, in_day_order(stamp, order), start, end, known))
    )


def _may_name_one(text: str) -> bool:
    """Whether a text can hold the name of a weekday: in most there is none, and no date needs to be read."""
    low = text.casefold()
    return any(beginning in low for beginning in _BEGINNINGS)


def _beside(rendered: Rendered, stamp: Stamp, start: int, end: int, known: date | None) -> Weekday | None:
    text = rendered.text
    places = (
        _AT_START.match(text, start, end),
        _BEFORE.search(text, max(0, start - 24), start),
        _BEHIND.match(text, end),
        _JAPANESE.match(text, end),
    )
    found = next((place for place in places if place and place["name"].casefold() in _NUMBERS), None)
    day = stamp.calendar_day
    if day is None and known and not stamp.day_unsure and stamp.year is None:
        near = nearest_day(stamp, known)
        day = near if near and abs(near - known) <= _NEAR else None
    if found is None or day is None:
        return None
    name = found["name"]
    if "." in found.group().rstrip(".") and len(name) > _LONGEST_CUT:
        # Another sentence begins between them.
        return None
    number = _NUMBERS[name.casefold()]
    span = rendered.span(min(start, found.start("name")), max(end, found.end("name")))
    return Weekday(span, name, number, day)
