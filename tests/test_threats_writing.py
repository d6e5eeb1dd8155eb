"""T24 to T32: what is written is whole or not there, whatever happens meanwhile."""

import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pmlint.writing import STALE_SECONDS, write_whole
from tests.command import BAD, permitted, pmlint
from tests.threats import clean, limited

KILLS = 60
FIX = ("check", "--fix", "--unsafe-fixes")
COMMANDS = {
    "--fix": ((*FIX, "2026-03-04-postmortem.md"), "2026-03-04-postmortem.md"),
    "--output": (("check", "--output", "json=out", "."), "out"),
    "baseline": (("baseline", "--file", "out"), "out"),
    "init": (("init",), "pmlint.toml"),
    "new": (("new", "x" * 50, "--today", "2026-03-04"), f"2026-03-04-{'x' * 50}.md"),
}


def drafts(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".pmlint-")]


@pytest.mark.parametrize("command", COMMANDS)
def test_t24_a_disk_that_is_full_loses_no_text(tmp_path: Path, command: str) -> None:
    arguments, name = COMMANDS[command]
    (tmp_path / "2026-03-04-postmortem.md").write_text(BAD, encoding="utf-8")
    if name == "out":
        pmlint(*arguments, cwd=tmp_path)
    before = sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file())

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

    done = clean(limited(tmp_path, full, *arguments), 2)
    assert name.encode() in done.stderr
    assert b".pmlint-" not in done.stderr
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file()) == before


def test_t25_sixty_kills_tear_nothing_and_what_they_leave_is_swept(tmp_path: Path) -> None:
    target = tmp_path / "out"
    script = (
        "from pmlint.writing import write_whole\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for letter in b'ab': write_whole('out', bytes([letter]) * 3_000_000)\n"
    )
    target.write_bytes(b"a" * 3_000_000)
    chance = random.Random(7)
    left = 0
    for _ in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        writer.kill()
        writer.communicate(timeout=20)
        written = target.read_bytes()
        assert len(written) == 3_000_000
        assert len(set(written)) == 1
        left = max(left, len(drafts(tmp_path)))
    assert left  # some were killed in the middle, or this shows nothing
    for name in drafts(tmp_path):
        os.utime(tmp_path / name, (0, time.time() - STALE_SECONDS - 1))
    (tmp_path / ".pmlint-notes.tmp").write_bytes(b"another's")
    write_whole(str(target), b"new")
    assert drafts(tmp_path) == [".pmlint-notes.tmp"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_t26_a_signal_in_the_middle_leaves_the_old_file_and_no_draft(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    # Half of the text is written when the signal comes.
    script = (
        "import io, os, sys; from pmlint import cli, writing\n"
        "class Half(io.FileIO):\n"
        "    def write(self, data):\n"
        "        super().write(data[: len(data) // 2])\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "writing.open = Half\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "out").write_bytes(b"old")
    for arguments in (("check", "--output", "json=out"), FIX):
        command = [sys.executable, "-c", script, *arguments, "x.md"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (code, b"")
        assert (tmp_path / "out").read_bytes() == b"old"
        assert (tmp_path / "x.md").read_text(encoding="utf-8") == BAD
        assert drafts(tmp_path) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_t27_what_may_not_be_written_stays(tmp_path: Path, command: str) -> None:
    arguments, name = COMMANDS[command]
    (tmp_path / "2026-03-04-postmortem.md").write_text(BAD, encoding="utf-8")
    if name == "out":
        pmlint(*arguments, cwd=tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    tmp_path.chmod(0o555)
    done = pmlint(*arguments, cwd=tmp_path, before=permitted())
    tmp_path.chmod(0o755)
    assert b"denied" in clean(done, 2).stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_t28_mode_and_link_are_kept_and_another_name_keeps_the_old_text(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    (tmp_path / "out").chmod(0o640)
    (tmp_path / "link").symlink_to("out")
    os.link(tmp_path / "out", tmp_path / "hard")
    write_whole(str(tmp_path / "link"), b"new")
    assert ((tmp_path / "out").read_bytes(), (tmp_path / "hard").read_bytes()) == (b"new", b"old")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


def test_t29_two_at_once_leave_one_of_both(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"2026-03-0{number + 1}-postmortem.md").write_text(BAD, encoding="utf-8")
    command = [sys.executable, "-m", "pmlint", "baseline"]
    running = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert json.loads((tmp_path / "pmlint-baseline.json").read_bytes())["findings"]
    assert drafts(tmp_path) == []


def test_t29_two_fixes_at_once_leave_the_mended_text(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    mended = pmlint(*FIX, "-", cwd=tmp_path, stdin=BAD.encode()).stdout
    assert mended != BAD.encode()
    command = [sys.executable, "-m", "pmlint", *FIX, "x.md"]
    running = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) for _ in range(3)]
    # 2: another one was quicker, so that the file was no longer what had been read.
    assert {process.wait(60) for process in running} <= {1, 2}
    assert (tmp_path / "x.md").read_bytes() == mended
    assert drafts(tmp_path) == []


def test_t30_what_was_mended_needs_no_mending(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(BAD, encoding="utf-8")
    shown = ("check", "--diff", "--unsafe-fixes", "x.md")
    assert re.search(rb"^[-+]", pmlint(*shown, cwd=tmp_path).stdout, re.M)
    clean(pmlint(*FIX, "x.md", cwd=tmp_path), 0, 1)
    assert not re.search(rb"^[-+]", pmlint(*shown, cwd=tmp_path).stdout, re.M)


def test_t31_standard_input_comes_out_as_text_and_nothing_else(tmp_path: Path) -> None:
    done = clean(pmlint(*FIX, "-", cwd=tmp_path, stdin=BAD.encode()), 0, 1)
    assert done.stdout.startswith(b"# Logins failed\n")
    assert done.stdout.index(b"Fixed") < done.stdout.index(b"Alert")
    assert b"[timeline/out-of-order]" not in done.stdout


def test_t32_a_file_that_may_not_be_mended_keeps_its_text(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(BAD.encode() + b"\xff\n")
    clean(pmlint(*FIX, "x.md", cwd=tmp_path), 2)
    assert (tmp_path / "x.md").read_bytes() == BAD.encode() + b"\xff\n"
