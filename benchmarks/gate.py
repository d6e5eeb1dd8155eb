"""How long linting one small postmortem takes, next to the imports that it cannot do without, and how long it may."""

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.clock import trial
from benchmarks.commands import BASE, Pmlint, prepare
from benchmarks.sets import write_one

PAIRS = 21
GOAL = 1.35
# What CI lets pass until the goal is met: a tenth above what was measured last.
LIMIT = 4.0


def gate() -> int:
    """Measures, prints, and says by the exit code whether the limit is kept.

    It is missed when three quarters of the pairs miss it: a machine that gets busy in between disturbs fewer.
    """
    prepare()
    pmlint = Pmlint()
    with tempfile.TemporaryDirectory() as folder:
        path = write_one(Path(folder))
        measured = trial(pmlint.cold(path), BASE, PAIRS)
        size = path.stat().st_size
    ratio = measured.ratio("processor")
    print(f"file                   {size} bytes, {ratio.pairs} pairs, processor time")
    print(f"pmlint check           {median(run.processor for run in measured.ours) * 1000:.0f} ms (median)")
    print(f"import click, mistune  {median(run.processor for run in measured.base) * 1000:.0f} ms (median)")
    spread = f"middle half {ratio.low:.2f} to {ratio.high:.2f}"
    print(f"ratio                  {ratio.median:.2f} ({spread}), goal {GOAL}, limit {LIMIT}")
    return 0 if ratio.low <= LIMIT else 1
