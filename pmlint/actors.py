"""Who does what in a sentence: finds the person, role or team that a verb belongs to.

The subject is looked for to the left of the verb and within a bounded number of words; where the grammar is not
plain, there is no actor. Systems, "I" and nobody in particular are never actors here.
"""

from functools import cache
from typing import Literal, NamedTuple

from pmlint.data import read_lexicon
from pmlint.wording import OPAQUE, Sentence, function_words, is_adverb

# How far an article may stand before its noun, how many words may stand between a verb and its subject, and how many
# between a verb and the beginning of its clause: without bounds a long sentence would cost the square of its length.
_LONGEST_PHRASE = 5
_LONGEST_GAP = 6
_LONGEST_CLAUSE = 40
_LONGEST_ASIDE = 14
# "One of the engineers on the data team of the vendor": how many phrases may hang on each other.
_LONGEST_CHAIN = 4
_BREAKS = frozenset({";", ":", "•", "—", "–", "|"})
_ENDS = frozenset({",", *_BREAKS})

Kind = Literal["role", "team", "person", "they", "we"]


class Actor(NamedTuple):
    """A person, role or team: the words from ``start`` up to ``end`` of a sentence."""

    kind: Kind
    start: int
    end: int


class Known(NamedTuple):
    """The people and teams that a document or its team's conventions name: single words as written."""

    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


class _People(NamedTuple):
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
def _people() -> _People:
    words = {name: frozenset(entries.split()) for name, entries in read_lexicon("people").items()}
    plurals = words["plural_roles"] | {f"{role}s" for role in words["roles"] | words["homonyms"]}
    return _People(plurals=plurals, **{name: words[name] for name in _People._fields if name != "plurals"})


@cache
def _outside() -> frozenset[str]:
    """The words that stand in no noun phrase."""
    kinds = ("prepositions", "subordinators", "conjunctions", "finite", "hypothetical", "outside")
    return frozenset[str]().union(*map(function_words, kinds))


def is_role(word: str) -> bool:
    """Whether a word, in lower case, names somebody by what they do, or a team."""
    people = _people()
    return any(word in kind for kind in (people.roles, people.plurals, people.homonyms, people.teams, people.functions))


def is_given_name(word: str) -> bool:
    """Whether a word, in lower case, is a given name that is no common word."""
    return word in _people().given_names


def is_handle(text: str) -> bool:
    """Whether a word in lower case is ``@nick`` or ``nick@`` and does not say that it is a program's."""
    bare = text.strip("@")
    if len(bare) < 2 or bare == text or not bare[0].isalpha():
        return False
    return bare not in ("latest", "next", "here", "channel", "all", "everyone") and not bare.endswith(("bot", "-ci"))


def find_subject(sentence: Sentence, verb: int, known: Known) -> Actor | None:
    """The actor whose act the word number ``verb`` (0-based) says.

    What stands between them may be adverbs, auxiliaries, an aside between commas or a clause with "who". A verb after
    "and", "but" or "then" has the subject with which its clause begins.
    """
    texts = sentence.texts
    at, relative = _before_verb(texts, verb - 1)
    if at > 0 and texts[at] == ",":
        if relative:
            return _ending_at(sentence, at - 1, known, relative=True)
        if (before := _before_aside(texts, at)) < 0:
            return find_clause_subject(sentence, at, known, strict=True)
        at, relative = _before_verb(texts, before)
    if at < 0:
        return None
    if texts[at] in function_words("conjunctions"):
        return find_clause_subject(sentence, at, known)
    at = _before_parenthesis(texts, at)
    adjacent = _ending_at(sentence, at, known, relative=relative)
    return adjacent or _before_who(sentence, at, known) or _before_participle(sentence, at, known)


def find_clause_subject(sentence: Sentence, at: int, known: Known, *, strict: bool = False) -> Actor | None:
    """The actor with which the clause before the word number ``at`` begins, if a verb of its own follows.

    ``strict`` asks that no other verb stands in between, so that nothing else can be the subject.
    """
    texts = sentence.texts
    start = _clause_start(texts, at)
    if start is None:
        return None
    if start and texts[start - 1] == "who":
        return _ending_at(sentence, start - 2, known, relative=True)
    for begin in _openings(texts, start, at):
        actor = _beginning_at(sentence, begin, known)
        if actor and actor.end < at and not _is_unreal(texts, actor.start):
            between = texts[actor.end : at]
            if _acts(between[0]) and not _has_subject(between) and (not strict or _verbs(between) <= 1):
                return actor
    return None


