"""What a run says of a baseline, for people."""

from collections.abc import Iterator

from pmlint.baseline import Entry, Standing
from pmlint.report.escape import shown


def standing_lines(standing: Standing, path: str) -> Iterator[str]:
    """A line for the entries that met nothing, and one for those that have expired, where there are any."""
    if standing.stale:
        are, them = ("is", "it") if len(standing.stale) == 1 else ("are", "them")
        held = _held(path, len(standing.stale))
        yield f"{held} that {are} no longer there: `pmlint baseline --prune` takes {them} out"
    if standing.expired:
        have, are = ("has", "is") if len(standing.expired) == 1 else ("have", "are")
        yield f"{_held(path, len(standing.expired))} that {have} expired and {are} reported again"


def entry_line(entry: Entry, said: str) -> str:
    """An entry of a baseline and what is said of it."""
    return f"{shown(entry.path)}: {said}: {shown(entry.message) or entry.fingerprint} [{shown(entry.rule)}]"


def _held(path: str, number: int) -> str:
    return f"{shown(path)} holds {number} finding{'' if number == 1 else 's'}"
