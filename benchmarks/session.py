"""One run of all measurements, or of some: each pair of commands is timed once, whoever asks for it."""

import sys
import time
from collections.abc import Iterator, Mapping
from statistics import median
from typing import NamedTuple

from benchmarks.clock import LEFT_OUT, Command, Failure, Spread, Trial, spread, trial
from benchmarks.counted import instructions
from benchmarks.goals import RATIOS, Goal, Result
from benchmarks.growth import Growth
from benchmarks.peers import PEERS, Peer

# Pairs that together take longer are measured fewer times; a process that takes longer than the last is stopped.
_ENOUGH = {"one": 15.0, "hundred": 20.0, "thousands": 0.0}
_ENOUGH_FOR_GOALS = 30.0
_MOST_SECONDS = 600.0


class Compared(NamedTuple):
    """A peer on a set: how many times as long as pmlint it takes and its peak in MiB, or why nothing is told."""

    peer: Peer
    documents: str
    wall: Spread | None
    processor: Spread | None
    peak: float = 0
    reason: str = ""


class Session:
    """Measures commands by their names, in so many pairs, until a deadline (in seconds of the monotonic clock)."""

    def __init__(
        self,
        commands: Mapping[str, Command],
        missing: Mapping[str, str],
        pairs: int = 21,
        deadline: float = float("inf"),
    ) -> None:
        self._commands = commands
        self._missing = missing
        self._pairs = pairs
        self._deadline = deadline
        self._trials: dict[tuple[str, str], Trial | Failure] = {}

    def trial(self, ours: str, base: str, least: int, enough: float) -> Trial:
        """Two commands timed in turn. Raises Failure where that cannot be done or the time is up."""
        if (ours, base) not in self._trials:
            try:
                self._trials[ours, base] = self._measured(ours, base, least, enough)
            except Failure as failure:
                self._trials[ours, base] = failure
        found = self._trials[ours, base]
        if isinstance(found, Failure):
            raise found
        return found

    def result(self, goal: Goal, growths: list[Growth]) -> Result:
        """What was measured of a goal."""
        try:
            return Result(goal, self._figure(goal, growths))
        except Failure as failure:
            return Result(goal, None, str(failure))

    def compared(self, documents: str) -> Iterator[Compared]:
        """Each peer on a set that it is measured on."""
        for peer in PEERS:
            if documents in peer.sets:
                yield self._compared(peer, documents, _ENOUGH[documents])

    def _compared(self, peer: Peer, documents: str, enough: float) -> Compared:
        ours = f"{documents}, cached" if peer.warm else documents
        try:
            found = self.trial(ours, f"{peer.name}: {documents}", 9 if documents == "one" else 3, enough).turned()
        except Failure as failure:
            return Compared(peer, documents, None, None, reason=str(failure))
        peak = median(run.peak for run in found.ours)
        return Compared(peer, documents, found.ratio("wall"), found.ratio("processor"), peak)

    def _figure(self, goal: Goal, growths: list[Growth]) -> Spread:
        if goal.by in RATIOS:
            if goal.by == "instructions":
                return spread([instructions(self._command(goal.ours)) / instructions(self._command(goal.base))])
            return self.trial(goal.ours, goal.base, goal.least, _ENOUGH_FOR_GOALS).ratio(goal.by)
        if goal.by == "peak":
            return spread(self._peaks(goal.ours))
        if goal.by == "excess":
            floor = median(self._peaks(goal.base))
            return spread([peak - floor for peak in self._peaks(goal.ours)])
        failed = next((f"{growth.family}, {growth.failure}" for growth in growths if growth.failure), "")
        if failed or not growths:
            raise Failure(failed or "left out")
        if goal.by == "seconds":
            return spread([max(growth.seconds[-1] for growth in growths)])
        return spread([max(growth.exponent or 0.0 for growth in growths)])

    def _peaks(self, name: str) -> list[float]:
        """The peaks of all runs of a command so far; there is one at least, since another goal has timed it."""
        done = [(pair, found) for pair, found in self._trials.items() if isinstance(found, Trial)]
        sides = [side for pair, found in done for side in zip(pair, found, strict=True)]
        peaks = [run.peak for side, runs in sides if side == name for run in runs]
        if not peaks:
            raise Failure("it was not run")
        return peaks

    def _measured(self, ours: str, base: str, least: int, enough: float) -> Trial:
        pair = self._command(ours), self._command(base)
        if time.monotonic() > self._deadline:
            raise Failure(LEFT_OUT)
        print(f"{ours} / {base}", end=": ", file=sys.stderr, flush=True)
        try:
            measured = trial(*pair, self._pairs, _MOST_SECONDS, min(least, self._pairs), enough)
        except Failure as failure:
            print(failure, file=sys.stderr)
            raise
        told = (f"{quantity} {measured.ratio(quantity).median:.3g}" for quantity in ("wall", "processor"))
        print(*told, f"({len(measured.ours)} pairs)", file=sys.stderr)
        return measured

    def _command(self, name: str) -> Command:
        if name in self._missing:
            raise Failure(self._missing[name])
        if name not in self._commands:
            raise Failure("no such command")
        return self._commands[name]
