"""Days, weekdays, severities, names and statuses that a document states in several places."""

from datetime import date

import pytest

from pmlint.checks.agreement import incident_id_mismatch, severity_mismatch
from pmlint.checks.consistency import date_mismatch, timeline_vs_metadata_window, weekday_mismatch
from pmlint.checks.durations import time_metric_mismatch
from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(text: str, path: str = "example.md") -> Postmortem:
    return understand(Source(path, text))


class TestWeekdays:
    @pytest.mark.parametrize(
        ("text", "number", "day"),
        [
            ("Tuesday, 4 March 2026", 1, date(2026, 3, 4)),
            ("Wed 2026-03-04", 2, date(2026, 3, 4)),
            ("on Wednesday the 4th of March 2026", 2, date(2026, 3, 4)),
            ("2026-03-04 (Wed)", 2, date(2026, 3, 4)),
            ("Mittwoch, den 4. März 2026", 2, date(2026, 3, 4)),
            ("mercredi 4 mars 2026", 2, date(2026, 3, 4)),
            ("2026年3月4日（水）", 2, date(2026, 3, 4)),
            ("March 4, 2026, Wednesday", 2, date(2026, 3, 4)),
        ],
    )
    def test_a_weekday_beside_a_date_is_read(self, text: str, number: int, day: date) -> None:
        (found,) = postmortem(f"# T\n\nIt failed {text} for all.\n").weekdays
        assert (found.number, found.day) == (number, day)

    @pytest.mark.parametrize(
        "text",
        ["Every Monday. 2026-03-04 was fine", "2026-03-04 and Monday", "Mon 03/04/2026", "sun 4 of 12", "Sat on 3"],
    )
    def test_other_words_are_not(self, text: str) -> None:
        assert postmortem(f"# T\n\n{text}\n").weekdays == ()

    def test_a_year_is_taken_from_the_incident_if_it_is_near(self) -> None:
        near, far = "Tuesday, March 3", "Friday, November 6"
        found = postmortem(f"# T\n\n**Date:** 2026-03-04\n\nIt began {near}; {far} is the deadline.\n").weekdays
        assert [weekday.day for weekday in found] == [date(2026, 3, 3)]

    def test_a_wrong_one_is_told_with_the_right_one(self) -> None:
        (mark,) = weekday_mismatch(postmortem("# T\n\nTuesday, 4 March 2026\n"))
        assert mark.message == "2026-03-04 is a Wednesday, not a Tuesday"


TIMELINE = "\n## Timeline (UTC)\n\n- 2026-03-04 09:12 Alert fires\n- 2026-03-04 10:00 Service restored\n"


class TestDays:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("2026-03-04-checkout.md", "# Checkout failed"),
            ("2026-03-05-checkout.md", "# Checkout failed"),
            ("2026-03-24-checkout.md", "# Checkout failed"),
            ("2026-04-04-checkout.md", "# Checkout failed on 2026-03-04"),
            ("a.md", "---\ndate: 2026-03-30\n---\n# Checkout failed"),
            ("a.md", "# Checkout failed\n\n**Date:** 2026-03-03 to 2026-03-04"),
            ("a.md", "# Checkout failed\n\n- **Start:** 2026-02-20 10:00\n- **End:** 2026-03-04 10:00"),
        ],
    )
    def test_days_around_the_incident_agree(self, path: str, text: str) -> None:
        assert list(date_mismatch(postmortem(f"{text}\n{TIMELINE}", path))) == []

    @pytest.mark.parametrize(
        ("path", "text", "told"),
        [
            ("2026-04-03-checkout.md", "# Checkout failed", "the file name says 2026-04-03"),
            ("2025-03-04-checkout.md", "# Checkout failed", "the file name says 2025-03-04"),
            ("2026-01-04-checkout.md", "# Checkout failed", "the file name says 2026-01-04"),
            ("2026-03-04-checkout.md", "# 2026-01-27: checkout failed", "the title says 2026-01-27"),
            ("2026-03-04-checkout.md", "# T\n\n**Date:** 2026-05-20", "the field says 2026-05-20"),
            ("a.md", "---\ndate: 2025-03-04\n---\n# Checkout failed", "the front matter says 2025-03-04"),
        ],
    )
    def test_days_that_cannot_be_right_are_told(self, path: str, text: str, told: str) -> None:
        (mark,) = date_mismatch(postmortem(f"{text}\n{TIMELINE}", path))
        assert mark.message == f"{told}, and the timeline is of 2026-03-04"

    def test_without_a_timeline_only_slips_are(self) -> None:
        assert list(date_mismatch(postmortem("# T\n\n**Date:** 2026-03-04\n", "2026-03-20-t.md"))) == []
        (mark,) = date_mismatch(postmortem("# T\n\n**Date:** 2025-03-04\n", "2026-03-04-t.md"))
        assert mark.message == "the field says 2025-03-04, and the file name says 2026-03-04"


