"""How work grows when what it is about is doubled, in processor time, whoever else uses the machine."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median

# Twice the work may take so many times as long; what grows with the square of it takes four times.
MOST = 2.5
# What takes less processor time than this, in seconds, is taken for as much: clocks tell little of it.
LEAST = 0.002
_FEWEST_ROUNDS = 3
_MOST_ROUNDS = 12

# Seconds by what they were spent on.
Times = Mapping[str, float]


def seconds(work: Callable[[], object]) -> float:
    """The processor time that a piece of work takes, without that of the garbage collector."""
    with _uncollected():
        began = time.process_time()
        work()
        return time.process_time() - began


def growth(once: Callable[[], Times], twice: Callable[[], Times]) -> dict[str, float]:
    """By what has grown too fast, how many times as long the doubled work took; empty if all is well.

    Both are run in turn. A busy machine makes times longer, never shorter, so the least of each tell most; one that
    changes its pace may be at its best for one of both only, so the rounds have to agree: the median of their ratios.
    There are further rounds as long as something seems to have grown too fast.
    """
    small: dict[str, list[float]] = {}
    large: dict[str, list[float]] = {}
    too_fast: dict[str, float] = {}
    for number in range(_MOST_ROUNDS):
        for times, work in ((small, once), (large, twice)):
            for name, took in work().items():
                times.setdefault(name, []).append(max(took, LEAST))
        ratios = {name: _ratio(small[name], large[name]) for name in large}
        too_fast = {name: ratio for name, ratio in ratios.items() if ratio > MOST}
        if number + 1 >= _FEWEST_ROUNDS and not too_fast:
            break
    return too_fast


def _ratio(small: Sequence[float], large: Sequence[float]) -> float:
    paired = median(twice / once for once, twice in zip(small, large, strict=True))
    return min(paired, min(large) / min(small))


@contextmanager
def _uncollected() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
