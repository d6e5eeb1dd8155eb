"""Who does what in a sentence: finds the person, role or team that a verb belongs to.

The subject is looked for to the left of the verb and within a bounded number of words; where the grammar is not
plain, there is no actor. Systems, "I" and nobody in particular are never actors here.
"""

from pmlint.nouns import (
    LONGEST_PHRASE,
    Actor,
    Kind,
    Known,
    is_plausible,
    kind_of,
    names_more,
    outside,
    people,
    phrase_start,
    start_of,
)
from pmlint.wording import OPAQUE, Sentence, function_words, is_adverb

# How many words may stand between a verb and its subject, and how many
# between a verb and the beginning of its clause: without bounds a long sentence would cost the square of its length.
_LONGEST_GAP = 6
_LONGEST_CLAUSE = 40
_LONGEST_ASIDE = 14
# "One of the engineers on the data team of the vendor": how many phrases may hang on each other.
_LONGEST_CHAIN = 4
_BREAKS = frozenset({";", ":", "•", "—", "–", "|"})
_ENDS = frozenset({",", *_BREAKS})
_ASIDE_MARKS = frozenset({",", "-", "–", "—"})


def find_subject(sentence: Sentence, verb: int, known: Known) -> Actor | None:
    """The actor whose act the word number ``verb`` (0-based) says.

    What stands between them may be adverbs, auxiliaries, an aside between commas or a clause with "who". A verb after
    "and", "but" or "then" has the subject with which its clause begins.
    """
    texts = sentence.texts
    at, relative = _before_verb(texts, verb - 1)
    if at > 0 and texts[at] in _ASIDE_MARKS:
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
    if actor is None or actor.kind in ("perhaps", "they", "we"):
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
        if texts[place] in _BREAKS and texts[place] != texts[comma]:
            return -1
        if texts[place] == texts[comma]:
            if texts[comma] != ",":
                return place - 1
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
        that_night = text == "that" and texts[place + 1] in function_words("times")
        if text in _ENDS or (text in function_words("subordinators") and not that_night):
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
        if texts[head] in outside() and texts[head] not in ("they", "we"):
            return None
        counted = inner is not None and texts[head] in people().counting and texts[head + 1] == "of"
        kind = inner if counted else kind_of(sentence, head, known)
        start = phrase_start(texts, head) if counted else start_of(sentence, head, kind, known)
        plausible = counted or (kind is not None and is_plausible(texts, start, head, kind))
        # "Operations on the table" are no department.
        inner = kind if plausible and not (step and texts[head] in people().functions) else None
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
    if inner is None or texts[start] in people().no_determiners or _is_unreal(texts, start):
        return None
    return Actor(inner, start, end) if relative or not _is_object(texts, start) else None


def _hung_on(texts: tuple[str, ...], start: int) -> int | None:
    """The last word of the phrase that the one at ``start`` belongs to: "the engineer [on the team]"; None if none."""
    before = texts[start - 1] if start else ""
    if before in function_words("prepositions"):
        # "the engineer assigned to the team"
        return start - 3 if start > 2 and texts[start - 2].endswith("ed") else start - 2
    if before.endswith("ing") and start > 1 and texts[start - 2] not in outside():
        return start - 2
    return None


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


def _beginning_at(sentence: Sentence, start: int, known: Known, *, possessed: bool = False) -> Actor | None:
    """The actor whose first word is the word number ``start``; ``possessed`` lets an "'s" follow."""
    lexicon, texts = people(), sentence.texts
    at = start
    if at < len(texts) and texts[at] in lexicon.no_determiners:
        return None
    while at < min(start + LONGEST_PHRASE + 1, len(texts)):
        text = texts[at]
        kind = kind_of(sentence, at, known)
        following = texts[at + 1] if at + 1 < len(texts) else "."
        goes_on = following[0].isalpha() and names_more(sentence, at + 1, known)
        owner = following == "'s" and not (possessed and texts[at + 2 : at + 3] in (("part",), ("side",), ("end",)))
        if kind is not None and text not in lexicon.functions and not goes_on and not owner:
            return Actor(kind, start, at + 1) if is_plausible(texts, start, at, kind) else None
        if kind is not None and text in lexicon.functions and at - start <= 1 and _ends_phrase(following):
            return Actor(kind, start, at + 1)
        if text in outside() or not (text[0].isalnum() or text[0] == OPAQUE or text == "'s"):
            return None
        at += 1
    return None


def _ends_phrase(following: str) -> bool:
    return not following[0].isalpha() or _acts(following) or following in function_words("prepositions")
