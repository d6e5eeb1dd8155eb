"""A passage's sentences as words that know their place.

Words are cut without regular expressions, in a single linear pass.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from sys import intern
from typing import NamedTuple

from pmlint.data import read_lexicon
from pmlint.model import Cut, Passage
from pmlint.source import Span

# Stands for text that is shown but is not the writer's own wording: code, addresses, quotations.
OPAQUE = "\ufffc"

_ADDRESSES = ("https://", "http://", "www.")
_CLITICS = ("n't", "'s", "'ve", "'d", "'ll", "'re", "'m")
# These join what stands on both sides of them into one word.
_JOINTS = frozenset("-.'’‑")
_ENDS = frozenset(".!?…。")
_SHORT_NEGATIONS = {"ca": "can", "wo": "will", "sha": "shall"}
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "「": "」", "'": "'"}
# Longer than this between two marks, and the marks are not one quotation.
_LONGEST_QUOTATION = 300
# An apostrophe may be mistaken for a single mark, and its fellow is then far away.
_LONGEST_SHORT_QUOTATION = 120


@cache
def function_words(kind: str) -> frozenset[str]:
    """The English function words of a kind, as ``rules/lexicon/grammar.toml`` names it. Raises KeyError."""
    return frozenset(read_lexicon("grammar")[kind].split())


@cache
def tone_words(kind: str) -> frozenset[str]:
    """The words of a kind, as the table ``sets`` of ``rules/lexicon/tone.toml`` names it. Raises KeyError."""
    words: str = read_lexicon("tone")["sets"][kind]
    return frozenset(words.split())


class Sentence(NamedTuple):
    """A sentence of a passage: its words and marks as compared (lower case, contractions taken apart), and where each
    begins and ends in the passage's text.
    """

    passage: Passage
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def written(self, at: int) -> str:
        """The word number ``at`` as the writer wrote it."""
        return self.passage.rendered.text[self.starts[at] : self.ends[at]]

    def shown(self, start: int, end: int) -> str:
        """The words from ``start`` up to ``end`` (0-based, half-open) as the writer wrote them, on one line."""
        return " ".join(self.passage.rendered.text[self.starts[start] : self.ends[end - 1]].split())

    def span(self, start: int, end: int) -> Span:
        """Where the words from ``start`` up to ``end`` stand in the source."""
        return self.passage.rendered.span(self.starts[start], self.ends[end - 1])


class _Words(NamedTuple):
    """Words and marks as compared, and where each begins and ends."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


def without_code(passage: Passage) -> str:
    """The passage's text, as long as before, with code and web addresses made opaque."""
    text = passage.rendered.text
    opaque = [(markup.start, markup.end) for markup in passage.rendered.of_kind("code")]
    return _masked(text, [*opaque, *_addresses(text)])


def own_text(passage: Passage) -> str:
    """The passage's text, as long as before, with code, web addresses and quotations made opaque."""
    text = without_code(passage)
    return _masked(text, _quotations(text))


def sentences(passage: Passage, *, labelled: bool = False) -> tuple[Sentence, ...]:
    """The sentences in the writer's own words: code, addresses and quotations are opaque.

    A label that only names what follows is left out, unless ``labelled`` asks for it.
    """
    begin = 0 if labelled else passage.label
    if begin not in passage.cut:
        passage.cut[begin] = tuple(_cut(passage, begin))
    return tuple(Sentence(passage, *cut) for cut in passage.cut[begin])


def _cut(passage: Passage, begin: int) -> Iterator[Cut]:
    """The sentences of a passage from a position on."""
    text = without_code(passage)
    lines = "\n" in text
    words = _words(_masked(text, _quotations(text)), begin)
    texts, starts, ends = words
    first = 0
    for number, last in enumerate(texts[:-1]):
        if (lines or last in _ENDS) and _is_end(text, words, number, first):
            after = number + 1
            yield tuple(texts[first:after]), tuple(starts[first:after]), tuple(ends[first:after])
            first = after
    if texts:
        yield tuple(texts[first:]), tuple(starts[first:]), tuple(ends[first:])


