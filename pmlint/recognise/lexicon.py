"""The words that recognition goes by, read once from the shipped ``rules/lexicon/``."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from pmlint.data import read_lexicon


@cache
def section_words() -> Mapping[str, tuple[str, ...]]:
    """What headings are about: normalised heading → concepts in the order of the lexicon, the broader ones included."""
    tables = read_lexicon("sections")
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, languages in tables["concepts"].items():
        meant = implied_concepts(concept)
        for aliases in languages.values():
            for alias in " ".join(aliases.split()).split("; "):
                known = concepts.get(alias, ())
                concepts[alias] = known + tuple(name for name in meant if name not in known)
    return concepts


class HeadingWords(NamedTuple):
    """What else headings go by: words before a name that leave it what it is, names that end one, questions."""

    modifiers: frozenset[str]
    endings: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]


@cache
def heading_words() -> HeadingWords:
    """The modifiers, endings and question patterns of the lexicon of sections; questions by concept, in its order."""
    tables = read_lexicon("sections")
    return HeadingWords(
        frozenset(tables["modifiers"]["words"].split()),
        tuple(" ".join(tables["endings"]["names"].split()).split("; ")),
        {
            concept: tuple(" ".join(patterns.split()).replace("| ", "|").split("; "))
            for concept, patterns in tables["questions"].items()
        },
    )


@cache
def implied_concepts(concept: str) -> tuple[str, ...]:
    """A concept, and the broader ones that it speaks for."""
    return (concept, *read_lexicon("sections")["implies"].get(concept, ()))


@cache
def field_words() -> Mapping[str, str]:
    """What a label before a value names: normalised label → field of the metadata."""
    return _by_name("metadata")


@cache
def column_words() -> Mapping[str, str]:
    """The lexicon of table columns: normalised column name → what the column holds."""
    return _by_name("columns")


def _by_name(table: str) -> Mapping[str, str]:
    """Every name in a table of the lexicon of fields → the key that it stands under; the first one counts."""
    meanings: dict[str, str] = {}
    for meaning, names in read_lexicon("fields")[table].items():
        for name in " ".join(names.split()).split("; "):
            meanings.setdefault(name, meaning)
    return meanings


@cache
def action_types() -> frozenset[str]:
    """What sorts of action items there are, normalised."""
    return frozenset(" ".join(read_lexicon("fields")["types"]["names"].split()).split("; "))


@cache
def imperatives() -> frozenset[str]:
    """The verbs that action items begin with, in lower case."""
    return frozenset(read_lexicon("actions")["imperatives"]["verbs"].split())


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
