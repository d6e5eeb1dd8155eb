"""``python -m benchmarks.budget [--write] [--calls]``: what linting one file and twenty may cost, counted, not timed.

A run is held against the figures of ``budget.toml`` and fails when it takes a tenth more. Counted are instructions, by
valgrind, as multiples of what ``python -c "import click, mistune"`` takes: another build of the same Python changes
both alike. Where valgrind or a figure for this Python is missing, the calls of functions are counted. ``--write``
commits to what is measured now, for this Python.
"""

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from benchmarks.clock import Failure
from benchmarks.commands import BASE, Pmlint, prepare
from benchmarks.counted import calls, can_count_instructions, instructions
from benchmarks.sets import TWENTY, write_one, write_set

FIGURES = Path(__file__).with_name("budget.toml")
ALLOWED = 1.10
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

# Figures by what was linted ("one", "twenty"), and what the imports alone take ("base") where that is known.
Figures = Mapping[str, int]


def main() -> int:
    """Count, print, and say by the exit code whether the budget is kept: 0 yes, 1 no, 2 it could not be told."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budget")
    parser.add_argument("--write", action="store_true", help="commit to what is counted now")
    parser.add_argument("--calls", action="store_true", help="count calls, even if valgrind is there")
    wanted = parser.parse_args()
    known = committed()
    prepare()
    try:
        if wanted.write:
            counted = {unit: count(unit) for unit in ("instructions", "calls")}
            FIGURES.write_text(budget_text(with_counted(known, counted)), encoding="utf-8")
            return 0
        unit = unit_for(known, can_count_instructions() and not wanted.calls)
        if unit is None:
            print(f"no figure for Python {_PYTHON} in {FIGURES.name}: add one with --write", file=sys.stderr)
            return 2
        return report(known[unit][_PYTHON], count(unit), unit)
    except Failure as failure:
        print(f"nothing counted: {failure}", file=sys.stderr)
        return 2


def committed() -> dict[str, dict[str, Figures]]:
    """The figures that a run is held against, by unit and Python."""
    return tomllib.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}


def unit_for(known: Mapping[str, Mapping[str, Figures]], valgrind: bool, python: str = _PYTHON) -> str | None:
    """What to count: instructions where they can be counted and compared, or else calls, or nothing at all."""
    units = ("instructions", "calls") if valgrind else ("calls",)
    return next((unit for unit in units if python in known.get(unit, {})), None)


def growth(before: Figures, counted: Figures) -> dict[str, float]:
    """How many times the committed figure each piece of work takes now; the imports alone set the scale, if known."""
    scale = before["base"] / counted["base"] if "base" in before else 1.0
    return {work: counted[work] * scale / figure for work, figure in before.items() if work != "base"}


def report(before: Figures, counted: Figures, unit: str) -> int:
    """Prints each piece of work with its growth. 1 if one has grown by more than is allowed, otherwise 0."""
    grown = growth(before, counted)
    print(f"counted: {unit}, on Python {_PYTHON}; allowed: {ALLOWED:.2f} times the committed figure")
    for work, times in grown.items():
        verdict = "" if times <= ALLOWED else "  more than is allowed"
        print(f"{work:<8}{counted[work]:>14,}  {times:.3f} times {before[work]:,}{verdict}")
    if any(times < 1 / ALLOWED for times in grown.values()):
        print("less than before: `python -m benchmarks.budget --write` makes that the budget")
    return int(any(times > ALLOWED for times in grown.values()))


def count(unit: str) -> Figures:
    """What linting one file and twenty takes, without a cache and with one worker."""
    pmlint = Pmlint()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_set(folder / "twenty", TWENTY)
        one, twenty = pmlint.cold(write_one(folder), jobs=1), pmlint.cold(folder / "twenty", jobs=1)
        if unit == "calls":
            return {"one": calls(one), "twenty": calls(twenty)}
        return {"base": instructions(BASE), "one": instructions(one), "twenty": instructions(twenty)}


def with_counted(
    known: Mapping[str, Mapping[str, Figures]], counted: Mapping[str, Figures], python: str = _PYTHON
) -> dict[str, dict[str, Figures]]:
    """All figures, those of this Python anew."""
    return {unit: {**known.get(unit, {}), python: figures} for unit, figures in counted.items()}


def budget_text(figures: Mapping[str, Mapping[str, Figures]]) -> str:
    """The figures as TOML."""
    lines = ["# Written by `python -m benchmarks.budget --write`, for the Python that runs it."]
    for unit, pythons in sorted(figures.items()):
        for python, counts in sorted(pythons.items()):
            lines += ["", f'[{unit}."{python}"]', *(f"{work} = {number:_}" for work, number in counts.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
