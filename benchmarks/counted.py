"""What a command costs, counted and not timed: a machine that is busy changes nothing about it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import calls as calls_counter
from benchmarks.clock import Command, Failure

_COUNT = re.compile(r"^==\d+== I +refs: +([\d,]+)$", re.MULTILINE)
# Names, paths and orders of sets cost other figures with other seeds.
_STEADY = {"PYTHONHASHSEED": "0"}


def can_count_instructions() -> bool:
    """Whether valgrind is there."""
    return shutil.which("valgrind") is not None


def instructions(command: Command) -> int:
    """The instructions that the first process of a command takes, by valgrind; exact to a few thousandths.

    A command that is a script is read by this Python. Raises Failure if valgrind is not there or the command fails.
    """
    if not can_count_instructions():
        raise Failure("valgrind is not there")
    valgrind = ("valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}")
    done = _run(command._replace(arguments=(*valgrind, *_by_python(command.arguments))))
    found = _COUNT.search(done)
    if found is None:
        raise Failure("valgrind printed no count")
    return int(found[1].replace(",", ""))


def calls(command: Command) -> int:
    """The calls of functions, of Python and of C, that a script makes in this Python. Raises Failure if it fails."""
    counting = (sys.executable, "-P", str(Path(calls_counter.__file__)), *command.arguments)
    return int(_run(command._replace(arguments=counting)).split()[-1])


def _by_python(arguments: tuple[str, ...]) -> tuple[str, ...]:
    return arguments if arguments[0] == sys.executable else (sys.executable, *arguments)


def _run(command: Command) -> str:
    """What a command tells on standard error."""
    environment = {**os.environ, **command.environment, **_STEADY}
    done = subprocess.run(
        command.arguments, cwd=command.folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in command.codes:
        raise Failure(f"ended with exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stderr
