"""What pmlint understands of a postmortem: timelines, action items, metadata, claimed durations."""

from datetime import date

import pytest

from tests.recognised import events, postmortem


class TestTimelines:
    def test_a_day_declared_for_all_entries_holds_again_after_an_exception(self) -> None:
        text = """\
            ## Timeline

            Unless otherwise noted all events happened on 2024-03-04, and all times are in UTC.

            - 2024-03-03 22:10: the disk began to fill
            - 01:38: alert
            - 02:06: back online
            """
        assert events(text) == [(5, "2024-03-03T22:10"), (6, "2024-03-04T01:38"), (7, "2024-03-04T02:06")]

    def test_entries_may_be_dated_by_their_month(self) -> None:
        assert events("## Timeline\n\n- Jul 2024: written\n- 2024-08: released\n") == [(3, "2024-07"), (4, "2024-08")]

    def test_a_dash_may_stand_before_a_date_without_making_a_list(self) -> None:
        text = "## Timeline\n\n_4/24/24_\n\n9:00 AM: erased\n\n-4/25/24_\n\n9:41 AM: restored\n"
        assert [when for _, when in events(text)] == ["2024-04-24T09:00", "2024-04-25T09:41"]

    def test_bullets(self) -> None:
        text = """\
            ## Timeline

            All times are UTC on 3 March 2024.

            - **09:12** - First errors
              - seen on two hosts
            - 09:21 UTC: Alert
            - Somebody called
            """
        assert events(text) == [(5, "2024-03-03T09:12"), (7, "2024-03-03T09:21"), (8, None)]
        assert postmortem(text).zone == "UTC"

    def test_tables_with_date_and_time_in_columns_of_their_own(self) -> None:
        text = """\
            ## Timeline

            | Day | Date (2024) | Time (PST) | Event |
            |-----|-------------|------------|-------|
            | Mon | Jun 24      | 13:47      | Instance stopped |
            | Tue | Jun 25      | 7:05       | Logs read |
            |     |             | 8:10       | Mail sent |
            """
        assert events(text, "2024-06-28-abuse.md") == [
            (5, "2024-06-24T13:47"),
            (6, "2024-06-25T07:05"),
            (7, "2024-06-25T08:10"),
        ]
        assert postmortem(text).zone == "PST"

    def test_headings_with_the_date_on_the_first_only(self) -> None:
        text = """\
            ## Timeline

            ### 2024-10-17 07:42

            Pods fail.

            ### 08:47 - Team alerted

            ### 09:00

            Back to normal.
            """
        assert events(text) == [(3, "2024-10-17T07:42"), (7, "2024-10-17T08:47"), (9, "2024-10-17T09:00")]
        assert [e.milestones for e in postmortem(text).events][1:] == [("detected",), ("resolved",)]

    def test_date_headings_above_lists(self) -> None:
        text = """\
            ## Timeline

            ### 2024-07-19

            - 22:32 UTC – Merged

            ### 2024-07-20

            - 10:00 UTC – Staged
            """
        assert events(text) == [(5, "2024-07-19T22:32"), (9, "2024-07-20T10:00")]

    def test_paragraphs_and_lines(self) -> None:
        text = """\
            ## Timeline (all times PST)

            _4/21/24_

            11:12 AM: A mail arrived.

            11:14 AM: It was forwarded,
            and read.
            1:31 PM: The laptop was wiped.
            """
        assert events(text) == [(5, "2024-04-21T11:12"), (7, "2024-04-21T11:14"), (9, "2024-04-21T13:31")]

    def test_midnight_is_crossed_without_a_date(self) -> None:
        text = "# Outage 2024-03-01\n\n## Timeline\n\n- 23:58 Seen\n- 00:40 Fixed\n"
        assert events(text) == [(5, "2024-03-01T23:58"), (6, "2024-03-02T00:40")]

    def test_a_step_back_is_no_midnight(self) -> None:
        text = "# Outage 2024-03-01\n\n## Timeline\n\n- 15:33 Seen\n- 13:40 Fixed\n"
        assert events(text) == [(5, "2024-03-01T15:33"), (6, "2024-03-01T13:40")]

    def test_without_any_date_a_time_stays_a_time(self) -> None:
        assert events("## Timeline\n\n- 15:33 Seen\n") == [(3, "T15:33")]

    def test_an_unsure_date_is_not_guessed(self) -> None:
        assert events("## Timeline\n\n- 01/02/2024 15:33 Seen\n") == [(3, "T15:33")]

    def test_an_impossible_time_is_an_event_without_a_when(self) -> None:
        (event,) = postmortem("## Timeline\n\n- 25:10 Seen\n").events
        assert event.when is None
        assert event.stamp is not None
        assert event.stamp.fault == "no day has that hour"

    def test_a_range_ends_when_it_says(self) -> None:
        (event,) = postmortem("# 2024-03-01\n\n## Timeline\n\n- 23:30 - 00:15 Restarted\n").events
        assert (str(event.when), str(event.until)) == ("2024-03-01T23:30", "2024-03-02T00:15")

    def test_entries_without_times_are_prose(self) -> None:
        assert events("## Timeline\n\n- Seen\n- Fixed\n") == []


