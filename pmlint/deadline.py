"""A stop for what takes too long: so much processor time for one document, whoever else uses the machine."""

import signal
import threading
from math import inf
from time import process_time
from types import FrameType, TracebackType

SECONDS = 10.0


class OutOfTime(BaseException):
    """The time is over. No handler of ordinary errors catches it: what isolates rules would go on without end."""


class Deadline:
    """Within it, so many seconds of this process's processor time may pass; then OutOfTime is raised.

    An interval timer raises it wherever the program stands, where the system has one and in the main thread; elsewhere
    ``check`` does, between one step and the next. ``step`` is the one that is under way.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.step = ""
        self._end = inf

    def __enter__(self) -> "Deadline":
        self._end = process_time() + self.seconds
        if self._has_timer():
            signal.signal(signal.SIGPROF, self._ring)
            signal.setitimer(signal.ITIMER_PROF, self.seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end = inf  # a signal that is under way rings for nobody
        if self._has_timer():
            signal.setitimer(signal.ITIMER_PROF, 0)

    def check(self, step: str) -> None:
        """Notes that a step begins. Raises OutOfTime where the time is over."""
        if process_time() >= self._end:
            raise OutOfTime
        self.step = step

    def _has_timer(self) -> bool:
        on_time = hasattr(signal, "setitimer") and self.seconds < inf
        return on_time and threading.current_thread() is threading.main_thread()

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._end < inf:
            raise OutOfTime
