"""A run told again: where nothing that it hung on has changed, what it printed is all that there is to do.

Nothing is loaded for it but the cache. What a run hangs on is written down by ``pmlint.recording``; whatever is not
certain to be the same, or was not written down, goes the long way.
"""

import os
import sys
import time
from collections.abc import Iterable, Sequence
from functools import cache

from pmlint.cache import Cache, cache_path, fact, installation
from pmlint.neighbours import on_disk
from pmlint.packed import unpacked

# A kind of question, what it is about twice, and the answer.
Fact = tuple[str, str, str, str]
# What in the environment changes what is printed, or where git looks.
_VARIABLES = ("TERM", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG")


def replayed(arguments: Sequence[str]) -> int | None:
    """The exit code of a run with these arguments that was printed again; None for a run that is to be made."""
    if arguments[:1] != ["check"] or "--no-cache" in arguments or "--config-from" in arguments or not sys.stdout:
        return None
    path = cache_path()
    if path is None or not os.path.exists(path):
        return None
    try:
        key = run_key(arguments)
    except OSError:  # there is no current folder any more
        return None
    remembered = Cache(path)
    kept = remembered.run(key)
    remembered.close()
    if kept is None:
        return None
    try:
        if not _hold(_read(unpacked(kept[0]))):
            return None
        output, code = unpacked(kept[1]), kept[2]
    except ValueError:  # nothing that was written down by ``written``
        return None
    try:
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except OSError:  # the long way knows what to say of it
        return None
    return code


def run_key(arguments: Sequence[str]) -> bytes:
    """What a run is known by: all that it hangs on but the disk. Raises OSError without a current folder."""
    stdout, stderr = sys.stdout, sys.stderr
    stream = f"{stdout.isatty()} {stdout.encoding} {stderr.isatty() if stderr else None}"
    try:
        stream += f" {os.get_terminal_size(stdout.fileno()).columns}"
    except (OSError, ValueError):
        stream += " -"
    day = time.strftime("%Y-%m-%d", time.gmtime())
    variables = [f"{name}={os.environ.get(name)}" for name in _VARIABLES]
    variables += [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("GIT_")]
    parts = (installation(), day, os.getcwd(), stream, *variables, "", *arguments)
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def written(facts: Iterable[Fact]) -> bytes:
    """Facts as bytes."""
    return "\0".join(part for one in facts for part in one).encode("utf-8", "surrogatepass")


def _read(facts: bytes) -> Iterable[Sequence[str]]:
    parts = facts.decode("utf-8", "surrogatepass").split("\0")
    return zip(parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True)


def _hold(facts: Iterable[Sequence[str]]) -> bool:
    """Whether the answers to all questions are the same as they were."""
    beside = cache(on_disk)

    def holds(kind: str, path: str, other: str, answer: str) -> bool:
        if kind == "state":
            return fact(path) == answer
        if kind == "presence":
            return str(os.path.lexists(path)) == answer
        if kind == "place":
            return os.path.realpath(path) == answer
        return str(beside(path)(other)) == answer

    return all(holds(*one) for one in facts)
