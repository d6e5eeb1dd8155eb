"""What a run goes by: the settings of one configuration file, with those of the profile below and the options above."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pmlint.conventions import NO_CONVENTIONS, Conventions

# What a rule is set to: a severity, off, or on with the severity that its page gives.
Level = str
_CONVENTIONS = ("people", "teams", "tickets", "severities", "statuses")


class Layer(NamedTuple):
    """Settings that come from one place: ``origin`` names it, ``values`` are as written and valid.

    ``lines`` holds the 1-based line of every key and item, empty where the place has no lines.
    """

    origin: str
    values: Mapping[str, Any]
    lines: Mapping[tuple[str | int, ...], int] = MappingProxyType({})

    def place(self, *path: str | int) -> str:
        """Where a setting stands, for people: the origin, with the line if there is one."""
        line = self.lines.get(path)
        return f"{self.origin}:{line}" if line else self.origin


class Change(NamedTuple):
    """What a layer says about rules: ``rules`` is a rule's name, a family or ALL; ``level`` None leaves it as it is."""

    rules: str
    level: Level | None
    options: Mapping[str, Any]
    origin: str


class Override(NamedTuple):
    """Changes for some files only: globs relative to the settings' root, forward slashes."""

    files: tuple[str, ...]
    changes: tuple[Change, ...]


class Settings(NamedTuple):
    """The settings that hold for the files of a folder.

    ``root`` is the folder that globs and rule folders are relative to, ``file`` the configuration file or None.
    ``changes`` are in the order in which they apply. ``origins`` tells for every key that is set where it is.
    """

    root: str
    file: str | None = None
    profile: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    level: str = "warning"
    fail_on: str = "warning"
    rule_folders: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    overrides: tuple[Override, ...] = ()
    conventions: Conventions = NO_CONVENTIONS
    origins: Mapping[str, str] = MappingProxyType({})


def merged(root: str, file: str | None, layers: Sequence[Layer]) -> Settings:
    """The settings that layers make together, the later over the earlier: lists are replaced, tables are joined."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for key, value in layer.values.items():
            if key in ("rules", "overrides"):
                continue
            if isinstance(value, dict):
                values[key] = {**values.get(key, {}), **dict(_joined(value, values.get(key, {})))}
                origins |= {f"{key}.{inner}": layer.place(key, inner) for inner in value}
            else:
                values[key] = value
                origins[key] = layer.place(key)
    return Settings(
        root=root,
        file=file,
        profile=values.get("profile"),
        include=tuple(values.get("include", ())),
        exclude=tuple(values.get("exclude", ())),
        level=values.get("level", "warning"),
        fail_on=values.get("fail-on", "warning"),
        rule_folders=tuple(values.get("rule-folders", ())),
        plugins=tuple(values.get("plugins", ())),
        changes=tuple(change for layer in layers for change in _changes(layer, layer.values.get("rules", {}), "rules")),
        overrides=tuple(override for layer in layers for override in _overrides(layer)),
        conventions=_conventions(values),
        origins=origins,
    )


def _joined(value: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        yield key, {**before.get(key, {}), **inner} if isinstance(inner, dict) else inner


def _changes(layer: Layer, rules: Mapping[str, Any], *path: str | int) -> Iterator[Change]:
    """The changes of a table of rules, the general ones first: ALL, families, single rules."""
    for name in sorted(rules, key=lambda name: (name != "ALL", "/" in name.rstrip("/"))):
        value = rules[name]
        table = {"severity": value} if isinstance(value, str) else value
        options = {key: option for key, option in table.items() if key != "severity"}
        yield Change(name, table.get("severity"), options, layer.place(*path, name))


def _overrides(layer: Layer) -> Iterator[Override]:
    for number, override in enumerate(layer.values.get("overrides", ())):
        changes = tuple(_changes(layer, override["rules"], "overrides", number, "rules"))
        yield Override(tuple(override["files"]), changes)


def _conventions(values: Mapping[str, Any]) -> Conventions:
    tone = values.get("tone", {})
    return Conventions(
        sections=_tuples(values.get("sections", {})),
        zones=values.get("zones", {}),
        day_first={"day-first": True, "month-first": False}.get(values.get("date-order", "")),
        language=values.get("language"),
        allowed_wording=_tuples(tone.get("allow", {})),
        extra_wording=_tuples(tone.get("extra", {})),
        **{name: tuple(values.get(name, ())) for name in _CONVENTIONS},
    )


def _tuples(table: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in table.items()}
