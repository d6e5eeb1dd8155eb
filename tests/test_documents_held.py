"""What a run holds in memory does not grow with the documents that it has told of."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import BAD

DOCUMENTS = 40
# How many texts are still there when the last line is printed.
RUN = """\
import gc, sys
from pmlint.cli import main
from pmlint.report import text
from pmlint.source import Source

told = text.summary_line

def counted(*asked):
    gc.collect()
    print(sum(isinstance(one, Source) for one in gc.get_objects()), file=sys.stderr)
    return told(*asked)

text.summary_line = counted
main(sys.argv[1:])
"""


@pytest.mark.parametrize("options", [(), ("--show-suppressed", "--level", "info"), ("--jobs", "1")])
def test_a_document_is_let_go_when_it_was_told_of(tmp_path: Path, options: tuple[str, ...]) -> None:
    # A few are kept at hand, whatever their number.
    assert _held(tmp_path, *options) < DOCUMENTS / 2


def test_a_document_is_held_for_a_report_that_comes_at_the_end(tmp_path: Path) -> None:
    assert _held(tmp_path, "--output", f"json={tmp_path / 'report'}") >= DOCUMENTS


def _held(folder: Path, *options: str) -> int:
    for number in range(DOCUMENTS):
        (folder / f"{number}.md").write_text(f"{BAD}\n{number}\n", encoding="utf-8")
    command = [sys.executable, "-c", RUN, "check", "--no-cache", "--today", "2026-03-10", *options]
    done = subprocess.run(
        [*command, *sorted(path.name for path in folder.glob("*.md"))],
        cwd=folder, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert f"in {DOCUMENTS} of {DOCUMENTS} postmortems" in done.stdout
    return int(done.stderr)
