"""Dates and clock times as people write them, read into stamps exactly as written."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pmlint.data import read_lexicon
from pmlint.document import Rendered
from pmlint.expressions import expression
from pmlint.model import Stamp
from pmlint.recognise.zones import offset_at, zone_at
from pmlint.source import Span

_ISO = expression(r"(?P<year>\d{4,5})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d|-\d(?!\d?:))")
_COMPACT = expression(r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[T ]\d{2}:\d{2})")
_CALENDAR_DOTS = expression(r"(?P<year>20\d\d)\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?=\s+\d{1,2}:\d{2})")
# 24-03-05 is in 2024: nobody writes about March 2005.
_SHORT_ISO = expression(r"(?P<year>[1-4]\d)-(?P<month>0\d|1[0-2])-(?P<day>\d\d)(?![\d-])")
_NUMERIC = expression(r"(?P<first>\d{1,2})(?P<sep>[-/])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{2,5})(?![\d/-])")
_DOTTED = expression(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_DOTTED_SHORT = expression(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?=,?\s+(?:um\s+)?\d{1,2}[:.]\d{2}(?!\d))")
_NUMERIC_SHORT = expression(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?=,?\s+(?:at\s+)?\d{1,2}:\d{2})")
_ISO_MONTH = expression(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w./-]|:\d)")
_MONTH_FIRST = expression(
    r"(?P<name>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|:\d|\.\d)(?:,?\s+(?P<year>\d{4})(?!\d|:\d))?"
)
# 04/Mar/25, as trackers print it.
_TRACKER_DAY = expression(
    r"(?P<day>\d{1,2})(?P<sep>[/-])(?P<name>[^\W\d_]{3,10})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d:])"
)
_DAY_FIRST = expression(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s+of)?[\s-]+(?:de\s+)?(?P<name>[^\W\d_]{3,10})\b\.?"
    r"(?:,?[\s-]+(?:de\s+)?(?P<year>\d{4})(?!\d|:\d))?"
)
_CJK = expression(r"(?:(?P<year>\d{4})年\s?)?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})[日号號]", needs="月")
# By what stands behind the first number, without those that need more than to be read.
_DATES_BEHIND = {"-": (_ISO_MONTH,), "/": (), ".": (_DOTTED, _DOTTED_SHORT, _CALENDAR_DOTS)}
_OTHER_DATES = (_CJK, _COMPACT)
_MONTH_ONLY = expression(r"(?P<name>[^\W\d_]{3,10})\.?,?\s+(?P<year>\d{4})(?!\d|:\d)")

_HALF = r"(?P<half>\s?[aApP]\.?\s?[mM]\b\.?|[aApP]\b(?!\.\w))"
_CLOCK = expression(
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?{_HALF}?(?!\d|:\d)"
)
_HOUR = expression(r"(?P<hour>\d{1,2})(?P<half>\s?[aApP]\.?[mM]\b\.?)")
_CLOCK_H = expression(r"(?P<hour>\d{1,2})(?:[hH]|\s[hH]\s)(?P<minute>\d{2})(?!\w)")
_CLOCK_CJK = expression(
    r"(?P<half>午前|午後|上午|下午|凌晨|早上|晚上)?\s?(?P<hour>\d{1,2})(?P<mark>[時时点點:])(?![間间])\s?(?:(?P<minute>\d{1,2})分?)?",
    # Where only a colon is written, it is no matter of characters.
    needs="午凌早晚時时点點",
)
_MORNING = frozenset({"午前", "上午", "凌晨", "早上"})
# 11h is a duration, but not behind a day or "à"; 11 Uhr is always a time.
_CLOCK_UHR = expression(r"(?P<hour>\d{1,2})\sUhr(?!\w)")
_CLOCK_BARE_H = expression(r"(?P<hour>\d{1,2})\s?h(?!\w)")
# These look like numbers and are read as times only where an entry begins.
_CLOCK_DOT = expression(rf"(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}}){_HALF}?(?=\s*[:–—-]|\s+[^\W\d_]|$)")
_CLOCK_RUN = expression(
    r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s?(?:hrs|hours|h|(?i:UTC|GMT)|Z|[ECMP][SD]?T|CES?T|JST|IST|BST|MES?Z)\b)"
)

_CLOCK_BARE = expression(r"(?P<hour>0\d|1[0-8]|2[1-3])(?P<minute>[0-5]\d)(?=:\s|\s[–—-]\s)")
# By what stands behind the first number.
_CLOCKS = {":": (_CLOCK,), ".": (), "": (_HOUR,)}
_LEADING_CLOCKS = {":": (_CLOCK, _CLOCK_BARE), ".": (_CLOCK_DOT,), "": (_HOUR, _CLOCK_H, _CLOCK_RUN, _CLOCK_BARE)}
_HOURS = expression(r"\s?(?:Uhr|hrs?|hs?)(?!\w)")
_AT_NOON, _AT_MIDNIGHT = "noon|midday|midi|mittags|mediodía|正午", "midnight|minuit|mitternacht"
_NOON = expression(rf"(?:12 )?(?:(?P<noon>{_AT_NOON})|(?P<midnight>{_AT_MIDNIGHT}))(?!\w)", re.I)
# The year behind the clock, as date(1) prints it.
_YEAR_BEHIND = expression(r"(?P<year>20\d\d)(?![\w:.-])")

# Decoration of any kind, emoji included, but no sign that belongs to a number.
_OPENING = expression(r"(?:[^\w~≈+\-–—•.,:;#$€£%/\\?]|_)*(?:[-–—•]\s?(?=\d))?")
_ABOUT = "circa|approx|approximately|around|about|roughly|vers|gegen"
_BESIDE = "(?:shortly |just )?(?:after|before(?= \\d))"
_APPROXIMATE = expression(rf"(?:[~≈]|(?:ca?|{_ABOUT}|at around|at about|{_BESIDE})\b\.?|約)\s*", re.I)
_PREPOSITIONS = "at|on|from|by|since|between|the|um|am|à|le|el|o"
_PREPOSITION = expression(rf"(?:{_PREPOSITIONS})\s+", re.I)
_APPROXIMATE_AFTER = expression(
    r"\s?(?:[~〜](?!\s?\d)|頃|ごろ|左右|前後|前后|许|-?ish\b|\(approx[a-z.]*\))",
    needs=("~", "〜", "頃", "ごろ", "左右", "前後", "前后", "许", "ish", "(approx"),
)
_GAP = expression(r"(?:T(?=\d)|\s*,?\s*(?:at|on|um|às|à|a las|@|of)?[\s_]*(?:-{1,2}|[–—:(])?\s*)")
_TO = expression(r"\s*(?:-{1,3}|–|—|~|〜|→|to|until|till|through|and|/)\s*")
_OF_DAY = expression(r"[ ,]*(?:of |on |du |am |vom )?(?:the )?")
_BRACKET = expression(r"\s?\(?")
_AFTER_WEEKDAY = expression(r",?\s+(?:the\s+)?")
_WORD = expression(r"[^\W\d_]+\b\.?")
_LETTERS = expression(r"[^\W\d_]+")
_DIGITS = expression(r"\d+")
# In running text these are parts of the world.
_ZONE_BEHIND = expression(r"(?:Eastern|Central|Mountain|Pacific)(?:\s[Tt]ime)?(?!\w|/)")
_CANDIDATE = expression(r"(?<![\w.:/#$€£%+-])(?=\d|(?P<word>[A-ZÀ-Þ][a-zà-ÿ]{2,9})\b|[a-zà-ÿ]{3,10}\s\d{4}\b)")
# What it may begin with besides the names of months and weekdays.
_APPROXIMATIONS = frozenset((*_ABOUT.split("|"), "shortly", "just", "after", "before"))
# What begins the marks of approximation and the parts of a day besides.
_IN_FRONT = "c|ca|in|the|very|early|late|mid"


class _Names(NamedTuple):
    """``first_words`` are all words that a stamp may begin with where an entry begins."""

    months: Mapping[str, int]
    weekdays: frozenset[str]
    beginnings: frozenset[str]
    first_words: frozenset[str]
    parts_of_day: re.Pattern[str]


@cache
def _names() -> _Names:
    tables = read_lexicon("times")
    months = {name: int(number) for number, names in tables["months"].items() for name in names}
    weekdays = frozenset(tables["weekdays"]["names"])
    beginnings = weekdays.union(months, _APPROXIMATIONS)
    parts_of_day: str = tables["parts_of_day"]["words"]
    opening = "|".join((_IN_FRONT, _PREPOSITIONS, _AT_NOON, _AT_MIDNIGHT, parts_of_day.replace("; ", "|")))
    return _Names(
        months=months,
        weekdays=weekdays,
        beginnings=beginnings,
        first_words=beginnings.union(opening.lower().split("|")),
        parts_of_day=_words_pattern(parts_of_day),
    )


def _words_pattern(words: str) -> re.Pattern[str]:
    alternatives = "|".join(words.split("; "))
    return re.compile(rf"(?:(?:in )?the )?(?:(?:very )?(?:early|late|mid)[ -])?(?:{alternatives})(?!\w)", re.I)


def stamp_at(rendered: Rendered, position: int, end: int, leading: bool = True) -> tuple[Stamp, int] | None:
    """The stamp that begins at a position (blanks and opening marks skipped), and the position after it.

    ``end`` bounds what is read. ``leading`` says that an entry begins here, where ``10.42`` and ``0930 UTC`` are times.
    """
    text = rendered.text[:end]
    approximate = False
    at = _end(_OPENING, text, position) if leading else position
    if not _may_begin(text, at):
        return None
    if leading and not _is_digit(text, at) and (found := _names().parts_of_day.match(text, at)):
        # "Early morning July 12th": only in front of a date; alone it may begin any sentence.
        dated = _end(_OF_DAY, text, found.end())
        if _date(text, _weekday(text, dated) or dated):
            approximate, at = True, dated
    for _ in range(4):
        if _is_digit(text, at):
            break
        if found := _APPROXIMATE.match(text, at):
            approximate, at = True, found.end()
        elif leading and (found := _PREPOSITION.match(text, at)):
            at = found.end()
        elif word := _weekday(text, at):
            at = word
        else:
            break
    start = stop = at
    parts: dict[str, Any] = {}
    while part := _part(text, at, parts, leading):
        parts |= part[0]
        stop = part[1]
        if "zone" not in parts and "second" in parts and (offset := offset_at(text, stop)):
            # Before the gap is skipped: its dash would swallow the sign.
            parts["zone"], stop = offset
        at = _end(_GAP, text, stop)
        if found := _APPROXIMATE.match(text, at):
            approximate, at = True, found.end()
        if word := _weekday(text, at):
            at = _end(_GAP, text, word)
    if "day" not in parts and "hour" not in parts and "month" not in parts:
        return None
    if "hour" not in parts and (found := _names().parts_of_day.match(text, _end(_GAP, text, stop))):
        approximate, stop = True, found.end()
    if after := _APPROXIMATE_AFTER.match(text, stop):
        approximate, stop = True, after.end()
    stop, parts = _late_zone(text, stop, parts)
    if text.count("(", start, stop) > text.count(")", start, stop) and text.startswith(")", stop):
        stop += 1
    return Stamp(span=rendered.span(start, stop), approximate=approximate, **parts), stop


def _may_begin(text: str, at: int) -> bool:
    """Whether a stamp can begin at a position: most lines begin with a word that none begins with."""
    letters = _LETTERS.match(text, at)
    return letters is None or not letters.group().isascii() or letters.group().lower() in _names().first_words


def _late_zone(text: str, stop: int, parts: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A zone after an approximation mark, or in brackets."""
    if "zone" in parts or "hour" not in parts:
        return stop, parts
    at = _end(_BRACKET, text, stop)
    if (zone := zone_at(text, at)) and not zone[0].startswith("-"):
        return zone[1], {**parts, "zone": zone[0]}
    return stop, parts


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _weekday(text: str, at: int) -> int | None:
    """Where a weekday's name ends, with the comma behind it."""
    word = _WORD.match(text, at)
    if word is None or word.group().rstrip(".").casefold() not in _names().weekdays:
        return None
    return _end(_AFTER_WEEKDAY, text, word.end())