class TestActions:
    @pytest.mark.parametrize(
        ("item", "owner", "due", "ticket", "state"),
        [
            ("Add an alert (@mei, #812)", "@mei", None, "#812", None),
            ("[x] Add an alert", None, None, None, "done"),
            ("[ ] Add an alert, owner: Mei Lin, due 2026-04-01", "Mei Lin", date(2026, 4, 1), None, "open"),
            ("Add an alert [Mei]", "Mei", None, None, None),
            ("Add an alert — Mei Lin", "Mei Lin", None, None, None),
            ("Add an alert (Owner: TBD)", None, None, None, None),
            (
                "Add an alert [OPS-12](https://jira.example/browse/OPS-12)",
                None,
                None,
                "https://jira.example/browse/OPS-12",
                None,
            ),
            ("Add an alert (OPS-12)", None, None, "OPS-12", None),
            ("Use UTF-8 and SHA-256 (DONE)", None, None, None, "done"),
            ("~~Add an alert to the page~~", None, None, None, "done"),
            ("Ask ops@example.org for the logs", None, None, None, None),
            ("✅ Add an alert", None, None, None, "done"),
            ("The old workflow has been disabled", None, None, None, "done"),
            ("This has to be done before the audit", None, None, None, None),
            ("This could have been alerted earlier", None, None, None, None),
            ("We enabled two-factor authentication", None, None, None, "done"),
            ("We need two-factor authentication", None, None, None, None),
            ("We planned to rotate the keys", None, None, None, None),
        ],
    )
    def test_an_item_says_who_when_and_where(
        self, item: str, owner: str | None, due: date | None, ticket: str | None, state: str | None
    ) -> None:
        (action,) = postmortem(f"## Action items\n\n- {item}\n").actions
        found = (action.owner.text if action.owner else None, action.due, action.ticket, action.state)
        assert found == (owner, due, ticket, state)

    def test_tables(self) -> None:
        text = """\
            ## Action items

            | # | Action | Who | Due | Bug | Status |
            |---|--------|-----|-----|-----|--------|
            | 1 | Add an alert | mei | 2026-04-01 | OPS-12 | done |
            | 2 | Split the queue | TBD | - | | in progress |
            """
        first, second = postmortem(text).actions
        assert (first.text, first.owner and first.owner.text, first.due) == ("Add an alert", "mei", date(2026, 4, 1))
        assert (first.ticket, first.state) == ("OPS-12", "done")
        assert (second.owner, second.due, second.ticket, second.state) == (None, None, None, "open")

    def test_a_group_may_be_closed_by_its_heading(self) -> None:
        text = "## Action items\n\n### Immediate (completed)\n\n- Rolled back\n\n### Later\n\n- Split the queue\n"
        assert [action.state for action in postmortem(text).actions] == ["done", None]

    @pytest.mark.parametrize("text", ["None.", "- N/A", "No action items, because the service is gone."])
    def test_nothing_to_do_is_no_item(self, text: str) -> None:
        assert postmortem(f"## Action items\n\n{text}\n").actions == ()

    def test_prose_is_an_item_only_where_no_list_holds_them(self) -> None:
        assert len(postmortem("## Action items\n\nWe rebuild the deployment.\n").actions) == 1
        assert len(postmortem("## Action items\n\nThe team agreed on:\n\n- Split the queue\n").actions) == 1

    def test_an_account_among_the_items_is_none(self) -> None:
        text = "## Action items\n\n### What went wrong\n\n- Nobody saw it\n\n### Process\n\n- Name a driver\n"
        assert [action.text for action in postmortem(text).actions] == ["Name a driver"]

    def test_a_nested_list_of_links_tells_the_tickets(self) -> None:
        text = "## Action items\n\n- Add tests\n  - <https://example.org/pull/12>\n"
        (action,) = postmortem(text).actions
        assert action.ticket == "https://example.org/pull/12"

    @pytest.mark.parametrize(
        ("items", "states"),
        [
            (["✅ Alert on disk space", "Write a runbook"], ["done", "open"]),
            (["Alert on disk space (done as of 2024-03-05)", "Write a runbook"], ["done", "open"]),
            (["Alert on disk space", "Write a runbook"], [None, None]),
            (["Access to the queue was restricted"], ["done"]),
            (["The limit was reached, so that it should be raised"], [None]),
            (["Ask why the alert was silenced"], [None]),
            (["Back up data when a plan is canceled"], [None]),
            (["Second region (rejected: too dear)"], ["wontdo"]),
        ],
        ids=lambda value: "; ".join(map(str, value)),
    )
    def test_what_is_marked_as_done_leaves_the_rest_open(self, items: list[str], states: list[str | None]) -> None:
        text = "## Action items\n\n" + "".join(f"- {item}\n" for item in items)
        assert [action.state for action in postmortem(text).actions] == states


