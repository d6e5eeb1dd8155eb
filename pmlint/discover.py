"""Which files are meant: the named ones, and in named folders those that are postmortems."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from pmlint.errors import Problem

if TYPE_CHECKING:
    from pmlint.git import Repository
    from pmlint.memory import Memory

ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".md.erb")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "vendor", "third_party"})


# What a configuration says about a file; None where its name and content decide. Where files are included by name,
# the others are passed over.
Verdict = Literal["included", "excluded", "passed over"] | None


def nothing_said(path: str) -> Verdict:
    """What there is to say about a file without a configuration."""
    return None


class Seen(NamedTuple):
    """A file or folder that was looked at: whether it is taken, in one word and in one clause why.

    ``path`` is as the person named it or the folder above it; a folder ends in a slash and stands for all in it.
    """

    path: str
    taken: bool
    word: str
    reason: str


class Discovery(NamedTuple):
    """The files to check, each once, in the order of their names; what could not be looked at; and all that was."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    seen: tuple[Seen, ...] = ()

    @property
    def excluded(self) -> int:
        """How many files are left out because somebody said so."""
        return sum(one.word == "excluded" for one in self.seen)


def find_postmortems(
    arguments: Sequence[str],
    verdict: Callable[[str], Verdict] = nothing_said,
    explain: bool = False,
    memory: "Memory | None" = None,
) -> Discovery:
    """The files that arguments mean. A named file is taken whatever it is called; ``-`` is standard input.

    A named file is left out only where the ``verdict`` on it is that it is excluded.
    ``explain`` is for those who ask what was seen: it tells of the files that git ignores as well, and a folder
    without postmortems is an answer then, no problem. ``memory`` knows what was said of the same texts before.
    """
    seen: dict[str, Seen] = {}
    problems: list[Problem] = []
    for argument in arguments:
        if argument == "-" or not os.path.isdir(argument):
            known = seen.get(_identity(argument))
            if verdict(argument) == "excluded":
                seen[_identity(argument)] = Seen(argument, *EXCLUDED)
            elif known is None or not known.taken:
                seen[_identity(argument)] = Seen(argument, True, "named", "you named it")
            continue
        found = False
        for one in _seen_below(argument, verdict, problems, explain, memory):
            known = seen.setdefault(_identity(one.path), one)
            found = found or known.taken or known.word == "excluded"
        if not found and not explain:
            remedy = "name the files themselves; `pmlint files` tells why each was left out"
            problems.append(Problem(argument, "no postmortem found in this folder", remedy))
    # By their names, so that a report is the same in whichever order a hook names the files.
    ordered = sorted(seen.values(), key=lambda one: os.fsencode(one.path))
    return Discovery(tuple(one.path for one in ordered if one.taken), tuple(problems), tuple(ordered))


def _identity(path: str) -> str:
    return path if path == "-" else os.path.abspath(path)


def is_markdown_name(path: str) -> bool:
    """Whether the ending of a file says that it is Markdown."""
    return path.lower().endswith(ENDINGS)


def has_no_ending(path: str) -> bool:
    """Whether nothing at the end of a file's name says what it is; a blank after a dot makes it no ending."""
    stem, ending = os.path.splitext(os.path.basename(path))
    return not stem.startswith(".") and (not ending or " " in ending)


def left_out_folder(parts: Sequence[str]) -> int | None:
    """The index of the first folder among the parts of a path that is never searched: a hidden or a foreign one."""
    for number, part in enumerate(parts[:-1]):
        if part.startswith(".") or part in _SKIPPED_FOLDERS:
            return number
    return None


def _parts_above(folder: str, top: str | None) -> tuple[str, ...]:
    """The names that lead to a folder: from the top folder of its repository, else as it was named."""
    if top is not None:
        below = os.path.relpath(os.path.realpath(folder), os.path.realpath(top))
        return (os.path.basename(top), *(() if below == os.curdir else below.split(os.sep)))
    # What stands above an absolute path says where somebody works, not what the files are.
    above = [] if os.path.isabs(folder) else os.path.normpath(folder).split(os.sep)
    return (*above, os.path.basename(os.path.abspath(folder)))


