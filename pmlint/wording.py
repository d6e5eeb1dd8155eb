"""A passage's sentences as words that know their place, and phrases found among them.

Phrases are compared word by word; the one regular expression here only cuts words, in a single linear pass.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pmlint.data import read_lexicon
from pmlint.model import Passage
from pmlint.source import Span

# Stands for text that is shown but is not the writer's own wording: code, addresses, quotations.
OPAQUE = "\ufffc"

_WORD = re.compile(rf"{OPAQUE}+|@?\w+(?:[-.'’‑]\w+)*@?|\S")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_CLITIC = re.compile(r"(?:n't|'(?:s|ve|d|ll|re|m))$")
_SHORT_NEGATIONS = {"ca": "can", "wo": "will", "sha": "shall"}
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "「": "」"}
# Longer than this between two marks, and the marks are not one quotation.
_LONGEST_QUOTATION = 300


@cache
def function_words(kind: str) -> frozenset[str]:
    """The English function words of a kind, as ``rules/lexicon/grammar.toml`` names it. Raises KeyError."""
    return frozenset(read_lexicon("grammar")[kind].split())


class Word(NamedTuple):
    """A word or mark: as compared (lower case, contractions taken apart) and where it stands in the passage's text."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of a passage; ``texts`` holds the words as compared."""

    passage: Passage
    words: tuple[Word, ...]
    texts: tuple[str, ...]

    def shown(self, start: int, end: int) -> str:
        """The words from ``start`` up to ``end`` (0-based, half-open) as the writer wrote them, on one line."""
        written = self.passage.rendered.text[self.words[start].start : self.words[end - 1].end]
        return " ".join(written.split())

    def span(self, start: int, end: int) -> Span:
        """Where the words from ``start`` up to ``end`` stand in the source."""
        return self.passage.rendered.span(self.words[start].start, self.words[end - 1].end)


def without_code(passage: Passage) -> str:
    """The passage's text, as long as before, with code and web addresses made opaque."""
    text = passage.rendered.text
    opaque = [(markup.start, markup.end) for markup in passage.rendered.of_kind("code")]
    opaque += [match.span() for match in _ADDRESS.finditer(text)]
    return _masked(text, opaque)


def own_text(passage: Passage) -> str:
    """The passage's text, as long as before, with code, web addresses and quotations made opaque."""
    text = without_code(passage)
    return _masked(text, _quotations(text))


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences in the writer's own words: code, addresses and quotations are opaque, the label is left out."""
    text = without_code(passage)
    words = _words(_masked(text, _quotations(text)), passage.label)
    begin = 0
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else None
        if following is None or _ends(text, words[number - 1] if number else None, word, following):
            own = tuple(words[begin : number + 1])
            yield Sentence(passage, own, tuple(word.text for word in own))
            begin = number + 1


def _masked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(stretches):
        if end > at:
            start = max(start, at)
            pieces += [text[at:start], OPAQUE * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        close = _QUOTES.get(text[at])
        opens = close and (at == 0 or not text[at - 1].isalnum())
        end = text.find(close, at + 1, at + _LONGEST_QUOTATION) if close and opens else -1
        if end >= 0:
            yield at, end + 1
            at = end
        at += 1


def _words(text: str, begin: int) -> list[Word]:
    words = []
    for match in _WORD.finditer(text, begin):
        start, end = match.span()
        low = match.group().lower().replace("’", "'").replace("‑", "-")
        clitic = _CLITIC.search(low) if "'" in low else None
        if clitic and clitic.start():
            stem, ending, cut = low[: clitic.start()], clitic.group(), start + clitic.start()
            if ending == "n't":
                stem, ending = _SHORT_NEGATIONS.get(stem, stem), "not"
            words += [Word(stem, start, cut), Word(ending, cut, end)]
        else:
            words.append(Word(low, start, end))
    return words


def _ends(text: str, before: Word | None, word: Word, following: Word) -> bool:
    """Whether a sentence ends with this word."""
    between = text[word.end : following.start]
    if "\n" in between or word.text == "。":
        return True
    if word.text not in (".", "!", "?", "…") or not between or text[following.start].islower():
        return False
    return word.text != "." or before is None or before.text not in function_words("abbreviations")


def is_adverb(word: str) -> bool:
    """Whether a word can stand between the parts of a verb without changing who does what."""
    return word in function_words("adverbs") or (
        len(word) > 4 and word.endswith("ly") and word not in function_words("not_adverbs")
    )


class Match(NamedTuple):
    """A phrase found: the words from ``start`` up to ``end`` of a sentence, and the group the phrase belongs to."""

    start: int
    end: int
    group: str


class _Part(NamedTuple):
    choices: frozenset[str]
    optional: bool


class Phrases:
    """Phrases by their first words, each in a named group.

    A phrase is written as words: ``a/b`` is either word, ``(a)`` may be missing, ``<name>`` is any word of that
    class, ``*`` any one word. Up to two adverbs may stand between the words of a phrase. The longest match wins.
    """

    __slots__ = ("_by_first",)

    def __init__(self, groups: Mapping[str, Iterable[str]], classes: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[_Part, ...]]]] = {}
        known = {name: frozenset(words) for name, words in classes.items()}
        for group, phrases in groups.items():
            for phrase in phrases:
                parts = tuple(_part(written, known) for written in phrase.split())
                for first in sorted(parts[0].choices):
                    self._by_first.setdefault(first, []).append((group, parts))

    def find(self, texts: tuple[str, ...]) -> Iterator[Match]:
        """Every phrase in a sentence's words, from left to right; at one word the longest of each group."""
        if self._by_first.keys().isdisjoint(texts):
            return
        for start, text in enumerate(texts):
            longest: dict[str, int] = {}
            for group, parts in self._by_first.get(text, ()):
                end = _match(parts, 1, texts, start + 1)
                if end is not None:
                    longest[group] = max(end, longest.get(group, 0))
            for group, end in longest.items():
                yield Match(start, end, group)


def _part(written: str, classes: Mapping[str, frozenset[str]]) -> _Part:
    optional = written.startswith("(") and written.endswith(")")
    choices: frozenset[str] = frozenset()
    for choice in written.strip("()").split("/"):
        choices |= classes[choice[1:-1]] if choice.startswith("<") else frozenset((choice,))
    return _Part(choices, optional)


def _match(parts: tuple[_Part, ...], number: int, texts: tuple[str, ...], at: int) -> int | None:
    """Where the phrase's parts from ``number`` on end if they begin at a word, or after adverbs."""
    if number == len(parts):
        return at
    part = parts[number]
    for skipped in range(3):
        place = at + skipped
        if place >= len(texts) or (skipped and not is_adverb(texts[place - 1])):
            break
        if texts[place] in part.choices or ("*" in part.choices and texts[place].isalpha()):
            end = _match(parts, number + 1, texts, place + 1)
            if end is not None:
                return end
    return _match(parts, number + 1, texts, at) if part.optional else None
