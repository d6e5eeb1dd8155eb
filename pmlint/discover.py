"""Which files are meant: the named ones, and in named folders those that are postmortems."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from pmlint.errors import Problem

ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".md.erb")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "vendor", "third_party"})


class Discovery(NamedTuple):
    """The files to check, each once, in the order of the arguments, and what could not be looked at.

    ``excluded`` counts the files that are left out because somebody said so.
    """

    paths: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    excluded: int = 0


# What a configuration says about a file; None where its name and content decide. Where files are included by name,
# the others are passed over.
Verdict = Literal["included", "excluded", "passed over"] | None


def _nothing_said(path: str) -> Verdict:
    return None


def find_postmortems(arguments: Sequence[str], verdict: Callable[[str], Verdict] = _nothing_said) -> Discovery:
    """The files that arguments mean. A named file is taken whatever it is called; ``-`` is standard input.

    A named file is left out only where the ``verdict`` on it is that it is excluded.
    """
    paths: dict[str, str] = {}
    excluded: set[str] = set()
    problems: list[Problem] = []
    for argument in arguments:
        if argument == "-" or not os.path.isdir(argument):
            if verdict(argument) == "excluded":
                excluded.add(_identity(argument))
            else:
                paths.setdefault(_identity(argument), argument)
            continue
        from pmlint.candidate import is_postmortem  # its patterns are not needed where files are named

        before = len(paths)
        seen = False
        for path in _markdown_files(argument, problems):
            said = verdict(path)
            if said == "excluded":
                seen = True
                excluded.add(_identity(path))
            elif said == "included" or (said is None and is_postmortem(path, argument)):
                seen = True
                paths.setdefault(_identity(path), path)
        if not seen and len(paths) == before:
            problems.append(Problem(argument, "no postmortem found in this folder", "name the files themselves"))
    return Discovery(tuple(paths.values()), tuple(problems), len(excluded))


def _identity(path: str) -> str:
    return path if path == "-" else os.path.abspath(path)


def _markdown_files(folder: str, problems: list[Problem]) -> Iterator[str]:
    """The Markdown files below a folder, sorted; links are not followed, hidden and foreign folders left out."""

    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), "permission denied: the folder was not looked into"))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(root, name)
            if name.lower().endswith(ENDINGS) and not os.path.islink(path):
                yield os.path.normpath(path)
