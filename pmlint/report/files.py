"""Which files were taken for postmortems and why the others were not, for people and for programs."""

import json
from collections.abc import Iterator, Sequence

from pmlint.discover import Seen
from pmlint.report.escape import inert, shown

VERSION = 1
# Nobody would take these for postmortems; with a word each they would bury the others.
_FAR = frozenset({"other", "folder", "ignored", "passed"})


def files_lines(seen: Sequence[Seen], everything: bool) -> Iterator[str]:
    """A line a file, ``path: word: reason``: those that are taken, those that came near, with ``everything`` all."""
    taken = [one for one in seen if one.taken]
    others = [one for one in seen if not one.taken and (everything or one.word not in _FAR)]
    for one in taken:
        yield f"{shown(one.path)}: taken: {one.reason}"
    for one in others:
        yield f"{shown(one.path)}: {one.word}: {one.reason}"
    left = len(seen) - len(taken) - len(others)
    yield f"{len(taken)} taken, {len(others)} left out" + (f", {left} others (--all tells of them)" if left else "")


def files_json(seen: Sequence[Seen]) -> str:
    """Every file and folder that was looked at, in the form of ``schemas/files.schema.json``."""
    files = [{"path": one.path, "taken": one.taken, "word": one.word, "reason": one.reason} for one in seen]
    return inert(json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=2))