_SUBJECTS = frozenset({"it", "this", "they", "we", "i", "you"})
_OBJECTS_TOO = frozenset({"it", "this", "you"})


def _has_subject(texts: tuple[str, ...]) -> bool:
    """Whether a pronoun among the words is the subject of a verb of its own."""
    pairs = zip(texts, (*texts[1:], "."), strict=True)
    return any(text in _SUBJECTS and (text not in _OBJECTS_TOO or _acts(after)) for text, after in pairs)


def find_agent(sentence: Sentence, at: int, known: Known) -> Actor | None:
    """The actor that begins at the word number ``at``, as after "caused by"."""
    texts = sentence.texts
    if texts[at : at + 2] in (("one", "of"), ("some", "of"), ("each", "of"), ("several", "of")):
        at += 2
    actor = _beginning_at(sentence, at, known, possessed=True)
    if actor is None or actor.kind in ("they", "we"):
        return None
    following = texts[actor.end] if actor.end < len(texts) else "."
    if following == "'s":
        owned = texts[actor.end + 1 : actor.end + 2]
        return actor if owned in (("part",), ("side",), ("end",), ("behalf",)) else None
    ends = following in function_words("after_agent") or following in function_words("finite")
    return actor if ends or following.endswith(("ing", "ed")) or is_adverb(following) else None


def find_possessor(sentence: Sentence, mark: int, known: Known) -> Actor | None:
    """The actor before the word number ``mark``, if that is an "'s" or "'"; one adjective may stand after it."""
    texts = sentence.texts
    for place in (mark, mark - 1):
        if place > 0 and texts[place] in ("'s", "'"):
            return _ending_at(sentence, place - 1, known, relative=True)
    return None


def find_gerund_subject(sentence: Sentence, head: int, known: Known) -> Actor | None:
    """The actor whose phrase ends with the word number ``head``, also after "of" and its kin: "due to Mei typing"."""
    return _ending_at(sentence, head, known, relative=True) if head >= 0 else None


def begins_with_actor(sentence: Sentence, at: int, known: Known) -> Actor | None:
    """The actor whose phrase begins at the word number ``at``, whatever follows."""
    return _beginning_at(sentence, at, known)


def _before_verb(texts: tuple[str, ...], at: int) -> tuple[int, bool]:
    """Where the subject ends when the verb's own words are gone over from ``at`` leftwards, and whether by "who"."""
    relative = False
    for _ in range(_LONGEST_GAP):
        if at < 0 or not (texts[at] in function_words("between") or is_adverb(texts[at])):
            break
        relative = relative or texts[at] == "who"
        at -= 1
    return at, relative


def _before_aside(texts: tuple[str, ...], comma: int) -> int:
    """Where the words before an aside end whose second comma is given; -1 if it is none."""
    for place in range(comma - 1, max(comma - _LONGEST_ASIDE, 0), -1):
        if texts[place] in _BREAKS:
            return -1
        if texts[place] == ",":
            first = texts[place + 1]
            opens = first in function_words("prepositions") or first in function_words("subordinators")
            return place - 1 if opens or first.endswith(("ing", "ed")) or is_adverb(first) else -1
    return -1


def _before_who(sentence: Sentence, at: int, known: Known) -> Actor | None:
    """The actor before "who", when the clause with "who" reaches up to the word number ``at`` and has one verb."""
    texts = sentence.texts
    for place in range(at, max(at - _LONGEST_ASIDE, -1), -1):
        text = texts[place]
        if text in ("who", "whoever"):
            between = texts[place + 1 : at + 1]
            if _verbs(between) > 1 or _has_subject(between):
                return None
            whoever = Actor("person", place, place + 1)
            return whoever if text == "whoever" else _ending_at(sentence, place - 1, known, relative=True)
        if text in _ENDS or text in function_words("subordinators"):
            return None
    return None


def _before_participle(sentence: Sentence, at: int, known: Known) -> Actor | None:
    """The actor with which the clause begins, when up to the word number ``at`` only what was done to them follows.

    "The contractor hired to do the migration did not …"
    """
    start = _clause_start(sentence.texts, at)
    actor = _beginning_at(sentence, start, known) if start is not None else None
    if actor is None or actor.end + 1 > at or _is_unreal(sentence.texts, actor.start):
        return None
    first, second, *rest = (*sentence.texts[actor.end : at + 1], ".", ".")
    done_to = first.endswith("ed") and second in ("to", "by", "for", "in", "as", "on", "with")
    return actor if done_to and not _verbs(tuple(rest)) and not _has_subject(tuple(rest)) else None


