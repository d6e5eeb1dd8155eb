"""Documents shared among processes: the same bytes, whoever did what, and nothing lost with a worker that dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pmlint.report.outputs import FORMS
from pmlint.workers import FEWEST, done_ahead
from tests.command import BAD, GOOD, pmlint

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
COUNT = FEWEST + 5


def nothing() -> None:
    """Gets nothing ready."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More postmortems than one process does alone, good and bad, one of them not in UTF-8 and one unreadable."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(COUNT):
        text = (BAD if number % 3 else GOOD) + f"\nThis is incident {number}.\n"
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    (folder / "90.md").write_bytes(BAD.encode() + b"\xff\n")
    (folder / "91.md").mkdir()
    return folder


def checked(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    names = sorted(path.name for path in folder.iterdir())
    return pmlint("check", "--no-cache", "--today", "2026-03-10", *options, *names, cwd=folder)


@pytest.mark.parametrize("form", FORMS)
def test_the_number_of_workers_changes_no_byte(many: Path, form: str) -> None:
    runs = [checked(many, "--format", form, "--jobs", jobs) for jobs in ("1", "3")]
    assert runs[0].stdout
    assert runs[0].returncode == 2
    assert [(run.returncode, run.stdout, run.stderr) for run in runs] == [
        (runs[0].returncode, runs[0].stdout, runs[0].stderr)
    ] * 2


@linux
def test_pieces_come_in_turn_whoever_did_them() -> None:
    with done_ahead(COUNT, lambda piece: f"{piece} {os.getpid()}".encode(), 3, nothing) as ahead:
        done = [piece.split() for piece in ahead if piece]
    assert [int(number) for number, _ in done] == list(range(COUNT))
    workers = {int(pid) for _, pid in done}
    assert len(workers) == 3
    assert os.getpid() not in workers


@linux
def test_what_a_dead_worker_leaves_undone_is_told() -> None:
    def work(piece: int) -> bytes:
        if piece == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        if piece == 3:
            raise MemoryError
        return b"done"

    with done_ahead(COUNT, work, 3, nothing) as ahead:
        done = list(ahead)
    assert [piece for piece in range(COUNT) if done[piece] is None] == [
        piece for piece in range(COUNT) if (piece % 3 == 0 and piece >= 3) or (piece % 3 == 1 and piece >= 4)
    ]


@linux
def test_no_worker_outlives_its_work() -> None:
    with done_ahead(COUNT, lambda piece: str(os.getpid()).encode() * 100_000, 2, nothing) as ahead:
        pids = {int(piece[: len(piece) // 100_000]) for piece in (next(ahead), next(ahead)) if piece}
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@linux
def test_what_all_of_them_need_is_got_ready_once() -> None:
    ready: list[int] = []
    with done_ahead(COUNT, lambda piece: str(ready).encode(), 3, lambda: ready.append(os.getpid())) as ahead:
        assert set(ahead) == {f"[{os.getpid()}]".encode()}
    with done_ahead(COUNT, lambda piece: b"", 1, lambda: ready.append(0)):
        assert ready == [os.getpid()]


@pytest.mark.parametrize(("count", "workers"), [(FEWEST - 1, 4), (COUNT, 1), (0, 4)])
def test_little_work_is_left_to_the_one_who_has_it(count: int, workers: int) -> None:
    with done_ahead(count, lambda piece: b"done", workers, nothing) as ahead:
        assert list(ahead) == [None] * count


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_and_its_workers_without_a_word(many: Path, number: signal.Signals) -> None:
    # The first is a pipe that never ends: the run cannot be over before the signal comes.
    names = [path.name for path in many.iterdir() if path.name < "90"]
    command = [sys.executable, "-m", "pmlint", "check", "--no-cache", "--jobs", "3", "-", *names]
    process = subprocess.Popen(
        command, cwd=many, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (pids := children.read_text(encoding="ascii").split()):
        time.sleep(0.02)
    os.killpg(process.pid, number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert told == b""
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_timings_tell_what_each_step_costs_and_change_no_report(folder: Path) -> None:
    plain = pmlint("check", "bad.md", "good.md", cwd=folder)
    timed = pmlint("check", "--timings", "bad.md", "good.md", cwd=folder)
    assert (timed.returncode, timed.stdout) == (plain.returncode, plain.stdout)
    first, *lines = timed.stderr.decode().splitlines()
    assert first.startswith("pmlint: ")
    steps = [line.split()[0] for line in lines]
    assert steps[:4] == ["reading", "Markdown", "recognition", "reporting"]
    assert {"timeline/", "tone/", "actions/"} <= set(steps[4:])
    assert sum(float(line.split()[1]) for line in lines) == pytest.approx(float(first.split()[1]), abs=0.02)
