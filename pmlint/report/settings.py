"""The effective settings and where each comes from, for people and as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from pmlint.report.escape import inert, shown
from pmlint.rulebook import Rulebook
from pmlint.settings import Settings

_DEFAULT = "default"


def settings_lines(settings: Settings, book: Rulebook) -> Iterator[str]:
    """The settings as TOML, each line with a comment that says where it was set."""
    yield f"# root: {shown(settings.root)}"
    rows = [(f"{key} = {toml(value)}", origin) for key, value, origin in _values(settings)]
    rows += [(f'rules."{name}" = {toml(value)}', origin) for name, value, origin in _rules(settings, book)]
    width = min(60, max(len(row) for row, _ in rows))
    for row, origin in rows:
        yield f"{shown(row):<{width}}  # {shown(origin)}"
    for override in settings.overrides:
        yield ""
        yield "[[overrides]]"
        yield f"files = {shown(toml(list(override.files)))}"
        for change in override.changes:
            value = {**({"severity": change.level} if change.level else {}), **change.options}
            yield shown(f'rules."{change.rules}" = {toml(value)}  # {change.origin}')


def settings_json(settings: Settings, book: Rulebook) -> str:
    """The settings as a JSON object: every key has its value and its origin."""
    whole = {
        "root": settings.root,
        "file": settings.file,
        "settings": {key: {"value": value, "origin": origin} for key, value, origin in _values(settings)},
        "rules": {name: {**value, "origin": origin} for name, value, origin in _rules(settings, book)},
        "overrides": [
            {
                "files": list(override.files),
                "rules": [
                    {
                        "rules": change.rules,
                        "severity": change.level,
                        "options": change.options,
                        "origin": change.origin,
                    }
                    for change in override.changes
                ],
            }
            for override in settings.overrides
        ],
    }
    return inert(json.dumps(whole, ensure_ascii=False, indent=2))


def _values(settings: Settings) -> Iterator[tuple[str, Any, str]]:
    agreed = settings.conventions
    values: dict[str, Any] = {
        "profile": settings.profile,
        "include": settings.include,
        "exclude": settings.exclude,
        "level": settings.level,
        "fail-on": settings.fail_on,
        "rule-folders": settings.rule_folders,
        "plugins": settings.plugins,
        "people": agreed.people,
        "teams": agreed.teams,
        "tickets": agreed.tickets,
        "severities": agreed.severities,
        "statuses": agreed.statuses,
        "date-order": {True: "day-first", False: "month-first", None: None}[agreed.day_first],
        "language": agreed.language,
        **{f"sections.{concept}": words for concept, words in agreed.sections.items()},
        **{f"zones.{name}": zone for name, zone in agreed.zones.items()},
        **{f'tone.allow."{rule}"': words for rule, words in agreed.allowed_wording.items()},
        **{f'tone.extra."{rule}"': words for rule, words in agreed.extra_wording.items()},
    }
    for key, value in values.items():
        if value is not None:
            known = ".".join(key.split(".")[:2])
            yield key, list(value) if isinstance(value, tuple) else value, settings.origins.get(known, _DEFAULT)


def _rules(settings: Settings, book: Rulebook) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every rule with its severity, off or not, and its options; the origin is that of the last change."""
    for rule in book.rules:
        touched = [c for c in settings.changes if c.rules.rstrip("/") in ("ALL", rule.name, rule.family)]
        severity = str(rule.severity) if rule.default else "off"
        origin = touched[-1].origin if touched else _DEFAULT
        yield rule.name, {"severity": severity, **book.options.get(rule.name, {})}, origin


def toml(value: Any) -> str:
    """A value as TOML; strings as JSON has them are basic strings."""
    if isinstance(value, dict):
        if value.keys() == {"severity"}:
            return toml(value["severity"])
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    # All that JSON leaves as it is and TOML does not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
