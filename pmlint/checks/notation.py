"""How a timeline writes its dates and clock times: whether it keeps to one form."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pmlint.dates import WrittenDay, has_iso_day, keep_their_order, written_day
from pmlint.excerpts import as_written, is_among, targets_of
from pmlint.expressions import expression
from pmlint.model import Postmortem, Stamp, Timeline
from pmlint.rule import Edit, Mark
from pmlint.source import Source, Span

# A stamp, what is said of it, and the edits that mend it.
_Found = tuple[Stamp, str, tuple[Edit, ...]]


def _stamps(timeline: Timeline) -> list[Stamp]:
    """What entries begin with and what their ranges end with, in the order of the text."""
    return [stamp for event in timeline.events for stamp in (event.stamp, event.end_stamp) if stamp]


def _linked_headings(pm: Postmortem) -> list[Span]:
    """The headings that links in the document lead to, in the order of the text: other words would break the links."""
    targets = targets_of(pm)
    return [section.span for section in pm.sections if section.form == "heading" and is_among(section, targets)]


def _is_inside(stamp: Stamp, headings: Sequence[Span]) -> bool:
    number = bisect_right(headings, stamp.span.start, key=lambda span: span.start)
    return number > 0 and stamp.span in headings[number - 1]


def _marks(found: Iterable[_Found], headings: Sequence[Span]) -> Iterator[Mark]:
    """Marks of stamps; without edits where the stamp stands in one of the headings."""
    for stamp, message, edits in found:
        yield Mark(stamp.span, message, edits=() if _is_inside(stamp, headings) else edits)


def mixed_clock_format(pm: Postmortem) -> Iterator[Mark]:
    """Clock times written otherwise than more of the same timeline: on the 12-hour clock among some that are on the
    24-hour clock, with a dot, or with the zone in brackets, in small letters or as Z."""
    headings = _linked_headings(pm)
    for timeline in pm.timelines:
        stamps = [stamp for stamp in _stamps(timeline) if stamp.timed]
        yield from _marks(_mixed_clocks(pm.source, stamps, _lending(pm.source, timeline)), headings)
        yield from _marks(_mixed_separators(pm.source, stamps), headings)
        yield from _marks(_mixed_zones(pm.source, stamps), headings)


def _lending(source: Source, timeline: Timeline) -> Collection[Stamp]:
    """The ends of ranges that say AM or PM for the beginning as well: 2:51 - 3:10 PM."""
    events = (event for event in timeline.events if event.stamp and event.stamp.half and event.end_stamp)
    return {e.end_stamp for e in events if e.end_stamp and e.stamp and not _on_24_hours(source, e.stamp)}


def _mixed_clocks(source: Source, stamps: Sequence[Stamp], lending: Collection[Stamp]) -> Iterator[_Found]:
    halves = [stamp for stamp in stamps if stamp.half and stamp.fault is None]
    # 9:05 is written alike on both clocks; from 13 o'clock on and with a leading zero it is not.
    whole = [stamp for stamp in stamps if not stamp.half and _is_on_24_hours(source, stamp)]
    for stamp in halves if whole else ():
        said = f"{as_written(source, stamp)} is on the 12-hour clock, {as_written(source, whole[0])} is not"
        yield stamp, said, () if stamp in lending else _on_24_hours(source, stamp)


def _is_on_24_hours(source: Source, stamp: Stamp) -> bool:
    hour = stamp.hour or 0
    return hour > 12 or (hour < 10 and f"{hour:02}:" in source.slice(stamp.span))


def _on_24_hours(source: Source, stamp: Stamp) -> tuple[Edit, ...]:
    """The edit that writes a time on the 24-hour clock; none where it is not written plainly, as 2:51 PM."""
    raw = source.slice(stamp.span)
    clock = stamp.clock
    found = _PLAIN_12.search(raw)
    if clock is None or found is None or _PLAIN_12.search(raw, found.end()):
        return ()
    shown = f"{clock.hour:02}:{clock.minute:02}" + (f":{clock.second:02}" if found["seconds"] else "")
    return (Edit(Span(stamp.span.start + found.start(), stamp.span.start + found.end()), shown),)


_PLAIN_12 = expression(r"(?<![\d:])\d{1,2}:\d\d(?P<seconds>:\d\d)?\s?[AaPp]\.?[Mm]\b\.?")


def _mixed_separators(source: Source, stamps: Sequence[Stamp]) -> Iterator[_Found]:
    """Times with a dot among at least as many with a colon."""
    dotted = [(stamp, place) for stamp in stamps if (place := _dotted(source, stamp))]
    colons = [stamp for stamp in stamps if _COLON.search(source.slice(stamp.span))]
    for stamp, place in dotted if len(dotted) <= len(colons) else ():
        said = f"{as_written(source, stamp)} has a dot, {as_written(source, colons[0])} has a colon"
        yield stamp, said, (Edit(place, ":"),)


def _dotted(source: Source, stamp: Stamp) -> Span | None:
    """Where the dot of a time stands that is written 14.43."""
    found = [
        Span(stamp.span.start + match.end("hour"), stamp.span.start + match.start("minute"))
        for match in _DOTTED.finditer(source.slice(stamp.span))
        if (int(match["hour"]), int(match["minute"])) == (stamp.hour, stamp.minute)
    ]
    return found[0] if len(found) == 1 else None


_COLON = expression(r"\d:\d\d")
_DOTTED = expression(r"(?<![\d.:/-])(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\d.:])")


def _mixed_zones(source: Source, stamps: Sequence[Stamp]) -> Iterator[_Found]:
    """Zones written otherwise than " UTC" where that is the most frequent form, zone by zone."""
    places = [(stamp, place) for stamp in stamps if (place := _zone_behind(source, stamp))]
    counts = Counter((place.name, source.slice(place.span)) for _, place in places)
    often = {name: max(n for (other, _), n in counts.items() if other == name) for name, _ in counts}
    plain = {place.name: stamp for stamp, place in reversed(places) if place.is_plain}
    for stamp, place in places:
        form = f" {place.name}"
        if not place.is_plain and counts[place.name, form] == often[place.name]:
            said = f"{as_written(source, stamp)} names the zone otherwise than {as_written(source, plain[place.name])}"
            yield stamp, said, (Edit(place.span, form),)


class _Zone(NamedTuple):
    """A zone behind a clock time, with the blank and the brackets: where it stands, and its name in capitals."""

    span: Span
    name: str
    is_plain: bool


def _zone_behind(source: Source, stamp: Stamp) -> _Zone | None:
    """The zone right behind a time, if it is a name of letters; None for those of machines, 2026-03-04T14:51:00Z."""
    zone, text = stamp.zone or "", source.text
    start = text.rfind(zone, stamp.span.start, stamp.span.end)
    if not zone.isalpha() or not zone.isascii() or start < 0 or _MACHINE.search(source.slice(stamp.span)):
        return None
    end = start + len(zone)
    if text[start - 1] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1
    if text[start - 1] == " ":
        start -= 1
    if not _CLOCK_END.match(text, start - 1) or _GOES_ON.match(text, end):
        return None
    name = "UTC" if zone == "Z" else zone.upper()
    return _Zone(Span(start, end), name, text[start:end] == f" {name}")


_MACHINE = expression(r"\dT\d")
_CLOCK_END = expression(r"[\dmM.]")
# Behind a bare UTC this would be an offset, another zone, or the date of the time.
_GOES_ON = expression(
    r"[\s*_]*(?:[+\u2212-]\d|/)|\w"
    r"|[\s*_,]*(?:(?:at|on|um|às|à|a las|of)\b|@)?[\s*_]*[–—:(-]{0,2}\s*(?:\w{3,10},? )?"
    r"(?:(?!\d?\d:)\d|[^\W\d_]{3,10}\.? +\d)"
)


def unpadded_time(pm: Postmortem) -> Iterator[Mark]:
    """A time whose hour has one digit, 9:05, in a timeline that is on the 24-hour clock for sure."""
    headings = _linked_headings(pm)
    for timeline in pm.timelines:
        stamps = [stamp for stamp in _stamps(timeline) if stamp.timed]
        if not any(stamp.half for stamp in stamps) and any(_is_on_24_hours(pm.source, stamp) for stamp in stamps):
            yield from _marks(_unpadded(pm.source, stamps), headings)


def _unpadded(source: Source, stamps: Sequence[Stamp]) -> Iterator[_Found]:
    for stamp in stamps:
        found = None if stamp.fault else _UNPADDED.search(source.slice(stamp.span))
        if found:
            at = stamp.span.start + found.start()
            yield stamp, f"{as_written(source, stamp)} has one digit of the hour", (Edit(Span(at, at), "0"),)


_UNPADDED = expression(r"(?<![\d:.T])\d(?=:[0-5]\d(?::[0-5]\d)?(?![\d:]))")


def mixed_date_format(pm: Postmortem, *, always: bool) -> Iterator[Mark]:
    """Dates that are not written YYYY-MM-DD among at least as many in timelines that are; with ``always`` wherever.

    Edits come with dates that are written with their year. Those of the form 04/13/2026 are one mark and are mended
    together: one of them tells in which order the others are.
    """
    dated = [stamp for timeline in pm.timelines for stamp in _stamps(timeline) if stamp.dated and not stamp.fault]
    others = [stamp for stamp in dated if not stamp.day_unsure and not has_iso_day(pm.source.slice(stamp.span))]
    if not always and len(others) * 2 > len(dated):
        return
    headings = _linked_headings(pm)
    days = [(stamp, _written_day(pm.source, stamp)) for stamp in others]
    yield from _marks(_dates(pm.source, [(s, day) for s, day in days if day is None or not day.numeric]), headings)
    yield from _numeric_dates(pm, [(s, day) for s, day in days if day and day.numeric], headings)


def _dates(source: Source, days: Sequence[tuple[Stamp, WrittenDay | None]]) -> Iterator[_Found]:
    for stamp, day in days:
        yield stamp, _not_iso(source, stamp), (_iso_edit(stamp, day),) if day else ()


def _numeric_dates(
    pm: Postmortem, days: Sequence[tuple[Stamp, WrittenDay]], headings: Sequence[Span]
) -> Iterator[Mark]:
    edits = tuple(_iso_edit(stamp, day) for stamp, day in days)
    is_certain = pm.conventions.day_first is not None or keep_their_order(
        pm.source.text, {edit.span.start for edit in edits}
    )
    if not is_certain or any(_is_inside(stamp, headings) for stamp, _ in days):
        edits = ()
    for stamp, _ in days[:1]:
        more = f", nor {len(days) - 1} more" if len(days) > 1 else ""
        places = tuple(one.span for one, _ in days)
        yield Mark(stamp.span, _not_iso(pm.source, stamp) + more, edits=edits, places=places)


def _not_iso(source: Source, stamp: Stamp) -> str:
    return f"{as_written(source, stamp)} does not have its date as {_iso(stamp) if stamp.year else 'YYYY-MM-DD'}"


def _written_day(source: Source, stamp: Stamp) -> WrittenDay | None:
    if stamp.year is None or stamp.month is None or stamp.day is None:
        return None
    return written_day(source.slice(stamp.span), stamp.year, stamp.month, stamp.day)


def _iso(stamp: Stamp) -> str:
    return f"{stamp.year:04}-{stamp.month:02}-{stamp.day:02}"


def _iso_edit(stamp: Stamp, day: WrittenDay) -> Edit:
    return Edit(Span(stamp.span.start + day.start, stamp.span.start + day.end), _iso(stamp))
