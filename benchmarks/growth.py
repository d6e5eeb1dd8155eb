"""How the time of a hostile document grows with its size."""

import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.clock import LEFT_OUT, Failure, timed
from benchmarks.commands import Pmlint
from benchmarks.hostile import FAMILIES, REFUSED
from benchmarks.sets import HOSTILE_SIZES, hostile_path

# What one family may take at a size before it is given up, and how often a bad result gets another chance.
_SECONDS = 30.0
_CHANCES = 3
# Below this much time beyond the start of a process, noise is larger than growth.
_TELLING = 0.3
_NOISE = 0.02
_STEEP = 1.3


class Growth(NamedTuple):
    """The seconds of processor time that a family takes at each size, as far as that was measured, and its exponent.

    The exponent is 1 where twice the text takes twice the time; it is None where all of it is too quick to tell.
    """

    family: str
    seconds: tuple[float, ...]
    exponent: float | None
    failure: str = ""


def growths(pmlint: Pmlint, folder: Path, start: float, deadline: float) -> Iterator[Growth]:
    """Each hostile family measured, until a deadline in seconds of the monotonic clock.

    ``start`` is what a small document takes, in seconds of processor time.
    """
    for family in FAMILIES:
        if time.monotonic() > deadline:
            yield Growth(family, (), None, LEFT_OUT)
            continue
        best = _growth(pmlint, folder, family, start)
        for _ in range(_CHANCES - 1):
            if best.failure or best.exponent is None or best.exponent <= _STEEP:
                break
            again = _growth(pmlint, folder, family, start)
            best = best._replace(seconds=tuple(map(min, best.seconds, again.seconds)))
            best = best._replace(exponent=exponent(best.seconds, start))
        yield best


def start_seconds(pmlint: Pmlint, folder: Path) -> float:
    """What a document of one line takes at the least, in seconds of processor time: the process and the rules begin."""
    path = folder / "small.md"
    path.write_text("# Logins failed\n", encoding="utf-8")
    return min(timed(pmlint.cold(path)).processor for _ in range(5))


def exponent(seconds: tuple[float, ...], start: float) -> float | None:
    """The exponent of growth between the first size and the last, each twice the one before."""
    least, most = seconds[0] - start, seconds[-1] - start
    if most < _TELLING:
        return None
    return math.log2(most / max(least, _NOISE)) / (len(seconds) - 1)


def _growth(pmlint: Pmlint, folder: Path, family: str, start: float) -> Growth:
    seconds: list[float] = []
    for size in HOSTILE_SIZES:
        command = pmlint.unlimited(hostile_path(folder, family, size), partly=family in REFUSED)
        try:
            seconds.append(timed(command, _SECONDS).processor)
        except Failure as failure:
            return Growth(family, tuple(seconds), None, f"{size // 1000} KB: {failure}")
    return Growth(family, tuple(seconds), exponent(tuple(seconds), start))
