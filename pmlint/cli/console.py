"""What the commands say: lines on standard output and standard error, and how a run ends that nobody reads."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING

from pmlint.errors import Problem

if TYPE_CHECKING:
    from pmlint.packed import Packing
    from pmlint.report.text import Style

DONE, FOUND, NOT_DONE = 0, 1, 2
# Nobody reads on: what a shell says of a program that SIGPIPE ended. Neither "nothing found" nor "found".
UNREAD = 141
# So many lines are packed at once.
_SOME = 200
_WRITING = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Stopped(BaseException):
    """A signal arrived or nobody reads on; carries the exit code. Nothing that isolates rules catches it."""


def complaint(color: str) -> Callable[[Problem], None]:
    """What tells a problem on standard error, behind all that was printed so far."""
    from pmlint.report.text import problem_line

    style = style_of(sys.stderr, color)

    def complain(problem: Problem) -> None:
        flush()
        tell(problem_line(problem, style))

    return complain


def style_of(stream: IO[str], color: str) -> "Style":
    """How text is printed on a stream; ``color`` is ``auto``, ``always`` or ``never``."""
    from pmlint.report.text import Style

    wanted = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    wanted = wanted or bool(os.environ.get("FORCE_COLOR"))
    colour = {"always": True, "never": False, "auto": wanted}[color]
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except OSError:  # not a terminal
        width = 0
    return Style(colour, width or 100)


def print_lines(lines: Iterable[str], machine: bool = False) -> None:
    """Lines on standard output: for programs in UTF-8, for people with escapes for letters that the terminal lacks."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8", "newline": "\n"} if machine else {}))
    try:
        for line in lines:
            stream.write(f"{line}\n")
    except BrokenPipeError:  # click would end the process with a code that means something else
        raise Stopped(UNREAD) from None


class Printed:
    """Standard output, with the bytes of what is printed there through it taken along by a packing, if there is one."""

    def __init__(self, packing: "Packing | None") -> None:
        self._packing = packing

    def say(self, lines: Iterable[str], machine: bool = False) -> None:
        """Lines as ``print_lines`` prints them."""
        print_lines(self._taken(lines, self._packing, machine) if self._packing else lines, machine)

    def _taken(self, lines: Iterable[str], packing: "Packing", machine: bool) -> Iterator[str]:
        waiting: list[str] = []
        for line in lines:
            yield line
            waiting.append(line)
            if len(waiting) == _SOME:
                self._take(waiting, packing, machine)
                waiting = []
        self._take(waiting, packing, machine)

    def _take(self, lines: list[str], packing: "Packing", machine: bool) -> None:
        text = "".join(f"{line}\n" for line in lines)
        text = text if machine else text.replace("\n", os.linesep)
        packing.add(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def flush() -> None:
    """Everything printed so far goes out. Raises Stopped when nobody reads it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise Stopped(UNREAD) from None


def said(message: str) -> int:
    """The exit code of a job that was not done, after one line that says why."""
    from pmlint.report.escape import shown

    tell(f"pmlint: error: {shown(message)}")
    return NOT_DONE


def unwritten(error: OSError) -> int:
    """The exit code after the operating system refused something, after one line that says what."""
    place = error.filename or ("standard output" if error.errno in _WRITING else "")
    return quiet(said(f"{place}: " * bool(place) + (error.strerror or str(error)).lower()))


def tell(line: str) -> None:
    """A line on standard error; where that cannot be written, the exit code still tells."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def tell_lines(lines: Iterable[str]) -> None:
    """Lines on standard error, behind all that was printed so far."""
    flush()
    for line in lines:
        tell(line)


def quiet(code: int) -> int:
    """The code, with what is left in the buffers thrown away: it could not be written, or nobody wants it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code