def _verbs(texts: tuple[str, ...]) -> int:
    """How many words look like verbs that tell something, auxiliaries left out."""
    auxiliary = function_words("auxiliaries")
    return sum(
        1
        for text in texts
        if (text in function_words("finite") or (text.endswith("ed") and len(text) > 4)) and text not in auxiliary
    )


def _acts(text: str) -> bool:
    return text in function_words("finite") or text.endswith("ed") or is_adverb(text) or text in ("who", ",", "(")


def _clause_start(texts: tuple[str, ...], at: int) -> int | None:
    """Where the clause begins that the word number ``at`` goes on with; None if that is too far away."""
    start = at
    while start and texts[start - 1] not in function_words("subordinators"):
        if texts[start - 1] in _BREAKS and start < at:
            break
        start -= 1
        if at - start > _LONGEST_CLAUSE:
            return None
    return start


def _openings(texts: tuple[str, ...], start: int, end: int) -> list[int]:
    """Where the subject of a clause may begin: at its start, or after the comma that ends what was put before it."""
    if start >= end:
        return []
    first = texts[start]
    fronted = (
        first in function_words("prepositions")
        or (start > 0 and texts[start - 1] in function_words("subordinators"))
        or first.endswith(("ing", "ed"))
        or is_adverb(first)
        or not first[0].isalpha()
        or texts[start + 1 : start + 2] == (",",)
    )
    commas = [place + 1 for place in range(start, end) if texts[place] == ","] if fronted else []
    return [*(() if first in function_words("prepositions") else (start,)), *commas[:3]]


def _before_parenthesis(texts: tuple[str, ...], at: int) -> int:
    if texts[at] == ")":
        for place in range(at - 1, max(at - _LONGEST_ASIDE, 0), -1):
            if texts[place] == "(":
                return place - 1
    return at


def _ending_at(sentence: Sentence, head: int, known: Known, *, relative: bool) -> Actor | None:
    """The actor whose phrase, with all that hangs on it, ends with the word number ``head``.

    After "who" (``relative``) the nearest noun is meant, else the first of the chain: not the laptop's owner, but the
    engineer on the team.
    """
    texts = sentence.texts
    end = head + 1
    if head > 0 and texts[head] in function_words("trailing"):
        head -= 1
    inner: Kind | None = None
    for step in range(_LONGEST_CHAIN):
        head = _before_parenthesis(texts, head) if head > 0 else head
        if head < 0 or not (texts[head][0].isalnum() or texts[head][0] in f"@{OPAQUE}"):
            return None
        if texts[head] in _outside() and texts[head] not in ("they", "we"):
            return None
        counted = inner is not None and texts[head] in _people().counting and texts[head + 1] == "of"
        kind = inner if counted else _kind(sentence, head, known)
        start = _phrase_start(texts, head) if counted else _start_of(sentence, head, kind, known)
        plausible = counted or (kind is not None and _plausible(texts, start, head, kind))
        # "Operations on the table" are no department.
        inner = kind if plausible and not (step and texts[head] in _people().functions) else None
        if kind is None and texts[head] in function_words("times") and start:
            head = start - 1
            continue
        onward = None if relative else _hung_on(texts, start)
        if onward is None:
            break
        if texts[onward + 1 : onward + 3] in (("at", "least"), ("at", "most")):
            break
        head = onward
    else:
        return None
    if inner is None or texts[start] in _people().no_determiners or _is_unreal(texts, start):
        return None
    return Actor(inner, start, end) if relative or not _is_object(texts, start) else None


def _hung_on(texts: tuple[str, ...], start: int) -> int | None:
    """The last word of the phrase that the one at ``start`` belongs to: "the engineer [on the team]"; None if none."""
    before = texts[start - 1] if start else ""
    if before in function_words("prepositions"):
        # "the engineer assigned to the team"
        return start - 3 if start > 2 and texts[start - 2].endswith("ed") else start - 2
    if before.endswith("ing") and start > 1 and texts[start - 2] not in _outside():
        return start - 2
    return None


