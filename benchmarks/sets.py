"""The sets of documents, written into a folder: one file, a hundred, two thousand, one large, and the hostile ones."""

import shutil
import subprocess
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

from benchmarks.chance import Chance
from benchmarks.documents import postmortem
from benchmarks.hostile import FAMILIES, hostile

SEED = "7"
HOSTILE_SIZES = (25_000, 50_000, 100_000)
_STAGED = 20


class Sizes(NamedTuple):
    """How the sizes of a set are spread (a log-normal distribution cut off at both ends), in bytes."""

    documents: int
    median: int
    spread: float
    least: int
    most: int

    def each(self) -> list[int]:
        """A size for each document: the quantiles of the distribution, in an order of their own."""
        normal = NormalDist()
        quantiles = (self.spread * normal.inv_cdf((number + 0.5) / self.documents) for number in range(self.documents))
        sizes = [min(self.most, max(self.least, round(self.median * 2.718281828**quantile))) for quantile in quantiles]
        return Chance(f"{SEED} order {self.documents}").some(sizes, self.documents)


# As large as 238 postmortems from public repositories: half of them below five kilobytes, a few above thirty.
HUNDRED = Sizes(100, 5_200, 0.95, 1_000, 36_000)
TWENTY = Sizes(20, 5_200, 0.8, 1_000, 20_000)
THOUSANDS = Sizes(2_000, 6_700, 0.72, 1_000, 43_000)


class Sets(NamedTuple):
    """Where the documents lie."""

    one: Path
    hundred: Path
    thousands: Path
    large: Path
    hostile: Path
    staged: Path


def write_sets(folder: Path, share: float = 1.0) -> Sets:
    """All sets, written below a folder; of those that take long only a share."""
    sets = Sets(*(folder / name for name in Sets._fields))
    one = write_one(sets.one)
    large = _write(sets.large / "postmortem.md", postmortem(f"{SEED} large", round(5_000_000 * share)))
    write_set(sets.hundred, HUNDRED)
    write_set(sets.thousands, THOUSANDS._replace(documents=round(THOUSANDS.documents * share)))
    for family in FAMILIES:
        for size in HOSTILE_SIZES:
            _write(hostile_path(sets.hostile, family, size), hostile(family, size))
    _stage(sets.thousands, sets.staged)
    return sets._replace(one=one, large=large)


def write_one(folder: Path) -> Path:
    """The one file of seven kilobytes."""
    return _write(folder / "postmortem.md", postmortem(f"{SEED} one", 7_000))


def write_set(folder: Path, sizes: Sizes) -> None:
    """As many documents as the sizes say, by their numbers, in folders of a hundred."""
    for number, size in enumerate(sizes.each()):
        path = folder / "postmortems" / f"{number // 100:02}" / f"{number:04}.md"
        _write(path, postmortem(f"{SEED} {sizes.documents} {number}", size))


def hostile_path(folder: Path, family: str, size: int) -> Path:
    """The file of a hostile document."""
    return folder / f"{family.replace(' ', '-')}-{size}.md"


def _stage(documents: Path, folder: Path) -> None:
    """A repository of the documents, all committed, and a few spread over them changed and staged."""
    shutil.copytree(documents, folder)
    paths = sorted(folder.rglob("*.md"))
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message=all")
    for path in paths[:: len(paths) // _STAGED]:
        with path.open("a", encoding="utf-8") as file:
            file.write("- Say in the runbook who is asked first (@mei, OPS-12, by 2027-04-01)\n")
    _git(folder, "add", "--all")


def _git(folder: Path, *arguments: str) -> None:
    isolated = ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0"]
    subprocess.run(["git", *isolated, *arguments], cwd=folder, check=True, capture_output=True)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