def _part(text: str, at: int, parts: Mapping[str, Any], leading: bool) -> tuple[dict[str, Any], int] | None:
    """The next date, clock or zone that is not there yet."""
    if "month" not in parts and (found := _date(text, at)):
        return found
    if "hour" not in parts and (found := _clock(text, at, leading, dated="month" in parts)):
        return found
    if "hour" in parts and (named := _ZONE_BEHIND.match(text, at)) and "zone" not in parts:
        return {"zone": named.group()}, named.end()
    if "second" in parts and "day" in parts and "year" not in parts and (year := _YEAR_BEHIND.match(text, at)):
        return _numbers(year, "year"), year.end()
    zone = zone_at(text, at) if "hour" in parts and "zone" not in parts else None
    # 13:30-13:45 is a range; only behind seconds, as in RFC 3339, is it an offset.
    return ({"zone": zone[0]}, zone[1]) if zone and not zone[0].startswith("-") else None


def _date(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    return _date_in_digits(text, at) if _is_digit(text, at) else _date_in_words(text, at, _MONTH_FIRST, _MONTH_ONLY)


def _is_digit(text: str, at: int) -> bool:
    return text[at : at + 1].isdecimal()


def _date_in_digits(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    """A date that begins with a digit."""
    behind = _behind_number(text, at)
    if behind == ":":
        return None
    if behind in ("-", "/") and (found := _date_in_numbers(text, at)):
        return found
    for pattern in _DATES_BEHIND.get(behind, _OTHER_DATES):
        if m := pattern.match(text, at):
            return _numbers(m, "year", "month", "day"), m.end()
    if (m := _TRACKER_DAY.match(text, at)) and (month := _month(m["name"], sure=True)):
        year = int(m["year"]) + (2000 if len(m["year"]) == 2 else 0)
        return {**_numbers(m, "day"), "month": month, "year": year}, m.end()
    return _date_in_words(text, at, _DAY_FIRST)


def _behind_number(text: str, at: int) -> str:
    """The character behind the number that begins at a position; empty at the end of the text."""
    end = _end(_DIGITS, text, at)
    return text[end : end + 1]


def _date_in_numbers(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    """A date that is three numbers, or two in front of a clock, between hyphens or slashes."""
    if m := _ISO.match(text, at):
        return _numbers(m, "year", "month", "day"), m.end()
    if (m := _SHORT_ISO.match(text, at)) and int(m["year"]) > 12 and int(m["day"]) < 10:
        return {**_numbers(m, "month", "day"), "year": 2000 + int(m["year"])}, m.end()
    if m := _NUMERIC.match(text, at):
        first, second = int(m["first"]), int(m["second"])
        year = int(m["year"]) + (2000 if len(m["year"]) == 2 else 0)
        if first > 12 >= second:
            return {"year": year, "month": second, "day": first}, m.end()
        return {"year": year, "month": first, "day": second, "day_unsure": second <= 12 and first != second}, m.end()
    if m := _NUMERIC_SHORT.match(text, at):
        first, second = int(m["first"]), int(m["second"])
        if first > 12 >= second:
            return {"month": second, "day": first}, m.end()
        return {"month": first, "day": second, "day_unsure": second <= 12 and first != second}, m.end()
    return None


def _date_in_words(text: str, at: int, *patterns: re.Pattern[str]) -> tuple[dict[str, Any], int] | None:
    """A date with the name of its month."""
    for pattern in patterns:
        if (m := pattern.match(text, at)) and (month := _month(m["name"], sure=bool(m["year"]))):
            return {"month": month, **_numbers(m, "year", "day")}, m.end()
    return None


def _month(name: str, sure: bool) -> int | None:
    """The number of a month's name. A short or ambiguous one ("may", "mar", "march") needs a capital or a year."""
    month = _names().months.get(name.casefold())
    return month if month and (sure or name[0].isupper() or (len(name) > 3 and name not in ("march", "sept"))) else None


def _numbers(match: re.Match[str], *names: str) -> dict[str, Any]:
    groups = match.groupdict()
    return {name: int(groups[name]) for name in names if groups.get(name)}


def _clock(text: str, at: int, leading: bool, dated: bool) -> tuple[dict[str, Any], int] | None:
    if _is_digit(text, at):
        clocks, behind = _LEADING_CLOCKS if leading else _CLOCKS, _behind_number(text, at)
        for pattern in clocks.get(behind, clocks[""]):
            if m := pattern.match(text, at):
                parts: dict[str, Any] = _numbers(m, "hour", "minute", "second")
                half = (m.groupdict().get("half") or "").strip().casefold()
                if half:
                    parts["half"] = f"{half[0]}m"
                return parts, _end(_HOURS, text, m.end())
        if found := _hour_alone(text, at, dated):
            return found
    return _clock_in_characters(text, at) or (_clock_in_words(text, at, dated) if leading else None)


def _hour_alone(text: str, at: int, dated: bool) -> tuple[dict[str, Any], int] | None:
    """11 Uhr; 11h behind a day or a preposition that only times have."""
    m = _CLOCK_UHR.match(text, at)
    if m is None and (dated or text[max(0, at - 2) : at].casefold() == "à "):
        m = _CLOCK_BARE_H.match(text, at)
    return (_numbers(m, "hour"), m.end()) if m and int(m["hour"]) <= 24 else None


def _clock_in_characters(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    """午後3時05分, 午前9:30, 12時. A bare 3点 counts points."""
    m = _CLOCK_CJK.match(text, at)
    if m is None or not (m["half"] or m["mark"] in "時时" or (m["mark"] != ":" and m["minute"])):
        return None
    parts: dict[str, Any] = _numbers(m, "hour", "minute")
    if m["half"] and parts["hour"] <= 12:
        parts["half"] = "am" if m["half"] in _MORNING else "pm"
    return parts, m.end()


def _clock_in_words(text: str, at: int, dated: bool) -> tuple[dict[str, Any], int] | None:
    """Noon, and midnight where no date is written beside it: with one it may be the day's beginning or its end."""
    m = _NOON.match(text, at)
    if m is None or (m["midnight"] and (dated or _date(text, _end(_OF_DAY, text, m.end())))):
        return None
    return {"hour": 0 if m["midnight"] else 12, "minute": 0}, m.end()


def range_at(rendered: Rendered, position: int, end: int) -> tuple[Stamp, Stamp | None, int] | None:
    """The stamp that begins at a position, the stamp that ends the range if one is written, and the position after."""
    first = stamp_at(rendered, position, end)
    if first is None:
        return None
    stamp, at = first
    if to := _TO.match(rendered.text, at, end):
        after = _end(_APPROXIMATE, rendered.text[:end], to.end())
        second = stamp_at(rendered, after, end, leading=False)
        if second and _continues(stamp, second[0]):
            closing, at = second
            if "/" in to.group() and stamp.zone and closing.zone and stamp.zone != closing.zone:
                # 10:02 UTC / 05:02 EST is one moment told twice.
                return stamp, None, at
            stamp = stamp._replace(
                half=stamp.half
                or (closing.half if stamp.timed and (stamp.hour or 0) <= (closing.hour or 0) <= 12 else None),
                zone=stamp.zone or closing.zone,
            )
            return stamp, closing._replace(zone=closing.zone or stamp.zone), at
    return stamp, None, at


def _continues(stamp: Stamp, closing: Stamp) -> bool:
    """Whether a second stamp ends a range that the first one opens: of the same kind, a day or a clock time."""
    return closing.timed if stamp.timed else closing.dated and not closing.timed


def find_stamps(rendered: Rendered, start: int = 0, end: int | None = None) -> Iterator[tuple[Stamp, int, int]]:
    """Every date or clock time in running text, with the positions it stands between."""
    end = len(rendered.text) if end is None else end
    at = start if _DIGITS.search(rendered.text, start, end) else end
    while at < end and (candidate := _CANDIDATE.search(rendered.text, at, end)):
        word = candidate["word"]
        is_other = word is not None and word.casefold() not in _names().beginnings
        found = None if is_other else stamp_at(rendered, candidate.start(), end, leading=False)
        if found is None or found[1] <= candidate.start():
            at = candidate.start() + 1
        else:
            yield found[0], candidate.start(), found[1]
            at = found[1]


def plain(text: str, home: Span | None = None) -> Rendered:
    """A text from outside the Markdown, such as a front matter value, in the form that stamps are read from.

    ``home`` is where it stands in the source, character for character.
    """
    home = home or Span(0, len(text))
    return Rendered(text, (), (0,), (home,), home)
