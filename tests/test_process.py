"""The command as a process: signals, pipes, terminals, closed and full ends."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint


class TestProcess:
    def test_the_version_is_told(self, folder: Path) -> None:
        assert pmlint("--version", cwd=folder).stdout.startswith(b"pmlint, version ")

    def test_a_reader_that_stops_early_hears_no_complaint(self, folder: Path) -> None:
        command = f"{sys.executable} -m pmlint rule | head -1"
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, timeout=60, check=False)
        assert done.stderr == b""

    @pytest.mark.parametrize("command", ["check bad.md", "check good.md", "rule", "model bad.md"])
    def test_a_report_that_nobody_reads_is_neither_good_nor_bad(self, folder: Path, command: str) -> None:
        ours, theirs = os.pipe()
        os.close(ours)
        done = subprocess.run(
            [sys.executable, "-m", "pmlint", *command.split()],
            cwd=folder,
            stdout=theirs,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        os.close(theirs)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.parametrize(
        ("command", "code", "said"),
        [
            ("check bad.md >&-", 2, "pmlint: error: standard output is closed\n"),
            ("check - <&-", 2, "pmlint: error: -: standard input is closed\n"),
            ("check none.md bad.md 2>&-", 2, ""),
            ("check none.md bad.md 2>/dev/full", 2, ""),
            ("check bad.md 2>&-", 1, ""),
        ],
    )
    def test_closed_and_full_streams_make_no_difference_to_the_truth(
        self, folder: Path, command: str, code: int, said: str
    ) -> None:
        line = f"{sys.executable} -m pmlint {command}"
        done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.decode()) == (code, said)

    @pytest.mark.parametrize("debug", ["", "1"])
    def test_an_internal_error_is_no_finding(self, folder: Path, debug: str) -> None:
        script = "import sys; from pmlint import cli, rulebook\nrulebook.Rulebook = None\nsys.exit(cli.main(['rule']))"
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, "PMLINT_DEBUG": debug},
        )
        assert done.returncode == 2
        assert (b"Traceback" in done.stderr) is bool(debug)
        assert done.stderr.splitlines()[-1].startswith(b"pmlint: error: internal error: TypeError")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_a_full_disk_is_one_line(self, folder: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "pmlint", "check", "bad.md"],
                cwd=folder,
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        assert done.returncode == 2
        assert done.stderr.decode() == "pmlint: error: standard output: no space left on device\n"

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_signals_end_it_quietly(self, folder: Path, number: signal.Signals, code: int) -> None:
        waiting = subprocess.Popen(
            [sys.executable, "-m", "pmlint", "check", "-"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(1.5)
        waiting.send_signal(number)
        _, errors = waiting.communicate(timeout=30)
        assert (waiting.returncode, errors) == (code, b"")

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    def test_letters_that_a_terminal_lacks_become_escapes(self, folder: Path, encoding: str) -> None:
        (folder / "é😀.md").write_text(BAD.replace("Fixed", "Fixed 😀"), encoding="utf-8")
        env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = pmlint("check", *OUT_OF_ORDER, "é😀.md", "none-é😀.md", cwd=folder, env=env)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stdout.decode(encoding).count("Fixed") == 1

    @pytest.mark.parametrize(
        ("env", "arguments", "coloured"),
        [
            ({}, (), False),
            ({"FORCE_COLOR": "1"}, (), True),
            ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
            ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ],
    )
    def test_colour_is_obeyed_away_from_a_terminal(
        self, folder: Path, env: dict[str, str], arguments: tuple[str, ...], coloured: bool
    ) -> None:
        done = pmlint("check", *arguments, "bad.md", cwd=folder, env={"NO_COLOR": "", "FORCE_COLOR": "", **env})
        assert (b"\x1b[" in done.stdout) is coloured

    @pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
    def test_colour_is_obeyed_on_a_terminal(self, folder: Path, no_color: str, coloured: bool) -> None:
        code, shown, _ = _on_terminal(
            ["check", *OUT_OF_ORDER, "bad.md"], folder, {"NO_COLOR": no_color, "FORCE_COLOR": "", "TERM": "xterm"}
        )
        assert code == 1
        assert (b"\x1b[1;31merror" in shown) is coloured

    def test_many_files_move_a_bar_on_a_terminal(self, folder: Path) -> None:
        for number in range(25):
            (folder / f"{number}.md").write_text(GOOD, encoding="utf-8")
        arguments = ["check", *(f"{number}.md" for number in range(25))]
        _, _, bar = _on_terminal(arguments, folder, {"TERM": "xterm"}, only_errors=True)
        assert b"checking" in bar
        few = _on_terminal(arguments[:3], folder, {"TERM": "xterm"}, only_errors=True)
        assert b"checking" not in few[2]


def _on_terminal(
    arguments: list[str], cwd: Path, env: dict[str, str], only_errors: bool = False
) -> tuple[int, bytes, bytes]:
    """The exit code and what was printed with standard output, or standard error alone, on a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pmlint", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if only_errors else theirs,
        stderr=theirs if only_errors else subprocess.PIPE,
        env={**os.environ, **env},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    piped, errors = process.communicate(timeout=60)
    return process.returncode, piped if only_errors else shown, shown if only_errors else errors
