"""The checks by name: what a rule page may name in its ``check``.

A check is a public generator function of marks in one of the modules here; no two have the same name.
"""

from collections.abc import Iterator, Mapping
from types import FunctionType, MappingProxyType, ModuleType

from pmlint.checks import (
    actions,
    agenda,
    agreement,
    causes,
    clarity,
    consistency,
    custom,
    durations,
    entries,
    impact,
    links,
    metadata,
    milestones,
    notation,
    publication,
    safety,
    sections,
    suppression,
    timeline,
    tone,
    voice,
)
from pmlint.rule import Check, Mark

_MODULES = (
    actions, agenda, agreement, causes, clarity, consistency, custom, durations, entries, impact, links, metadata,
    milestones, notation, publication, safety, sections, suppression, timeline, tone, voice,
)  # fmt: skip


def _checks_of(module: ModuleType) -> Iterator[tuple[str, Check]]:
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_"):
            assert value.__annotations__["return"] == Iterator[Mark], (
                f"{name} is no check: give it a leading underscore"
            )
            yield name, value


CHECKS: Mapping[str, Check] = MappingProxyType(dict(check for module in _MODULES for check in _checks_of(module)))
