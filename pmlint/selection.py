"""Which texts a run is about: files on disk and standard input, or what git holds ready for the next commit."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pmlint.discover import (
    EXCLUDED,
    Seen,
    Verdict,
    decided,
    find_postmortems,
    has_no_ending,
    is_markdown_name,
    left_out_folder,
    nothing_said,
)
from pmlint.errors import PmlintError, Problem
from pmlint.neighbours import Exists, among
from pmlint.neighbours import on_disk as beside_on_disk
from pmlint.source import Source

if TYPE_CHECKING:
    from pmlint.git import Entry, Repository
    from pmlint.memory import Memory

_MAX_BYTES = 16 * 1024 * 1024
# A text, None if it could not be had, and what is wrong with it.
Reading = tuple[Source | None, Problem | None]


class Selection(NamedTuple):
    """The paths of the texts, each once and in order; how each is read; what could not be looked at; and what lies
    beside each."""

    paths: tuple[str, ...]
    read: Callable[[str], Reading]
    problems: tuple[Problem, ...] = ()
    seen: tuple[Seen, ...] = ()
    exists: Callable[[str], Exists] = beside_on_disk

    @property
    def excluded(self) -> int:
        """How many files are left out because somebody said so."""
        return sum(one.word == "excluded" for one in self.seen)


def on_disk(
    arguments: Sequence[str],
    read: Callable[[str], Reading],
    verdict: Callable[[str], Verdict] = nothing_said,
    memory: "Memory | None" = None,
) -> Selection:
    """The files that the arguments mean, see ``find_postmortems``; ``read`` reads one of them."""
    found = find_postmortems(arguments, verdict, memory=memory)
    return Selection(found.paths, read, found.problems, found.seen)


def in_index(arguments: Sequence[str], max_bytes: int, verdict: Callable[[str], Verdict] = nothing_said) -> Selection:
    """What the arguments mean in the index: of folders the postmortems that a commit would add or change.

    A file that was named itself is taken as the index holds it, changed or not. Raises PmlintError without git or
    outside a repository.
    """
    from pmlint.git import index_entries, open_repository, staged_changes

    repository = open_repository()
    entries = index_entries(repository)
    changes = {entry.path: entry for entry in staged_changes(repository)}
    wanted: dict[str, bool] = {}
    problems: list[Problem] = []
    for argument in arguments:
        path = path_in(repository, argument)
        if argument == "-" or path is None:
            reason = "standard input is not in the index" if argument == "-" else "this lies outside the repository"
            problems.append(Problem(argument, reason, "leave it out, or check without --staged"))
        elif path in entries:
            wanted[path] = True
        elif path == "" or os.path.isdir(argument):
            for change in changes:
                if not path or change.startswith(f"{path}/"):
                    wanted.setdefault(change, False)
        else:
            problems.append(Problem(argument, "this is not in the index", "`git add` it first"))
    chosen = [(changes.get(path) or entries[path], named) for path, named in wanted.items()]
    selection = _chosen(repository, sorted(chosen), max_bytes, verdict, problems)
    return selection._replace(exists=lambda path: among(entries, path_in(repository, path) or ""))


def shown_path(repository: "Repository", path: str) -> str:
    """A path of the repository as seen from the current folder."""
    return os.path.relpath(os.path.join(repository.top, path), os.path.realpath(os.curdir))


def _chosen(
    repository: "Repository",
    wanted: "Sequence[tuple[Entry, bool]]",
    max_bytes: int,
    verdict: Callable[[str], Verdict],
    problems: list[Problem],
) -> Selection:
    from pmlint.git import blobs

    contents = blobs(repository, (entry.oid for entry, _ in wanted if entry.kind == "file"), max_bytes)
    readings: dict[str, Reading] = {}
    seen: list[Seen] = []
    for entry, named in wanted:
        path = shown_path(repository, entry.path)
        reading = _read(path, entry, contents, max_bytes)
        one = _seen(repository, entry, path, reading[0], named, verdict)
        if one is None:
            continue
        seen.append(one)
        if one.word == "unmerged" or (named and entry.kind != "file"):
            problems.append(Problem(path, one.reason, _REMEDIES[one.word]))
        elif one.taken:
            readings[path] = reading
    return Selection(tuple(readings), readings.__getitem__, tuple(problems), tuple(seen))


_REASONS = {
    "unmerged": "the index holds no merged version of it",
    "link": "the index holds a symbolic link, no text",
    "submodule": "the index holds a submodule, no text",
    "empty": "the index holds no text for it",
}
_REMEDIES = {
    "unmerged": "resolve the conflict and `git add` it",
    "link": "name the file that it leads to",
    "submodule": "run pmlint inside it",
    "empty": "`git add` it",
}


def _read(path: str, entry: "Entry", contents: dict[str, bytes | int], max_bytes: int) -> Reading:
    from pmlint.files import source_of

    data = contents.get(entry.oid)
    if isinstance(data, bytes):
        return source_of(path, data)
    if data is None:
        return None, Problem(path, "git holds no text for it here", "fetch it: this clone may be a partial one")
    return None, Problem(
        path, f"the staged text has {data:,} bytes, the limit is {max_bytes:,}", "raise it with --max-bytes"
    )


def _seen(
    repository: "Repository",
    entry: "Entry",
    path: str,
    source: Source | None,
    named: bool,
    verdict: Callable[[str], Verdict],
) -> Seen | None:
    """What becomes of an entry; None for one that is no Markdown."""
    from pmlint.candidate import judgement, looks_like_markdown, may_be_named_without_ending

    parts = (os.path.basename(repository.top), *entry.path.split("/"))
    unmarked = has_no_ending(entry.path) and may_be_named_without_ending(parts)
    if not named and not is_markdown_name(entry.path) and not unmarked:
        return None
    if entry.kind != "file":
        return Seen(path, False, entry.kind, _REASONS[entry.kind])
    said = verdict(path)
    if named:
        return Seen(path, *EXCLUDED) if said == "excluded" else Seen(path, True, "named", "you named it")
    if left_out_folder(parts[1:]) is not None:
        return Seen(path, False, "folder", "hidden and foreign folders are not searched")
    if by_configuration := decided(said):
        return Seen(path, *by_configuration)
    text = source.text if source else ""
    if unmarked and not is_markdown_name(entry.path) and not looks_like_markdown(text):
        return None
    return Seen(path, *judgement(parts, text))


def path_in(repository: "Repository", argument: str) -> str | None:
    """A path as git names it, ``""`` for the top folder; None outside the repository."""
    above = os.path.realpath(os.path.dirname(os.path.abspath(argument)))
    # A link itself is meant, not what it leads to.
    real = os.path.join(above, os.path.basename(os.path.abspath(argument)))
    below = os.path.relpath(real, os.path.realpath(repository.top))
    if below == os.curdir:
        return ""
    return None if below.split(os.sep)[0] == os.pardir else below.replace(os.sep, "/")


class Before(NamedTuple):
    """A text as it was, and what lay beside it."""

    source: Source
    exists: Callable[[], Exists]


def past_texts(selection: Selection, revision: str, max_bytes: int) -> tuple[dict[str, Before], tuple[Problem, ...]]:
    """The texts as they were where HEAD and a revision parted, by the paths they have now; new files are not in it.

    Renamed files are followed. Raises PmlintError where git cannot tell: nothing is then known to be old.
    """
    from pmlint.git import blobs, merge_base, open_repository, renamed_since, tree_entries

    repository = open_repository()
    base = merge_base(repository, revision)
    entries, former = tree_entries(repository, base), renamed_since(repository, base)
    olds: dict[str, Entry] = {}
    for path in selection.paths:
        now = path_in(repository, path) if path != "-" else None
        old = entries.get(former.get(now, now)) if now else None
        if old and old.kind == "file":
            olds[path] = old
    contents = blobs(repository, (entry.oid for entry in olds.values()), max_bytes)
    return _texts(olds, contents, max_bytes, entries)


def _texts(
    olds: "dict[str, Entry]", contents: dict[str, bytes | int], max_bytes: int, entries: "dict[str, Entry]"
) -> tuple[dict[str, Before], tuple[Problem, ...]]:
    texts: dict[str, Before] = {}
    problems: list[Problem] = []
    for path, entry in olds.items():
        source, problem = _read(path, entry, contents, max_bytes)
        if source is not None:
            texts[path] = Before(source, partial(among, entries, entry.path))
        elif problem:
            problems.append(problem._replace(reason=f"its former text cannot be read: {problem.reason}"))
    return texts, tuple(problems)


def files_in_commit(revision: str) -> Callable[[str], bytes | None]:
    """What gives a file as a commit has it, None where it has no such file. Raises PmlintError where git or the commit
    is missing; what it gives raises it for a link, a submodule and what is too large."""
    from pmlint.git import blobs, commit_named, open_repository, tree_entries

    repository = open_repository()
    entries = tree_entries(repository, commit_named(repository, revision))

    def file(path: str) -> bytes | None:
        entry = entries.get(path_in(repository, path) or "")
        data = blobs(repository, [entry.oid], _MAX_BYTES).get(entry.oid) if entry and entry.kind == "file" else None
        if entry and not isinstance(data, bytes):
            shown = shown_path(repository, entry.path)
            if data is not None:
                large = f"{revision} has {data:,} bytes here, the limit is {_MAX_BYTES:,}"
                raise PmlintError(Problem(shown, large, "commit a shorter file there"))
            raise PmlintError(Problem(shown, f"{revision} has no text here that could be read", "commit a file there"))
        return data if isinstance(data, bytes) else None

    return file
