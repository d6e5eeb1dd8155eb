"""The page's picture: how much of what each goal allows was used, and how long other programs take."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.goals import RATIOS, Result
from benchmarks.page import Measured
from benchmarks.session import Compared

# The same data give the same bytes: fixed names inside, no date, text as text.
_SETTINGS: Any = {
    "svg.hashsalt": "pmlint",
    "svg.fonttype": "none",
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_METADATA = {"Date": None, "Creator": None}
_MET, _MISSED, _PEER = "#2a7f62", "#c1440e", "#4a6fa5"
# A bar that is longer ends there, and says how long it is.
_LONGEST = 3.0
_SETS = {"one": "one file", "hundred": "100 files", "thousands": "2,000 files"}


def draw(measured: Measured, path: Path) -> None:
    """Writes the picture as SVG."""
    import matplotlib

    # Not by a display.
    matplotlib.use("svg")
    from matplotlib import pyplot

    with matplotlib.rc_context(_SETTINGS):
        count = max(len(measured.results), len(measured.compared))
        figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 1.2 + 0.24 * count), layout="constrained")
        _draw_goals(left, [result for result in measured.results if result.figure])
        _draw_peers(right, [one for one in measured.compared if one.wall])
        figure.savefig(path, format="svg", metadata=_METADATA)
        pyplot.close(figure)


def _draw_goals(axes: Any, results: Sequence[Result]) -> None:
    names = []
    for row, result in enumerate(results):
        assert result.figure is not None
        used = [part / result.goal.at_most for part in result.figure[:3]]
        axes.barh(row, min(used[0], _LONGEST), color=_MET if result.met else _MISSED, height=0.6)
        axes.plot(used[1:], [row, row], color="black", linewidth=1)
        if used[0] > _LONGEST:
            axes.text(_LONGEST, row, f" {used[0]:.1f}", va="center")
        if result.goal.wanted:
            axes.plot([result.goal.wanted / result.goal.at_most], [row], marker="D", color="black", markersize=3)
        against = f" / {result.goal.next_to}" if result.goal.by in RATIOS else ""
        names.append(f"{result.goal.work}{against} ({result.goal.by})".replace("`", ""))
    axes.set_xlim(0, 1.1 * _LONGEST)
    axes.axvline(1, color="black", linewidth=0.8)
    _label(axes, names, "share of what the goal allows (line: all of it; diamond: what is wanted)")


def _draw_peers(axes: Any, compared: Sequence[Compared]) -> None:
    for row, one in enumerate(compared):
        assert one.wall is not None
        axes.plot([1, one.wall.median], [row, row], color=_PEER, linewidth=0.5)
        axes.plot([one.wall.low, one.wall.high], [row, row], color="black", linewidth=1)
        axes.plot([one.wall.median], [row], color=_PEER, marker="o", markersize=5)
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=0.8)
    names = [f"{one.peer.name}, {_SETS[one.documents]}" for one in compared]
    _label(axes, names, "wall time, in times of pmlint's (line: as long as pmlint)")


def _label(axes: Any, names: Sequence[str], below: str) -> None:
    axes.set_yticks(range(len(names)), labels=names)
    axes.invert_yaxis()
    axes.set_xlabel(below)
