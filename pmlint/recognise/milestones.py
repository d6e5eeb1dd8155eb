"""Milestones: what an entry of a timeline reports, by the verb phrases that people report it with.

The vocabulary follows the milestones that the field's standards name; it lies in ``rules/lexicon/milestones.toml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pmlint.data import read_lexicon

# An entry says what happened in its first words; what follows are details.
_WORDS = 32
# How many words may stand where a phrase leaves room.
_ROOM = 3
_GAP = ".."
# That many characters hold so many words, in any script.
_UNSPACED = 400
# What can no longer be reported once any of these was.
_TOLD_BEFORE = {
    "introduced": frozenset({"started", "detected", "acknowledged", "mitigated", "resolved"}),
    "started": frozenset({"started", "detected", "mitigated", "resolved"}),
    "detected": frozenset({"mitigated", "resolved"}),
    "acknowledged": frozenset({"acknowledged", "resolved"}),
}
_MARKS = ",;:()[]{}\"'“”‘*_`<>"
_ENDS = ".!?,;:"
_QUOTES = str.maketrans("’‐‑", "'--")


class _Element(NamedTuple):
    """What may stand at one place of a phrase: words, or words that begin so; neither for a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()

    def fits(self, word: str) -> bool:
        return word in self.words or word.startswith(self.stems)


_ROOM_FOR_WORDS = _Element()


class _Phrase(NamedTuple):
    """A phrase behind its first word, the milestone that it reports, and whether it is a trap: it rules that out."""

    rest: tuple[_Element, ...]
    milestone: str
    is_trap: bool


class _Vocabulary(NamedTuple):
    """The phrases by their first word, by the stem that it begins with, and those of scripts without blanks."""

    by_word: Mapping[str, Sequence[_Phrase]]
    by_stem: Mapping[str, Sequence[_Phrase]]
    unspaced: Sequence[tuple[str, str, bool]]
    order: Sequence[str]
    stem_lengths: Sequence[int]


@cache
def _vocabulary() -> _Vocabulary:
    tables = dict(read_lexicon("milestones"))
    names: Mapping[str, str] = tables.pop("words")
    by_word: dict[str, list[_Phrase]] = {}
    by_stem: dict[str, list[_Phrase]] = {}
    unspaced: list[tuple[str, str, bool]] = []
    for milestone, kinds in tables.items():
        for kind in ("phrases", "traps"):
            for text in filter(None, " ".join(kinds[kind].split()).split("; ")):
                if text[0] >= "\u3000":
                    unspaced.append((text, milestone, kind == "traps"))
                    continue
                first, *rest = (_element(token, names) for token in text.split())
                phrase = _Phrase(tuple(rest), milestone, kind == "traps")
                for word in first.words:
                    by_word.setdefault(word, []).append(phrase)
                for stem in first.stems:
                    by_stem.setdefault(stem, []).append(phrase)
    return _Vocabulary(by_word, by_stem, unspaced, tuple(tables), sorted({len(stem) for stem in by_stem}))


def _element(token: str, names: Mapping[str, str]) -> _Element:
    if token == _GAP:
        return _ROOM_FOR_WORDS
    parts = [part for piece in token.split("|") for part in names.get(piece.strip("<>"), piece).split("|")]
    return _Element(
        frozenset(part for part in parts if not part.endswith("*")),
        tuple(part[:-1] for part in parts if part.endswith("*")),
    )


def milestones_of(text: str) -> tuple[str, ...]:
    """The milestones that an entry's text reports, in the order in which milestones happen."""
    known = _vocabulary()
    found: set[str] = set()
    for sentence in _sentences(text):
        told: dict[bool, set[str]] = {True: set(), False: set()}
        for at, word in enumerate(sentence):
            for phrase in _beginning_with(word):
                if phrase.milestone not in told[phrase.is_trap] and _follows(sentence, at + 1, phrase.rest):
                    told[phrase.is_trap].add(phrase.milestone)
        found |= told[False] - told[True]
    head = text[:_UNSPACED]
    unspaced = [] if head.isascii() else [phrase for phrase in known.unspaced if phrase[0] in head]
    found |= {milestone for _, milestone, is_trap in unspaced if not is_trap}
    found -= {milestone for _, milestone, is_trap in unspaced if is_trap}
    return tuple(milestone for milestone in known.order if milestone in found)


def milestones_in_turn(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The milestones that each entry of a timeline reports, given those before it.

    The same words tell of a change that brings an outage and of one that ends it: only what was deployed before
    anything was noticed introduced it. What begins, begins once; when it is over, it is no longer detected.
    """
    told: list[tuple[str, ...]] = []
    before: set[str] = set()
    for text in texts:
        own = tuple(name for name in milestones_of(text) if before.isdisjoint(_TOLD_BEFORE.get(name, ())))
        told.append(own)
        before.update(own)
    return tuple(told)


@lru_cache(maxsize=4096)
def _beginning_with(word: str) -> tuple[_Phrase, ...]:
    known = _vocabulary()
    stems = (word[:length] for length in known.stem_lengths if length <= len(word))
    return (*known.by_word.get(word, ()), *(phrase for stem in stems for phrase in known.by_stem.get(stem, ())))


def _follows(sentence: Sequence[str], at: int, rest: Sequence[_Element]) -> bool:
    """Whether the words from ``at`` on are those of the phrase."""
    for number, element in enumerate(rest):
        if element is _ROOM_FOR_WORDS:
            return any(_follows(sentence, start, rest[number + 1 :]) for start in range(at, at + _ROOM + 1))
        if at >= len(sentence) or not element.fits(sentence[at]):
            return False
        at += 1
    return True


def _sentences(text: str) -> Iterator[list[str]]:
    """The first words of a text, case-folded and without their marks, sentence by sentence."""
    sentence: list[str] = []
    for written in text[:_UNSPACED].casefold().translate(_QUOTES).split()[:_WORDS]:
        bare = written.strip(_MARKS)
        if word := bare.rstrip(_ENDS):
            sentence.append(word)
        if bare.endswith((".", "!", "?")) or written.endswith((";", ")")):
            yield sentence
            sentence = []
    yield sentence
