"""Metadata, form by form: where people write the date, the severity, the window, and what they call them."""

from textwrap import dedent

import pytest

from pmlint.engine import understand
from pmlint.model import Metadata
from pmlint.source import Source


def metadata(text: str, path: str = "pm.md") -> Metadata:
    return understand(Source(path, dedent(text))).metadata


FORMS = {
    "labels side by side": "**Date:** 4 March 2026 | **Severity:** SEV-2 | **Status:** Final | **Authors:** Mei, Tomás",
    "a paragraph of labels": "**Date:** 2026-03-04\n**Severity:** SEV-2\n**Status:** Final\n**Authors:** Mei, Tomás",
    "plain labels": "Date: 2026-03-04<br>Severity: SEV-2<br>Status: Final<br>Authors: Mei, Tomás",
    "bullets": "- **Date**: 2026-03-04\n- **Severity**: SEV-2\n- **Status**: Final\n- **Author(s)**: Mei, Tomás",
    "a quotation": "> **Date:** 2026-03-04\n> **Severity:** SEV-2\n> **Status:** Final\n> **Authors:** Mei and Tomás",
    "a table of two columns": (
        "| Field | Value |\n|---|---|\n| **Date** | 2026-03-04 |\n| Severity | SEV-2 |\n| Status | Final |\n"
        "| Owners | Mei, Tomás |"
    ),
    "a table of one row": (
        "| Date | Severity | Status | Authors |\n|---|---|---|---|\n| 2026-03-04 | SEV-2 (slow) | Final | Mei, Tomás |"
    ),
    "labels one behind another": "**Date:** 2026-03-04  **Severity:** SEV-2  **Status:** Final  **Owner:** Mei, Tomás",
    "wide colons": "- 発生日時：2026年3月4日\n- 重大度：SEV-2\n- ステータス：Final\n- 作成者：Mei, Tomás",
    "headings that say it all": (
        "#### Date: 2026-03-04\n\n#### Severity: SEV-2\n\n#### Status: Final\n\n#### Owners: Mei, Tomás"
    ),
    "headings": "## Date\n\n2026-03-04\n\n## Severity\n\nSEV-2\n\n## Status\n\nFinal\n\n## Authors\n\n- Mei\n- Tomás",
    "other languages": "**Fecha:** 2026-03-04\n**Schweregrad:** SEV-2\n**状态:** Final\n**作成者:** Mei, Tomás",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_same_said_in_every_form(form: str) -> None:
    found = metadata(f"# Logins failed\n\n{form}\n\n## Summary\n\nAll was slow.\n")
    assert found.date is not None
    assert found.severity is not None
    assert found.status is not None
    assert (found.date.text, found.severity.text, found.status.text) == ("2026-03-04", "SEV-2", "Final")
    assert [author.text for author in found.authors] == ["Mei", "Tomás"]


def test_front_matter_says_it_too() -> None:
    found = metadata("""\
        ---
        title: Logins failed
        incident_id: INC-7
        severity: 2
        status: final
        services: [login, mail]
        start: 2026-03-04T10:02:00Z
        ---
        """)
    assert found.incident_id is not None
    assert found.severity is not None
    assert found.started is not None
    assert (found.incident_id.text, found.severity.text) == ("INC-7", "2")
    assert (found.started.hour, found.started.zone) == (10, "Z")
    assert [service.text for service in found.services] == ["login", "mail"]


@pytest.mark.parametrize(
    ("lines", "started", "ended"),
    [
        ("Start time (UTC): 2026-03-04 10:02\nEnd time (UTC): 2026-03-04 12:30", (10, 2, "UTC"), (12, 30, "UTC")),
        ("Outage start: 10:02 CET\nResolved at: 12:30 CET", (10, 2, "CET"), (12, 30, "CET")),
        ("Date: 4 March 2026, 10:02 – 12:30 UTC", (10, 2, "UTC"), (12, 30, "UTC")),
        ("Début : 4 mars 2026 à 10h02\nFin : 4 mars 2026 à 12h30", (10, 2, None), (12, 30, None)),
    ],
)
def test_when_it_began_and_ended(lines: str, started: tuple[object, ...], ended: tuple[object, ...]) -> None:
    found = metadata(f"# T\n\n{lines}\n")
    assert found.started is not None
    assert found.ended is not None
    assert (found.started.hour, found.started.minute, found.started.zone) == started
    assert (found.ended.hour, found.ended.minute, found.ended.zone) == ended


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("# INC-1234: logins failed\n", "pm.md", "INC-1234"),
        ("# Logins failed\n", "PM-2026-012-logins.md", "PM-2026-012"),
        ("# T\n\n**Incident ID:** 77\n", "pm.md", "77"),
        ("# T\n\n**Ticket:** [OPS-12](https://example.org/browse/OPS-12)\n", "pm.md", "OPS-12"),
        ("# T\n\n**Incident:** logins failed for 2 hours\n", "pm.md", None),
        ("# Logins failed at 10 PM\n", "pm.md", None),
        ("# T\n", "2026-03-04-outage.md", None),
    ],
)
def test_what_the_incident_is_called(text: str, path: str, name: str | None) -> None:
    found = metadata(text, path).incident_id
    assert (found.text if found else None) == name


def test_how_long_it_lasted_and_what_it_touched() -> None:
    found = metadata("# T\n\n- Downtime: 2 hours\n- Affected services: login, mail and search\n")
    assert found.duration is not None
    assert found.duration.text == "2 hours"
    assert [service.text for service in found.services] == ["login", "mail", "search"]


def test_a_placeholder_says_nothing() -> None:
    found = metadata("# T\n\nSeverity: TBD\nStatus: ???\nAuthors: unassigned\n")
    assert (found.severity, found.status, found.authors) == (None, None, ())


@pytest.mark.parametrize(
    ("path", "text", "day"),
    [
        ("2026-03-06-logins.md", "# T\n\nOn the evening of 4 March logins failed.\n", "2026-03-04"),
        ("2026-03-06-logins.md", "# T\n\nSince 1 February we had seen slow logins.\n", "2026-03-06"),
        ("2026-03-06-logins.md", "# T\n\nWe will test again on 9 March.\n", "2026-03-06"),
        ("pm.md", "# Update of 23 March 2026: logins failed\n\nOn 4 March 2026 logins failed.\n", "2026-03-04"),
    ],
)
def test_a_file_may_be_named_after_the_day_it_was_written(path: str, text: str, day: str) -> None:
    found = metadata(text, path).date
    assert found is not None
    assert found.text == day
