"""``pmlint files``: what was taken, and why the rest was not."""

import json

import pytest

from pmlint.schema import faults
from tests.command import BAD, pmlint
from tests.corpus import CORPUS, needs_corpus
from tests.repository import Scratch


@pytest.fixture
def tree(scratch: Scratch) -> Scratch:
    scratch.write("postmortems/2026-03-04-logins.md", BAD)
    scratch.write("postmortems/README.md", "# Postmortems\n")
    scratch.write("postmortems/template.md", "# Incident: YYYY-MM-DD\n")
    scratch.write("docs/tea.md", "# How tea is made\n")
    scratch.write("build/outage.md", BAD)
    scratch.write(".gitignore", "build/\n")
    return scratch


def test_the_taken_and_the_near_ones_are_told(tree: Scratch) -> None:
    done = pmlint("files", cwd=tree.folder)
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "postmortems/2026-03-04-logins.md: taken: its path says so\n"
        "postmortems/README.md: index: it tells about the files of its folder\n"
        "postmortems/template.md: template: it is a form to fill in\n"
        "1 taken, 2 left out, 2 others (--all tells of them)\n"
    )


def test_all_of_them_are_told_when_asked_for(tree: Scratch) -> None:
    lines = pmlint("files", "--all", cwd=tree.folder).stdout.decode().splitlines()
    assert "docs/tea.md: guide: its name, folder or title says that it tells how to do something" not in lines
    assert "docs/tea.md: other: nothing in its path, front matter or headings says that it is one" in lines
    assert "build/: ignored: git ignores it" in lines
    assert lines[-1] == "1 taken, 4 left out"


def test_programs_get_everything(tree: Scratch) -> None:
    report = json.loads(pmlint("files", "--format", "json", cwd=tree.folder).stdout)
    assert not list(faults(report, "files"))
    assert {one["path"]: one["word"] for one in report["files"]} == {
        "postmortems/2026-03-04-logins.md": "path",
        "postmortems/README.md": "index",
        "postmortems/template.md": "template",
        "docs/tea.md": "other",
        "build/": "ignored",
    }


def test_the_paths_alone_go_to_other_programs(tree: Scratch) -> None:
    done = pmlint("files", "--format", "paths", cwd=tree.folder / "postmortems")
    assert done.stdout == b"2026-03-04-logins.md\n"


def test_a_folder_without_postmortems_is_an_answer(tree: Scratch) -> None:
    done = pmlint("files", "docs", cwd=tree.folder)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_a_configuration_says_is_told(tree: Scratch) -> None:
    tree.write("pmlint.toml", 'include = ["docs/*.md", "postmortems/*.md"]\nexclude = ["**/template.md"]\n')
    report = json.loads(pmlint("files", "--format", "json", cwd=tree.folder).stdout)
    assert not list(faults(report, "files"))
    words = {one["path"]: one["word"] for one in report["files"]}
    assert words["docs/tea.md"] == "included"
    assert words["postmortems/README.md"] == "included"
    assert words["postmortems/template.md"] == "excluded"
    tree.git("add", "-A")
    done = pmlint("check", "--staged", "--fail-on", "never", cwd=tree.folder)
    assert b" in 3 of 3 postmortems (" in done.stdout
    assert done.stdout.endswith(b"; 1 excluded by the configuration\n")


def test_names_are_escaped(scratch: Scratch) -> None:
    scratch.write("postmortems/\n::error::x\x1b[2J.md", BAD)
    scratch.write("::error::outage.md", BAD)
    out = pmlint("files", cwd=scratch.folder).stdout.decode()
    assert "postmortems/\\x0a::error::x\\x1b[2J.md: taken" in out
    assert "\n::" not in out
    assert not out.startswith("::")


@needs_corpus
@pytest.mark.parametrize(
    ("kind", "at_least", "at_most"), [("postmortems", 97, 100), ("others", 0, 5), ("templates", 0, 5)]
)
def test_real_repositories_are_told_apart(kind: str, at_least: int, at_most: int) -> None:
    seen = json.loads(pmlint("files", "--format", "json", kind, cwd=CORPUS).stdout)["files"]
    count = sum(1 for path in (CORPUS / kind).rglob("*") if path.is_file())
    share = 100 * sum(one["taken"] for one in seen) / count
    assert at_least <= share <= at_most
