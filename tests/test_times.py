"""Dates and clock times, read as people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.model import Stamp, When
from pmlint.recognise.order import day_first, in_day_order, nearest_day
from pmlint.recognise.times import find_stamps, plain, range_at
from pmlint.recognise.zones import find_zones
from pmlint.source import Span


def _lead(text: str) -> tuple[Stamp, Stamp | None, str]:
    lead = range_at(plain(text), 0, len(text))
    assert lead is not None, text
    stamp, end_stamp, after = lead
    return stamp, end_stamp, text[after:]


@pytest.mark.parametrize(
    ("text", "day", "clock", "zone", "rest"),
    [
        ("2024-06-22 08:21", (2024, 6, 22), time(8, 21), None, ""),
        ("4:27", (None, None, None), time(4, 27), None, ""),
        ("16:59 PST", (None, None, None), time(16, 59), "PST", ""),
        ("March 22, around 19:30", (None, 3, 22), time(19, 30), None, ""),
        ("May 1 2024, 3:18 PM", (2024, 5, 1), time(15, 18), None, ""),
        ("04:49 p.m. UTC the branch", (None, None, None), time(16, 49), "UTC", " the branch"),
        ("10/20/2024 - 15:38 CST - a user", (2024, 10, 20), time(15, 38), "CST", " - a user"),
        ("09:15:04 UTC an edit", (None, None, None), time(9, 15, 4), "UTC", " an edit"),
        ("19. April, 11:00", (None, 4, 19), time(11), None, ""),
        ("February 15, 2024: 7:56am UTC", (2024, 2, 15), time(7, 56), "UTC", ""),
        ("Friday, 21 March 2025: Report", (2025, 3, 21), None, None, ": Report"),
        ("Jul 2024", (2024, 7, None), None, None, ""),
        ("2024-05-09 10:45a", (2024, 5, 9), time(10, 45), None, ""),
        ("10.42: the site went away", (None, None, None), time(10, 42), None, ": the site went away"),
        ("0930 UTC paged", (None, None, None), time(9, 30), "UTC", " paged"),
        ("14h43 alerte", (None, None, None), time(14, 43), None, " alerte"),
        ("12am maintenance", (None, None, None), time(0), None, " maintenance"),
        ("[13:26] alert", (None, None, None), time(13, 26), None, "] alert"),
        ("2024-03-23T20:10:01.466Z", (2024, 3, 23), time(20, 10, 1), "Z", ""),
        ("2024-05-01T10:00:00-05:00", (2024, 5, 1), time(10), "-05:00", ""),
        ("22:30 UTC (Oct 29) - reported", (None, 10, 29), time(22, 30), "UTC", " - reported"),
        ("At 4:11 AM UTC on November 24th, a", (None, 11, 24), time(4, 11), "UTC", ", a"),
        ("2024年4月12日 12:40", (2024, 4, 12), time(12, 40), None, ""),
        ("09:00 (US/Pacific) paged", (None, None, None), time(9), "US/Pacific", " paged"),
        ("10:00 a user wrote", (None, None, None), time(10), None, " a user wrote"),
    ],
)
def test_an_entry_begins_with_its_time(
    text: str, day: tuple[int | None, int | None, int | None], clock: time | None, zone: str | None, rest: str
) -> None:
    stamp, _, after = _lead(text)
    assert ((stamp.year, stamp.month, stamp.day), stamp.clock, stamp.zone, after) == (day, clock, zone, rest)
    assert stamp.fault is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10:45 - 16:11 UTC", time(10, 45), time(16, 11)),
        ("14:20-2:00 Through", time(14, 20), time(2)),
        ("~13:30-13:45", time(13, 30), time(13, 45)),
        ("2024-02-09 00:25 - 00:29 AM", time(0, 25), time(0, 29)),
        ("November 13th -- 15:00 to 19:30 UTC", time(15), time(19, 30)),
        ("1:15 to 2:40 pm", time(13, 15), time(14, 40)),
        ("11:15 to 1:40 pm", time(11, 15), time(13, 40)),
    ],
)
def test_a_range_has_both_ends(text: str, start: time, end: time) -> None:
    stamp, end_stamp, _ = _lead(text)
    assert end_stamp is not None
    assert (stamp.clock, end_stamp.clock) == (start, end)


@pytest.mark.parametrize(
    "text", ["~09:30", "ca. 09:30", "around 09:30", "2024-07-08 ca. 18:30", "09:30~", "12:40 頃", "about 9:30 am"]
)
def test_an_approximate_time_says_so(text: str) -> None:
    assert _lead(text)[0].approximate


@pytest.mark.parametrize(
    "text",
    [
        "v22.01 released",
        "23,914,086 blocks",
        "1/5 done",
        "3 servers",
        "5 may be",
        "12 pods",
        "4.5 hours",
        "PM2021-005",
        "#1030 fixed",
    ],
)
def test_what_only_looks_like_a_time_stays_text(text: str) -> None:
    assert range_at(plain(text), 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("25:10 paged", "no day has that hour"),
        ("10:75 paged", "no hour has that minute"),
        ("13:55 PM paged", "the hour 13 is on the 24-hour clock, PM on the 12-hour clock"),
        ("20244-01-16 12:00", "the year has a digit too many or too few"),
        ("11/23/202 - released", "the year has a digit too many or too few"),
        ("2024-02-30 12:00", "that month does not have that day"),
        ("2024-13-03 12:00", "no year has that month"),
    ],
)
def test_an_impossible_time_is_read_as_written_and_says_why(text: str, fault: str) -> None:
    assert _lead(text)[0].fault == fault


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("12/31/2024 and 01/02/2024", False),
        ("31/12/2024", True),
        ("01/02/2024", None),
        ("31/12/2024, 12/31/2024", None),
        ("2026-03-04, 01/02/2026", None),
        ("2026/03/04, 12/31/2024", False),
        ("until 31/12/2024-01/01/2025", None),
    ],
)
def test_the_order_of_day_and_month_comes_from_the_documents_own_dates(text: str, first: bool | None) -> None:
    assert day_first(text, None) is first


@pytest.mark.parametrize(
    ("text", "near", "first"),
    [
        ("7/5/24 and 7/6/24", date(2024, 7, 5), False),
        ("7/5/24 and 8/5/24", date(2024, 5, 7), True),
        ("7/5/24", date(2024, 1, 1), None),
        ("7/7/24", date(2024, 7, 7), None),
        ("12/31/2024", date(2024, 1, 1), False),
    ],
)
def test_a_day_known_otherwise_helps_with_the_order(text: str, near: date, first: bool | None) -> None:
    assert day_first(text, near) is first


def test_an_unsure_date_is_decided_by_the_order_or_not_at_all() -> None:
    stamp, _, _ = _lead("01/02/2024 10:00")
    assert stamp.calendar_day is None
    assert in_day_order(stamp, True).calendar_day == date(2024, 2, 1)
    assert in_day_order(stamp, False).calendar_day == date(2024, 1, 2)
    assert in_day_order(stamp, None).calendar_day is None


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("Jan 2, 10:00", date(2023, 12, 31), date(2024, 1, 2)),
        ("Dec 31, 10:00", date(2024, 1, 2), date(2023, 12, 31)),
        ("Feb 29, 10:00", date(2023, 12, 1), date(2024, 2, 29)),
        ("Jan 2, 10:00", None, None),
    ],
)
def test_a_missing_year_is_the_nearest_one_or_unknown(text: str, near: date | None, day: date | None) -> None:
    assert nearest_day(_lead(text)[0], near) == day


def test_times_are_found_in_running_text() -> None:
    text = "On 3 March 2024 the site was down from 09:12 until 9:50 pm, see build 1.2.34 and port :9443."
    found = [text[start:end] for _, start, end in find_stamps(plain(text))]
    assert found == ["3 March 2024", "09:12", "9:50 pm"]


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("All times in CET.", ["CET"]),
        ("Timeline (all times US/Pacific)", ["US/Pacific"]),
        ("Pacific Time, 24-hour clock", ["Pacific Time"]),
        ("The PSTN gateway and the METAR feed", []),
        ("Plan Z", []),
    ],
)
def test_zones_are_found_by_name(text: str, zones: list[str]) -> None:
    assert [zone for zone, _, _ in find_zones(text)] == zones


@given(st.text(alphabet="0123456789:-/. TZapmAPMUC~()JanFebMay,", max_size=40))
def test_any_text_is_read_without_an_error_and_within_its_bounds(text: str) -> None:
    for stamp, start, end in find_stamps(plain(text)):
        assert 0 <= start < end <= len(text)
        assert stamp.span in Span(0, len(text))
        assert isinstance(stamp.fault, str | None)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tue Oct 8 20:55:30 UTC 2024 alert", "2024-10-08T20:55"),
        ("20240308T20:55 alert", "2024-03-08T20:55"),
        ("2024.03.08 20:55 alert", "2024-03-08T20:55"),
        ("2024-03-08_20:55 alert", "2024-03-08T20:55"),
        ("2024-03-08-20:55 alert", "2024-03-08T20:55"),
        ("2024-03-08 noon, alert", "2024-03-08T12:00"),
        ("le 3 mars 2024 à 14 h 02, alerte", "2024-03-03T14:02"),
        ("el 3 de marzo de 2024 a las 14:02, alerta", "2024-03-03T14:02"),
        ("3 de março de 2024 às 14h02, alerta", "2024-03-03T14:02"),
        ("am 3. März 2024 um 14:02 Uhr: Alarm", "2024-03-03T14:02"),
        ("4月12日 12時40分", "2024-04-12T12:40"),
        ("2024年4月12日 午後3時05分", "2024-04-12T15:05"),
        ("2024年4月12日 上午9:30", "2024-04-12T09:30"),
        ("13/3 10:00 alert", "2024-03-13T10:00"),
        ("3.4. 14:02 Alarm", "2024-04-03T14:02"),
        ("Early morning July 12th: found", "2024-07-12"),
        ("2024-05-09 昼頃 に検知", "2024-05-09"),
        ("12 noon: paged", "T12:00"),
        ("midnight: paged", "T00:00"),
        ("0930: paged", "T09:30"),
        ("0930 - paged", "T09:30"),
        ("13.45 Uhr Alarm", "T13:45"),
        ("between 10:00 and 11:00 nothing worked", "T10:00"),
        ("shortly after 10:00 the queue grew", "T10:00"),
    ],
)
def test_dates_and_clocks_in_the_spellings_of_many_hands(text: str, written: str) -> None:
    stamp = _lead(text)[0]
    assert str(When(nearest_day(stamp, date(2024, 6, 1)), stamp.clock)) == written


@pytest.mark.parametrize(
    "text",
    [
        "2024: the year the queue grew",
        "3点の改善",
        "3時間 unavailable",
        "7h of downtime",
        "morning checks were green",
        "2024.03.08 was released",
        "2030 - a year from the plan",
        "Mars lander team joined",
    ],
)
def test_what_reads_like_a_clock_at_first_sight_is_none(text: str) -> None:
    assert range_at(plain(text), 0, len(text)) is None


def test_the_midnight_of_a_written_day_may_be_its_beginning_or_its_end() -> None:
    assert _lead("midnight of March 3: paged")[0].clock is None


def test_one_moment_in_two_zones_is_no_range() -> None:
    stamp, end_stamp, rest = _lead("10:02 UTC / 05:02 EST paged")
    assert (stamp.clock, stamp.zone, end_stamp, rest) == (time(10, 2), "UTC", None, " paged")


@pytest.mark.parametrize(("text", "precision"), [("Jul 2024", "month"), ("2024-07", "month")])
def test_a_month_is_all_that_is_known(text: str, precision: str) -> None:
    stamp = _lead(text)[0]
    assert (stamp.year, stamp.month, stamp.day) == (2024, 7, None)
    assert When(month=(2024, 7)).precision == precision