class TestMetadata:
    @pytest.mark.parametrize(
        ("text", "path", "day", "line"),
        [
            ("# T\n\n**Date:** 3 March 2024\n", "pm.md", "2024-03-03", 3),
            ("# Outage on 2024-03-03\n", "pm.md", "2024-03-03", 1),
            ("# T\n\nText.\n", "docs/2024-03-03-outage.md", "2024-03-03", 1),
            ("---\ntitle: Outage 2024-03-03\n---\n\nText.\n", "pm.md", "2024-03-03", 2),
            ("# T\n\nOn March 3rd, 2024 all was down.\n", "pm.md", "2024-03-03", 3),
            ("# T\n\n## Date\n\n2024-03-03\n", "pm.md", "2024-03-03", 5),
            ("# T\n\n| Date | 2024-03-03 |\n|---|---|\n| Status | final |\n", "pm.md", "2024-03-03", 3),
            ("# T\n\n## Timeline\n\n- 2024-03-03 10:00 UTC Seen\n", "pm.md", "2024-03-03", 5),
        ],
    )
    def test_the_date_is_found_where_people_put_it(self, text: str, path: str, day: str, line: int) -> None:
        pm = postmortem(text, path)
        assert pm.metadata.date is not None
        assert (pm.metadata.date.text, pm.source.place(pm.metadata.date.span.start).line) == (day, line)

    def test_no_date_is_none(self) -> None:
        assert postmortem("# T\n\nVersion 1.2.3 broke.\n").metadata.date is None

    def test_fields_in_lists_and_lines(self) -> None:
        text = """\
            # T

            **Severity:** SEV-2 (degraded)
            **Status:** final

            - Authors: Mei Lin, Tomás Rivera
            """
        metadata = postmortem(text).metadata
        assert metadata.severity is not None
        assert metadata.status is not None
        assert (metadata.severity.text, metadata.status.text) == ("SEV-2", "final")
        assert [author.text for author in metadata.authors] == ["Mei Lin", "Tomás Rivera"]

    def test_a_field_in_the_timeline_is_not_about_the_document(self) -> None:
        assert postmortem("# T\n\n## Timeline\n\n- 10:00 UTC Seen\n\nStatus: red\n").metadata.status is None


