"""Shapes of timelines: columns, quotations, code, and what stands where a time would."""

from textwrap import dedent

import pytest

from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(text: str) -> Postmortem:
    return understand(Source("2026-03-04-outage.md", dedent(text)))


def times(text: str) -> list[str]:
    return [str(event.when) for event in postmortem(text).events]


def test_a_column_for_the_end_closes_a_range() -> None:
    events = postmortem("""\
        ## Timeline

        | Start (UTC) | End (UTC) | Event |
        |---|---|---|
        | 10:02 | 10:05 | Deployment |
        | 23:50 | 00:10 | Rollback |
        """).events
    assert [(str(e.when), str(e.until)) for e in events] == [
        ("2026-03-04T10:02", "2026-03-04T10:05"),
        ("2026-03-04T23:50", "2026-03-05T00:10"),
    ]


def test_a_column_for_the_zone_holds_for_its_row() -> None:
    pm = postmortem("## Timeline\n\n| Time | TZ | Event |\n|---|---|---|\n| 10:02 | EST | a |\n| 10:05 | EST | b |\n")
    assert [event.zone for event in pm.events] == ["EST", "EST"]
    assert (pm.zone, [event.text for event in pm.events]) == ("EST", ["a", "b"])


@pytest.mark.parametrize(
    "text",
    [
        "```\n10:02 Alert\n10:05 Paged\n```\n",
        "> 10:02 Alert\n>\n> 10:05 Paged\n",
        "10:02 Alert<br>10:05 Paged\n",
        "10:02\n: Alert\n\n10:05\n: Paged\n",
        "- 🔴 10:02 Alert\n- ✅ 10:05 Paged\n",
        "- [10:02] Alert\n- [10:05] Paged\n",
        "- Alert (10:02)\n- Paged (10:05)\n",
    ],
    ids=["code", "quotation", "breaks in a line", "definitions", "emoji", "brackets", "behind a name"],
)
def test_entries_stand_in(text: str) -> None:
    assert times(f"## Timeline (UTC)\n\n{text}") == ["2026-03-04T10:02", "2026-03-04T10:05"]


def test_paragraphs_of_times_without_a_colon() -> None:
    text = "03/14/2026 1002 PST  relay down\n03/14/2026 1005 PST  paged\n03/14/2026 1040 PST  relay replaced\n"
    assert times(f"What happened\n---\n\n{text}") == ["2026-03-14T10:02", "2026-03-14T10:05", "2026-03-14T10:40"]


def test_headings_that_are_times_make_a_timeline_of_what_happened() -> None:
    times_below = "### 10:02 — Reboot\n\nText.\n\n### 10:05 — Paged\n\n### 10:40 — Up\n"
    text = f"# T\n\n## What happened\n\nAll times are CEST.\n\n{times_below}"
    assert times(text) == ["2026-03-04T10:02", "2026-03-04T10:05", "2026-03-04T10:40"]
    assert postmortem(text).zone == "CEST"


def test_a_head_that_says_when_it_began_and_ended_is_no_timeline_beside_one() -> None:
    text = """\
        # Slow API

        * **Started:** 2026-03-04 10:02 UTC
        * **Detected:** 2026-03-04 10:05 UTC
        * **Resolved:** 2026-03-04 10:40 UTC
        * **Severity:** SEV3

        ## Timeline of events

        ### March 4, 2026

        **10:02 UTC** – Milestone: Started

        Rollout begins.

        **10:40 UTC** – Milestone: Resolved
        """
    assert [(str(event.when), event.milestones) for event in postmortem(text).events] == [
        ("2026-03-04T10:02", ("started",)),
        ("2026-03-04T10:40", ("resolved",)),
    ]


