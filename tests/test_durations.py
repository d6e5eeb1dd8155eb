"""Claimed durations: what is said around them, the times of a document, and whether both agree."""

import pytest

from pmlint.checks.durations import duration_mismatch
from pmlint.engine import understand
from pmlint.model import Claim, Postmortem
from pmlint.moments import between_stamps, finest_unit, minutes_between, points_of, spoken
from pmlint.rule import Mark
from pmlint.source import Source, Span

TIMELINE = """
## Timeline (UTC)

- 2026-03-04 09:12 Deployment of version 7 finished
- 2026-03-04 09:20 Alert fires
- 2026-03-04 09:35 Incident declared
- 2026-03-04 10:00 Rolled back, error rate is back to normal
"""


def postmortem(text: str, timeline: str = TIMELINE) -> Postmortem:
    return understand(Source("example.md", f"# Slow tiles\n\n{text}\n{timeline}"))


def claim_in(text: str) -> Claim:
    (claim,) = postmortem(text, "").claims
    return claim


def mismatches(text: str, timeline: str = TIMELINE) -> list[Mark]:
    found = postmortem(text, timeline)
    return list(duration_mismatch(found, tolerance_minutes=5, tolerance_percent=10, about_percent=25))


class TestWhatIsSaidAroundADuration:
    @pytest.mark.parametrize(
        ("text", "bound"),
        [
            ("The outage lasted about 40 minutes.", "about"),
            ("The outage lasted ~40 minutes.", "about"),
            ("The outage lasted about\n40 minutes.", "about"),
            ("The outage lasted **roughly** 40 minutes.", "about"),
            ("The outage lasted a bit over 1 hour.", "about"),
            ("The outage lasted 40 minutes or so.", "about"),
            ("The outage lasted over 40 minutes.", "least"),
            ("The outage lasted 4+ hours.", "least"),
            ("The outage lasted up to 40 minutes.", "most"),
            ("The outage lasted 40 minutes.", None),
            ("All over the world the outage lasted 40 minutes.", None),
        ],
    )
    def test_a_hedge_is_seen(self, text: str, bound: str | None) -> None:
        assert claim_in(text).bound == bound

    @pytest.mark.parametrize(
        "text",
        [
            "**Duration:** 09:12 to 10:00 UTC (48 minutes)",
            "**Duration:** 48 minutes (09:12–10:00)",
            "The outage lasted 48 minutes, from 09:12 to 10:00 UTC.",
            "The outage lasted 48 minutes, between 09:12 and 10:00.",
            "The outage lasted 48 minutes,\nfrom 09:12 to 10:00.",
        ],
    )
    def test_a_range_beside_it_is_its_window(self, text: str) -> None:
        window = claim_in(text).window
        assert window
        assert between_stamps(*window) == 48

    @pytest.mark.parametrize(
        "text",
        [
            "The outage lasted 48 minutes and was noticed at 09:20.",
            "The outage lasted 48 minutes; the last backups ran at 02:00 and at 03:00.",
            "**Detection delay:** 8 minutes\n**Window:** 09:12 to 10:00",
        ],
    )
    def test_other_times_are_none(self, text: str) -> None:
        assert claim_in(text).window is None

    def test_working_hours_are_told(self) -> None:
        assert claim_in("**Time to resolve:** 7h (during support hours)").working
        assert not claim_in("**Time to resolve:** 7h").working

    @pytest.mark.parametrize(
        ("text", "between"),
        [
            ("The incident was declared 40 minutes after the first alert.", ("detected", "declared")),
            ("We rolled back 40 minutes after the deployment.", ("introduced", "mitigated")),
            ("The alert fired 5 minutes before we declared.", ("detected", "declared")),
            ("It was 4 hours from deployment to detection.", ("introduced", "detected")),
            ("We should declare early, not two hours after mitigation.", ("mitigated", "declared")),
        ],
    )
    def test_a_duration_lies_between_milestones(self, text: str, between: tuple[str, str]) -> None:
        assert claim_in(text).between == between

    @pytest.mark.parametrize(
        "text",
        [
            "We should declare 10 minutes after the first alert.",
            "The job runs 10 minutes after the deployment of the day.",
            "The alert and the rollback came 10 minutes after the deployment.",
        ],
    )
    def test_what_is_planned_or_names_no_milestone_does_not(self, text: str) -> None:
        assert postmortem(text, "").claims == ()

    def test_each_line_has_its_own_label(self) -> None:
        impact, detection = postmortem("**Total duration:** 48 minutes\n**Detection delay:** 8 minutes", "").claims
        assert (impact.of, detection.of) == ("impact", "detect")


