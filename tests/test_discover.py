"""Which files a folder is searched for."""

import os
from pathlib import Path

import pytest

from pmlint import files
from pmlint.candidate import judgement
from pmlint.discover import find_postmortems
from pmlint.errors import Problem
from tests.repository import Scratch

POSTMORTEM = "# Logins failed\n\n## Summary\n\n## Timeline\n\n## Root cause\n\n## Impact\n\n## Action items\n"


def found(folder: Path) -> list[str]:
    return [str(Path(path).relative_to(folder)) for path in find_postmortems([str(folder)]).paths]


def words(folder: Path) -> dict[str, str]:
    seen = find_postmortems([str(folder)], explain=True).seen
    return {str(Path(one.path).relative_to(folder)): one.word for one in seen}


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


TOLD = "At 09:12 logins failed. At 09:50 the certificate was renewed.\n"
PROSE = "Words about how we work together when things go wrong, with nothing that happened on any day. " * 4


@pytest.mark.parametrize(
    ("path", "text", "word"),
    [
        ("docs/x.md", POSTMORTEM, "content"),
        ("docs/x.md", f"# Incident report: logins\n\n## Timeline\n\n{TOLD}\n09:55 over\n\n## Impact\n", "content"),
        ("docs/x.md", f"---\ntags: [postmortem]\n---\n\n## Timeline\n\n{TOLD}\n10:00\n\n## Impact\n", "content"),
        ("blog/2026-03-04-logins.md", "# Logins\n\n## Timeline\n\n## Resolution\n", "content"),
        ("docs/logins.md", f"**Root cause**: x\n\n**Timeline**\n\n{TOLD}\n10:00\n\n10:05\n", "content"),
        ("incidents/2026-03-04/README.md", f"# Logins\n\n## Timeline\n\n{TOLD}\n## Impact\n", "path"),
        ("postmortems/regression-in-the-cache.md", POSTMORTEM + PROSE, "path"),
        ("postmortems/begun.md", "# Logins failed\n", "path"),
        ("postmortems/2026-03-04-template-cache-lost.md", f"# Template cache lost\n\n{TOLD}", "path"),
        ("postmortems/PM-12-signing-process-down.md", f"# Signing down\n\n## Impact\n\n{TOLD}## Timeline\n", "path"),
        ("docs/incident-report-process.md", f"# Incident report process\n\n## Who writes it\n\n{PROSE}", "guide"),
        ("postmortems/style-guide.md", f"# How we write\n\n## Timeline\n\n## Impact\n\n{PROSE}", "guide"),
        ("postmortems/README.md", "# Postmortems\n\n- [Logins](a.md)\n", "index"),
        ("postmortems/2025/index.md", POSTMORTEM, "index"),
        ("docs/incidents.md", f"# Incidents\n\n- 2026-03-04 [Logins](a.md)\n\n{PROSE}", "index"),
        ("postmortems/by-team.md", "# Teams\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n", "index"),
        ("postmortems/thoughts.md", f"# Thoughts\n\n{PROSE}", "untold"),
        ("docs/cache-postmortem.md", f"# A postmortem of our cache layer\n\n{PROSE}", "untold"),
        ("templates/incident.md", POSTMORTEM, "template"),
        ("postmortems/0000-form.md", "# [Name of it]\n\n## YYYY-MM-DD\n\n## <your name here>\n", "template"),
        ("postmortems/CHANGELOG.md", POSTMORTEM, "other"),
        ("alerts/login-errors.md", "# Login errors\n\n## Impact\n\n## Diagnosis\n\n## Mitigation\n", "other"),
        ("incidents/runbooks/login-errors.md", "# Login errors\n\n## Impact\n\n## Resolution\n", "guide"),
        ("design/0007.md", "# Cache\n\n## Context\n\n## Decision\n\n## Impact\n", "guide"),
        ("docs/rollout.md", "# Rollout\n\n## Impact\n\n## Timeline\n\n- 2026-03-04 begin\n", "other"),
        ("notes/retrospective.md", f"# Sprint retrospective\n\n## Lessons\n\n## Actions\n\n{TOLD}", "other"),
        ("docs/example.md", "# An example\n\n```markdown\n" + POSTMORTEM + "```\n", "other"),
        ("docs/x.md", "", "other"),
    ],
)  # fmt: skip
def test_path_and_text_decide_together(path: str, text: str, word: str) -> None:
    assert judgement(path.split("/"), text).word == word


@pytest.mark.parametrize("path", ["docs__postmortems__README.md", "team__incidents___index.md"])
def test_folders_that_a_flat_name_tells_count(path: str) -> None:
    assert judgement([path], "# Postmortems\n").word == "index"


def test_a_file_without_an_ending_is_looked_at_where_its_path_speaks_for_it(tmp_path: Path) -> None:
    write(tmp_path, "postmortems/2026-03-04 Logins failed", POSTMORTEM)
    write(tmp_path, "postmortems/run", "#!/bin/sh\n# Outage\n")
    write(tmp_path, "postmortems/data.json", POSTMORTEM)
    write(tmp_path, "bin/deploy", POSTMORTEM)
    assert found(tmp_path) == ["postmortems/2026-03-04 Logins failed"]