@pytest.mark.parametrize(
    "telling",
    [
        "# March\n\n## 2026-03-04 — Cache\n\n{0}\n## 2026-03-19 — DNS\n\n{0}",
        "# March\n\n## Cache\n\n**Date:** 2026-03-04\n\n{0}\n## DNS\n\n**Date:** 2026-03-19\n\n{0}",
    ],
    ids=["in their headings", "in labels"],
)
def test_each_of_several_incidents_has_its_own_day(telling: str) -> None:
    told = "### Timeline\n\n- 10:02 UTC: alert\n\n### Root cause\n\nA typo.\n"
    assert times(telling.format(told)) == ["2026-03-04T10:02", "2026-03-19T10:02"]


@pytest.mark.parametrize(
    "head",
    ["- Start time: 2026-03-04 10:02 (CEST)", "## Start time\n\n2026-03-04 10:02 (CEST)"],
    ids=["a label", "a heading"],
)
def test_the_zone_of_the_head_holds_for_a_timeline_without_one(head: str) -> None:
    assert postmortem(f"# T\n\n{head}\n\n## Timeline\n\n- 10:02 a\n- 10:05 b\n").zone == "CEST"


@pytest.mark.parametrize(
    ("zone", "heading"),
    [
        ("US Pacific", "Slack timeline (all times US Pacific)"),
        ("MEZ", "Zeitlicher Ablauf (MEZ)"),
        ("hora de Madrid", "Cronología (hora de Madrid)"),
        ("horário de Brasília", "Linha do tempo (horário de Brasília)"),
        ("北京时间", "时间线（以下均为北京时间）"),
    ],
)
def test_a_zone_in_words(zone: str, heading: str) -> None:
    pm = postmortem(f"## {heading}\n\n- 10:02 a\n- 10:05 b\n")
    assert pm.zone == zone
    assert all(event.utc for event in pm.events)


def test_log_lines_below_entries_are_their_details() -> None:
    assert times("## Timeline\n\n- 10:02 Alert\n\n```\n10:01 disk full\n10:01 disk full\n```\n") == ["2026-03-04T10:02"]


def test_a_date_above_deeper_headings_is_no_entry() -> None:
    text = "## Timeline\n\n### Thursday, March 5\n\n#### 10:02 Alert\n\nPaged.\n\n### March 6\n\n#### 09:00 Fixed\n"
    assert times(text) == ["2026-03-05T10:02", "2026-03-06T09:00"]


@pytest.mark.parametrize("blank", ["??:??", "14:??", "--:--", "XX:XX", "HH:MM", "T+15m", "+00:15", "???"])
def test_what_stands_where_a_time_would(blank: str) -> None:
    first, _ = postmortem(f"## Timeline\n\n- {blank} Paged\n- 10:05 Fixed\n").events
    assert (first.stamp, first.instead, first.text) == (None, blank, "Paged")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("24-03-05 10:09", "2024-03-05T10:09"),
        ("5 mars 2026 à 11h", "2026-03-05T11:00"),
        ("gegen 11 Uhr", "2026-03-04T11:00"),
        ("10:05 a. m.", "2026-03-04T10:05"),
        ("10:05 hs", "2026-03-04T10:05"),
        ("11:00 左右", "2026-03-04T11:00"),
    ],
)
def test_a_spelling_of_a_time(written: str, read: str) -> None:
    (event,) = postmortem(f"## Timeline\n\n- {written} – alert\n").events
    assert (str(event.when), event.text) == (read, "alert")


def test_a_zone_named_by_its_part_of_the_world_only_counts_behind_a_time() -> None:
    (event,) = postmortem("## Timeline\n\n- 10:14 AM Eastern: the Central office called\n").events
    assert event.zone == "Eastern"
    assert postmortem("## Timeline\n\nThe Pacific office was closed.\n\n- 10:14 alert\n").zone is None


def test_a_range_outside_the_timelines_is_a_window() -> None:
    pm = postmortem("# T\n\n1. 4 March, 16:30 to 18:00 UTC\n2. 6 March, 15:00 to 19:30 UTC\n")
    assert [(str(w.when), str(w.until)) for w in pm.windows] == [
        ("2026-03-04T16:30", "2026-03-04T18:00"),
        ("2026-03-06T15:00", "2026-03-06T19:30"),
    ]
    assert (pm.zone, list(pm.events)) == ("UTC", [])
