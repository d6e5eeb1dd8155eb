"""The words that recognition goes by, read once from the shipped ``rules/lexicon/``."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pmlint.data import read_lexicon


@cache
def section_words() -> Mapping[str, tuple[str, ...]]:
    """What headings are about: normalised heading → concepts in the order of the lexicon, the broader ones included."""
    tables = read_lexicon("sections")
    implied: Mapping[str, list[str]] = tables["implies"]
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, languages in tables["concepts"].items():
        meant = (concept, *implied.get(concept, ()))
        for aliases in languages.values():
            for alias in " ".join(aliases.split()).split("; "):
                known = concepts.get(alias, ())
                concepts[alias] = known + tuple(name for name in meant if name not in known)
    return concepts


def broader_concepts(concept: str) -> tuple[str, ...]:
    """The concepts that a narrower one speaks for as well."""
    return tuple(read_lexicon("sections")["implies"].get(concept, ()))


@cache
def field_words() -> Mapping[str, str]:
    """What a label before a value names: normalised label → field of the metadata."""
    tables = read_lexicon("fields")
    return {label: field for field, labels in tables["metadata"].items() for label in labels}


@cache
def column_words() -> Mapping[str, str]:
    """The lexicon of table columns: normalised column name → what the column holds."""
    tables = read_lexicon("fields")
    return {name: column for column, names in tables["columns"].items() for name in names}


State = Literal["open", "done", "wontdo"]
_STATES: tuple[State, ...] = ("open", "done", "wontdo")


@cache
def states() -> Mapping[str, State]:
    """How the state of an action item is written, normalised → the state."""
    tables = read_lexicon("fields")["states"]
    return {written: state for state in _STATES for written in tables[state]}


@cache
def nobody() -> frozenset[str]:
    """What stands where an owner's name could, case-folded, and names nobody."""
    return frozenset(read_lexicon("fields")["nobody"]["names"])
