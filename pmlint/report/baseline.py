"""What a run says of a baseline, for people."""

from collections.abc import Iterator

from pmlint.baseline import Entry, Standing
from pmlint.report.escape import shown


def standing_lines(standing: Standing, path: str) -> Iterator[str]:
    """A line for the entries that met nothing, and one for those that have expired, where there are any."""
    if standing.stale:
        count = _count(len(standing.stale), "finding")
        yield f"{count} of {shown(path)} are no longer there: `pmlint baseline --prune` takes them out"
    if standing.expired:
        yield f"{_count(len(standing.expired), 'entry')} of {shown(path)} have expired and are reported again"


def entry_line(entry: Entry, said: str) -> str:
    """An entry of a baseline and what is said of it."""
    return f"{shown(entry.path)}: {said}: {shown(entry.message) or entry.fingerprint} [{shown(entry.rule)}]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else 'entries' if noun == 'entry' else noun + 's'}"
