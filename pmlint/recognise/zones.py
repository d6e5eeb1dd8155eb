"""Time zones as people write them, and where a local time stands in UTC, if the zone's name says that for sure."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal, NamedTuple

from pmlint.data import read_lexicon
from pmlint.expressions import expression

_WRITTEN_OFFSET = expression(
    r"\s?\(?(?:(?:UTC|GMT)\s?)?[+\u2212-]\d{2}:?\d{2}\b\)?|\s?\(?(?:UTC|GMT)\s?[+\u2212-]\d{1,2}\b(?!:)\)?", re.I
)
_OFFSET = expression(r"(?i:UTC|GMT)?\s?(?P<sign>[+−-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")


class Moment(NamedTuple):
    """A local time in a known zone.

    ``utc`` is None where the clocks were changed: in a ``gap`` no clock showed the time, in a ``fold`` clocks showed
    it twice.
    """

    utc: datetime | None
    change: Literal["gap", "fold"] | None = None


def offset_at(text: str, position: int) -> tuple[str, int] | None:
    """The offset written at a position, such as +02:00, and where it ends."""
    offset = _WRITTEN_OFFSET.match(text, position)
    return (offset.group().strip(" ()"), offset.end()) if offset else None


def zone_at(text: str, position: int) -> tuple[str, int] | None:
    """The zone name or offset written at a position, and where it ends."""
    if offset := offset_at(text, position):
        return offset
    zone = _names().match(text, position)
    return (zone.group(), zone.end()) if zone else None


def find_zones(text: str) -> Iterator[tuple[str, int, int]]:
    """Every zone name in a text with its start and end. ``Z`` and bare offsets count only behind a clock time."""
    for zone in _names().finditer(text):
        before = text[zone.start() - 1] if zone.start() else " "
        in_words = not zone.group()[0].isascii()
        if (in_words or not before.isalnum()) and before not in "/_" and zone.group() != "Z":
            yield zone.group(), zone.start(), zone.end()


@cache
def _names() -> re.Pattern[str]:
    zones: Mapping[str, list[str]] = read_lexicon("times")["zones"]
    words = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in zones["words"])
    regions, abbreviations = "|".join(zones["regions"]), "|".join(zones["abbreviations"])
    return re.compile(
        rf"(?:{abbreviations})(?:\s?/\s?(?:{abbreviations}))?(?![\w/])"
        rf"|(?:{regions})/[A-Z][A-Za-z_]{{2,30}}(?:/[A-Z][A-Za-z_]{{2,30}})?|(?i:{words})\b|Z\b"
    )


def moment(local: datetime, zone: str) -> Moment | None:
    """Where a naive local time stands; None for a zone that is unknown or whose name means several (IST, CST)."""
    offset = zone_of(zone)
    if offset is None:
        return None
    if isinstance(offset, timezone):
        return _utc(local.replace(tzinfo=offset))
    first, second = local.replace(tzinfo=offset), local.replace(tzinfo=offset, fold=1)
    if first.utcoffset() == second.utcoffset():
        return _utc(first)
    # In a gap the time before the change counts with the smaller offset, in a fold with the larger (PEP 495).
    is_gap = (first.utcoffset() or timedelta()) < (second.utcoffset() or timedelta())
    return Moment(None, "gap" if is_gap else "fold")


def _utc(time: datetime) -> Moment | None:
    try:
        return Moment(time.astimezone(UTC))
    except OverflowError:  # the first and the last day of the calendar
        return None


def zone_of(name: str) -> tzinfo | None:
    """The zone that a written name means: an offset, an abbreviation with one meaning, a region of the tz database."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        return timezone(timedelta(minutes=minutes if offset["sign"] == "+" else -minutes)) if minutes < 1440 else None
    key = " ".join(name.split()).casefold().replace(" /", "/").replace("/ ", "/")
    fixed, regions = _fixed(), _regions()
    if key in fixed:
        return timezone(timedelta(minutes=fixed[key]))
    return _region(regions.get(key, name if "/" in name else ""))


@cache
def _region(key: str) -> tzinfo | None:
    if not key:
        return None
    from zoneinfo import ZoneInfo  # most documents name no region

    try:
        return ZoneInfo(key)
    except (OSError, ValueError, KeyError):  # unknown, or there is no tz database on this machine
        return None


@cache
def _fixed() -> Mapping[str, int]:
    """Abbreviations, case-folded → minutes east of Greenwich."""
    return {name.casefold(): minutes for name, minutes in read_lexicon("times")["offsets"].items()}


@cache
def _regions() -> Mapping[str, str]:
    """Names that follow a region's clocks through the year, case-folded → the region's key in the tz database."""
    return {
        name: key for key, names in read_lexicon("times")["followed"].items() for name in names.casefold().split("; ")
    }
