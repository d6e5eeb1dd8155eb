"""What a run hung on, for ``pmlint.replay``: every file and folder that it looked at, or that would have mattered."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pmlint.cache import fact
from pmlint.config import consulted
from pmlint.discover import left_out_folder
from pmlint.folders import top_above
from pmlint.packed import Packing
from pmlint.replay import Fact, run_key, written

if TYPE_CHECKING:
    from pmlint.gate import Gate, Request

# Changes that follow each other within this time may leave the same marks.
_NANOSECONDS = 2 * 10**9
Asked = Mapping[str, Mapping[str, bool | None]]


def record(
    request: "Request",
    gate: "Gate",
    asked: Asked,
    began: int,
    arguments: Sequence[str],
    output: Packing,
    code: int,
) -> None:
    """Keeps what a run with these arguments has printed, if all is known that it hung on and it is not too much."""
    facts = facts_of(request, gate, asked, began) if not output.is_full else None
    if facts is None:
        return
    answers = Packing()
    answers.add(written(facts))
    if not answers.is_full:
        request.cache.keep_run(run_key(arguments), answers.packed(), output.packed(), code)


def facts_of(request: "Request", gate: "Gate", asked: Asked, began: int) -> list[Fact] | None:
    """What a run hung on that is done; None where that is more than can be asked again quickly: git and what it holds,
    standard input, a team's own rules, or a file that was being changed.

    ``asked`` holds for each document what its rules asked of its folder, with the answers; the run ``began`` at a time
    in nanoseconds since 1970.
    """
    asks_git = request.staged or request.since is not None or request.config_from is not None
    if asks_git or request.baseline is not None or request.fixing or "-" in request.paths:
        return None
    if any(terms.key is None or terms.settings.rule_folders for terms in gate.terms):
        return None
    files = {*gate.selection.paths, *(one.path for one in gate.selection.seen)}
    folders = {*filter(os.path.isdir, request.paths)}
    if any(top_above(os.path.abspath(folder)) for folder in folders):
        return None
    below = [folder for top in sorted(folders) for folder in _searched(top)]
    facts = {path: fact(path) for path in sorted({*files, *below, *request.paths})}
    presences: dict[str, bool] = {}
    around_files = sorted({os.path.abspath(os.path.dirname(path)) for path in files} | {os.getcwd()})
    for folder in around_files:
        if request.choice.file is None and not request.choice.isolated:
            found, around = consulted(folder)
            facts |= {path: fact(path) for path in found}
            presences |= around
    if request.choice.file is not None:
        facts[request.choice.file] = fact(request.choice.file)
    if any(_is_fresh(state, began) for state in facts.values()):
        return None
    return [
        *(("state", path, "", state) for path, state in facts.items()),
        *(("presence", path, "", str(there)) for path, there in presences.items()),
        *(("place", folder, "", os.path.realpath(folder)) for folder in around_files),
        *_beside(asked),
    ]


def _beside(asked: Asked) -> list[Fact]:
    """What the rules asked of each folder, every question once, of the first document there: the answer is the same
    for all others."""
    first: dict[str, str] = {}
    questions = (
        ("beside", first.setdefault(os.path.dirname(path), path), what, str(answer))
        for path, answers in asked.items()
        for what, answer in answers.items()
    )
    return list(dict.fromkeys(questions))


def _is_fresh(state: str, began: int) -> bool:
    """Whether a file was changed too shortly before the run, or after it began: its state may tell of another text."""
    times = state.split()[:2]
    return state in ("unknown", "link") or any(int(time) > began - _NANOSECONDS for time in times)


def _searched(folder: str) -> Iterator[str]:
    for root, folders, _ in os.walk(folder):
        folders[:] = [name for name in folders if left_out_folder((name, "")) is None]
        yield root
