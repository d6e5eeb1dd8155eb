"""Plug-ins: checks and rule pages of installed packages, loaded only when a configuration names them.

A package offers one as an entry point in the group ``pmlint.plugins`` that leads to a ``Plugin``. Nothing of the
linted repository is ever a plug-in: what is found in the current folder is left out.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmlint.checks import CHECKS
from pmlint.errors import Problem
from pmlint.rule import Check

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "pmlint.plugins"
_REMEDY = "take it out of `plugins`, or install its package where pmlint is (pre-commit: `additional_dependencies`)"


class Plugin(NamedTuple):
    """What a package adds: checks by the names that pages give them, and the path of a folder of rule pages."""

    checks: Mapping[str, Check]
    rules: str


def loaded(names: Sequence[str]) -> tuple[Mapping[str, Plugin], tuple[Problem, ...]]:
    """The named plug-ins by name, and those that could not be loaded."""
    plugins: dict[str, Plugin] = {}
    problems: list[Problem] = []
    offered = _offered()
    for name in names:
        found = offered.get(name, [])
        if len(found) != 1:
            reason = f"{len(found)} installed packages offer it" if found else "no installed package offers it"
            problems.append(Problem(f"plug-in {name}", reason, _REMEDY))
            continue
        try:
            plugin = found[0].load()
        except (Exception, SystemExit) as error:
            reason = f"it cannot be loaded: {type(error).__name__}: {error}"
            problems.append(Problem(f"plug-in {name}", reason, "update or repair its package"))
            continue
        if unfit := _reason(plugin, plugins):
            problems.append(Problem(f"plug-in {name}", unfit, "its author can mend that"))
        else:
            plugins[name] = plugin
    return plugins, tuple(problems)


def _offered() -> "Mapping[str, list[EntryPoint]]":
    """The entry points of the group by name, in the order of the module path."""
    from importlib.metadata import distributions  # dear to import, and few configurations name plug-ins

    here = os.getcwd()
    paths = [path for path in sys.path if path and os.path.abspath(path) != here]
    offered: dict[str, list[EntryPoint]] = {}
    seen: set[str] = set()
    for distribution in distributions(path=paths):
        if distribution.name not in seen:  # an older copy further along the path does not count
            seen.add(distribution.name)
            for point in distribution.entry_points.select(group=GROUP):
                offered.setdefault(point.name, []).append(point)
    return offered


def _reason(plugin: object, others: Mapping[str, Plugin]) -> str | None:
    """Why something is no plug-in that can be used; None if it can."""
    if not isinstance(plugin, Plugin):
        return f"its entry point leads to {type(plugin).__name__}, not to a pmlint.plugins.Plugin"
    known = {*CHECKS, *(name for other in others.values() for name in other.checks)}
    if taken := sorted(known & plugin.checks.keys()):
        return f"a check has the name {taken[0]} already"
    return None
