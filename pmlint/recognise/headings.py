"""What a heading or label is about: its words as the lexicon spells them, and the concepts that they name."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from pmlint.expressions import expression
from pmlint.recognise.lexicon import heading_words, implied_concepts, section_words

_NUMBER = expression(r"(?!5\s+whys?\b)(?:section\s+)?(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[ivx]{1,4}[.)])\s+(?=\S)")
_BRACKETS = expression(r"\(([^()]*)\)?")
_SEPARATOR = expression(r"\s*[/&,:;+]\s*|\s+(?:and|et|und|y|e|with|-|–|—)\s+")
_ARTICLE = expression(r"(?:the|an?|our|le|la|les|der|die|das|el|los|las)\s+")
_GENERIC = expression(r"(?:incident|outage|postmortem|post-mortem)\s+(?=\S)")
_OF = expression(r"\s+(?:of|for|in|on|from|to|du|de|des|da|do|der)\s")
_QUOTES = str.maketrans("‘’‐‑", "''--")
# All that ASCII has of the categories that _folded blanks.
_ASCII_SYMBOLS = str.maketrans("^`", "  ")

# A slip of the keyboard is told from another word only in words as long as this; that many characters at the
# beginning or the end then stand as they were meant.
_LONG, _EDGE = 8, 4

# Headings are short: what is longer is read by its beginning.
_LONGEST = 200
# So many words may stand where a pattern of a question leaves room.
_ROOM = 6
# How many words may stand before a name that ends a heading, and how long a heading of a script without blanks may be.
_MOST_BEFORE, _LONGEST_UNSPACED = 4, 24
_UNSPACED = "\u3000"
# With one of these a question is two, and each is looked at by itself.
_EITHER_WAY = frozenset({"and", "&"})

# "Incident on 3 March" is a title, "Summary of the incident" a summary; "events and persons" is no timeline.
_TOO_GENERAL = frozenset({"incident", "issue", "problem", "event", "events", "date", "description", ""})


def normalised(title: str) -> str:
    """A heading or label as the lexicon spells it: folded, without number, emoji, decoration and end marks."""
    text = title.lower().translate(_ASCII_SYMBOLS) if title.isascii() else _folded(title)
    text = " ".join(text.split()).strip(" :.?!*_#~-–—|")
    text = text[numbered.end() :] if (numbered := _NUMBER.match(text)) else text
    return text[article.end() :] if (article := _ARTICLE.match(text)) else text


def _folded(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).casefold().translate(_QUOTES)
    return "".join(c if unicodedata.category(c) not in ("So", "Sk", "Cf", "Mn", "Cs") else " " for c in text)


# A team's own headings: normalised heading → concepts.
Aliases = Mapping[str, tuple[str, ...]]
NO_ALIASES: Aliases = MappingProxyType({})


def aliases_of(sections: Mapping[str, tuple[str, ...]]) -> Aliases:
    """A team's headings by concept as the recognition goes by them; a narrower concept brings the broader ones."""
    if not sections:
        return NO_ALIASES
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, headings in sections.items():
        for heading in map(normalised, headings):
            concepts[heading] = tuple(dict.fromkeys((*concepts.get(heading, ()), *implied_concepts(concept))))
    return concepts


def concepts_of(title: str, aliases: Aliases = NO_ALIASES) -> tuple[str, ...]:
    """What a heading is about, in the lexicon's words; empty for an unknown one. A team's own headings come first."""
    text = normalised(title[:_LONGEST])
    if not text:
        return ()
    return aliases[text] if text in aliases else _meant(text)


@lru_cache(maxsize=2048)
def _meant(text: str) -> tuple[str, ...]:
    """What a normalised heading is about; documents have most of their headings in common."""
    outside = _BRACKETS.sub(" ", text)
    # "Timeline (all times UTC) 3/4 to 3/5": what stands before the brackets names the section.
    in_brackets = (match.group(1) for match in _BRACKETS.finditer(text))
    candidates = list(dict.fromkeys((text, outside, text.partition("(")[0], *in_brackets)))
    for candidate in candidates:
        if found := _known(candidate):
            return found
    for candidate in candidates:
        parts = [_known(part) for part in _SEPARATOR.split(candidate) if part.strip() not in _TOO_GENERAL]
        if any(parts) and sum(1 for part in parts if part) * 2 >= len(parts):
            return tuple(dict.fromkeys(concept for part in parts for concept in part))
    before = _OF.search(outside)
    if before and (start := normalised(outside[: before.start()])) not in _TOO_GENERAL and (found := _known(start)):
        return found
    return _asked(text) or _ending(normalised(outside))


