"""Every limit is told with its name and with what raises it, exactly at its edge, and costs the other files nothing."""

import threading
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from pmlint.deadline import Deadline, OutOfTime
from tests.command import BAD, OUT_OF_ORDER, pmlint
from tests.repository import Scratch

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


def _told(folder: Path, *arguments: str) -> str:
    done = pmlint(*arguments, cwd=folder)
    assert done.returncode == 2, (done.stdout, done.stderr)
    return done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "text", "arguments", "told"),
    [
        (
            "pmlint.toml",
            "#" * 262_145,
            ("check", "x.md"),
            "pmlint.toml: the file has 262,145 bytes, the limit is 262,144; shorten it",
        ),
        (
            "pyproject.toml",
            "[tool.other]\n" + "#" * 262_144 + "\n[tool.pmlint]\n",
            ("check", "x.md"),
            "pyproject.toml: the file has 262,172 bytes, the limit is 262,144; shorten it",
        ),
        ("pmlint.toml", "a = " + "[" * 33, ("check", "x.md"), "here: give them fewer levels; nothing was checked"),
        ("pmlint.toml", "a" * 1_001, ("check", "x.md"), "a word here has more than 1,000 characters: shorten it"),
        ("own/own/p.md", "x" * 262_145, ("test", "own/own/p.md"), "the limit is 262,144; shorten it"),
        (
            "base.json",
            " " * (16 * 1024 * 1024 + 1),
            ("check", "--baseline", "base.json", "x.md"),
            "base.json: the file has 16,777,217 bytes, the limit is 16,777,216; give each part of the tree a "
            "baseline of its own",
        ),
    ],
    ids=["configuration", "project file", "levels", "word", "page on trial", "baseline"],
)  # fmt: skip
def test_a_file_of_ours_over_its_limit_is_told_with_a_remedy_that_helps(
    tmp_path: Path, name: str, text: str, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    said = _told(tmp_path, *arguments)
    assert told in said
    assert "--max-bytes" not in said


def test_a_project_file_over_the_limit_that_says_nothing_of_pmlint_is_anothers(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n" + "#" * 300_000, encoding="utf-8")
    assert pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=tmp_path).returncode == 1


def test_a_page_over_its_limit_and_a_folder_of_too_many_are_told_with_a_remedy_that_helps(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "pmlint.toml").write_text("rule-folders = ['own']\n", encoding="utf-8")
    (tmp_path / "own" / "team").mkdir(parents=True)
    (tmp_path / "own" / "team" / "large.md").write_text("x" * 262_145, encoding="utf-8")
    (tmp_path / "own" / "team" / "odd.md").write_bytes(b"# A\n\xff\n")
    said = _told(tmp_path, "check", "x.md")
    assert "own/team/large.md: the file has 262,145 bytes, the limit is 262,144; shorten it" in said
    assert "own/team/odd.md:2: byte 4 is not UTF-8 (invalid start byte); save it as UTF-8\n" in said
    for number in range(500):
        (tmp_path / "own" / "team" / f"{number}.md").write_text("", encoding="utf-8")
    assert "own: the rule folder has more than 500 pages; make several folders of it" in _told(
        tmp_path, "check", "x.md"
    )


def test_what_a_commit_holds_over_a_limit_is_told_with_a_remedy_that_helps(scratch: Scratch) -> None:
    scratch.write("bad.md", BAD)
    scratch.write("pmlint.toml", "#" * 262_145)
    scratch.write("pmlint-baseline.json", " " * (16 * 1024 * 1024 + 1))
    scratch.commit()
    said = _told(scratch.folder, "check", "--config-from", "HEAD", "bad.md")
    assert "pmlint.toml: the file has 262,145 bytes, the limit is 262,144; shorten it" in said
    gate = ("--isolated", "--baseline", "pmlint-baseline.json", "--config-from", "HEAD")
    said = _told(scratch.folder, "check", *gate, "bad.md")
    assert "HEAD has 16,777,217 bytes here, the limit is 16,777,216; commit a shorter file there" in said
    said = _told(scratch.folder, "check", "--isolated", "--staged", "--max-bytes", "9", "bad.md")
    assert "bad.md: the staged text has 110 bytes, the limit is 9; raise it with --max-bytes" in said


def test_standard_input_over_the_limit_is_told_with_the_option_that_raises_it(tmp_path: Path) -> None:
    done = pmlint("check", "--max-bytes", "9", "-", cwd=tmp_path, stdin=BAD.encode())
    assert (done.returncode, done.stderr) == (
        2,
        b"pmlint: error: -: standard input has more than 9 bytes; raise it with --max-bytes\n",
    )


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("a: " + "x" * 65_536, "has more than 65,536 characters and was not read: shorten it"),
        ("".join(f"k{n}: 1\n" for n in range(2_501)), "there are more than 5,000 values here: take some out"),
        ("a: " + "[" * 32 + "]" * 32, "values are nested deeper than 32 here: give them fewer levels"),
    ],
)
def test_front_matter_over_a_limit_is_told_with_a_remedy_that_helps(tmp_path: Path, inside: str, told: str) -> None:
    (tmp_path / "x.md").write_text(f"---\n{inside}\n---\n# T\n", encoding="utf-8")
    done = pmlint("check", "--select", "metadata/unreadable-front-matter", "x.md", cwd=tmp_path)
    assert told in done.stdout.decode()


def test_more_comments_than_count_are_told_at_the_first_that_does_not(tmp_path: Path) -> None:
    comment = "<!-- pmlint: allow timeline/out-of-order: as agreed -->\n\n"
    (tmp_path / "x.md").write_text("# T\n\n" + comment * 501, encoding="utf-8")
    done = pmlint("check", "--select", "suppression", "--format", "short", "x.md", cwd=tmp_path)
    assert b"x.md:1003:1: warning: only the first 500 comments of a document count: let one comment" in done.stdout


@pytest.mark.parametrize("entries", [199, 200])
def test_a_duration_that_is_compared_with_nothing_is_told(tmp_path: Path, entries: int) -> None:
    log = "".join(f"- {9 + n // 60:02}:{n % 60:02} UTC Alert\n" for n in range(entries))
    end = "- 20:00 UTC Resolved\n"
    text = f"# Outage on 2026-03-04\n\nThe outage lasted 600 minutes.\n\n## Timeline\n\n{log}{end}"
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    done = pmlint("check", "--select", "consistency/duration-mismatch", "x.md", cwd=tmp_path)
    told = (
        "x.md: consistency/duration-mismatch: the document tells 201 times, the limit is 200: no duration was "
        "compared; move what is a log into a file of its own"
    )
    assert (told in done.stderr.decode()) is (entries == 200), (done.stdout, done.stderr)


@pytest.mark.parametrize("days", [50, 51])
def test_days_that_are_not_compared_are_told(tmp_path: Path, days: int) -> None:
    stated = "".join(f"- Date: 2026-03-04{' ' * n}\n" for n in range(days))
    (tmp_path / "x.md").write_text(f"# T\n\n{stated}", encoding="utf-8")
    done = pmlint("check", "--select", "consistency/date-mismatch", "x.md", cwd=tmp_path)
    told = "the document states 51 days, only the first 50 were compared; make a file of each incident"
    assert (told in done.stderr.decode()) is (days == 51), (done.stdout, done.stderr)
