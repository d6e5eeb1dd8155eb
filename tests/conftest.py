"""What several test modules stand on."""

from pathlib import Path

import pytest

from tests.command import BAD, GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    return tmp_path
