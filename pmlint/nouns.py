"""Which noun phrases of a sentence are people, roles and teams."""

from functools import cache
from typing import Literal, NamedTuple

from pmlint.data import read_lexicon
from pmlint.wording import OPAQUE, Sentence, function_words

# How far an article may stand before its noun.
LONGEST_PHRASE = 5

# "perhaps": a single word where a name is asked for, which may be a team's or a service's.
Kind = Literal["role", "team", "person", "perhaps", "they", "we"]


class Actor(NamedTuple):
    """A person, role or team: the words from ``start`` up to ``end`` of a sentence."""

    kind: Kind
    start: int
    end: int


class Known(NamedTuple):
    """The people and teams that a document or its team's conventions name: single words as written.

    ``perhaps`` are names that may be those of something else.
    """

    people: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


class People(NamedTuple):
    """The sets of words in ``rules/lexicon/people.toml`` that say who is a person."""

    roles: frozenset[str]
    plurals: frozenset[str]
    homonyms: frozenset[str]
    technical: frozenset[str]
    teams: frozenset[str]
    shifts: frozenset[str]
    branches: frozenset[str]
    functions: frozenset[str]
    pronouns: frozenset[str]
    indefinite: frozenset[str]
    counting: frozenset[str]
    determiners: frozenset[str]
    no_determiners: frozenset[str]
    given_names: frozenset[str]


@cache
def people() -> People:
    """The lexicon of people."""
    words = {name: frozenset(entries.split()) for name, entries in read_lexicon("people").items()}
    plurals = words["plural_roles"] | {f"{role}s" for role in words["roles"] | words["homonyms"]}
    return People(plurals=plurals, **{name: words[name] for name in People._fields if name != "plurals"})


@cache
def outside() -> frozenset[str]:
    """The words that stand in no noun phrase."""
    kinds = ("prepositions", "subordinators", "conjunctions", "finite", "hypothetical", "outside")
    return frozenset[str]().union(*map(function_words, kinds))


def is_given_name(word: str) -> bool:
    """Whether a word, in lower case, is a given name that is no common word."""
    return word in people().given_names


def is_handle(text: str) -> bool:
    """Whether a word in lower case is ``@nick`` or ``nick@`` and does not say that it is a program's."""
    bare = text.strip("@")
    if len(bare) < 2 or bare == text or not bare[0].isalpha():
        return False
    return bare not in ("latest", "next", "here", "channel", "all", "everyone") and not bare.endswith(("bot", "-ci"))


def kind_of(sentence: Sentence, at: int, known: Known) -> Kind | None:
    """What the word number ``at`` names, if it can name somebody."""
    lexicon, text = people(), sentence.texts[at]
    if text in lexicon.pronouns or text in lexicon.indefinite:
        return "person"
    if text in ("they", "we"):
        return "they" if text == "they" else "we"
    if text in lexicon.roles or text in lexicon.plurals or text in lexicon.homonyms:
        return "role"
    if text in lexicon.teams or text in lexicon.functions:
        return "team"
    written = sentence.written(at)
    if written in known.people or (text in lexicon.given_names and written[0].isupper() and written[1:].islower()):
        return "person"
    if written in known.teams:
        return "team"
    if written in known.perhaps:
        return "perhaps"
    return "person" if is_handle(text) else None


def phrase_start(texts: tuple[str, ...], head: int) -> int:
    """Where the noun phrase that ends at ``head`` begins: at its article, else at its first plain word."""
    lexicon = people()
    at = head
    while at and head - at < LONGEST_PHRASE:
        before = texts[at - 1]
        if before in lexicon.determiners or before in lexicon.no_determiners:
            return at - 1
        if not (before[0].isalnum() or before[0] == OPAQUE) or before in outside():
            break
        at -= 1
    return at


def is_plausible(texts: tuple[str, ...], start: int, head: int, kind: Kind) -> bool:
    """Whether a noun that can be something else is a person here."""
    lexicon, text = people(), texts[head]
    fixed = texts[start] in lexicon.determiners
    modifiers = texts[start + 1 : head] if fixed else texts[start:head]
    if text in lexicon.functions:
        return lexicon.branches.issuperset(modifiers)
    if text in ("shift", "shifts"):
        return not lexicon.shifts.isdisjoint(modifiers)
    if text in ("member", "members"):
        around = (*modifiers, *texts[head + 1 : head + 7])
        return not lexicon.teams.isdisjoint(around) or not lexicon.plurals.isdisjoint(around)
    if text in lexicon.homonyms or text.removesuffix("s") in lexicon.homonyms:
        return fixed and lexicon.technical.isdisjoint(modifiers) and OPAQUE not in "".join(modifiers)
    if kind == "role" and not fixed and text not in lexicon.plurals:
        return len(modifiers) <= 3 and not any(word.endswith(("ed", "ing")) for word in modifiers)
    return True


def names_more(sentence: Sentence, at: int, known: Known) -> bool:
    """Whether the word number ``at`` carries on a person's phrase: "engineer team", "Ana Silva"."""
    return kind_of(sentence, at, known) in ("role", "team", "person") and sentence.texts[at] not in people().pronouns


def start_of(sentence: Sentence, head: int, kind: Kind | None, known: Known) -> int:
    """Where the phrase of a kind begins that ends with the word number ``head``."""
    if kind == "person" and sentence.texts[head] not in people().indefinite:
        return head - 1 if head and kind_of(sentence, head - 1, known) == "person" else head
    return head if kind in ("perhaps", "they", "we") else phrase_start(sentence.texts, head)
