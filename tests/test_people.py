"""Who a document names: people, roles, teams, handles and systems."""

import pytest

from pmlint.conventions import Conventions
from pmlint.engine import understand
from pmlint.source import Source


def names(text: str, conventions: Conventions | None = None) -> dict[str, str]:
    """The names of a document and what they are."""
    source = Source("example.md", text)
    found = understand(source, conventions=conventions) if conventions else understand(source)
    return {name.text: name.kind for name in found.names}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Author: Priya Raman\n", "Priya Raman", "person"),
        ("- **Authors:** Mei Chen, Bo de Vries\n", "Bo de Vries", "person"),
        ("**Incident commander:** Quillan\n", "Quillan", "person"),
        ("Responders: Rosa Lind (SRE), @bo and the tiles team\n", "Rosa Lind", "person"),
        ("Responders: Rosa Lind (SRE), @bo and the tiles team\n", "SRE", "role"),
        ("Responders: Rosa Lind (SRE), @bo and the tiles team\n", "@bo", "handle"),
        ("Responders: Rosa Lind (SRE), @bo and the tiles team\n", "the tiles team", "team"),
        ("Scribe: lpark\n", "lpark", "person"),
        ("Owner: on-call engineer\n", "on-call engineer", "role"),
        ("## Action items\n\n| Action | Owner |\n|---|---|\n| Add a prompt | Quillan |\n", "Quillan", "person"),
        ("## Timeline\n\n- 10:02 UTC Kwame joins the call\n- 10:05 UTC It ends\n", "Kwame", "person"),
        ("## Timeline\n\n- 10:02 UTC kvega notices the drop\n- 10:05 UTC It ends\n", "kvega", "person"),
        ("## What happened\n\nThen @marcus restarted it.\n", "@marcus", "handle"),
        ("## What happened\n\nThen @deploy-bot restarted it.\n", "@deploy-bot", "system"),
    ],
)
def test_a_name_is_what_its_field_or_its_doing_says(text: str, name: str, kind: str) -> None:
    assert names(f"# 2026-03-04 Slow tiles\n\n{text}").get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Owner: TBD\n", id="a placeholder"),
        pytest.param("Severity: SEV-2\n", id="another field"),
        pytest.param("## Timeline\n\n- 10:02 UTC Monitoring notices the drop\n", id="a system that notices"),
        pytest.param("## Timeline\n\n- 10:02 UTC Users noticed the drop\n", id="users"),
        pytest.param("## Timeline\n\n- 10:02 UTC Someone noticed the drop\n", id="somebody"),
        pytest.param("## What happened\n\nIt went to pager@example.org.\n", id="an address"),
        pytest.param("Author:\n", id="nothing"),
        pytest.param("Author: https://example.org/mei\n", id="an address of the web"),
        pytest.param("Author: 開発担当者\n", id="letters that have no cases"),
        pytest.param("## Action items\n\n| Action | Owner |\n|---|---|\n| Add a prompt | docs |\n", id="a service"),
    ],
)
def test_what_names_nobody_is_no_name(text: str) -> None:
    assert names(f"# 2026-03-04 Slow tiles\n\n{text}") == {}


def test_the_people_and_teams_that_were_agreed_on_come_first() -> None:
    agreed = Conventions(people=("Zinaida",), teams=("Phoenix",))
    assert names("# T\n\nAuthor: Mei Chen\n", agreed) == {"Zinaida": "person", "Phoenix": "team", "Mei Chen": "person"}


def test_a_long_sentence_in_a_field_names_nobody() -> None:
    assert names("# T\n\nContact: whoever is on duty at the time of the alert that was mentioned above\n") == {}
