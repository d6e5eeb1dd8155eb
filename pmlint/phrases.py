"""Phrases of a rule, found among the words of sentences: compared word by word, in a single linear pass."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pmlint.source import Span
from pmlint.wording import Sentence, compared, is_adverb


class Match(NamedTuple):
    """A phrase found: the words from ``start`` up to ``end`` of a sentence, and the group the phrase belongs to."""

    start: int
    end: int
    group: str


class Said(NamedTuple):
    """A phrase as a sentence has it: its text, its place in the source, and the words of the sentence behind it."""

    text: str
    span: Span
    rest: tuple[str, ...]


class _Part(NamedTuple):
    choices: frozenset[str]
    endings: tuple[str, ...]
    anything: bool
    optional: bool

    def takes(self, text: str) -> bool:
        """Whether a word can stand here."""
        return (
            text in self.choices
            or (self.anything and text[0].isalpha())
            or (bool(self.endings) and len(text) > 3 and text.endswith(self.endings))
        )


class _Phrase(NamedTuple):
    """``needed`` are words of which one has to be in the sentence, None if the phrase has no such part."""

    group: str
    parts: tuple[_Part, ...]
    needed: frozenset[str] | None


class Phrases:
    """Phrases by their first words, each in a named group.

    A group's phrases are parted by semicolons. A phrase is written as words: ``a/b`` is either word, ``(a)`` may be
    missing, ``<name>`` is any word of that class, ``-ed`` any word with that ending, ``*`` any one word. Up to two
    adverbs may stand between the words of a phrase. At one word the longest phrase of each group wins.
    """

    __slots__ = ("_classes", "_parts", "_ready", "_written")

    def __init__(self, groups: Mapping[str, str], classes: Mapping[str, str]) -> None:
        self._classes = {name: frozenset(words.split()) for name, words in classes.items()}
        self._parts: dict[str, _Part] = {}
        # Phrases are understood when a sentence has their first word: most documents have few of the first words.
        self._written: dict[str, list[tuple[str, list[str]]]] = {}
        self._ready: dict[str, list[_Phrase]] = {}
        for group, phrases in groups.items():
            for phrase in phrases.split(";"):
                self._add(group, phrase.split())

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """Phrases in one group, without any classes of words."""
        return cls({"all": ";".join(phrases)}, {})

    @classmethod
    def literal(cls, groups: Mapping[str, Iterable[str]]) -> "Phrases":
        """Phrases that mean what they say: no word of theirs has a meaning of its own."""
        phrases = cls({}, {})
        for group, texts in groups.items():
            for text in texts:
                words = compared(text)
                phrases._parts |= {word: _Part(frozenset((word,)), (), False, False) for word in words}
                phrases._add(group, words)
        return phrases

    def _add(self, group: str, written: list[str]) -> None:
        while written:
            first = self._part(written[0])
            for word in first.choices:
                self._written.setdefault(word, []).append((group, written))
            written = written[1:] if first.optional else []

    def _part(self, written: str) -> _Part:
        part = self._parts.get(written)
        if part is None:
            part = self._parts[written] = _part(written, self._classes)
        return part

    def _beginning(self, word: str) -> list[_Phrase]:
        """The phrases that begin with a word."""
        ready = self._ready.get(word)
        if ready is None:
            ready = []
            for group, written in self._written[word]:
                parts = tuple(self._part(part) for part in written)
                literal = [part.choices for part in parts[1:] if not (part.optional or part.anything or part.endings)]
                ready.append(_Phrase(group, parts, literal[-1] if literal else None))
            self._ready[word] = ready
        return ready

    def find(self, texts: tuple[str, ...]) -> Iterator[Match]:
        """Every phrase in a sentence's words, from left to right; at one word the longest of each group."""
        present = frozenset(texts)
        if self._written.keys().isdisjoint(present):
            return
        for start, text in enumerate(texts):
            if text not in self._written:
                continue
            longest: dict[str, int] = {}
            for group, parts, needed in self._beginning(text):
                if needed is None or not needed.isdisjoint(present):
                    end = _match(parts, 1, texts, start + 1)
                    if end is not None:
                        longest[group] = max(end, longest.get(group, 0))
            for group, end in longest.items():
                yield Match(start, end, group)

    def first(self, sentence: Sentence) -> Said | None:
        """What the leftmost phrase in a sentence is there, None where it has none."""
        for start, end, _ in self.find(sentence.texts):
            return Said(sentence.shown(start, end), sentence.span(start, end), sentence.texts[end:])
        return None


def _part(written: str, classes: Mapping[str, frozenset[str]]) -> _Part:
    optional = written.startswith("(") and written.endswith(")")
    choices: frozenset[str] = frozenset()
    for choice in (written[1:-1] if optional else written).split("/"):
        choices |= classes[choice[1:-1]] if choice.startswith("<") else frozenset((choice,))
    endings = tuple(sorted(choice[1:] for choice in choices if choice[:1] == "-" and len(choice) > 1))
    return _Part(choices, endings, "*" in choices, optional)


def _match(parts: tuple[_Part, ...], number: int, texts: tuple[str, ...], at: int) -> int | None:
    """Where the phrase's parts from ``number`` on end if they begin at a word, or after adverbs."""
    if number == len(parts):
        return at
    part = parts[number]
    for skipped in range(3):
        place = at + skipped
        if place >= len(texts) or (skipped and not is_adverb(texts[place - 1])):
            break
        if part.takes(texts[place]):
            end = _match(parts, number + 1, texts, place + 1)
            if end is not None:
                return end
    return _match(parts, number + 1, texts, at) if part.optional else None
