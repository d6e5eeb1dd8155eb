"""Whole processes timed in turn, A B A B …, and their ratios taken pair by pair.

A machine that gets slower or faster in between does not matter then: both of a pair feel it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

LEFT_OUT = "left out, because the time was up"
_LAUNCHER = Path(__file__).with_name("launcher.py")


class Command(NamedTuple):
    """A program to be timed: its arguments, where it runs, what is added to the environment, and how it may end.

    One that is ``warm`` keeps something from run to run, and is run once before it is timed.
    """

    arguments: tuple[str, ...]
    folder: Path | None = None
    environment: Mapping[str, str] = {}
    codes: frozenset[int] = frozenset({0})
    warm: bool = False


class Run(NamedTuple):
    """What one process took: wall and processor time in seconds, and the peak memory of its largest process in MiB."""

    wall: float
    processor: float
    peak: float


class Failure(Exception):
    """A command did not do its work, so that its time says nothing."""


class Spread(NamedTuple):
    """The median of some figures, and the middle half of them."""

    median: float
    low: float
    high: float
    pairs: int


class Trial(NamedTuple):
    """Two commands timed in turn, as many times as there are pairs."""

    ours: tuple[Run, ...]
    base: tuple[Run, ...]

    def ratio(self, quantity: str) -> Spread:
        """How many times as much of ``wall`` or ``processor`` time, or of memory at its ``peak``, ours took."""
        return spread([getattr(a, quantity) / getattr(b, quantity) for a, b in zip(self.ours, self.base, strict=True)])

    def turned(self) -> "Trial":
        """The same with the sides exchanged."""
        return Trial(self.base, self.ours)


def spread(figures: Sequence[float]) -> Spread:
    """The median and the middle half (the quarter at either end left out, rounded down) of at least one figure."""
    ordered = sorted(figures)
    quarter = len(ordered) // 4
    return Spread(median(ordered), ordered[quarter], ordered[-quarter - 1], len(ordered))


def timed(command: Command, seconds: float = 600) -> Run:
    """What one run of a command takes; stopped after so many seconds of wall time.

    Raises Failure if the command was stopped or ended in a way that it may not.
    """
    launch = [sys.executable, "-I", "-S", str(_LAUNCHER), str(seconds), *command.arguments]
    environment = {**os.environ, **command.environment}
    done = subprocess.run(launch, cwd=command.folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(done.stderr.strip().rpartition("\n")[2])
    code, stopped, wall, processor, peak = done.stdout.split()
    if int(stopped):
        raise Failure(f"stopped after {seconds:.0f} s")
    if int(code) not in command.codes:
        raise Failure(f"ended with exit code {code}")
    return Run(float(wall), float(processor), int(peak) / 1024)


def trial(
    ours: Command,
    base: Command,
    pairs: int,
    seconds: float = 600,
    least: int = 3,
    enough: float = float("inf"),
) -> Trial:
    """Two commands in turn, after a run that does not count where one is needed or costs little.

    There are so many pairs, or fewer, but no fewer than ``least``, once ``enough`` seconds are over. ``seconds`` is
    how long one run may take.
    """
    began = time.monotonic()
    for command in (ours, base):
        if command.warm:
            timed(command, seconds)
    runs = [(timed(ours, seconds), timed(base, seconds))]
    if time.monotonic() - began < enough / 10:
        runs.clear()
    while len(runs) < pairs and (len(runs) < least or time.monotonic() - began < enough):
        runs.append((timed(ours, seconds), timed(base, seconds)))
    return Trial(tuple(a for a, _ in runs), tuple(b for _, b in runs))
