"""The rules of a run: the shipped pages, those of plug-ins and of the team, and the choice among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pmlint.checks import CHECKS
from pmlint.data import read_digest, read_shipped, rule_names
from pmlint.errors import PmlintError, Problem
from pmlint.rule import Check, Rule, Severity, digested
from pmlint.settings import Change

if TYPE_CHECKING:
    from pmlint.profile import Profile


class Rulebook(NamedTuple):
    """All rules, sorted by name; the checks that they name, and the profiles that are not shipped ones.

    ``options`` maps names of rules to values that replace the defaults of their options.
    """

    rules: tuple[Rule, ...]
    checks: Mapping[str, Check] = CHECKS
    profiles: "Mapping[str, Profile]" = MappingProxyType({})
    options: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

    def changed(self, changes: Iterable[Change]) -> "Rulebook":
        """The rule book after the changes of a configuration, one after the other; unknown names change nothing."""
        rules = {rule.name: rule for rule in self.rules}
        options = {name: dict(values) for name, values in self.options.items()}
        for change in changes:
            for name, rule in rules.items():
                if _meant(change.rules, rule):
                    rules[name] = _set(rule, change.level)
                    options[name] = {**options.get(name, {}), **change.options}
        return self._replace(rules=tuple(rules.values()), options={n: o for n, o in options.items() if o})

    def strangers(self, tokens: Iterable[str]) -> dict[str, str]:
        """The tokens that mean no rule, each with advice."""
        unknown = [token for token in tokens if not any(_meant(token, rule) for rule in self.rules)]
        return {token: self._near([token]) for token in unknown}

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """The rules that a run applies: those selected, else the default ones, without the ignored.

        A token is a rule's name, a family (``timeline`` or ``timeline/``) or ``ALL``. A family selects its default
        rules, because some of the others contradict each other. Raises PmlintError that names every unknown token.
        """
        unknown = [token for token in (*select, *ignore) if not any(_meant(token, rule) for rule in self.rules)]
        if unknown:
            raise PmlintError(Problem(", ".join(unknown), "no rule or family has that name", self._near(unknown)))
        chosen = [rule for rule in self.rules if (any(_chosen(t, rule) for t in select) if select else rule.default)]
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


def _set(rule: Rule, level: str | None) -> Rule:
    if level is None:
        return rule
    if level in ("off", "on"):
        return rule._replace(default=level == "on")
    return rule._replace(default=True, severity=Severity[level.upper()])


def _meant(token: str, rule: Rule) -> bool:
    return token in ("ALL", rule.name) or token.removesuffix("/") in (rule.family, *rule.also)


def rulebook_with(
    folders: Sequence[tuple[str, str]] = (), top: str | None = None, plugins: Sequence[str] = ()
) -> tuple[Rulebook, tuple[Problem, ...]]:
    """The rule book from the shipped pages, those of plug-ins and of rule folders, and what is wrong with the latter.

    ``folders`` are pairs of a path and the name to show for it; none of them is read outside of ``top``.
    """
    book = read_rulebook()
    problems: list[Problem] = []
    checks = dict(book.checks)
    places = [(path, shown, top) for path, shown in folders]
    if plugins:
        from pmlint.plugins import loaded

        found, unloaded = loaded(plugins)
        problems += unloaded
        for name, plugin in found.items():
            checks |= plugin.checks
            places.append((plugin.rules, f"plug-in {name}", None))
    if not places:
        return book, tuple(problems)
    from pmlint.profile import shipped_profiles
    from pmlint.rulefolder import read_pages

    rules = {rule.name: rule for rule in book.rules}
    profiles: dict[str, Profile] = {}
    for path, shown, inside in places:
        pages = read_pages(path, shown, inside, checks)
        problems += pages.problems
        for rule in pages.rules:
            if rules.setdefault(rule.name, rule) is not rule:
                problems.append(Problem(rule.path, f"a rule has the name {rule.name} already", "rename the page"))
        for profile in pages.profiles.values():
            if profile.name in shipped_profiles() or profiles.setdefault(profile.name, profile) is not profile:
                reason = f"a profile has the name {profile.name} already"
                problems.append(Problem(profile.path, reason, "rename the page"))
    return Rulebook(tuple(rules[name] for name in sorted(rules)), checks, profiles), tuple(problems)


def _chosen(token: str, rule: Rule) -> bool:
    return token in ("ALL", rule.name) or (rule.default and _meant(token, rule))


def read_rulebook() -> Rulebook:
    """The rule book of the shipped pages, from their digest where there is one.

    Raises FileNotFoundError for a damaged installation.
    """
    digest = read_digest()
    if digest is None:
        return Rulebook(tuple(read_pages()))
    return Rulebook(tuple(map(digested, digest["rules"])))


def read_pages() -> Iterator[Rule]:
    """The shipped pages as rules, sorted by name."""
    from pmlint.page import parse_page  # needed by nobody who has a digest

    for name in rule_names():
        yield parse_page(read_shipped("rules", f"{name}.md"), name, f"rules/{name}.md")