def _known(text: str) -> tuple[str, ...]:
    """What a name of a section is about, also behind words that leave it what it is, also with a slip in it."""
    words = section_words()
    text = normalised(text)
    if text in words:
        return words[text]
    if found := words.get(_GENERIC.sub("", text, count=1)) or words.get(_mended(text), ()):
        return found
    first, _, rest = text.partition(" ")
    if rest and first in heading_words().modifiers:
        return _known(rest)
    return _asked(text) if _EITHER_WAY.isdisjoint(text.split()) else ()


def _asked(text: str) -> tuple[str, ...]:
    """What a heading asks or answers: "How did we find out?", "Why the cache was empty"."""
    words = text.split()
    asked = _questions().get(words[0], ()) if words else ()
    found = (concept for concept, rest in asked if _begins_with(words[1:], rest))
    return next((implied_concepts(concept) for concept in found), ())


# The words of a pattern behind its first one, each as its choices; None leaves room for some words.
_Rest = tuple[frozenset[str] | None, ...]


@cache
def _questions() -> Mapping[str, Sequence[tuple[str, _Rest]]]:
    """All patterns of questions by their first word, each with the concept that it asks for; the first fit decides."""
    questions: dict[str, list[tuple[str, _Rest]]] = {}
    for concept, patterns in heading_words().questions.items():
        for first, *rest in map(str.split, patterns):
            choices = tuple(None if token == ".." else frozenset(token.split("|")) for token in rest)
            for word in first.split("|"):
                questions.setdefault(word, []).append((concept, choices))
    return questions


def _begins_with(words: Sequence[str], pattern: _Rest) -> bool:
    """Whether words begin as a pattern says."""
    if not pattern:
        return True
    if pattern[0] is None:
        return any(_begins_with(words[skipped:], pattern[1:]) for skipped in range(_ROOM + 1))
    return bool(words) and words[0] in pattern[0] and _begins_with(words[1:], pattern[1:])


def _ending(text: str) -> tuple[str, ...]:
    """What a heading is about by its last words, in scripts without blanks by its last characters."""
    words = section_words()
    for name in heading_words().endings:
        if text.endswith(f" {name}") and text.count(" ", 0, -len(name)) <= _MOST_BEFORE:
            return words[name]
    if text[-1:] < _UNSPACED or len(text) > _LONGEST_UNSPACED:
        return ()
    return next((words[text[at:]] for at in range(1, len(text) - 1) if text[at:] in words), ())


def _mended(text: str) -> str:
    """The alias that a long heading is one slip of the keyboard away from; empty if there is none.

    One slip (a character too many, too few, wrong, or two swapped) leaves the beginning or the end as it was.
    """
    if len(text) < _LONG - 1:
        return ""
    beginnings, ends = _aliases_by_edge()
    near = (*beginnings.get(text[:_EDGE], ()), *ends.get((text[0], text[-_EDGE:]), ()))
    return next((alias for alias in near if _one_slip_apart(alias, text)), "")


@cache
def _aliases_by_edge() -> tuple[Mapping[str, list[str]], Mapping[tuple[str, str], list[str]]]:
    """The long aliases by their first characters, and by the first one together with the last ones."""
    beginnings: dict[str, list[str]] = {}
    ends: dict[tuple[str, str], list[str]] = {}
    for alias in section_words():
        if len(alias) >= _LONG and alias.isascii():
            beginnings.setdefault(alias[:_EDGE], []).append(alias)
            ends.setdefault((alias[0], alias[-_EDGE:]), []).append(alias)
    return beginnings, ends


def _one_slip_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    same = next((at for at, (mine, others) in enumerate(zip(one, other, strict=False)) if mine != others), len(one))
    rest, rest_of_other = one[same:], other[same:]
    swapped = rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:]
    return rest[1:] in (rest_of_other[1:], rest_of_other) or rest == rest_of_other[1:] or swapped
