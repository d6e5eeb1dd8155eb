"""Who does what in a sentence: finds the person, role or team that a verb belongs to.

The subject is looked for to the left of the verb and within a bounded number of words; where the grammar is not
plain, there is no actor. Systems, "we" and "I" are never actors here.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from pmlint.data import read_lexicon
from pmlint.model import Postmortem
from pmlint.wording import OPAQUE, Sentence, function_words, is_adverb

# How far an article may stand before its noun, how many words may stand between a verb and its subject, and how many
# between a verb and the beginning of its clause: without bounds a long sentence would cost the square of its length.
_LONGEST_PHRASE = 5
_LONGEST_GAP = 6
_LONGEST_CLAUSE = 40


class Actor(NamedTuple):
    """A person, role or team: the words from ``start`` up to ``end`` of a sentence."""

    kind: Literal["role", "team", "person", "they"]
    start: int
    end: int


class _People(NamedTuple):
    roles: frozenset[str]
    plurals: frozenset[str]
    homonyms: frozenset[str]
    technical: frozenset[str]
    teams: frozenset[str]
    functions: frozenset[str]
    pronouns: frozenset[str]
    indefinite: frozenset[str]
    counting: frozenset[str]
    determiners: frozenset[str]
    no_determiners: frozenset[str]
    given_names: frozenset[str]


@cache
def _people() -> _People:
    words = {name: frozenset(entries.split()) for name, entries in read_lexicon("people").items()}
    plurals = words.pop("plural_roles") | {f"{role}s" for role in words["roles"] | words["homonyms"]}
    return _People(plurals=plurals, **words)


@cache
def _outside() -> frozenset[str]:
    """The words that stand in no noun phrase."""
    kinds = ("prepositions", "subordinators", "conjunctions", "finite", "hypothetical", "outside")
    return frozenset[str]().union(*map(function_words, kinds))


def names_in(pm: Postmortem) -> frozenset[str]:
    """The names of people that the document itself gives as authors and owners, single words as written."""
    people = _people()
    known = people.roles | people.plurals | people.homonyms | people.teams | people.functions | people.technical
    stated = [value.text for value in pm.metadata.authors]
    stated += [item.owner.text for item in pm.actions if item.owner]
    return frozenset(word for text in stated for word in _name_words(text, known))


def _name_words(text: str, known: frozenset[str]) -> Iterable[str]:
    words = text.replace(",", " ").replace("/", " ").split()
    if any(word.lower().strip("@()") in known for word in words):
        return ()
    return tuple(word for word in words if len(word) > 2 and word.isalpha() and word.istitle())


def find_subject(sentence: Sentence, verb: int, names: frozenset[str]) -> Actor | None:
    """The actor whose act the word number ``verb`` (0-based) says.

    A verb after "and", "but" or "then" has the subject with which its clause begins.
    """
    texts = sentence.texts
    at, relative = verb - 1, False
    for _ in range(_LONGEST_GAP):
        if at < 0 or not (texts[at] in function_words("between") or is_adverb(texts[at])):
            break
        relative = relative or texts[at] == "who"
        at -= 1
    if at < 0:
        return None
    if texts[at] in function_words("conjunctions"):
        return find_clause_subject(sentence, at, names)
    return _ending_at(sentence, _before_parenthesis(texts, at), names, relative=relative)


def find_clause_subject(sentence: Sentence, at: int, names: frozenset[str]) -> Actor | None:
    """The actor with which the clause before the word number ``at`` begins, if a verb of its own follows."""
    texts = sentence.texts
    start = at
    while start and texts[start - 1] not in function_words("subordinators") and texts[start - 1] not in (";", ":", "•"):
        start -= 1
        if at - start > _LONGEST_CLAUSE:
            return None
    if texts[start] in function_words("prepositions") and "," in texts[start:at]:
        start = texts.index(",", start) + 1
    actor = _beginning_at(sentence, start, names)
    if actor is None or actor.end >= at or _is_unreal(texts, start):
        return None
    following = texts[actor.end]
    acts = following in function_words("finite") or following.endswith("ed") or is_adverb(following)
    return actor if acts and not set(texts[actor.end : at]) & {"it", "this", "they", "we", "i"} else None


def find_agent(sentence: Sentence, at: int, names: frozenset[str]) -> Actor | None:
    """The actor that begins at the word number ``at``, as after "caused by"."""
    actor = _beginning_at(sentence, at, names)
    if actor is None:
        return None
    following = sentence.texts[actor.end] if actor.end < len(sentence.words) else "."
    ends = following in function_words("after_agent") or following in function_words("finite")
    return actor if ends or following.endswith("ing") or is_adverb(following) else None


def find_possessor(sentence: Sentence, mark: int, names: frozenset[str]) -> Actor | None:
    """The actor before the word number ``mark``, if that is an "'s" or "'"."""
    if mark < 1 or sentence.texts[mark] not in ("'s", "'"):
        return None
    return _ending_at(sentence, mark - 1, names, relative=True)


def _before_parenthesis(texts: tuple[str, ...], at: int) -> int:
    if texts[at] == ")":
        for place in range(at - 1, max(at - 9, 0), -1):
            if texts[place] == "(":
                return place - 1
    return at


def _ending_at(sentence: Sentence, head: int, names: frozenset[str], *, relative: bool) -> Actor | None:
    """The actor whose last word is the word number ``head``."""
    people, texts = _people(), sentence.texts
    if head < 0:
        return None
    end = head + 1
    if texts[head] in ("duty", "shift", "involved", "concerned"):
        head -= 2 if texts[head] in ("duty", "shift") and texts[head - 1 : head] == ("on",) else 1
    if head < 0:
        return None
    kind = _kind(sentence, head, names)
    if kind is None:
        return None
    if kind in ("person", "they") and texts[head] not in people.indefinite:
        start = head - 1 if head and _kind(sentence, head - 1, names) == "person" else head
    else:
        start = _phrase_start(texts, head)
    if not _plausible(texts, start, head, kind):
        return None
    before = texts[start - 1] if start else ""
    if before in function_words("prepositions") and not relative:
        if before not in function_words("linking") or start < 2:
            return None
        if texts[start - 2] not in people.counting | people.roles | people.plurals | people.indefinite:
            return None
        start = _phrase_start(texts, start - 2)
        before = texts[start - 1] if start else ""
    if texts[start] in people.no_determiners or _is_unreal(texts, start):
        return None
    return Actor(kind, start, end)


def _is_unreal(texts: tuple[str, ...], start: int) -> bool:
    """Whether what is said of the actor at ``start`` is supposed or denied rather than told."""
    before = texts[max(start - 8, 0) : start]
    if before[-1:] == ("that",) and not function_words("denials").isdisjoint(before):
        return True
    return bool(before) and (before[-1] in function_words("hypothetical") or "not" in before[-3:])


def _kind(sentence: Sentence, at: int, names: frozenset[str]) -> Literal["role", "team", "person", "they"] | None:
    people, text = _people(), sentence.texts[at]
    if text in people.pronouns or text in people.indefinite:
        return "person"
    if text == "they":
        return "they"
    if text in people.roles or text in people.plurals or text in people.homonyms:
        return "role"
    if text in people.teams or text in people.functions:
        return "team"
    written = sentence.shown(at, at + 1)
    if written in names or (text in people.given_names and written[0].isupper() and written[1:].islower()):
        return "person"
    return "person" if _is_handle(text) else None


def _is_handle(text: str) -> bool:
    """``@nick`` or ``nick@``, unless it says that it is a program's."""
    bare = text.strip("@")
    if len(bare) < 2 or bare == text or not bare[0].isalpha():
        return False
    return bare not in ("latest", "next", "here", "channel", "all", "everyone") and not bare.endswith(("bot", "-ci"))


