"""A folder of rule pages of a team's own: ``<family>/<name>.md``, and ``profiles/<name>.md``. Data only, no code."""

import errno
import os
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pmlint.admission import admitted
from pmlint.errors import Problem
from pmlint.files import read_source
from pmlint.folders import leads_below
from pmlint.page import PageError
from pmlint.profile import Profile, parse_profile
from pmlint.rule import Check, Rule

MAX_PAGES = 500
_MAX_PAGE_BYTES = 256 * 1024


class Pages(NamedTuple):
    """What a rule folder holds, sorted by name, and what could not be read of it."""

    rules: tuple[Rule, ...] = ()
    profiles: Mapping[str, Profile] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()


def read_pages(folder: str, shown: str, top: str | None, checks: Mapping[str, Check]) -> Pages:
    """The pages of a folder, which is called ``shown``; links that lead out of ``top`` are not followed."""
    rules: list[Rule] = []
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    try:
        paths = list(_page_paths(folder, top))
    except _Refused as error:
        return Pages(problems=(Problem(os.path.join(shown, error.where).rstrip(os.sep), error.reason, error.remedy),))
    for family, name in paths:
        path = os.path.join(shown, family, name)
        source, problem = read_source(os.path.join(folder, family, name), _MAX_PAGE_BYTES)
        if source is None or problem:
            problems.append((problem or Problem(path, "the page cannot be read"))._replace(path=path))
            continue
        stem = name.removesuffix(".md")
        try:
            if family == "profiles":
                profiles[stem] = parse_profile(source.text, stem, path)
            else:
                rules.append(admitted(source.text, f"{family}/{stem}", path, checks))
        except PageError as error:
            problems += [Problem(path, reason, line=line) for line, reason in error.reasons]
    if not paths and not problems:
        problems.append(Problem(shown, "the rule folder holds no page", "pages are <family>/<name>.md in it"))
    return Pages(tuple(rules), profiles, tuple(problems))


class _Refused(Exception):
    def __init__(self, where: str, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.where, self.reason, self.remedy = where, reason, remedy


def _page_paths(folder: str, top: str | None) -> Iterator[tuple[str, str]]:
    """Family and file name of every page. Raises _Refused when the folder is not to be read."""
    _stay_inside(folder, "", top)
    count = 0
    for family in _names(folder, ""):
        inner = os.path.join(folder, family)
        if family.startswith(".") or not (os.path.isdir(inner) or os.path.islink(inner)):
            continue
        _stay_inside(inner, family, top)
        if leads_below(folder, inner):
            raise _Refused(family, "this link leads round in a circle", "take it out")
        for name in _names(inner, family):
            if name.endswith(".md"):
                _stay_inside(os.path.join(inner, name), os.path.join(family, name), top)
                count += 1
                yield family, name
    if count > MAX_PAGES:
        raise _Refused("", f"the rule folder has more than {MAX_PAGES} pages")


def _names(folder: str, where: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        reasons = {
            errno.ENOENT: "there is no such rule folder",
            errno.ENOTDIR: "this is no folder",
            errno.ELOOP: "this link leads round in a circle",
        }
        reason = reasons.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise _Refused(where, reason, "" if where else "`rule-folders` names it") from None


def _stay_inside(path: str, where: str, top: str | None) -> None:
    if top is not None and not leads_below(path, top):
        raise _Refused(where, "this leads out of the repository", "rule pages are read from inside it only")