class TestClaims:
    @pytest.mark.parametrize(
        ("text", "minutes", "of"),
        [
            ("- **Time to resolve**: 4h 9m", 249, "resolve"),
            ("**Duration:** 1 hour and 31 minutes", 91, "impact"),
            ("The outage lasted about 48 minutes.", 48, "impact"),
            ("Logins were unavailable for two hours.", 120, "impact"),
            ("- Time to detection: 5280 minutes", 5280, "detect"),
            ("This caused a 4+ hour detection delay.", 240, "detect"),
            ("Orders were stuck for a bit over half an hour.", 30, None),
            ("Logins failed for up to an hour and a half.", 90, "impact"),
            ("Recovery took about 20 minutes.", 20, "resolve"),
            ("There were approximately 79 minutes of partial availability.", 79, None),
            ("A 3-day outage of the archive.", 4320, "impact"),
            ("- **影響時間**: 約 58 分", 58, "impact"),
            ("ログインが 2 時間停止していた。", 120, None),
            ("**Downtime:** 1h50m", 110, "impact"),
            ("**Durée :** 2h30", 150, None),
            ("Les connexions étaient impossibles pendant 1 h 40.", 100, None),
            ("Die Anmeldung war 52 Minuten lang nicht möglich.", 52, None),
            ("El catálogo no respondió durante 35 minutos.", 35, None),
            ("| Key | Value |\n|---|---|\n| Outage duration | 2 h 10 min |", 130, "impact"),
            ("**Dauer:** 2,5 Stunden", 150, None),
            ("**Duration:** 1:35", 95, "impact"),
            ("**Duration:** 01:35:00 (hh:mm:ss)", 95, "impact"),
            ("**Duration (minutes):** 95", 95, "impact"),
            ("**Time to detect:** 90 seconds", 2, "detect"),
            ("**Duration:** 2 weeks", 20160, "impact"),
            ("**影響時間**: 1時間30分", 90, "impact"),
            ("登录持续约 2 小时失败。", 120, None),
            ("Customers could not log in for 35 minutes.", 35, None),
            ("For roughly three and a half hours the site was unavailable.", 210, "impact"),
        ],
    )
    def test_a_duration_is_claimed(self, text: str, minutes: int, of: str) -> None:
        (claim,) = postmortem(f"# T\n\n{text}\n").claims
        assert (claim.minutes, claim.of) == (minutes, of)

    @pytest.mark.parametrize(
        "text",
        [
            "The timeout is 30 minutes.",
            "The outage began 10 minutes after the deployment.",
            "Backups run every 6 hours, outage or not.",
            "We expect an impact within 2 days.",
            "Pages are cached for 10 minutes.",
            "The job waits for 5 minutes when the queue is full.",
            "The outage hit the 3-day summary.",
            "Keys are valid for 3 days.",
            "We monitored the queue for 30 minutes.",
            "The client retried for 3 minutes.",
            "Reduce the time of detection to under 5 minutes.",
            "For two weeks the queue had grown; that was no outage.",
            "The outage page reloads for 30 seconds.",
            "**Duration:** 95",
        ],
    )
    def test_other_durations_are_no_claims(self, text: str) -> None:
        assert postmortem(f"# T\n\n{text}\n").claims == ()
