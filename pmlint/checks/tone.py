"""Wording that reads as blame: judged by who acts, not by the word alone."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pmlint.actors import find_agent, find_clause_subject, find_possessor, find_subject, names_in
from pmlint.data import read_lexicon
from pmlint.model import Passage, Postmortem
from pmlint.rule import Mark
from pmlint.wording import Match, Phrases, Sentence, sentences

# Names, terms and fields, not an account of what happened.
_NOT_JUDGED = frozenset({"metadata", "references", "glossary", "responders", "approval"})
_LONGEST_SHOWN = 60
# A purpose is looked for this many words around an act.
_NEAR = 15
_GROUPS = ("person", "direct", "agent", "owned", "alone", "clause", "caused")


class _Tone(NamedTuple):
    phrases: Mapping[str, Phrases]
    attempts: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    cues: frozenset[str]
    denials: frozenset[str]
    purposes: frozenset[str]


@cache
def _tone() -> _Tone:
    tables = read_lexicon("tone")
    classes: Mapping[str, list[str]] = tables["classes"]
    nominal: Mapping[str, Any] = tables["human-error"]
    return _Tone(
        phrases={
            rule: Phrases({group: tables[rule][group] for group in _GROUPS if group in tables[rule]}, classes)
            for rule in ("person-failed", "person-blamed", "human-error")
        },
        attempts=frozenset(classes["attempt"]),
        before=frozenset(nominal["rejected_before"]),
        after=frozenset(nominal["rejected_after"]),
        cues=frozenset(nominal["cues"]),
        denials=frozenset(tables["suppress"]["denials"]),
        purposes=frozenset(tables["suppress"]["purposes"]),
    )


def person_failed(pm: Postmortem) -> Iterator[Mark]:
    """People said to have failed, forgotten or not done what was expected of them."""
    yield from _judgements(pm, "person-failed", "reads as an expectation not met")


def person_blamed(pm: Postmortem) -> Iterator[Mark]:
    """People said to have broken something, to be careless, or to be at fault."""
    yield from _judgements(pm, "person-blamed", "reads as blame")


def human_error_as_cause(pm: Postmortem) -> Iterator[Mark]:
    """A human failing that stands as a cause."""
    yield from _judgements(pm, "human-error", "ends the analysis at a person")


def _judgements(pm: Postmortem, rule: str, reading: str) -> Iterator[Mark]:
    """At most one mark a sentence: for the first words that judge a person."""
    names = names_in(pm)
    for passage in pm.passages:
        if _is_account(passage, rule):
            for sentence in sentences(passage):
                for match in _tone().phrases[rule].find(sentence.texts):
                    start = _judged_from(sentence, match, rule, names)
                    if start is not None:
                        shown = _shown(sentence, start, match)
                        yield Mark(sentence.span(match.start, match.end), f'"{shown}" {reading}')
                        break


def _is_account(passage: Passage, rule: str) -> bool:
    if passage.kind == "heading" or passage.quoted or not _NOT_JUDGED.isdisjoint(passage.concepts):
        return False
    return rule != "human-error" or "actions" not in passage.concepts


def _judged_from(sentence: Sentence, match: Match, rule: str, names: frozenset[str]) -> int | None:
    """Where the words begin that say whom the match judges; None if it judges nobody."""
    texts = sentence.texts
    if rule == "human-error" and not _is_named_cause(texts, match):
        return None
    if match.group in ("alone", "caused"):
        denied = not _tone().denials.isdisjoint(texts[max(match.start - 6, 0) : match.start])
        return None if denied else match.start
    if match.group == "agent":
        actor = find_agent(sentence, match.end, names)
        denied = not _tone().denials.isdisjoint(texts[max(match.start - 3, 0) : match.start])
        return match.start if actor and actor.kind != "they" and not denied else None
    if match.group == "owned":
        owner = find_possessor(sentence, match.start - 1, names)
        return owner.start if owner else None
    if not _is_failing(texts, match):
        return None
    actor = (
        find_clause_subject(sentence, match.start, names)
        if match.group == "clause"
        else find_subject(sentence, match.start, names)
    )
    if actor is None or (actor.kind == "they" and match.group == "direct"):
        return None
    return actor.start


def _is_failing(texts: tuple[str, ...], match: Match) -> bool:
    """Whether the words say a failing, not an attempt without success or a planned act."""
    words = texts[match.start : match.end]
    if words[:1] == ("failed",) and words[-1] in _tone().attempts:
        return False
    if words[0] in ("took", "brought", "broke"):
        return _tone().purposes.isdisjoint(texts[max(match.start - _NEAR, 0) : match.end + _NEAR])
    return True


def _is_named_cause(texts: tuple[str, ...], match: Match) -> bool:
    """Whether a sentence names the words as a cause, neither rejecting nor fearing nor defining them."""
    tone = _tone()
    before = texts[max(match.start - 8, 0) : match.start]
    after = texts[match.end : match.end + 1]
    if not tone.before.isdisjoint(before) or not tone.after.isdisjoint(after):
        return False
    if texts[match.end : match.end + 2] in (("is", "not"), ("was", "not"), ("is", "never"), ("is", "a"), ("is", "an")):
        return False
    return match.group != "caused" or match.start == 0 or before[-1] == ":" or not tone.cues.isdisjoint(before)


def _shown(sentence: Sentence, start: int, match: Match) -> str:
    shown = sentence.shown(start, match.end)
    return shown if len(shown) <= _LONGEST_SHOWN else sentence.shown(match.start, match.end)
