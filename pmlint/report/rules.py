"""The rule book as a list for people and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pmlint.rule import Rule


def rule_list(rules: Sequence[Rule]) -> Iterator[str]:
    """The rules by family: name, severity, what each finds; those off by default say so."""
    width = max((len(rule.name) for rule in rules), default=0)
    family = ""
    for rule in rules:
        if family and rule.family != family:
            yield ""
        family = rule.family
        severity = str(rule.severity) if rule.default else f"{rule.severity}, off"
        yield f"{rule.name:<{width}}  {severity:<12}  {rule.summary}"


def rules_json(rules: Sequence[Rule]) -> str:
    """All rules as a JSON array."""
    return json.dumps([_rule(rule) for rule in rules], ensure_ascii=False, indent=2)


def page_json(rule: Rule) -> str:
    """One rule as a JSON object, its page included."""
    return json.dumps({**_rule(rule), "page": rule.text}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "title": rule.title,
        "summary": rule.summary,
        "severity": str(rule.severity),
        "default": rule.default,
        "help": rule.help,
        "sources": list(rule.sources),
        "options": {name: dict(schema) for name, schema in rule.options.items()},
    }
