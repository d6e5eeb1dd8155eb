"""Folders one inside the other, without git and without configuration."""

from pathlib import Path

import pytest

from pmlint.folders import is_below, leads_below, top_above, top_of, upward


@pytest.mark.parametrize(
    ("path", "folder", "below"),
    [
        ("/srv/docs", "/srv/docs", True),
        ("/srv/docs/2024/a.md", "/srv/docs", True),
        ("/srv/docs-old/a.md", "/srv/docs", False),
        ("/srv", "/srv/docs", False),
        ("/srv", "/", True),
        ("/", "/", True),
    ],
)
def test_a_folder_holds_itself_and_what_lies_in_it_but_no_neighbour_whose_name_begins_alike(
    path: str, folder: str, below: bool
) -> None:
    assert is_below(path, folder) is below


def test_a_link_leads_below_the_folder_that_it_points_into(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    assert is_below(str(tmp_path / "inside" / "link"), str(tmp_path / "inside"))
    assert not leads_below(str(tmp_path / "inside" / "link"), str(tmp_path / "inside"))
    assert leads_below(str(tmp_path / "inside" / "link" / "a.md"), str(tmp_path / "outside"))


def test_the_way_upward_ends_at_the_root_or_at_the_folder_named() -> None:
    assert list(upward("/a/b")) == ["/a/b", "/a", "/"]
    assert list(upward("/a/b/c", "/a/b")) == ["/a/b/c", "/a/b"]
    assert list(upward("/a", "/a")) == ["/a"]


def test_the_top_is_the_nearest_folder_with_git_in_it_be_that_a_folder_or_a_file(tmp_path: Path) -> None:
    deep = tmp_path / "outer" / "inner" / "docs"
    deep.mkdir(parents=True)
    (tmp_path / "outer" / ".git").mkdir()
    assert top_above(str(deep)) == str(tmp_path / "outer")
    (tmp_path / "outer" / "inner" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert top_above(str(deep)) == top_of(str(deep)) == str(tmp_path / "outer" / "inner")


def test_without_a_repository_a_folder_is_its_own_top(tmp_path: Path) -> None:
    assert top_above(str(tmp_path)) is None
    assert top_of(str(tmp_path)) == str(tmp_path)
