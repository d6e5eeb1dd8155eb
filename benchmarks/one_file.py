"""How long linting one small postmortem takes, as a whole process, next to the imports that it cannot do without.

Run with ``make bench``. Both commands are started in turn, A B A B …, and the ratio is taken pair by pair, so that a
machine that gets slower or faster in between does not matter. Prints the medians and the middle half of the ratios.
"""

import compileall
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PAIRS = 21
GOAL = 2.5
# What CI lets pass until the goal is met: a tenth above what was measured last.
GATE = 3.7
BASE = [sys.executable, "-c", "import click, mistune"]
SIZE = 6_000


def seconds(command: list[str]) -> float:
    """The processor time of one run of a command: on a machine that is busy, wall time tells of its other work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def six_kilobytes(folder: Path) -> Path:
    """The exemplary postmortem, with its last lessons repeated until it has six kilobytes."""
    text = (Path(__file__).parent.parent / "examples" / "exemplary-postmortem.md").read_text(encoding="utf-8")
    lesson = "- The dashboard for shards was built during the incident and is now part of the runbook.\n"
    marker = "### Where we got lucky"
    missing = max(0, SIZE - len(text.encode()))
    padding = lesson * (missing // len(lesson) + 1)
    path = folder / "postmortem.md"
    path.write_text(text.replace(marker, padding + "\n" + marker), encoding="utf-8")
    return path


def main() -> int:
    """Measure, print, and say by the exit code whether the limit is kept."""
    pmlint = shutil.which("pmlint", path=str(Path(sys.executable).parent))
    if pmlint is None:
        sys.exit("pmlint is not installed beside this Python")
    # An installed package comes with its byte code, as the two libraries do; a fresh checkout does not.
    compileall.compile_dir(Path(__file__).parent.parent / "pmlint", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        path = six_kilobytes(Path(folder))
        command = [pmlint, "check", "--isolated", str(path)]
        for warm_up in (command, BASE):
            seconds(warm_up)
        pairs = [(seconds(command), seconds(BASE)) for _ in range(PAIRS)]
        size = path.stat().st_size
    ratios = sorted(ours / base for ours, base in pairs)
    ratio, quarter = statistics.median(ratios), len(ratios) // 4
    spread = f"middle half {ratios[quarter]:.2f} to {ratios[-quarter - 1]:.2f}"
    print(f"file                   {size} bytes, {PAIRS} pairs")
    print(f"pmlint check           {statistics.median(ours for ours, _ in pairs) * 1000:.0f} ms (median)")
    print(f"import click, mistune  {statistics.median(base for _, base in pairs) * 1000:.0f} ms (median)")
    print(f"ratio                  {ratio:.2f} ({spread}), goal {GOAL}, limit {GATE}")
    return 0 if ratio <= GATE else 1


if __name__ == "__main__":
    sys.exit(main())
