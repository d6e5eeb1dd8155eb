"""Who must stand where, for a phrase of the tone lexicon to judge somebody: one function for each group of phrases.

Each gives the actor, one without words where none is needed, or None where the phrase judges nobody.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pmlint.actors import (
    begins_with_actor,
    find_agent,
    find_clause_subject,
    find_gerund_subject,
    find_possessor,
    find_subject,
)
from pmlint.nouns import Actor, Known
from pmlint.phrases import Match
from pmlint.wording import Sentence, before_in_thought, function_words, is_adverb, tone_words

# How many words an opening such as "Having forgotten the flag" may have up to its comma.
_LONGEST_OPENING = 14


def ground(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """Whom a phrase judges: an actor without words where it needs none, None where it judges nobody.

    ``match.group`` is the rule and the group, parted by a slash.
    """
    actor = _GROUNDS[match.group.partition("/")[2]](sentence, match, known)
    return actor if actor and _is_human(sentence, match, actor) else None


def _is_human(sentence: Sentence, match: Match, actor: Actor) -> bool:
    """Whether an actor that can be a program or a stranger is one of those who did the work."""
    head, texts = sentence.texts[actor.end - 1 : actor.end], sentence.texts
    rule, _, group = match.group.partition("/")
    if head in (("user",), ("users",), ("customer",), ("customers",)):
        return group == "person" and rule == "person-failed" and not texts[match.start].startswith("forg")
    if head in (("operator",), ("operators",), ("manager",), ("owner",)) and group == "direct":
        return not tone_words("human_deeds").isdisjoint(texts[match.start : match.end + 4])
    return True


def _person(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    return find_subject(sentence, match.start, known)


def _direct(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    texts = sentence.texts
    before = match.start - 1
    while before > 0 and is_adverb(texts[before]):
        before -= 1
    if before >= 0 and texts[before] in function_words("conjunctions"):
        actor = find_clause_subject(sentence, before, known, strict=True)
    else:
        actor = find_subject(sentence, match.start, known)
    return actor if actor and actor.kind not in ("perhaps", "they") else None


def _quality(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """The subject of a copula before the words: "was simply too careless"."""
    texts, at = sentence.texts, match.start - 1
    for _ in range(4):
        if at < 0 or not (texts[at] in function_words("degrees") or is_adverb(texts[at])):
            break
        at -= 1
    if at < 1 or texts[at] not in function_words("copulas"):
        return None
    while at > 1 and texts[at - 1] in function_words("copulas"):
        at -= 1
    return _direct(sentence, match._replace(start=at), known)


def _clause(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    if match.start == 0 and sentence.texts[match.end : match.end + 1] == (",",):
        fronted = begins_with_actor(sentence, match.end + 1, known)
        return fronted if fronted and fronted.kind in ("role", "team", "person") else None
    actor = find_clause_subject(sentence, match.start, known)
    # What was done to the subject is the slip of whoever did it, if the sentence says who.
    between = sentence.texts[actor.end : match.start] if actor else ()
    if not function_words("hypothetical").isdisjoint(between) and "had" not in between:
        return None
    if actor and actor.kind not in ("perhaps", "they") and function_words("passives").isdisjoint(between):
        return actor
    doer = find_gerund_subject(sentence, match.start - 1, known)
    return doer if doer and doer.start and sentence.texts[doer.start - 1] == "by" else None


def _aside(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    texts, before = sentence.texts, match.start - 1
    if match.start == 0:
        # "Having forgotten the flag, the engineer …".
        comma = next(
            (at for at in range(match.end, min(len(texts), match.end + _LONGEST_OPENING)) if texts[at] == ","), 0
        )
        fronted = begins_with_actor(sentence, comma + 1, known) if comma else None
        return fronted if fronted and fronted.kind in ("role", "team", "person") else None
    if before > 0 and texts[before] in (",", "and", "by", "then", "—", "–"):
        return find_clause_subject(sentence, before, known, strict=True)
    return _right_before(sentence, match.start, known)


def _right_before(sentence: Sentence, at: int, known: Known) -> Actor | None:
    """The actor right before the word number ``at``, as in "due to an engineer mistakenly running"."""
    actor = find_subject(sentence, at, known)
    if actor is None and (actor := find_gerund_subject(sentence, at - 1, known)):
        reason = sentence.texts[max(actor.start - 2, 0) : actor.start]
        actor = None if tone_words("reasons").isdisjoint(reason) else actor
    # "Support skipping the check" asks for something.
    lone = actor and actor.kind == "team" and actor.end - actor.start == 1
    return actor if actor and not lone and actor.end == at and actor.kind in ("role", "person", "team") else None


def _agent(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    # "The warning can be missed by reviewers" tells what may happen.
    passive = match.group == "person-failed/agent" and sentence.texts[match.end - 1] == "by"
    if passive and not function_words("general").isdisjoint(sentence.texts[max(match.start - 3, 0) : match.start]):
        return None
    actor = find_agent(sentence, match.end, known)
    # "We do harm when we blame the person": people in general, not somebody.
    general = actor and actor.kind == "role" and sentence.texts[actor.end - 1] in function_words("anybody")
    return None if general else actor


def _owned(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    return find_possessor(sentence, match.start - 1, known)


def _supposed(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """The actor of an unreal condition: "if the engineer had …", "had the engineer …"."""
    texts = sentence.texts
    if match.start and texts[match.start - 1] not in (",", ";", ":", "happened", "and", "but", "—"):
        return None
    actor = begins_with_actor(sentence, match.end, known)
    if actor is None or actor.end >= len(texts) or actor.kind in ("perhaps", "they"):
        return None
    after = texts[actor.end]
    inverted = texts[match.start] == "had"
    return actor if (_is_participle(after) or is_adverb(after) if inverted else after == "had") else None


def _alone(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    return Actor("role", match.start, match.start)


def _question(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """Nobody in particular, where the words open a question."""
    texts = sentence.texts
    if texts[max(match.start - 2, 0) : match.start] == ("q", ":"):
        return None
    opens = match.start == 0 or texts[match.start - 1] in (",", ":", "and", "—", "–", "-", "so", "but")
    return _alone(sentence, match, known) if opens and texts[-1] == "?" else None


def _asked(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """The actor whom a question asks after: "Why didn't the reviewer …?"."""
    return begins_with_actor(sentence, match.end, known) if _question(sentence, match, known) else None


def _told(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """Nobody in particular, where the words tell people what to do; a tool that reminds and checks is no person."""
    texts, at = sentence.texts, match.start
    if at == 0 or texts[at - 1] in tone_words("orders"):
        modal = at > 1 and texts[at - 1] in function_words("auxiliaries")
        return _alone(sentence, match, known) if not modal or find_subject(sentence, at - 1, known) else None
    return _alone(sentence, match, known) if find_subject(sentence, at, known) else None


def _negated(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """Nobody in particular, where the words are denied: "nobody on the team bothered to"."""
    before = before_in_thought(sentence.texts, match.start, 8)
    return None if function_words("negations").isdisjoint(before) else _alone(sentence, match, known)


def _none_of(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    """The group of which nobody did what was expected: "none of the approvers read", "neither the author nor Mei"."""
    actor = begins_with_actor(sentence, match.end, known)
    if actor and sentence.texts[match.end - 1] == "neither":
        other = sentence.texts[actor.end : actor.end + 1] == ("nor",)
        actor = begins_with_actor(sentence, actor.end + 1, known) if other else None
    if actor is None:
        return None
    did = next((text for text in sentence.texts[actor.end : actor.end + 3] if not is_adverb(text)), "")
    return actor if did in tone_words("done") else None


def _opening(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    opens = match.start == 0 or sentence.texts[match.start - 1] == ":"
    return _alone(sentence, match, known) if opens else None


def _caused(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    before = sentence.texts[max(match.start - 8, 0) : match.start]
    cues = tone_words("strict_cues" if sentence.texts[match.end - 1] in ("oversight", "factor") else "cues")
    stated = match.start == 0 or before[-1] == ":" or not cues.isdisjoint(before)
    made = sentence.texts[match.end : match.end + 2] in (("was", "made"), ("by", "one"))
    return _alone(sentence, match, known) if stated or made else None


def _retrospect(sentence: Sentence, match: Match, known: Known) -> Actor | None:
    return None if tone_words("retrospect").isdisjoint(sentence.texts) else _alone(sentence, match, known)


_GROUNDS: Mapping[str, Callable[[Sentence, Match, Known], Actor | None]] = MappingProxyType(
    {
        "person": _person,
        "direct": _direct,
        "quality": _quality,
        "clause": _clause,
        "aside": _aside,
        "agent": _agent,
        "owned": _owned,
        "supposed": _supposed,
        "alone": _alone,
        "always": _alone,
        "told": _told,
        "negated": _negated,
        "none_of": _none_of,
        "question": _question,
        "asked": _asked,
        "opening": _opening,
        "caused": _caused,
        "retrospect": _retrospect,
    }
)
GROUPS = tuple(_GROUNDS)


def _is_participle(word: str) -> bool:
    """Whether a word can be a past participle."""
    return (len(word) > 3 and word.endswith("ed")) or word in function_words("participles")
