"""Every limit is told with its name and with what raises it, exactly at its edge, and costs the other files nothing."""

import threading
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from pmlint.deadline import Deadline, OutOfTime
from tests.command import BAD, OUT_OF_ORDER, pmlint

SLOW = "# Slow\n\n" + ("*a **b " * 130 + "c" + " b** a*" * 130 + "\n\n") * 300


def empty_sections(count: int) -> str:
    return "# Title\n\n" + "## Impact\n\n" * count


@pytest.mark.parametrize(
    ("options", "text", "allowed", "told"),
    [
        (
            ("--max-bytes", "2000"),
            lambda n: "# T\n\n" + "x" * (1995 + n),
            0,
            "the file has 2,001 bytes, the limit is 2,000; raise it with --max-bytes",
        ),
        (
            ("--max-findings", "5", "--select", "sections/empty-section"),
            empty_sections,
            5,
            "there are 6 findings, the limit is 5: the others are left out; raise it with --max-findings",
        ),
        (
            (),
            lambda n: "# T\n\n" + "*a" * n,
            1000,
            "more than 1,000 marks of emphasis in one paragraph: it was read as plain text; break it up",
        ),
        (
            (),
            lambda n: "# T\n\n" + "> - " * (n // 2) + "> " * (n % 2) + "x\n",
            20,
            "over.md:3: more than 20 quotes and items lie within each other here: what lies deeper was read as plain "
            "text; give it fewer levels\n",
        ),
        (
            ("--select", "metadata"),
            lambda n: f"---\na: {'x' * (n - 4)}\n---\n# T\n",
            65536,
            "the front matter has more than 65,536 characters and was not read",
        ),
    ],
    ids=["bytes", "findings", "emphasis", "depth", "front matter"],
)
def test_a_limit_is_told_where_it_is_passed(
    tmp_path: Path, options: tuple[str, ...], text: Callable[[int], str], allowed: int, told: str
) -> None:
    (tmp_path / "at.md").write_text(text(allowed), encoding="utf-8")
    (tmp_path / "over.md").write_text(text(allowed + 1), encoding="utf-8")
    at = pmlint("check", *options, "at.md", cwd=tmp_path)
    assert told.encode() not in at.stdout + at.stderr
    over = pmlint("check", *options, "over.md", cwd=tmp_path)
    assert told.encode() in over.stdout + over.stderr
    assert over.returncode == (2 if over.stderr else 1)


def test_findings_up_to_the_limit_are_reported(tmp_path: Path) -> None:
    (tmp_path / "pm.md").write_text(empty_sections(9), encoding="utf-8")
    done = pmlint("check", "--select", "sections/empty-section", "--max-findings", "5", "pm.md", cwd=tmp_path)
    assert done.stdout.count(b"[sections/empty-section]") == 5


def test_what_is_suppressed_does_not_count_towards_the_limit(tmp_path: Path) -> None:
    allowed = "<!-- pmlint: allow-file sections/empty-section: as agreed -->\n"
    (tmp_path / "pm.md").write_text(allowed + empty_sections(9), encoding="utf-8")
    done = pmlint("check", "--select", "sections/empty-section", "--max-findings", "5", "pm.md", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_that_takes_too_long_is_stopped_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "slow.md").write_text(SLOW, encoding="utf-8")
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    done = pmlint("check", *OUT_OF_ORDER, "--max-seconds", "0.5", "slow.md", "bad.md", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "pmlint: error: slow.md: the limit of 0.5 seconds of processor time was used up before its rules: it was left "
        "unchecked; raise it with --max-seconds\n"
    )
    assert b"bad.md:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33 [timeline/out-of-order]" in done.stdout


def _busy(seconds: float) -> None:
    end = process_time() + seconds
    while process_time() < end:
        pass


def test_the_timer_rings_in_the_middle_of_a_step() -> None:
    began = process_time()
    with pytest.raises(OutOfTime), Deadline(0.1):
        _busy(5)
    assert process_time() - began < 2


def test_no_timer_rings_for_those_who_have_left() -> None:
    with Deadline(0.1):
        pass
    _busy(0.3)


def test_without_a_timer_the_time_is_looked_at_between_steps() -> None:
    seen: list[str] = []

    def run() -> None:
        deadline = Deadline(0.1)
        try:
            with deadline:
                deadline.check("first")
                _busy(0.2)
                deadline.check("second")
        except OutOfTime:
            seen.append(deadline.step)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert seen == ["first"]
