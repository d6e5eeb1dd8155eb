"""``python -m benchmarks``: measures all and writes docs/performance.md and its picture; or a part, and prints it.

Parts are ``hostile``, ``goals`` and ``peers``. Only a whole run is written to the page, so that its figures are of one.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import plot
from benchmarks.commands import ROOT, Pmlint, commands, prepare
from benchmarks.gate import gate
from benchmarks.goals import GOALS
from benchmarks.growth import Growth, growths, start_seconds
from benchmarks.installation import install
from benchmarks.machine import machine
from benchmarks.page import Measured, page
from benchmarks.peers import PEERS
from benchmarks.session import Session
from benchmarks.sets import write_sets

PARTS = ("hostile", "goals", "peers")
_MINUTES = 50
_PAGE = ROOT / "docs" / "performance.md"


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument(
        "--gate", action="store_true", help="one file only, and fail when it takes longer than CI allows"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--pairs", type=int, default=21, help="at most so many pairs")
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="begin nothing new after so many minutes")
    parser.add_argument("--share", type=float, default=1.0, help="take only this share of the large sets, from 0.05 on")
    wanted = parser.parse_args()
    if wanted.gate:
        return gate()
    parts = frozenset(wanted.only or PARTS)
    measured = measure(parts, wanted.pairs, time.monotonic() + 60 * wanted.minutes, wanted.share)
    text = page(measured, _PAGE.read_text(encoding="utf-8") if _PAGE.exists() else "")
    if parts == frozenset(PARTS) and wanted.share == 1:
        _PAGE.write_text(text, encoding="utf-8")
        plot.draw(measured, _PAGE.with_suffix(".svg"))
    else:
        print(text)
    return 0


def measure(parts: frozenset[str], pairs: int, deadline: float, share: float) -> Measured:
    """Makes the documents, installs the peers, and measures the parts."""
    prepare()
    packages: dict[str, list[str]] = {}
    for peer in PEERS:
        packages[peer.environment] = sorted({*packages.get(peer.environment, ()), *peer.packages})
    failed = install(packages)
    missing = {
        f"{peer.name}: {documents}": f"not installed: {failed[peer.environment]}"
        for peer in PEERS
        if peer.environment in failed
        for documents in peer.sets
    }
    with tempfile.TemporaryDirectory(prefix="pmlint-bench-") as name:
        folder = Path(name)
        sets = write_sets(folder / "documents", share)
        own = folder / "own"
        own.mkdir()
        pmlint = Pmlint()
        session = Session(commands(pmlint, sets, own), missing, pairs, deadline)
        start = start_seconds(pmlint, own)
        grown = list(_shown(growths(pmlint, sets.hostile, start, deadline))) if "hostile" in parts else []
        compared = [*session.compared("one"), *session.compared("hundred")] if "peers" in parts else []
        # What takes minutes comes last, so that little is left out where the time is short.
        results = [session.result(goal, grown) for goal in GOALS] if "goals" in parts else []
        compared += session.compared("thousands") if "peers" in parts else []
    return Measured(machine(), results, compared, grown, start)


def _shown(grown: Iterable[Growth]) -> Iterator[Growth]:
    """The families, each told on standard error when it is measured."""
    for growth in grown:
        print(f"{growth.family}: {growth.failure or growth.seconds}", file=sys.stderr)
        yield growth


if __name__ == "__main__":
    sys.exit(main())
