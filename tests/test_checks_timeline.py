"""Timelines: zones, clocks, milestones, entries; what examples of pages do not show."""

from collections.abc import Callable, Iterator

import pytest

from pmlint.checks.entries import entry_too_long, evaluative_language, vague_time
from pmlint.checks.milestones import milestone_order, missing_milestone, starts_at_detection
from pmlint.checks.notation import mixed_clock_format, mixed_date_format, unpadded_time
from pmlint.checks.timeline import duplicate_entry, mixed_timezones, too_few_entries, unexplained_gap
from pmlint.conventions import Conventions
from pmlint.engine import understand
from pmlint.fix import fixed
from pmlint.model import Postmortem
from pmlint.rule import Mark
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


def mended(
    check: Callable[..., Iterator[Mark]], *entries: str, heading: str = "Timeline", **options: bool
) -> list[str]:
    """The entries of a timeline after the edits of a check."""
    pm = timeline(*entries, heading=heading)
    text = fixed(pm.source.text, [mark.edits for mark in check(pm, **options)])
    return [line.removeprefix("- ") for line in text.splitlines()[4:]]


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("10:02 utc Alert", "10:02 UTC Alert"),
        ("10:02 Utc Alert", "10:02 UTC Alert"),
        ("10:02 (UTC) Alert", "10:02 UTC Alert"),
        ("10:02UTC: Alert", "10:02 UTC: Alert"),
        ("10:02Z Alert", "10:02 UTC Alert"),
        ("10:02 Z Alert", "10:02 UTC Alert"),
        ("10:02:33Z Alert", "10:02:33 UTC Alert"),
        ("**10:02Z** Alert", "**10:02 UTC** Alert"),
        ("2026-03-04 10:02Z - 10:20Z Alert", "2026-03-04 10:02 UTC - 10:20 UTC Alert"),
        ("10.02 UTC Alert", "10:02 UTC Alert"),
    ],
)
def test_a_zone_and_a_dot_become_what_the_others_are(written: str, result: str) -> None:
    others = ["10:20 UTC Joined", "10:40 UTC Fixed", "10:50 UTC Closed"]
    assert mended(mixed_clock_format, *others, written) == [*others, result]


@pytest.mark.parametrize(
    "written",
    [
        "10:02 GMT Alert",
        "10:02 UTC+0 Alert",
        "10:02 (JST) Alert",
        "2026-03-04T10:02:00Z Alert",
        "10:02 (UTC) +20 hosts",
        "**10:02Z** -5 hosts",
        "10:02 (UTC) on March 6, 2026 Alert",
        "10:02 (UTC) / 05:02 EST Alert",
        "10:02 UTC It was 9.58 (utc) there",
        "04.03. 10:02 UTC Alert",
    ],
)
def test_what_is_not_the_same_in_another_form_stays(written: str) -> None:
    others = ["10:20 UTC Joined", "10:40 UTC Fixed", "10:50 UTC Closed"]
    assert mended(mixed_clock_format, *others, written) == [*others, written]


def test_the_most_frequent_form_counts_if_it_is_the_plain_one() -> None:
    one_each = ["10:02 utc Alert", "10:20 (UTC) Joined", "10:40Z Asked", "10:50 UTC Fixed"]
    plain = ["10:02 UTC Alert", "10:20 UTC Joined", "10:40 UTC Asked", "10:50 UTC Fixed"]
    assert mended(mixed_clock_format, *one_each) == plain
    assert mended(mixed_clock_format, *one_each, "10:55Z Closed") == [*one_each, "10:55Z Closed"]
    assert mended(mixed_clock_format, *one_each[:3]) == one_each[:3]
    dots = ["10.02 Alert", "10.20 Joined", "10:40 Fixed"]
    assert mended(mixed_clock_format, *dots, heading="Timeline (UTC)") == dots


def test_an_end_that_tells_the_half_of_its_beginning_stays() -> None:
    entries = ["14:51 Slow", "2:58 - 3:10 PM Alerts"]
    assert mended(mixed_clock_format, *entries, heading="Timeline (UTC)") == entries


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("March 5, 2026", "2026-03-05"),
        ("Mar. 5th 2026", "2026-03-05"),
        ("5 March 2026", "2026-03-05"),
        ("5th of March, 2026", "2026-03-05"),
        ("5/Mar/2026", "2026-03-05"),
        ("5 März 2026", "2026-03-05"),
        ("05.03.2026", "2026-03-05"),
        ("2026/3/5", "2026-03-05"),
        ("2026-3-5", "2026-03-05"),
        ("13/03/2026", "2026-03-13"),
        ("03-13-2026", "2026-03-13"),
        ("Thu, 5 March 2026", "Thu, 2026-03-05"),
    ],
)
def test_a_day_that_is_certain_becomes_iso(written: str, day: str) -> None:
    first = "2026-03-04 10:02 Alert"
    assert mended(mixed_date_format, first, f"{written} 08:10 Fixed", always=False) == [first, f"{day} 08:10 Fixed"]


@pytest.mark.parametrize(
    "written", ["Mar 5 08:10 Fixed", "04/05/2026 08:10 Fixed", "5/Mar/26 08:10 Fixed", "31 February 2026 08:10 Fixed"]
)
def test_a_day_that_is_not_stays(written: str) -> None:
    entries = ["2026-03-04 10:02 Alert", "2026-03-04 10:40 Joined", written]
    assert mended(mixed_date_format, *entries, always=True) == entries


def test_numeric_dates_go_together_or_stay() -> None:
    entries = ["12/05/2026 10:02 Alert", "13/05/2026 08:10 Fixed"]
    iso = ["2026-05-12 10:02 Alert", "2026-05-13 08:10 Fixed"]
    assert mended(mixed_date_format, *entries, always=False) == entries
    assert mended(mixed_date_format, *entries, always=True) == iso
    # The date in the text would no longer be known without those of the entries; another certain one tells its order.
    assert mended(mixed_date_format, *entries, "Due on 01/06/2026", always=True)[:2] == entries
    assert mended(mixed_date_format, *entries, "Due on 01/06/2026, not 30/06/2026", always=True)[:2] == iso
    # Dates of both orders tell none.
    assert mended(mixed_date_format, *entries, "05/14/2026 09:00 Report", always=True)[:2] == entries


def test_what_a_team_has_agreed_on_decides_about_numeric_dates() -> None:
    text = "# Slow tiles\n\n## Timeline (UTC)\n\n- 04/05/2026 10:02 Alert\n"
    for day_first, day in ((True, "2026-05-04"), (False, "2026-04-05")):
        pm = understand(Source("example.md", text), conventions=Conventions(day_first=day_first))
        assert f"- {day} 10:02" in fixed(text, [mark.edits for mark in mixed_date_format(pm, always=True)])


@pytest.mark.parametrize("link", ["", "See [the alert](#5-march-2026-905-alert).", "See [the alert](#elsewhere)."])
def test_a_heading_that_a_link_leads_to_stays(link: str) -> None:
    text = f"# Slow tiles\n\n{link}\n\n## Timeline (UTC)\n\n### 5 March 2026 9:05 Alert\n\n### 2026-03-05 13:36 Fixed\n"
    pm = understand(Source("example.md", text))
    marks = [*mixed_date_format(pm, always=False), *unpadded_time(pm)]
    assert len(marks) == 2
    assert all(bool(mark.edits) is ("905" not in link) for mark in marks)


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