def _start_of(sentence: Sentence, head: int, kind: Kind | None, known: Known) -> int:
    if kind == "person" and sentence.texts[head] not in _people().indefinite:
        return head - 1 if head and _kind(sentence, head - 1, known) == "person" else head
    return head if kind in ("they", "we") else _phrase_start(sentence.texts, head)


def _is_object(texts: tuple[str, ...], start: int) -> bool:
    """Whether the phrase at ``start`` belongs to a verb before it: "the alert that paged the engineer"."""
    before = texts[start - 1] if start else ""
    if before in function_words("reporting") or is_adverb(before):
        return False
    return before in function_words("finite") or (before.endswith("ed") and len(before) > 4)


def _is_unreal(texts: tuple[str, ...], start: int) -> bool:
    """Whether what is said of the actor at ``start`` is supposed or denied rather than told."""
    before = texts[max(start - 8, 0) : start]
    if before[-1:] == ("that",) and not function_words("denials").isdisjoint(before):
        return True
    if before and (before[-1] in function_words("hypothetical") or "not" in before[-3:]):
        return True
    for text in reversed(before):
        if text in function_words("subordinators") or not text[0].isalnum():
            return False
        if text in function_words("possible"):
            return True
    return False


def _kind(sentence: Sentence, at: int, known: Known) -> Kind | None:
    people, text = _people(), sentence.texts[at]
    if text in people.pronouns or text in people.indefinite:
        return "person"
    if text in ("they", "we"):
        return "they" if text == "they" else "we"
    if text in people.roles or text in people.plurals or text in people.homonyms:
        return "role"
    if text in people.teams or text in people.functions:
        return "team"
    written = sentence.shown(at, at + 1)
    if written in known.people or (text in people.given_names and written[0].isupper() and written[1:].islower()):
        return "person"
    if written in known.teams:
        return "team"
    return "person" if is_handle(text) else None


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


def _plausible(texts: tuple[str, ...], start: int, head: int, kind: Kind) -> bool:
    """Whether a noun that can be something else is a person here."""
    people, text = _people(), texts[head]
    fixed = texts[start] in people.determiners
    modifiers = texts[start + 1 : head] if fixed else texts[start:head]
    if text in people.functions:
        return people.branches.issuperset(modifiers)
    if text in ("shift", "shifts"):
        return not people.shifts.isdisjoint(modifiers)
    if text in ("member", "members"):
        around = (*modifiers, *texts[head + 1 : head + 7])
        return not people.teams.isdisjoint(around) or not people.plurals.isdisjoint(around)
    if text in people.homonyms or text.removesuffix("s") in people.homonyms:
        return fixed and people.technical.isdisjoint(modifiers) and OPAQUE not in "".join(modifiers)
    if kind == "role" and not fixed and text not in people.plurals:
        return len(modifiers) <= 3 and not any(word.endswith(("ed", "ing")) for word in modifiers)
    return True


def _beginning_at(sentence: Sentence, start: int, known: Known, *, possessed: bool = False) -> Actor | None:
    """The actor whose first word is the word number ``start``; ``possessed`` lets an "'s" follow."""
    people, texts = _people(), sentence.texts
    at = start
    if at < len(texts) and texts[at] in people.no_determiners:
        return None
    while at < min(start + _LONGEST_PHRASE + 1, len(texts)):
        text = texts[at]
        kind = _kind(sentence, at, known)
        following = texts[at + 1] if at + 1 < len(texts) else "."
        goes_on = following[0].isalpha() and _names_more(sentence, at + 1, known)
        owner = following == "'s" and not (possessed and texts[at + 2 : at + 3] in (("part",), ("side",), ("end",)))
        if kind is not None and text not in people.functions and not goes_on and not owner:
            return Actor(kind, start, at + 1) if _plausible(texts, start, at, kind) else None
        if kind is not None and text in people.functions and at - start <= 1 and _ends_phrase(following):
            return Actor(kind, start, at + 1)
        if text in _outside() or not (text[0].isalnum() or text[0] == OPAQUE or text == "'s"):
            return None
        at += 1
    return None


def _ends_phrase(following: str) -> bool:
    return not following[0].isalpha() or _acts(following) or following in function_words("prepositions")


def _names_more(sentence: Sentence, at: int, known: Known) -> bool:
    """Whether the word number ``at`` carries on a person's phrase: "engineer team", "Ana Silva"."""
    return _kind(sentence, at, known) in ("role", "team", "person") and sentence.texts[at] not in _people().pronouns
