"""What was measured as a page: Markdown from plain data, and the part of the former page that a person wrote."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from benchmarks.clock import Spread
from benchmarks.goals import RATIOS, By, Result
from benchmarks.growth import Growth
from benchmarks.session import Compared

BEGIN, END = "<!-- remarks: what stands between these two comments is kept -->", "<!-- /remarks -->"
_NOTHING = "Nothing has been written about this run yet."
_HEAD = """\
# Performance

`make bench` writes this page, all but the section [What is missing](#what-is-missing-and-what-it-would-take).

![How much of what each goal allows was used, and how long other programs take](performance.svg)

## How to read it

Each figure is a ratio of two whole processes, run in turn on the same files (A B A B …); the ratio is taken pair by
pair, so that a machine that gets slower in between does not matter. Shown are the median and, in brackets, the middle
half. Only of hostile documents seconds are told; another machine needs others.

- **base** is `python -c "import click, mistune"`: what a linter in Python that uses these two cannot do without.
- **parse** is the bare parser (mistune with GitHub's tables, strike-through, task lists, footnotes and addresses) that
  makes a syntax tree of the same files, in one process, and nothing else.
- The documents are made up by a seed: realistic postmortems, good ones and flawed ones, of the sizes that public ones
  have. All default rules apply, no configuration is read, and all output is thrown away.
"""
_AGAIN = """\
## Run it again

`make bench` installs what it compares with below `.venv/peers`, measures for some 55 minutes and writes this page anew.
`python -m benchmarks --help` tells how to measure less of it. What cannot be installed is told as missing.
`make bench-gate` is what CI asks: instructions counted by valgrind, which a busy machine cannot change, against
`benchmarks/budget.toml`, and the ratio of one file to base.
"""
_UNITS: Mapping[By, str] = {"peak": " MiB", "excess": " MiB", "seconds": " s"}
_MEASURES: Mapping[By, str] = {
    "wall": "wall time",
    "processor": "processor time",
    "instructions": "instructions",
    "peak": "peak memory",
    "excess": "peak memory beyond base's",
    "seconds": "processor time",
    "exponent": "exponent",
}
_SETS = {"one": "one file", "hundred": "100 files", "thousands": "2,000 files"}


class Measured(NamedTuple):
    """All that a run measured; ``start`` is the seconds of processor time that a document of one line takes."""

    machine: Mapping[str, str]
    results: Sequence[Result]
    compared: Sequence[Compared]
    growths: Sequence[Growth]
    start: float


def page(measured: Measured, former: str = "") -> str:
    """The page, with the remarks of the former one."""
    parts = (
        _HEAD,
        _machine(measured.machine),
        _goals(measured.results),
        _remarks(former),
        _peers(measured.compared),
        _hostile(measured.growths, measured.start),
        _AGAIN,
    )
    return "\n".join(parts)


def _machine(machine: Mapping[str, str]) -> str:
    return "## The machine\n\n" + _table(("what", "which"), machine.items())


def _goals(results: Sequence[Result]) -> str:
    met = sum(result.met for result in results)
    head = ("work", "next to", "measure", "at most", "wanted", "measured", "pairs", "")
    rows = (
        (
            goal.work,
            goal.next_to,
            _MEASURES[goal.by],
            _limit(goal.at_most, goal.by),
            _limit(goal.wanted, goal.by) if goal.wanted else "",
            _spread(figure) + _UNITS.get(goal.by, "") if figure else f"not measured: {reason}",
            str(figure.pairs) if figure and goal.by in RATIOS else "",
            _verdict(result),
        )
        for result in results
        for goal, figure, reason in [result]
    )
    return f"## Goals\n\n{met} of {len(results)} are met.\n\n" + _table(head, rows)


def _verdict(result: Result) -> str:
    goal, figure, _ = result
    if figure is None:
        return "**not measured**"
    if not result.met:
        return f"**missed** by {figure.median / goal.at_most - 1:.0%}"
    return "met, as wanted" if goal.wanted and figure.median <= goal.wanted else "met"


def _remarks(former: str) -> str:
    kept = former.partition(BEGIN)[2].partition(END)[0].strip() or _NOTHING
    return f"## What is missing, and what it would take\n\n{BEGIN}\n\n{kept}\n\n{END}\n"


def _peers(compared: Sequence[Compared]) -> str:
    told = [one for one in compared if one.wall is not None]
    rows = [_peer(list(group)) for _, group in groupby(sorted(told, key=_by_peer), _by_peer)]
    lines = [
        "## Other programs\n",
        "How many times as long as pmlint each takes on the same files: wall time (middle half) / processor time. They "
        "judge other\nthings; what is compared is how long a person waits. The peak of memory is in MiB.\n",
        _table(("program", "version", *_SETS.values(), "peak"), rows),
    ]
    silent = [f"- {one.peer.name}, {_SETS[one.documents]}: {one.reason}\n" for one in compared if one.wall is None]
    return "\n".join([*lines, *(["Not measured:\n", "".join(silent)] if silent else [])])


def _by_peer(one: Compared) -> str:
    return one.peer.name


def _peer(group: Sequence[Compared]) -> tuple[str, ...]:
    cells = {
        one.documents: f"{_spread(one.wall)} / {_figure(one.processor.median)}"
        for one in group
        if one.wall is not None and one.processor is not None
    }
    peaks = " / ".join(f"{one.peak:.0f}" for one in group)
    return group[0].peer.name, group[0].peer.version, *(cells.get(name, "") for name in _SETS), peaks


def _hostile(growths: Sequence[Growth], start: float) -> str:
    rows = (
        (
            growth.family,
            *(f"{seconds:.2f}" for seconds in growth.seconds),
            *([""] * (3 - len(growth.seconds))),
            growth.failure or ("" if growth.exponent is None else f"{growth.exponent:.2f}"),
        )
        for growth in growths
    )
    return (
        "## Hostile documents\n\nSeconds of processor time of a whole process. A document of one line takes "
        f"{start:.2f} s of them, and the exponent is\nthat of what comes on top of it; there is none where that is too "
        "little to tell. pmlint's own limits on findings and on time are lifted.\n\n"
        + _table(("family", "25 KB", "50 KB", "100 KB", "exponent"), rows)
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        for row in (head, ["---"] * len(head), *rows):
            yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |\n"

    return "".join(lines())


def _spread(spread: Spread) -> str:
    around = "" if spread.pairs == 1 else f" ({_figure(spread.low)} to {_figure(spread.high)})"
    return _figure(spread.median) + around


def _figure(number: float) -> str:
    """Three digits that count, or all of a whole number."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def _limit(number: float, by: By) -> str:
    """What is allowed, with its unit; a small part of another program's time as a fraction."""
    times = round(1 / number, 9)
    if by == "wall" and times >= 4 and times.is_integer():
        return f"1/{times:.0f}"
    return f"{number:g}{_UNITS.get(by, '')}"
