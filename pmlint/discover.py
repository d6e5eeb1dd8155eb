"""Which files are meant: the named ones, and in named folders those that are postmortems."""

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmlint.errors import Problem
from pmlint.files import MAX_BYTES, read_source
from pmlint.recognise.sections import concepts_of

ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".md.erb")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "vendor", "third_party"})
_SURE = (
    r"post[-_ ]?mortems?|incident[-_ ]?(?:report|review)s?|outages?|after[-_ ]action[-_ ](?:report|review)s?|rcas?"
    r"|störungsberichte?|rapports?[-_ ]d.incidents?|障害報告書?|ポストモーテム|复盘|事故报告"
)
# These name procedures and tools as well; the content then decides.
_LIKELY = r"incidents?|retrospectives?|root[-_ ]cause(?:[-_ ]analysis)?|coe|pir|post[-_ ]incident"
_SURELY = re.compile(rf"(?<![^\W_])(?:{_SURE})(?![^\W_])|^pm-?\d|^incidents?$", re.I)
_LIKELY_MEANT = re.compile(rf"(?<![^\W_])(?:{_SURE}|{_LIKELY})(?![^\W_])", re.I)
_NEVER = re.compile(
    r"^(?:readme|index|changelog|changes|history|contributing|code_of_conduct|licen[cs]e|security|support|governance)\b|template",
    re.I,
)
_HEADING = re.compile(r"(?m)^ {0,3}#{1,4}[ \t]+(.+)$")
_TITLE = re.compile(r"(?m)^title[ \t]*[:=][ \t]*(.+)$")
# What a postmortem's headings are about, and few other documents' headings together.
_CORE = frozenset(
    {"timeline", "root_cause", "contributing_factors", "impact", "actions", "resolution", "detection", "lessons"}
)
_HEAD_OF_FILE = 64 * 1024


class Discovery(NamedTuple):
    """The files to check, each once, in the order of the arguments, and what could not be looked at."""

    paths: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def find_postmortems(arguments: Sequence[str]) -> Discovery:
    """The files that arguments mean. A named file is taken whatever it is called; ``-`` is standard input."""
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    for argument in arguments:
        if argument == "-" or not os.path.isdir(argument):
            paths.setdefault(_identity(argument), argument)
            continue
        before = len(paths)
        seen = False
        for path in _markdown_files(argument, problems):
            if _is_postmortem(path, argument):
                seen = True
                paths.setdefault(_identity(path), path)
        if not seen and len(paths) == before:
            problems.append(Problem(argument, "no postmortem found in this folder", "name the files themselves"))
    return Discovery(tuple(paths.values()), tuple(problems))


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


def _is_postmortem(path: str, argument: str) -> bool:
    """By the words in its path, from the named folder down; else by its title and headings."""
    name = os.path.basename(path)
    if _NEVER.search(name):
        return False
    parts = (os.path.basename(os.path.abspath(argument)), *os.path.relpath(path, argument).split(os.sep))
    if any(_SURELY.search(part) for part in parts):
        return True
    source, _ = read_source(path, MAX_BYTES)
    likely = any(_LIKELY_MEANT.search(part) for part in parts)
    return source is not None and reads_like_a_postmortem(source.text[:_HEAD_OF_FILE], likely)


def reads_like_a_postmortem(text: str, likely: bool = False) -> bool:
    """Whether the headings are those of a postmortem: two where the title or path speaks for it, else four or five."""
    headings = _HEADING.findall(text)
    title = " ".join([*_TITLE.findall(text)[:1], *headings[:1]])
    about = {concept for heading in headings for concept in concepts_of(heading)} & _CORE
    return len(about) >= (2 if likely or _LIKELY_MEANT.search(title) else 4 if "timeline" in about else 5)
