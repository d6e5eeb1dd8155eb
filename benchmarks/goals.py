"""What pmlint is meant to take at most, and what is really wanted: each next to something measured in the same run."""

from typing import Literal, NamedTuple

from benchmarks.clock import Spread

# A ratio of wall time, of processor time or of instructions; seconds; MiB, MiB beyond the base's; or an exponent.
By = Literal["wall", "processor", "instructions", "peak", "excess", "seconds", "exponent"]
RATIOS = ("wall", "processor", "instructions")


class Goal(NamedTuple):
    """A piece of work, the names of its command and of the command it is held against, and how much is allowed.

    ``wanted`` is what is hoped for beyond that. Nothing is told of it before ``least`` pairs are measured.
    """

    work: str
    ours: str
    base: str
    by: By
    at_most: float
    wanted: float | None = None
    least: int = 9

    @property
    def next_to(self) -> str:
        """What it is held against, as a reader calls it: base, parse, a peer, or one file."""
        if self.base == "one":
            return "one file"
        return self.base.partition(":")[0].removesuffix(" hundred").removesuffix(" thousands").removesuffix(" large")


class Result(NamedTuple):
    """A goal and what was measured, or why nothing was."""

    goal: Goal
    figure: Spread | None
    reason: str = ""

    @property
    def met(self) -> bool:
        """Whether the median keeps to what is allowed. Where nothing was measured, it does not."""
        return self.figure is not None and self.figure.median <= self.goal.at_most


# How many times as fast as a peer, and for some how fast is wanted.
_FASTER: tuple[tuple[str, str, float, float | None], ...] = (
    ("markdownlint-cli2", "thousands", 6, 10),
    ("remark", "thousands", 6, None),
    ("textlint", "thousands", 8, None),
    ("proselint", "thousands", 8, None),
    ("mdformat", "thousands", 4, None),
    ("pymarkdown", "hundred", 30, None),
)
_WORDS = {"thousands": "2,000 files, no cache, 2 workers", "hundred": "100 files, no cache"}

# In the order they are measured in: other programs take minutes, and come last.
GOALS = (
    Goal("`--version`", "version", "base", "processor", 0.85, 0.35),
    Goal("`--help`", "help", "base", "processor", 0.85, 0.35),
    Goal("one file of 7 KB, no cache", "one", "base", "processor", 1.35, 1.10),
    Goal("one file of 7 KB, no cache", "one", "base", "instructions", 1.5),
    Goal("one unchanged file, cached", "one, cached", "base", "processor", 0.9, 0.25),
    Goal("100 files, no cache, one worker", "hundred, one worker", "parse hundred", "processor", 1.4, 0.75),
    Goal(_WORDS["thousands"], "thousands", "parse thousands", "wall", 0.8, 0.45, least=3),
    Goal("2,000 unchanged files, cached", "thousands, cached", "rumdl, warm cache: thousands", "wall", 0.35, 0.15),
    Goal("20 staged of 2,000 files, no cache", "staged", "one", "processor", 1.5),
    Goal("one file of 5 MB", "large", "parse large", "processor", 1.3, least=3),
    Goal("one file of 5 MB", "large", "", "peak", 160),
    Goal("2,000 files, a worker's memory", "thousands", "base", "excess", 40),
    Goal("the slowest hostile file of 100 KB", "hostile", "", "seconds", 2),
    Goal("the steepest growth from 25 to 100 KB", "hostile", "", "exponent", 1.3),
    Goal(_WORDS["thousands"], "thousands", "rumdl: thousands", "wall", 5.5, 3, least=3),
    *(
        Goal(_WORDS[documents], documents, f"{peer}: {documents}", "wall", 1 / times, more and 1 / more, least=3)
        for peer, documents, times, more in _FASTER
    ),
)