class TestIgnored:
    """What .gitignore says, asked of git."""

    def test_ignored_files_are_left_out_and_told(self, scratch: Scratch) -> None:
        scratch.write("postmortems/a.md", POSTMORTEM)
        scratch.write("drafts/postmortem-b.md", POSTMORTEM)
        scratch.write(".gitignore", "drafts/\n")
        assert words(scratch.folder) == {"postmortems/a.md": "path", "drafts": "ignored"}

    def test_a_tracked_file_is_not_ignored(self, scratch: Scratch) -> None:
        scratch.write("drafts/postmortem-b.md", POSTMORTEM)
        scratch.git("add", "-A")
        scratch.write(".gitignore", "drafts/\n")
        assert words(scratch.folder) == {"drafts/postmortem-b.md": "path"}

    def test_an_ignored_folder_that_was_named_is_searched(self, scratch: Scratch) -> None:
        scratch.write("drafts/postmortem-b.md", POSTMORTEM)
        scratch.write(".gitignore", "drafts/\n")
        assert words(scratch.folder / "drafts")["postmortem-b.md"] == "path"

    def test_tracked_files_that_are_gone_are_not_looked_for(self, scratch: Scratch) -> None:
        scratch.write("postmortems/a.md", POSTMORTEM)
        scratch.write("postmortems/b.md", POSTMORTEM)
        scratch.git("add", "-A")
        (scratch.folder / "postmortems" / "b.md").unlink()
        assert words(scratch.folder) == {"postmortems/a.md": "path"}

    def test_hidden_and_foreign_folders_are_told_once(self, scratch: Scratch) -> None:
        for name in ("node_modules/x/postmortem-1.md", "node_modules/y/postmortem-2.md", ".cache/outage.md"):
            scratch.write(name, POSTMORTEM)
        assert words(scratch.folder) == {"node_modules": "folder", ".cache": "folder"}

    def test_the_folder_of_the_repository_speaks_from_below_too(self, scratch: Scratch) -> None:
        scratch.write("docs/postmortems/2026/05.md", POSTMORTEM)
        assert words(scratch.folder / "docs" / "postmortems" / "2026") == {"05.md": "path"}

    def test_a_repository_inside_is_told_and_not_searched(self, scratch: Scratch) -> None:
        inner = Scratch(scratch.folder / "inner")
        inner.write("postmortem-1.md", POSTMORTEM)
        scratch.write("postmortem-2.md", POSTMORTEM)
        assert words(scratch.folder) == {"inner": "folder", "postmortem-2.md": "path"}

    @pytest.mark.parametrize("name", ["postmortems/ü\n.md", 'postmortems/a"b\t.md', "postmortems/:(top)x.md"])
    def test_odd_names_are_found_exactly(self, scratch: Scratch, name: str) -> None:
        scratch.write(name, POSTMORTEM)
        assert words(scratch.folder) == {name: "path"}
        scratch.git("add", "-A")
        assert words(scratch.folder / "postmortems") == {name.removeprefix("postmortems/"): "path"}

    def test_a_repository_inside_is_no_reason_to_start_git_in_it(self, scratch: Scratch) -> None:
        marker = scratch.folder / "ran"
        scratch.write("docs/x/postmortem-1.md", POSTMORTEM)
        scratch.bare_repository("docs/x", {"core.fsmonitor": f"touch '{marker}' #"})
        assert words(scratch.folder / "docs" / "x")["postmortem-1.md"] == "path"
        assert not marker.exists()


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

    monkeypatch.setattr(files, "read_source", refused)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert found(tmp_path) == ["docs/2026-03-04.md"]


def test_a_file_that_is_no_text_is_left_to_the_reader_where_its_path_says_so(tmp_path: Path) -> None:
    for name in ("postmortems/a.md", "docs/b.md"):
        write(tmp_path, name)
        (tmp_path / name).write_bytes(b"\x89PNG\0")
    assert found(tmp_path) == ["postmortems/a.md"]


def test_a_named_file_is_taken_whatever_it_is_called() -> None:
    assert find_postmortems(["README.md", "x.png", "-"]).paths == ("-", "README.md", "x.png")


def test_overlapping_folders_give_each_file_once(tmp_path: Path) -> None:
    write(tmp_path, "postmortems/a.md")
    discovery = find_postmortems([str(tmp_path), str(tmp_path / "postmortems"), str(tmp_path / "postmortems" / "a.md")])
    assert len(discovery.paths) == 1
    assert discovery.problems == ()


def test_a_folder_without_any_is_a_problem(tmp_path: Path) -> None:
    (problem,) = find_postmortems([str(tmp_path)]).problems
    assert problem.reason == "no postmortem found in this folder"


@pytest.mark.parametrize(
    "unit", ["[", "<a ", "**", "- [x](", "1:", "jan ", "\n# a", "\n**a**", " ", "```\n", "2024-01-"]
)
def test_no_text_takes_long_to_look_at(unit: str) -> None:
    from time import process_time

    began = process_time()
    judgement(["postmortems", "x.md"], (unit * 65_536)[:65_536])
    assert process_time() - began < 3


def test_what_bears_a_day_is_a_beginning_and_no_form(tmp_path: Path) -> None:
    form = "# Logins failed\n\n## Summary\n\n[describe]\n\n## Timeline\n\n[describe]\n\n## Impact\n\n[describe]\n"
    folder = tmp_path / "postmortems"
    folder.mkdir()
    for name in ("2026-03-04-logins.md", "logins.md"):
        (folder / name).write_text(form, encoding="utf-8")
    taken = find_postmortems([str(folder)]).paths
    assert [Path(path).name for path in taken] == ["2026-03-04-logins.md"]