class TestTheWindow:
    @pytest.mark.parametrize(
        "window",
        [
            ("2026-03-04 09:00", "2026-03-04 10:00"), ("2026-03-04 09:16", "2026-03-04 09:56"), ("09:12", "10:00"),
            ("2026-03-04", "2026-03-04"), ("", ""),
        ],
    )  # fmt: skip
    def test_agrees_within_minutes(self, window: tuple[str, str]) -> None:
        text = f"# T\n\n- **Start:** {window[0]}\n- **End:** {window[1]}\n{TIMELINE}"
        assert list(timeline_vs_metadata_window(postmortem(text), tolerance_minutes=5)) == []

    @pytest.mark.parametrize(
        ("label", "time", "told"),
        [
            ("Start", "2026-03-04 09:40", '"Alert fires" (line 7), 28 min earlier'),
            ("End", "2026-03-04 09:40", '"Service restored" (line 8), 20 min later'),
            ("End", "2026-03-04 11:00", '"Service restored" (line 8), 1 h earlier'),
        ],
    )
    def test_contradicts_a_row(self, label: str, time: str, told: str) -> None:
        text = f"# T\n\n- **{label}:** {time}\n{TIMELINE}"
        (mark,) = timeline_vs_metadata_window(postmortem(text), tolerance_minutes=5)
        assert mark.message.endswith(told)
        assert mark.message.startswith(f"the {label.lower()} is {time}")


@pytest.mark.parametrize(
    ("lines", "findings"),
    [
        (["Time to detect: 8 min", "Time to resolve: 40 min", "Total time: 48 min"], 0),
        (["Time to detect: 8 min", "Time to resolve: 48 min", "Total time: 48 min"], 0),
        (["Time to detect: 8 min", "Time to mitigate: 20 min", "Time to resolve: 60 min", "Total: 1 h"], 0),
        (["Time to detect: 8 min", "Time to resolve: 40 min", "Total time: 1 h"], 0),
        (["Time to detect: 8 min", "Time to resolve: 40 min", "Total time: 120 min"], 1),
        (["Time to resolve: 40 min", "Total time: 120 min"], 0),
        (["Time to resolve: 40 min", "Time to resolve: 90 min"], 1),
        (["Time to resolve: 40 min", "Time to resolve (search): 90 min"], 0),
        (["Time to resolve: 40 min (90 min for search)"], 0),
        (["Time to resolve: 4 h (support hours)", "Time to resolve: 20 h"], 0),
    ],
)
def test_metrics_add_up(lines: list[str], findings: int) -> None:
    text = "# T\n\n" + "".join(f"- {line}\n" for line in lines)
    assert len(list(time_metric_mismatch(postmortem(text), tolerance_minutes=5, tolerance_percent=10))) == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("# SEV-1: checkout\n\n**Severity:** SEV-2\n", 1),
        ("# SEV-2: checkout\n\n**Severity:** Sev 2\n", 0),
        ("# Checkout\n\n**Severity:** S2\n\n## Summary\n\nIt was a SEV-1 incident.\n", 1),
        ("# Checkout\n\n**Severity:** SEV2\n\n## Summary\n\nDeclared as SEV-1, it was less.\n", 0),
        ("# Checkout\n\n**Severity:** SEV2\n\n## Summary\n\nUploads to S3 and P1 lines failed.\n", 0),
        ("# Checkout\n\n**Severity:** SEV2\n\n## Action items\n\n- Define SEV-1 better\n", 0),
        ("---\nseverity: SEV-3\n---\n# Checkout\n\n## Impact\n\nThis SEV-1 stopped all orders.\n", 1),
    ],
)
def test_one_severity_is_stated(text: str, findings: int) -> None:
    assert len(list(severity_mismatch(postmortem(text)))) == findings


@pytest.mark.parametrize(
    ("path", "text", "findings"),
    [
        ("INC-41.md", "# INC-14: checkout\n", 1),
        ("INC-41-checkout.md", "# INC-041: checkout\n", 0),
        ("PM-2026-007.md", "# INC-14: checkout\n", 0),
        ("pm-2026-007.md", "# PM-2026-008: checkout\n", 1),
        ("a.md", "# INC-14: checkout\n\n- **Incident ID:** INC-41\n", 1),
        ("a.md", "# INC-14: checkout\n\n- **Related:** INC-41\n", 0),
        ("a.md", "# Like INC-14, INC-15\n\n- **Incident ID:** INC-41\n", 0),
    ],
)
def test_one_incident_is_named(path: str, text: str, findings: int) -> None:
    assert len(list(incident_id_mismatch(postmortem(text, path)))) == findings
