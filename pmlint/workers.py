"""Work done ahead by copies of this process, one piece after the other."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

# Two workers took 0.84 to 0.95 of the time of one for eight documents, and as long for six, on a busy machine.
FEWEST = 12
_STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def done_ahead(
    count: int, work: Callable[[int], bytes], workers: int, load: Callable[[], None]
) -> Iterator[Iterator[bytes | None]]:
    """What comes of the pieces of work from 0 on, in turn; None for each that nobody has done, which is all of them
    where a system cannot copy a process safely or there is too little to do.

    Each worker does every so manieth piece, and waits when nobody takes what it has done. One that dies leaves its
    pieces undone; none of them outlives the context. ``load`` gets ready what each of them would do for itself.
    """
    if workers < 2 or count < FEWEST or sys.platform != "linux":
        yield (None for _ in range(count))
        return
    from multiprocessing import get_context

    load()
    # What waits to be printed would be printed by every copy.
    sys.stdout.flush()
    sys.stderr.flush()
    context = get_context("fork")
    ends: list[Connection | None] = []
    copies: list[ForkProcess] = []
    try:
        for first in range(workers):
            here, there = context.Pipe(duplex=False)
            copy = context.Process(target=_work, args=(there, work, range(first, count, workers)), daemon=True)
            with _undisturbed():  # a copy that was begun has to be known, and ends by rules of its own
                copy.start()
                copies.append(copy)
            there.close()
            ends.append(here)
        yield (_received(ends, number % workers) for number in range(count))
    finally:
        for copy in copies:
            copy.terminate()
        for copy in copies:
            copy.join()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that stop a run come before or after what is done here."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(there: "Connection", work: Callable[[int], bytes], pieces: range) -> None:
    # The one who waits at the keyboard stops the first process, and that one stops its copies.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    # What goes wrong here goes wrong once more where it can be told.
    with suppress(Exception):
        for piece in pieces:
            there.send_bytes(work(piece))


def _received(ends: "list[Connection | None]", worker: int) -> bytes | None:
    end = ends[worker]
    if end is None:
        return None
    try:
        return end.recv_bytes()
    except (EOFError, OSError):
        ends[worker] = None
        return None
