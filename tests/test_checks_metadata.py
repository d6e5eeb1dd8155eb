"""Fields of a postmortem against a team's own scales, and what stands in for them."""

import pytest

from pmlint.checks.metadata import (
    invalid_date_format,
    invalid_severity,
    invalid_status,
    missing_duration,
    missing_start_end,
    time_without_timezone,
)
from pmlint.conventions import Conventions
from pmlint.engine import understand
from pmlint.fix import fixed
from pmlint.model import Postmortem
from pmlint.source import Source

TEAM = Conventions(severities=("SEV-1", "SEV-2"), statuses=("Draft", "In Review", "Closed"))


def postmortem(*lines: str, conventions: Conventions = TEAM) -> Postmortem:
    return understand(Source("example.md", "\n".join(["# Slow tiles", "", *lines, ""])), conventions=conventions)


def test_a_word_of_the_teams_scale_is_right() -> None:
    pm = postmortem("**Severity:** SEV-2  ", "**Status:** In Review")
    assert list(invalid_severity(pm, severities=[])) == []
    assert list(invalid_status(pm, statuses=[])) == []


@pytest.mark.parametrize(
    ("written", "message", "mended"),
    [
        ("SEV2", '"SEV2" is written "SEV-2" here', "SEV-2"),
        ("sev-1", '"sev-1" is written "SEV-1" here', "SEV-1"),
    ],
)
def test_another_form_of_the_teams_severity_is_mended(written: str, message: str, mended: str) -> None:
    pm = postmortem(f"**Severity:** {written}")
    (mark,) = invalid_severity(pm, severities=[])
    assert mark.message == message
    assert fixed(pm.source.text, [mark.edits]) == pm.source.text.replace(written, mended)


def test_what_is_not_on_the_teams_scale_is_told_the_scale() -> None:
    (mark,) = invalid_severity(postmortem("**Severity:** SEV-4"), severities=["SEV-4"])
    assert mark.message == '"SEV-4" is no severity of SEV-1, SEV-2'
    (mark,) = invalid_status(postmortem("**Status:** final"), statuses=["final"])
    assert mark.message == '"final" is no status of Draft, In Review, Closed'
    assert mark.edits == ()


def test_the_case_of_a_status_is_mended() -> None:
    pm = postmortem("- Status: closed")
    (mark,) = invalid_status(pm, statuses=[])
    assert "Status: Closed\n" in fixed(pm.source.text, [mark.edits])


@pytest.mark.parametrize(
    "value",
    ["Complete, action items in progress", "✅ done", "DRAFT (v2)", "対応中", "in-review, not closed", "resolved"],
)
def test_known_statuses_in_all_their_dress(value: str) -> None:
    pm = postmortem(f"**Status:** {value}", conventions=Conventions())
    assert list(invalid_status(pm, statuses=["complete", "done", "draft", "closed", "resolved"])) == []


def test_part_of_a_word_is_no_status() -> None:
    pm = postmortem("**Status:** undone-ish", conventions=Conventions())
    assert len(list(invalid_status(pm, statuses=["done"]))) == 1


@pytest.mark.parametrize(
    "value", ["SEV-2", "sev 3", "P1", "S2", "2", "Level 3", "Severity 1 (major)", "Priority: high", "高"]
)
def test_steps_of_any_scale_are_severities(value: str) -> None:
    pm = postmortem(f"**Severity:** {value}", conventions=Conventions())
    assert list(invalid_severity(pm, severities=["high"])) == []


def test_a_document_without_fields_is_left_alone() -> None:
    pm = postmortem("Nothing.")
    assert list(invalid_severity(pm, severities=[])) == []
    assert list(invalid_status(pm, statuses=[])) == []
    assert list(invalid_date_format(pm)) == []


@pytest.mark.parametrize(
    "line",
    [
        "**Duration:** 2 h",
        "Tiles were slow for 40 minutes.",
        "Tiles were slow for about half an hour.",
        "From 10:02 to 10:40 UTC tiles were slow.",
        "- Start: 2026-03-04 10:02 UTC\n- End: 2026-03-04 10:40 UTC",
    ],
)
def test_a_duration_is_told_in_many_ways(line: str) -> None:
    assert list(missing_duration(postmortem(line), labels=["duration"], exempt=[])) == []


def test_a_beginning_without_an_end_is_told_apart() -> None:
    (mark,) = missing_start_end(postmortem("- Start: 2026-03-04 10:02 UTC"), starts=["start"], ends=["end"])
    assert mark.message == "the end of the incident is not stated"
    (mark,) = missing_start_end(postmortem("Tiles were slow."), starts=["start"], ends=["end"])
    assert mark.message == "the beginning and end of the incident is not stated"


def test_a_field_without_a_zone_is_marked_at_its_time() -> None:
    pm = postmortem("- Start: 2026-03-04 10:02")
    (mark,) = time_without_timezone(pm)
    assert "10:02 has no time zone" in mark.message


@pytest.mark.parametrize(
    "line", ["All times are Pacific Time.", "Zone: Europe/Berlin", "It ended at 2026-03-04T10:40Z."]
)
def test_any_zone_anywhere_is_enough(line: str) -> None:
    assert list(time_without_timezone(postmortem("At 10:02 tiles were slow.", "", line))) == []


def test_the_clock_times_of_a_timeline_are_another_rules_business() -> None:
    pm = postmortem("At 10:02 tiles were slow.", "", "## Timeline", "", "- 10:02 Alert")
    assert list(time_without_timezone(pm)) == []


@pytest.mark.parametrize(
    "line",
    [
        "- Date: 2026-03-04",
        "- Date: 4 March 2026 at 10:02",
        "On 4 March 2026 tiles were slow.",
        "- Date: 4 March 2026 to 6 March 2026",
    ],
)
def test_what_is_no_plain_date_field_keeps_its_form(line: str) -> None:
    assert list(invalid_date_format(postmortem(line))) == []