EXCLUDED = (False, "excluded", "the configuration excludes it")
_SAID = {
    "included": (True, "included", "the configuration includes it"),
    "excluded": EXCLUDED,
    "passed over": (False, "passed", "the configuration includes other files only"),
}


def decided(said: Verdict) -> tuple[bool, str, str] | None:
    """Whether a file is taken, in one word and one clause why, by what a configuration says; None for nothing."""
    return _SAID[said] if said else None


def _seen_below(
    folder: str, verdict: Callable[[str], Verdict], problems: list[Problem], explain: bool, memory: "Memory | None"
) -> Iterator[Seen]:
    from pmlint.candidate import judgement, looks_like_markdown, may_be_named_without_ending
    from pmlint.files import MAX_BYTES, read_source
    from pmlint.git import find_repository, ignored_below

    repository = find_repository(folder)
    above = _parts_above(folder, repository.top if repository else None)
    for path in _files_below(folder, repository, problems):
        if path.endswith(os.sep):
            yield Seen(path, False, "folder", "hidden and foreign folders are not searched")
            continue
        unmarked = has_no_ending(path)
        if not unmarked and not is_markdown_name(path):
            continue
        parts = (*above, *os.path.relpath(path, folder).split(os.sep))
        if unmarked and not may_be_named_without_ending(parts):
            continue
        if os.path.islink(path):
            yield Seen(path, False, "link", "links are not followed")
            continue
        if not os.path.isfile(path):
            continue
        if said := decided(verdict(path)):
            yield Seen(path, *said)
            continue
        source, _ = read_source(path, MAX_BYTES)
        if unmarked and not (source and looks_like_markdown(source.text)):
            continue
        if source is None and not os.access(path, os.R_OK):
            # Whoever reads a file that nobody may look into then says so.
            yield Seen(path, True, "unreadable", "nobody may look into it")
            continue
        text = source.text if source else ""
        yield Seen(path, *(memory.judged(parts, text, judgement) if memory else judgement(parts, text)))
    if explain and repository:
        real = os.path.realpath(folder)
        for path in ignored_below(repository, folder):
            if path.endswith("/") or is_markdown_name(path):
                as_named = os.path.normpath(os.path.join(folder, os.path.relpath(path, real)))
                yield Seen(as_named + os.sep * path.endswith("/"), False, "ignored", "git ignores it")


def _files_below(folder: str, repository: "Repository | None", problems: list[Problem]) -> Iterator[str]:
    """The files below a folder, sorted, as seen from it; folders that are not searched end in a separator."""
    if repository is not None:
        from pmlint.git import files_below

        listed = files_below(repository, folder)
        if listed is not None:
            yield from _searched(listed, folder)
            return
    yield from _walked(folder, problems)


def _searched(listed: Iterable[str], folder: str) -> Iterator[str]:
    real, named = os.path.realpath(folder), os.path.normpath(folder)
    left_out: set[str] = set()
    for path in listed:
        parts = os.path.relpath(path, real).split(os.sep)
        number = left_out_folder(parts)
        as_named = os.path.normpath(os.path.join(named, *parts))
        if number is None:
            # A folder is a repository of its own here.
            yield os.path.join(as_named, "") if _is_folder(path) else as_named
        elif is_markdown_name(path):
            skipped = os.path.join(os.path.normpath(os.path.join(named, *parts[: number + 1])), "")
            if skipped not in left_out:
                left_out.add(skipped)
                yield skipped


def _is_folder(path: str) -> bool:
    return not is_markdown_name(path) and os.path.isdir(path) and not os.path.islink(path)


def _walked(folder: str, problems: list[Problem]) -> Iterator[str]:
    """The files below a folder without git: links are not followed, hidden and foreign folders not searched."""

    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), "permission denied: the folder was not looked into"))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        for name in sorted(folders):
            if left_out_folder((name, "")) is not None and name != ".git":
                yield os.path.join(os.path.normpath(os.path.join(root, name)), "")
        folders[:] = sorted(name for name in folders if left_out_folder((name, "")) is None)
        for name in sorted(names):
            yield os.path.normpath(os.path.join(root, name))