def _is_end(text: str, words: _Words, number: int, first: int) -> bool:
    """Whether a sentence that begins with the word ``first`` ends with the word ``number``."""
    last, end, start = words.texts[number], words.ends[number], words.starts[number + 1]
    if last not in _ENDS:
        return "\n" in text[end:start]
    if last == "。":
        return True
    if end == start or (text[start].islower() and "\n" not in text[end:start]):
        return False
    return last != "." or number == first or words.texts[number - 1] not in function_words("abbreviations")


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where web addresses stand."""
    for prefix in _ADDRESSES:
        at = text.find(prefix)
        while at >= 0:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in "<>":
                end += 1
            yield at, end
            at = text.find(prefix, end)


def _masked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    ordered = sorted(stretches)
    if not ordered:
        return text
    for start, end in ordered:
        if end > at:
            start = max(start, at)
            pieces += [text[at:start], OPAQUE * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand, their marks included."""
    if text.isascii() and '"' not in text and "'" not in text:
        return
    at, opens = 0, {mark: text.find(mark) for mark in _QUOTES}
    while coming := [place for place in opens.values() if place >= 0]:
        at = min(coming)
        close = _QUOTES[text[at]]
        end = _closing(text, at, close) if at == 0 or not text[at - 1].isalnum() else -1
        if end >= 0:
            yield at, end + 1
            at = end
        for mark, place in opens.items():
            if 0 <= place <= at:
                opens[mark] = text.find(mark, at + 1)


def _closing(text: str, start: int, close: str) -> int:
    """Where the quotation that opens at ``start`` closes, -1 if it does not; an apostrophe closes none."""
    limit = start + (_LONGEST_SHORT_QUOTATION if close in "'’" else _LONGEST_QUOTATION)
    end = text.find(close, start + 1, limit)
    while end >= 0 and close in "'’" and end + 1 < len(text) and text[end + 1].isalnum():
        end = text.find(close, end + 1, limit)
    return end


def compared(text: str) -> list[str]:
    """The words and marks of a text as they are compared."""
    return _words(text, 0).texts


def _words(text: str, begin: int) -> _Words:
    """The words and marks from ``begin`` on."""
    words = _Words([], [], [])
    texts, starts, ends = words
    at = begin
    for chunk in (text[begin:] if begin else text).split():
        start = text.index(chunk, at)
        at = start + len(chunk)
        if chunk.isalpha():
            texts.append(intern(chunk.lower()))
            starts.append(start)
            ends.append(at)
        elif chunk[:-1].isalpha() and chunk[-1] in ",.;:!?":
            texts += intern(chunk[:-1].lower()), chunk[-1]
            starts += start, at - 1
            ends += at - 1, at
        else:
            for word, first, after in _pieces(chunk, start):
                texts.append(word)
                starts.append(first)
                ends.append(after)
    return words


def _pieces(chunk: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The words and marks of a text without blanks that begins at ``offset``."""
    start = 0
    while start < len(chunk):
        end = start + 1
        first = chunk[start]
        if first == OPAQUE:
            while end < len(chunk) and chunk[end] == OPAQUE:
                end += 1
            yield OPAQUE, offset + start, offset + end
        elif _in_word(first) or (first == "@" and end < len(chunk) and _in_word(chunk[end])):
            end = _word_end(chunk, end)
            yield from _parts_of(chunk[start:end].lower().replace("’", "'").replace("‑", "-"), offset + start)
        else:
            yield first, offset + start, offset + end
        start = end


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _word_end(chunk: str, at: int) -> int:
    """Where the word ends that the letters before ``at`` began."""
    while at < len(chunk):
        joins = chunk[at] in _JOINTS and at + 1 < len(chunk) and _in_word(chunk[at + 1]) and chunk[at - 1] != "@"
        if not (_in_word(chunk[at]) or joins):
            return at + 1 if chunk[at] == "@" else at
        at += 1
    return at


def _parts_of(low: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A word with what is contracted in it: "didn't" is "did not", "engineer's" is "engineer 's"."""
    ending = next((clitic for clitic in _CLITICS if low.endswith(clitic)), "") if "'" in low else ""
    cut = len(low) - len(ending)
    if not ending or not cut:
        yield low, start, start + len(low)
    elif ending == "n't":
        yield _SHORT_NEGATIONS.get(low[:cut], low[:cut]), start, start + cut
        yield "not", start + cut, start + len(low)
    else:
        yield low[:cut], start, start + cut
        yield ending, start + cut, start + len(low)


def is_adverb(word: str) -> bool:
    """Whether a word can stand between the parts of a verb without changing who does what."""
    return word in function_words("adverbs") or (
        len(word) > 4 and word.endswith("ly") and word not in function_words("not_adverbs")
    )


def before_in_thought(texts: tuple[str, ...], start: int, count: int) -> tuple[str, ...]:
    """At most ``count`` words before ``start``, as far as no mark ends a thought."""
    begin = max(start - count, 0)
    for place in range(start - 1, begin - 1, -1):
        if texts[place] in ("(", ";", ":", "—", "–"):
            return texts[place + 1 : start]
    return texts[begin:start]
