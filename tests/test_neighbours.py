"""What lies beside a document, and what nobody may know."""

import os
from pathlib import Path

import pytest

from pmlint.neighbours import among, on_disk, unknown
from tests.command import pmlint


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "docs" / "postmortems" / "img").mkdir(parents=True)
    for name in ("docs/postmortems/a.md", "docs/postmortems/img/x.png", "docs/runbook.md", "README.md"):
        (top / name).write_text("x", encoding="utf-8")
    (tmp_path / "outside.md").write_text("x", encoding="utf-8")
    return top


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("img/x.png", True),
        ("img/y.png", False),
        ("img", True),
        (".", True),
        ("../runbook.md", True),
        ("../../README.md", True),
        ("../../missing.md", False),
        ("a.md/x.png", False),
        ("../../../outside.md", None),
        ("../../../missing.md", None),
        ("../../../repository/README.md", True),
        ("../../../repository2/README.md", None),
        ("x" * 5000, None),
    ],
)
def test_paths_are_looked_for_below_the_top_folder_only(repository: Path, path: str, there: bool | None) -> None:
    assert on_disk(str(repository / "docs/postmortems/a.md"))(path) is there


def test_no_link_is_followed(repository: Path) -> None:
    here = repository / "docs" / "postmortems"
    (here / "out").symlink_to(repository.parent)
    (here / "pass.md").symlink_to("/etc/passwd")
    exists = on_disk(str(here / "a.md"))
    assert [exists(path) for path in ("out/outside.md", "out/missing.md", "pass.md", "out")] == [None] * 4


def test_without_a_repository_only_the_own_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "b.md").write_text("x", encoding="utf-8")
    (tmp_path / "c.md").write_text("x", encoding="utf-8")
    exists = on_disk(str(tmp_path / "docs" / "a.md"))
    assert [exists(path) for path in ("b.md", "d.md", "../c.md", "/etc/passwd")] == [True, False, None, None]


def test_of_standard_input_nothing_is_known() -> None:
    assert on_disk("-") is unknown
    assert unknown("a.md") is None


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("img/x.png", True), ("img", True), ("b.md", False), ("../runbook.md", True), ("../../README.md", True),
        ("../../../README.md", None), ("../../docs", True), (".", True), ("../..", True), ("/etc/passwd", None),
    ],
)  # fmt: skip
def test_a_list_of_files_answers_as_well(path: str, there: bool | None) -> None:
    files = ["docs/postmortems/a.md", "docs/postmortems/img/x.png", "docs/runbook.md", "README.md"]
    assert among(files, "docs/postmortems/a.md")(path) is there


def test_a_missing_image_is_reported_from_any_folder(repository: Path) -> None:
    page = repository / "docs" / "postmortems" / "a.md"
    page.write_text("# T\n\n![x](img/x.png) ![y](img/y.png) [out](../../../outside.md)\n", encoding="utf-8")
    for folder in (repository, page.parent):
        relative = os.path.relpath(page, folder)
        done = pmlint("check", "--select", "consistency/broken-relative-link", relative, cwd=folder)
        assert done.returncode == 1
        assert done.stdout.decode().count("no image is at img/y.png") == 1
        assert b"1 warning" in done.stdout


def test_standard_input_has_no_neighbours(repository: Path) -> None:
    text = b"# T\n\n![y](img/y.png)\n"
    done = pmlint("check", "--select", "consistency/broken-relative-link", "-", cwd=repository, stdin=text)
    assert done.returncode == 0
