"""The rule book as a list for people, as JSON, and as the table of the README."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pmlint.rule import Rule


def rule_list(rules: Sequence[Rule]) -> Iterator[str]:
    """The rules by family: name, severity, what each finds; those off by default and those that are fixed say so."""
    width = max((len(rule.name) for rule in rules), default=0)
    family = ""
    for rule in rules:
        if family and rule.family != family:
            yield ""
        family = rule.family
        yield f"{rule.name:<{width}}  {_standing(rule):<14}  {rule.summary}"


def _standing(rule: Rule) -> str:
    """``warning``, ``info, off``, ``info, fix``."""
    return ", ".join([str(rule.severity), *([] if rule.default else ["off"]), *(["fix"] if rule.fixable else [])])


def rule_table(rules: Sequence[Rule]) -> Iterator[str]:
    """The lines of a Markdown table of the rules, each name leading to its page from the root of the repository."""
    yield "| rule | severity | what it asks for |"
    yield "| --- | --- | --- |"
    for rule in rules:
        yield f"| [{rule.name}]({rule.path}) | {_standing(rule)} | {rule.summary.replace('|', chr(92) + '|')} |"


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
        "fixable": rule.fixable,
        "help": rule.help,
        "sources": list(rule.sources),
        "options": {name: dict(schema) for name, schema in rule.options.items()},
    }
