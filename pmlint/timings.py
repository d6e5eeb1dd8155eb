"""What the steps of a run cost."""

from collections.abc import Mapping
from time import process_time


class Timings:
    """A clock that is told when a step begins; the one before is then over."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._step, self._since = "", process_time()

    def begin(self, step: str) -> None:
        """A step begins, for the first time or again."""
        now = process_time()
        self._seconds[self._step] = self._seconds.get(self._step, 0.0) + now - self._since
        self._step, self._since = step, now

    @property
    def seconds(self) -> Mapping[str, float]:
        """The seconds of processor time of each step that is over, in the order in which they first began."""
        return {step: seconds for step, seconds in self._seconds.items() if step}