def _phrase_start(texts: tuple[str, ...], head: int) -> int:
    """Where the noun phrase that ends at ``head`` begins: at its article, else at its first plain word."""
    people = _people()
    at = head
    while at and head - at < _LONGEST_PHRASE:
        before = texts[at - 1]
        if before in people.determiners or before in people.no_determiners:
            return at - 1
        if not (before[0].isalnum() or before[0] == OPAQUE) or before in _outside():
            break
        at -= 1
    return at


def _plausible(texts: tuple[str, ...], start: int, head: int, kind: str) -> bool:
    """Whether a noun that can be something else is a person here."""
    people, text = _people(), texts[head]
    fixed = texts[start] in people.determiners
    modifiers = texts[start + 1 : head] if fixed else texts[start:head]
    if text in people.functions:
        return not [word for word in modifiers if word not in ("customer", "tech", "technical", "our", "first-level")]
    if text in people.homonyms or text.removesuffix("s") in people.homonyms:
        return fixed and people.technical.isdisjoint(modifiers) and OPAQUE not in "".join(modifiers)
    if kind == "role" and not fixed and text not in people.plurals:
        return len(modifiers) <= 3 and not any(word.endswith(("ed", "ing")) for word in modifiers)
    return True


def _beginning_at(sentence: Sentence, start: int, names: frozenset[str]) -> Actor | None:
    """The actor whose first word is the word number ``start``."""
    people, texts = _people(), sentence.texts
    at = start
    if at < len(texts) and texts[at] in people.no_determiners:
        return None
    while at < min(start + _LONGEST_PHRASE, len(texts)):
        text = texts[at]
        kind = _kind(sentence, at, names)
        following = texts[at + 1] if at + 1 < len(texts) else "."
        goes_on = following[0].isalpha() and _names_more(sentence, at + 1, names)
        if kind is not None and text not in people.functions and not goes_on and following != "'s":
            return Actor(kind, start, at + 1) if _plausible(texts, start, at, kind) else None
        if text in _outside() or not (text[0].isalnum() or text[0] == OPAQUE or text == "'s"):
            return None
        at += 1
    return None


def _names_more(sentence: Sentence, at: int, names: frozenset[str]) -> bool:
    """Whether the word number ``at`` carries on a person's phrase: "engineer team", "Ana Silva"."""
    return _kind(sentence, at, names) in ("role", "team", "person") and sentence.texts[at] not in _people().pronouns
