"""Which files a folder is searched for."""

import os
from pathlib import Path

import pytest

from pmlint import candidate
from pmlint.candidate import reads_like_a_postmortem
from pmlint.discover import find_postmortems
from pmlint.errors import Problem

POSTMORTEM = "# Logins failed\n\n## Summary\n\n## Timeline\n\n## Root cause\n\n## Impact\n\n## Action items\n"


def found(folder: Path) -> list[str]:
    return [str(Path(path).relative_to(folder)) for path in find_postmortems([str(folder)]).paths]


def write(folder: Path, name: str, text: str = "# x\n") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "postmortems/2026-03-04.md",
        "docs/Post-Mortem-checkout.markdown",
        "incidents/2026-03-04-checkout.html.md.erb",
        "incident-reports/a.qmd",
        "2026_03_04_outage.MD",
        "PM-2026-009-checkout.md",
        "docs/ポストモーテム/決済.md",
    ],
)
def test_a_path_says_that_it_is_one(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert found(tmp_path) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "postmortems/README.md",
        "postmortems/template.md",
        "postmortems/0000-TEMPLATE.md",
        "postmortems/graph.png",
        "incident-response/procedure.md",
        "docs/guide.md",
        ".git/postmortems/x.md",
        "node_modules/postmortems/x.md",
        "retrospectives/sprint-12.md",
    ],
)
def test_a_path_says_that_it_is_none(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert found(tmp_path) == []


def test_headings_tell_a_postmortem_of_any_name(tmp_path: Path) -> None:
    write(tmp_path, "docs/2026-03-04.md", POSTMORTEM)
    write(tmp_path, "docs/design.md", "# Design\n\n## Summary\n\n## Impact\n\n## Timeline\n")
    assert found(tmp_path) == ["docs/2026-03-04.md"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (POSTMORTEM, True),
        ("# Incident report: logins\n\n## Timeline\n\n## Impact\n", True),
        ("---\ntitle: Outage of logins\n---\n\n## Timeline\n\n## Resolution\n", True),
        ("# Incident report process\n\n## Who writes it\n", False),
        ("# Logins\n\n## Timeline\n\n## Impact\n", False),
        ("", False),
    ],
)
def test_content_decides_where_the_path_does_not(text: str, is_one: bool) -> None:
    assert reads_like_a_postmortem(text) is is_one


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "outside/postmortems/x.md")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "postmortems").symlink_to(tmp_path / "outside" / "postmortems")
    (tmp_path / "inside" / "outage.md").symlink_to(tmp_path / "outside" / "postmortems" / "x.md")
    assert find_postmortems([str(tmp_path / "inside")]).paths == ()


def test_the_named_folder_may_say_it_too(tmp_path: Path) -> None:
    write(tmp_path, "postmortems/a.md")
    assert len(find_postmortems([str(tmp_path / "postmortems")]).paths) == 1


def test_the_path_may_say_it_above_the_named_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "docs/postmortems/2024/05/04.md")
    monkeypatch.chdir(tmp_path)
    assert find_postmortems(["docs/postmortems/2024/05"]).paths == ("docs/postmortems/2024/05/04.md",)
    monkeypatch.chdir(tmp_path / "docs" / "postmortems" / "2024")
    assert find_postmortems(["."]).paths == ()


def test_a_file_that_may_not_be_read_is_left_to_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "docs/2026-03-04.md")

    def refused(path: str, limit: int) -> tuple[None, Problem]:
        return None, Problem(path, "permission denied")

    monkeypatch.setattr(candidate, "read_source", refused)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert found(tmp_path) == ["docs/2026-03-04.md"]


def test_a_named_file_is_taken_whatever_it_is_called() -> None:
    assert find_postmortems(["README.md", "x.png", "-"]).paths == ("README.md", "x.png", "-")


def test_overlapping_folders_give_each_file_once(tmp_path: Path) -> None:
    write(tmp_path, "postmortems/a.md")
    discovery = find_postmortems([str(tmp_path), str(tmp_path / "postmortems"), str(tmp_path / "postmortems" / "a.md")])
    assert len(discovery.paths) == 1
    assert discovery.problems == ()


def test_a_folder_without_any_is_a_problem(tmp_path: Path) -> None:
    (problem,) = find_postmortems([str(tmp_path)]).problems
    assert problem.reason == "no postmortem found in this folder"
