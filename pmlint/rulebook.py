"""The rules of a run: the shipped pages, and the choice among them."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from pmlint.data import read_shipped, shipped
from pmlint.errors import PmlintError, Problem
from pmlint.page import parse_page
from pmlint.rule import Rule

# Folders of rules/ that hold other things than rules.
_NO_FAMILIES = frozenset({"lexicon", "profiles"})


class Rulebook(NamedTuple):
    """All rules, sorted by name."""

    rules: tuple[Rule, ...]

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """The rules that a run applies: those selected, else the default ones, without the ignored.

        A token is a rule's name, a family (``timeline`` or ``timeline/``) or ``ALL``. Raises PmlintError that names
        every unknown token.
        """
        unknown = [token for token in (*select, *ignore) if not any(_meant(token, rule) for rule in self.rules)]
        if unknown:
            raise PmlintError(Problem(", ".join(unknown), "no rule or family has that name", self._near(unknown)))
        chosen = [rule for rule in self.rules if (any(_meant(t, rule) for t in select) if select else rule.default)]
        return tuple(rule for rule in chosen if not any(_meant(token, rule) for token in ignore))

    def rule(self, name: str) -> Rule:
        """The rule of that name. Raises PmlintError with the nearest name when there is none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise PmlintError(Problem(name, "no rule has that name", self._near([name])))

    def _near(self, tokens: Sequence[str]) -> str:
        from difflib import get_close_matches  # needed by nobody who spells right

        names = [rule.name for rule in self.rules]
        known = [*names, *sorted({rule.family for rule in self.rules})]
        near = []
        for token in tokens:
            smells = [name for name in names if name.endswith(f"/{token.rpartition('/')[2]}")]
            near += smells[:1] or get_close_matches(token, known, n=1)
        return f"did you mean {' or '.join(near)}?" if near else "`pmlint rule` lists them"


def _meant(token: str, rule: Rule) -> bool:
    return token in ("ALL", rule.name) or token.removesuffix("/") in (rule.family, *rule.also)


def read_rulebook() -> Rulebook:
    """The rule book from the shipped pages. Raises FileNotFoundError for a damaged installation."""
    folder = shipped("rules")
    families = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir() and entry.name not in _NO_FAMILIES)
    rules = []
    for family in families:
        for page in sorted(os.listdir(os.path.join(folder, family))):
            if page.endswith(".md"):
                name = f"{family}/{page.removesuffix('.md')}"
                rules.append(parse_page(read_shipped("rules", f"{family}/{page}"), name, f"rules/{name}.md"))
    return Rulebook(tuple(rules))