class TestTheTimeBetweenTwoPoints:
    @pytest.mark.parametrize(
        ("entries", "minutes"),
        [
            (("2026-03-04 23:50 First failures", "2026-03-05 00:10 Resolved"), 20),
            (("23:50 First failures", "00:10 Resolved"), 20),
            (("2026-03-29 00:40 Europe/Paris First failures", "2026-03-29 03:10 Europe/Paris Resolved"), 90),
            (("2026-03-04 09:00 UTC First failures", "2026-03-04 12:00 CET Resolved"), 120),
            (("2026-03-04 09:00 IST First failures", "2026-03-04 12:00 CET Resolved"), None),
        ],
    )
    def test_zones_days_and_changes_of_the_clocks_count(self, entries: tuple[str, str], minutes: int | None) -> None:
        found = understand(Source("example.md", "## Timeline\n\n" + "".join(f"- {entry}\n" for entry in entries)))
        first, second = points_of(found)
        assert minutes_between(first, second) == minutes

    def test_the_end_of_a_range_is_a_point(self) -> None:
        found = understand(Source("example.md", "## Timeline\n\n- 2026-03-04 09:00 - 09:40 Requests fail\n"))
        assert [point.written for point in points_of(found)] == ["2026-03-04 09:00", "2026-03-04 09:40"]

    @pytest.mark.parametrize(
        ("minutes", "said"), [(0, "0 min"), (48, "48 min"), (326, "5 h 26 min"), (2859, "47 h 39 min"), (4320, "3 d")]
    )
    def test_minutes_are_spoken(self, minutes: int, said: str) -> None:
        assert spoken(minutes) == said

    @pytest.mark.parametrize(
        ("written", "minutes", "unit"),
        [
            ("3 hours", 180, 60), ("two days", 2880, 1440), ("180 minutes", 180, 1), ("2d 1h 29m", 2969, 1),
            ("half an hour", 30, 1), ("65 時間", 3900, 60), ("8 日間", 11520, 1440), ("2 jours", 2880, 1440),
        ],
    )  # fmt: skip
    def test_a_claim_is_as_fine_as_its_smallest_unit(self, written: str, minutes: int, unit: int) -> None:
        assert finest_unit(written, Claim(Span(0, 1), minutes)) == unit


class TestAClaimedDuration:
    @pytest.mark.parametrize(
        "text",
        [
            "The outage lasted 48 minutes.",
            "The outage lasted 45 minutes.",
            "The outage lasted about 40 minutes.",
            "The outage lasted over half an hour.",
            "The outage lasted up to two hours.",
            "The outage lasted an hour.",
            "**Time to detect:** 8 minutes",
            "**Time to resolve:** 25 minutes",
            "**Time to resolve:** 3h (business hours)",
            "Requests failed for 20 minutes.",
            "The rollback came 48 minutes after the deployment.",
            "**Duration:** 10:00 to 12:00 (2 h)",
        ],
    )
    def test_agrees_with_the_timeline(self, text: str) -> None:
        assert mismatches(text) == []

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("The outage lasted 68 minutes.", "48 min lie between 2026-03-04 09:12"),
            ("The outage lasted about 70 minutes.", "48 min lie between"),
            ("The outage lasted over two hours.", "48 min lie between"),
            ("**Time to detect:** 55 minutes", "8 min lie between"),
            ("**Time to acknowledge:** 2 h", None),
            ("**Duration:** 10:00 to 12:00 (3 h)", "from 10:00 to 12:00 it is 2 h"),
            ("Requests failed for 70 minutes.", "48 min lie between"),
        ],
    )
    def test_contradicts_the_timeline(self, text: str, told: str | None) -> None:
        found = mismatches(text)
        assert [told in mark.message for mark in found] == [True] if told else found == []

    def test_is_held_against_no_timeline_without_an_end(self) -> None:
        assert mismatches("The outage lasted 68 minutes.", "\n## Timeline\n\n- 2026-03-04 09:12 First failures\n") == []

    def test_said_twice_in_one_breath_is_one_claim(self) -> None:
        assert mismatches("**Duration:** about 1 hour (60 minutes)") == []
