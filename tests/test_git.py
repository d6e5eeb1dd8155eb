"""The one way in which git is asked."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pmlint import git
from pmlint.errors import PmlintError
from tests.command import BAD
from tests.repository import Scratch

PATH = "postmortems/a.md"


@pytest.fixture
def repository(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> git.Repository:
    scratch.write(PATH, BAD)
    scratch.commit()
    monkeypatch.chdir(scratch.folder)
    return git.open_repository()


def test_objects_come_by_their_names(repository: git.Repository) -> None:
    entries = git.tree_entries(repository, git.commit_named(repository, "HEAD"))
    oid = entries[PATH].oid
    assert git.blobs(repository, [oid, "0" * 40, oid], 10_000) == {oid: BAD.encode()}
    assert git.blobs(repository, [oid], 10) == {oid: len(BAD)}
    assert git.blobs(repository, [], 10) == {}


def test_the_index_and_the_commit_agree(repository: git.Repository) -> None:
    assert git.index_entries(repository) == git.tree_entries(repository, git.commit_named(repository, "main"))
    assert git.staged_changes(repository) == ()


def test_every_call_is_guarded(repository: git.Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], Mapping[str, str]]] = []
    real: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run

    def run(command: list[str], **keywords: Any) -> subprocess.CompletedProcess[bytes]:
        calls.append((command, keywords["env"]))
        assert not keywords.get("shell")
        assert keywords["timeout"] == git.TIMEOUT_SECONDS
        assert keywords["input"] is not None
        return real(command, **keywords)

    monkeypatch.setattr(subprocess, "run", run)
    base = git.merge_base(repository, "main")
    git.renamed_since(repository, base)
    git.staged_changes(repository)
    git.index_entries(repository)
    git.files_below(repository, "postmortems")
    git.ignored_below(repository, ".")
    assert len(calls) > 6
    for command, environment in calls:
        assert os.path.isabs(command[0])
        assert {"--no-pager", "core.fsmonitor=false", "safe.bareRepository=explicit"} <= set(command)
        assert "--literal-pathspecs" in command or "check-ignore" in command
        assert environment["GIT_OPTIONAL_LOCKS"] == "0"
        assert environment["GIT_TERMINAL_PROMPT"] == "0"
        assert environment["LC_ALL"] == "C"
        if "diff" in command:
            assert {"--no-ext-diff", "--no-textconv", "--no-color", "-z"} <= set(command)


def test_a_git_that_hangs_is_told(repository: git.Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "git").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setattr(git, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(PmlintError, match=r"git ls-files gave no answer within 0\.2 seconds"):
        git.index_entries(repository)


@pytest.mark.parametrize("script", ["exit 3", "echo oops >&2; exit 128", "kill -9 $$"])
def test_a_git_that_fails_is_told(
    repository: git.Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(PmlintError, match="git: it says: "):
        git.index_entries(repository)
    assert git.find_repository(".") is None


class TestFindRepository:
    def test_the_nearest_one(self, repository: git.Repository, scratch: Scratch) -> None:
        inner = Scratch(scratch.folder / "inner")
        inner.write("postmortems/b.md", BAD)
        found = git.find_repository("inner/postmortems")
        assert found is not None
        assert Path(found.top) == inner.folder
        assert git.files_below(found, "inner") == (str(inner.folder / "postmortems" / "b.md"),)

    def test_another_one_is_read_without_what_ties_git_to_this_one(
        self, repository: git.Repository, scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Scratch(tmp_path / "other")
        other.write("postmortems/b.md", BAD)
        other.git("add", "-A")
        monkeypatch.setenv("GIT_DIR", str(scratch.folder / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(scratch.folder / ".git" / "index"))
        found = git.find_repository(str(other.folder))
        assert found is not None
        assert Path(found.directory) == other.folder / ".git"
        assert list(git.index_entries(found)) == ["postmortems/b.md"]

    @pytest.mark.parametrize("name", ["GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"])
    def test_no_variable_changes_what_a_path_means(
        self, repository: git.Repository, scratch: Scratch, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        scratch.write("postmortems/[ab].md", BAD)
        expected = git.files_below(repository, "postmortems")
        assert expected
        monkeypatch.setenv(name, "1")
        assert git.files_below(repository, "postmortems") == expected

    def test_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert git.find_repository(".") is None

    def test_a_link_leads_to_where_the_folder_is(self, repository: git.Repository, scratch: Scratch) -> None:
        (scratch.folder.parent / "link").symlink_to(scratch.folder / "postmortems")
        found = git.find_repository(str(scratch.folder.parent / "link"))
        assert found is not None
        assert Path(found.top) == scratch.folder
