"""Timelines: zones, clocks, milestones, entries; what examples of pages do not show."""

import pytest

from pmlint.checks.entries import entry_too_long, evaluative_language, vague_time
from pmlint.checks.milestones import milestone_order, missing_milestone, starts_at_detection
from pmlint.checks.notation import mixed_clock_format, unpadded_time
from pmlint.checks.timeline import duplicate_entry, mixed_timezones, too_few_entries, unexplained_gap
from pmlint.engine import understand
from pmlint.fix import fixed
from pmlint.model import Postmortem
from pmlint.source import Source


def timeline(*entries: str, heading: str = "Timeline (UTC)") -> Postmortem:
    lines = ["# Slow tiles on 2026-03-04", "", f"## {heading}", "", *(f"- {entry}" for entry in entries), ""]
    return understand(Source("example.md", "\n".join(lines)))


@pytest.mark.parametrize(
    ("first", "second"),
    [("EST", "EDT"), ("CET", "CEST"), ("UTC", "GMT"), ("AEST", "AEDT"), ("EET", "EEST")],
)
def test_names_of_one_place_are_one_zone(first: str, second: str) -> None:
    pm = timeline(f"10:02 {first} Alert", f"10:40 {second} Fixed", heading="Timeline")
    assert list(mixed_timezones(pm)) == []


def test_two_zones_are_one_finding_a_timeline() -> None:
    pm = timeline("10:02 UTC Alert", "11:10 CET Joined", "11:40 CET Fixed", heading="Timeline")
    (mark,) = mixed_timezones(pm)
    assert mark.message == "CET here, UTC in earlier entries"


@pytest.mark.parametrize(
    ("written", "mended"),
    [("2:58 PM", "14:58"), ("2:58pm", "14:58"), ("12:05 AM", "00:05"), ("2:58:07 p.m.", "14:58:07")],
)
def test_a_time_on_the_other_clock_is_mended_in_place(written: str, mended: str) -> None:
    pm = timeline("14:51 Slow", f"{written} Alert", "15:36 Fixed")
    text = fixed(pm.source.text, [mark.edits for mark in mixed_clock_format(pm)])
    assert f"- {mended} Alert" in text


def test_a_padded_time_is_left_alone() -> None:
    assert list(unpadded_time(timeline("09:05 Slow", "13:36 Fixed"))) == []
    assert list(unpadded_time(timeline("9:05 AM Slow", "1:36 PM Fixed"))) == []


def test_gaps_count_while_the_incident_runs() -> None:
    entries = ["09:00 Merged", "14:58 Alert fires", "17:58 Alert fires again", "18:10 Service restored", "23:00 Report"]
    marks = list(unexplained_gap(timeline(*entries), minutes=60))
    assert [mark.message for mark in marks] == ["3 h lie between this entry and the one before it"]
    assert list(unexplained_gap(timeline("14:58 Alert fires", "15:20 Found"), minutes=60)) == []
    (mark,) = unexplained_gap(timeline("14:58 Alert fires", "15:20 Found"), minutes=10)
    assert mark.message.startswith("22 min lie")


def test_a_timeline_without_any_time_has_not_too_few_entries() -> None:
    assert list(too_few_entries(timeline("Alert", "Fixed"), minimum=3)) == []
    (mark,) = too_few_entries(timeline("10:02 Alert", "10:40 Fixed"), minimum=3)
    assert mark.message == "2 entries stand here"


def test_the_same_words_on_another_day_are_another_entry() -> None:
    assert list(duplicate_entry(timeline("2026-03-04 10:02 Alert", "2026-03-05 10:02 Alert"))) == []


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("Detected: 2026-03-04 10:02", "Resolved: 2026-03-04 09:40", "resolved at 09:40, before detected at 10:02"),
        (
            "2026-03-04 10:02 OUTAGE BEGINS",
            "2026-03-04 09:40 OUTAGE ENDS",
            "resolved at 09:40, before started at 10:02",
        ),
    ],
)
def test_marked_milestones_in_an_order_that_cannot_be(first: str, second: str, message: str) -> None:
    assert [mark.message for mark in milestone_order(timeline(first, second))] == [message]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(["2026-03-04 10:02 Alert fires", "2026-03-04 09:40 Resolved"], id="not marked"),
        pytest.param(["Detected: 10:02", "Resolved: 2026-03-04"], id="without a time"),
        pytest.param(["Detected: 2026-03-04 10:02", "Resolved: about 2026-03-04 09:40"], id="about"),
        pytest.param(["Detected: 2026-03-04 10:02", "Resolved: 2026-03-04 10:02"], id="at once"),
    ],
)
def test_what_is_not_sure_is_in_order(entries: list[str]) -> None:
    assert list(milestone_order(timeline(*entries))) == []


def missing_end(pm: Postmortem, labels: list[str]) -> list[str]:
    marks = missing_milestone(
        pm, name="when it was over", milestones=["resolved"], field="end", labels=labels, concepts=[], phrases=["quiet"]
    )
    return [mark.message for mark in marks]


def test_a_milestone_may_be_told_elsewhere() -> None:
    entries = ["10:02 Alert", "10:20 Joined", "10:40 Looked"]
    assert missing_end(timeline(*entries), []) == ["no entry says when it was over"]
    assert missing_end(timeline(*entries, "10:50 All quiet"), []) == []
    assert missing_end(timeline(*entries[:2]), []) == []
    closed = understand(Source("example.md", "# T\n\nClosed: yes\n" + timeline(*entries).source.text))
    assert missing_end(closed, ["closed"]) == []


def test_a_form_does_not_start_too_late() -> None:
    assert list(starts_at_detection(timeline("First detected: 10:02", "Resolved: 10:40"))) == []
    assert len(list(starts_at_detection(timeline("10:02 Alert fires", "10:40 Fixed")))) == 1


def test_entries_under_headings_may_be_long() -> None:
    text = "# T\n\n## Timeline\n\n### 2026-03-04 10:02 UTC\n\n" + "word " * 90 + "\n"
    assert list(entry_too_long(understand(Source("example.md", text)), maximum_words=80, maximum_sentences=1)) == []


def test_sentences_of_an_entry_are_counted() -> None:
    pm = timeline("10:02 The alert fires. Somebody looks. It is the cache.")
    (mark,) = entry_too_long(pm, maximum_words=0, maximum_sentences=2)
    assert mark.message == "this entry has 3 sentences"


def test_a_vague_time_needs_others_that_are_not() -> None:
    assert list(vague_time(timeline("Later: fixed", "Then: closed"), openings=["later"])) == []


def test_judging_words_count_in_entries_only() -> None:
    pm = understand(Source("example.md", "# T\n\nSadly slow.\n" + timeline("10:02 Sadly, `sadly`").source.text))
    assert len(list(evaluative_language(pm, phrases=["sadly"]))) == 1
