"""Time zones as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.recognise.zones import Moment, moment, zone_of

NOON = datetime(2024, 7, 1, 12)


@pytest.mark.parametrize(
    ("zone", "hour", "minute"),
    [
        ("UTC", 12, 0),
        ("Z", 12, 0),
        ("CET", 11, 0),
        ("CEST", 10, 0),
        ("JST", 3, 0),
        ("PST", 20, 0),
        ("PDT", 19, 0),
        ("PT", 19, 0),
        ("PST/PDT", 19, 0),
        ("PST / PDT", 19, 0),
        ("Pacific Time", 19, 0),
        ("US/Pacific", 19, 0),
        ("America/New_York", 16, 0),
        ("Europe/Berlin", 10, 0),
        ("+02:00", 10, 0),
        ("+0530", 6, 30),
        ("UTC+2", 10, 0),
        ("GMT-5", 17, 0),
        ("UTC −03:30", 15, 30),
    ],
)
def test_noon_on_the_first_of_july_in_utc(zone: str, hour: int, minute: int) -> None:
    assert moment(NOON, zone) == Moment(datetime(2024, 7, 1, hour, minute, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["IST", "CST", "BST", "AST", "XYZ", "", "Europe/Atlantis", "../etc/passwd", "+99:00"])
def test_a_zone_that_is_unknown_or_means_several_places_nothing(zone: str) -> None:
    assert moment(NOON, zone) is None


def test_the_same_clock_stands_elsewhere_in_winter() -> None:
    assert moment(datetime(2024, 1, 1, 12), "ET") == Moment(datetime(2024, 1, 1, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("local", "zone", "change"),
    [
        (datetime(2024, 3, 10, 2, 30), "PT", "gap"),
        (datetime(2024, 3, 31, 2, 30), "Europe/Berlin", "gap"),
        (datetime(2024, 11, 3, 1, 30), "US/Pacific", "fold"),
        (datetime(2024, 10, 27, 2, 30), "CET/CEST", "fold"),
        (datetime(2024, 3, 10, 2, 30), "PST", None),
        (datetime(2024, 3, 10, 3, 0), "PT", None),
    ],
)
def test_clocks_that_are_changed_skip_an_hour_or_show_it_twice(local: datetime, zone: str, change: str | None) -> None:
    at = moment(local, zone)
    assert at is not None
    assert (at.change, at.utc is None) == (change, change is not None)


@given(st.text(max_size=30))
def test_any_text_is_a_zone_or_none(name: str) -> None:
    zone = zone_of(name)
    assert zone is None or zone.utcoffset(NOON) is not None
