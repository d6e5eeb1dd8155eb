"""Wording that judges people: every phrase of the tone lexicon that says something of a person, found in one pass.

The actor decides: most phrases count only with a person, role or team in the place that their group names; see
``rules/lexicon/tone.toml`` for the groups. Sources: the taxonomy and lexicons follow Dekker's Field Guide ch. 5,
Bergström's three analytical traps and the bad postmortem of the SRE Workbook ch. 10.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from pmlint.conventions import Conventions
from pmlint.data import read_lexicon
from pmlint.document import Rendered
from pmlint.excuses import is_excused
from pmlint.grounds import GROUPS, ground
from pmlint.model import Passage, Postmortem
from pmlint.nouns import Actor, Known, is_given_name
from pmlint.phrases import Match, Phrases
from pmlint.source import Span
from pmlint.wording import Sentence, sentences

# The most specific first: words that two rules find belong to the first of them.
RULES = (
    "punishment",
    "fault",
    "negligence",
    "human-error",
    "person-as-cause",
    "person-blamed",
    "person-failed",
    "person-fix",
    "counterfactual",
    "who-question",
    "normative",
    "hindsight",
    "minimising",
    "animated",
    "speculation",
    "evasive-passive",
    "rote-apology",
    "title",
)
# Of these a title or file name is judged by; the words of "title" nowhere else.
_IN_TITLES = frozenset(
    {"punishment", "fault", "negligence", "human-error", "person-as-cause", "person-blamed", "person-failed", "title"}
)
ENGLISH = "en"
# Within so many words of a phrase a denial is looked for where the grammar is not known.
_NEAR = 6
# Judged also where the actor is "we": wording that bends the view without blaming anybody.
_OF_US = frozenset({"counterfactual", "hindsight", "minimising"})
# Names, terms and fields, not an account of what happened.
_NOT_JUDGED = frozenset({"metadata", "references", "glossary", "responders", "approval"})


class Judgement(NamedTuple):
    """The words from ``start`` up to ``end`` of a sentence that judge somebody, and the actor, if one is named."""

    rule: str
    sentence: Sentence
    start: int
    end: int
    actor: Actor | None

    @property
    def span(self) -> Span:
        """Where the words to change stand in the source."""
        return self.sentence.span(self.start, self.end)


class _Lexicon(NamedTuple):
    """The phrases of a language, and what denies them where no grammar does."""

    phrases: Phrases
    denials: frozenset[str]


@cache
def _lexicon(language: str) -> _Lexicon | None:
    """The tone lexicon of a language: ``tone.toml`` is English, ``tone-de.toml`` German. None where there is none.

    Who acts is only known in English: the other lexicons have phrases that need nobody (the group ``alone``).
    """
    try:
        tables = read_lexicon("tone" if language == ENGLISH else f"tone-{language}")
    except FileNotFoundError:
        return None
    places = GROUPS if language == ENGLISH else ("alone",)
    groups: dict[str, str] = {}
    for rule in RULES:
        groups |= {f"{rule}/{group}": tables[rule][group] for group in places if group in tables.get(rule, {})}
    return _Lexicon(Phrases(groups, tables["classes"]), frozenset(tables["sets"]["denials"].split()))


def language_of(pm: Postmortem) -> str:
    """The primary language that a document is judged in: English where it is not known."""
    language = (pm.language or ENGLISH).lower().split("-")[0]
    return language if language.isascii() and language.isalpha() else ""


def judgements(pm: Postmortem) -> tuple[Judgement, ...]:
    """Everything in a postmortem's prose that judges, in the order of the text: at most one for each rule and sentence.

    A document in a language without a lexicon has none.
    """
    return _judgements(_Same(pm))


def title_judgements(pm: Postmortem) -> tuple[Judgement, ...]:
    """What in the title and in the file's name judges somebody; the words of a name stand at the title."""
    if not is_english(pm):
        return ()
    known, wording, found = known_in(pm), _wording(pm.conventions), []
    for text, span in _titles(pm):
        passage = Passage(Rendered(text, (), (0,), (span,), span), "heading")
        for sentence in sentences(passage):
            judged = [j for j in _of_sentence(sentence, known, wording, _IN_TITLES) if j.rule in _IN_TITLES]
            found += judged[:1]
    return tuple(found)


def _titles(pm: Postmortem) -> Iterator[tuple[str, Span]]:
    if pm.title:
        yield pm.title.text, pm.title.span
    name = pm.source.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    words = name.replace("_", "-").replace(" ", "-").split("-")
    told = [word.capitalize() if is_given_name(word) else word for word in words if not word.isdigit()]
    if len(told) > 1:
        yield " ".join(told), pm.head


class _Same:
    """A postmortem that is compared by identity: to hash a whole document takes longer than to judge it."""

    __slots__ = ("pm",)

    def __init__(self, pm: Postmortem) -> None:
        self.pm = pm

    def __hash__(self) -> int:
        return id(self.pm)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.pm is self.pm


@lru_cache(maxsize=16)
def _judgements(same: _Same) -> tuple[Judgement, ...]:
    pm = same.pm
    known, wording = known_in(pm), _wording(pm.conventions)
    if not is_english(pm):
        return tuple(_in_other_language(pm, wording))
    return tuple(
        judgement
        for passage in pm.passages
        if is_account(passage)
        for sentence in sentences(passage, labelled=True)
        for judgement in _of_sentence(sentence, known, wording)
    )


def _in_other_language(pm: Postmortem, wording: "_Wording") -> Iterator[Judgement]:
    """What phrases alone find, each unless a denial stands near it."""
    lexicon = _lexicon(language_of(pm))
    for passage in pm.passages:
        for sentence in sentences(passage, labelled=True) if is_account(passage) else ():
            taken = _extra(sentence, wording)
            for match in lexicon.phrases.find(sentence.texts) if lexicon and sentence.texts[-1] != "?" else ():
                rule = match.group.partition("/")[0]
                around = sentence.texts[max(match.start - _NEAR, 0) : match.end + _NEAR]
                if lexicon and lexicon.denials.isdisjoint(around) and not _is_allowed(sentence, match, rule, wording):
                    taken.setdefault(rule, Judgement(rule, sentence, match.start, match.end, None))
            yield from _without_overlaps(taken)


def is_english(pm: Postmortem) -> bool:
    """Whether English words are to be judged: the prose is in English, or in no language that is known."""
    return language_of(pm) == ENGLISH


def known_in(pm: Postmortem) -> Known:
    """The people and teams that the document and its team's conventions name.

    A name of one word alone may be that of a service that has the same owner, and so is only perhaps a person's.
    """
    agreed, teams = pm.conventions.people, pm.conventions.teams
    named = [name.text for name in pm.names if name.kind in ("person", "handle") and name.text not in agreed]
    sure = [text for text in named if " " in text or "@" in text or is_given_name(text.lower())]
    small = (
        frozenset(word for passage in pm.passages for word in passage.rendered.text.split()) if sure else frozenset()
    )
    # "Page" is no surname where pages are written about.
    people = {word for text in sure for word in text.split() if len(word) > 1 and word.lower() not in small - {word}}
    return Known(
        frozenset(people | {word for text in agreed for word in text.split()}),
        frozenset(text for text in named if text not in sure),
        frozenset(text.split()[-1] for text in teams if text.strip()),
    )


def is_account(passage: Passage) -> bool:
    """Whether a passage tells what happened in the writer's own words."""
    if passage.kind == "heading" or passage.quoted or not _NOT_JUDGED.isdisjoint(passage.concepts):
        return False
    text = passage.rendered.text
    # Markdown takes the <nick> after a time for a tag.
    tagged = next((tag.start for tag in passage.rendered.of_kind("html")), 0)
    return not (_is_chat(text) or (0 < tagged < 12 and text[:tagged].strip(" \t[]:0123456789") == ""))


def _is_chat(text: str) -> bool:
    """Whether a passage is a line that was pasted out of a chat: ``10:02 <nick> …`` or ``nick [9:28 AM] …``."""
    start, end = text[:24].find("<"), text[:48].find("> ")
    if 0 <= start < end and text[start + 1 : end].replace("-", "").replace("_", "").isalnum():
        return True
    opened = text[:40].find(" [")
    return opened > 0 and text[opened + 2 : opened + 3].isdigit() and text[opened:].partition("]")[0].endswith("M")


class _Wording(NamedTuple):
    """A team's own phrases: what it allows, and what it wants to be found."""

    allowed: Phrases | None
    extra: Phrases | None


def _wording(conventions: Conventions) -> _Wording:
    return _Wording(_own(conventions.allowed_wording), _own(conventions.extra_wording))


def _own(wording: Mapping[str, tuple[str, ...]]) -> Phrases | None:
    """Phrases of a team by the rule they are for, with or without its family; ``tone`` stands for all rules."""
    groups = {
        _PARTS.get(name, name): phrases for rule, phrases in wording.items() for name in (rule.rpartition("/")[2],)
    }
    return Phrases.literal(groups) if any(groups.values()) else None


def _of_sentence(
    sentence: Sentence, known: Known, wording: _Wording, rules: frozenset[str] = frozenset(RULES) - {"title"}
) -> Iterator[Judgement]:
    taken: dict[str, Judgement] = {}
    lexicon = _lexicon(ENGLISH)
    for match in lexicon.phrases.find(sentence.texts) if lexicon else ():
        rule = match.group.partition("/")[0]
        if rule in rules and rule not in taken and not _is_allowed(sentence, match, rule, wording):
            judged = _judged(sentence, match, rule, known)
            if judged:
                taken[rule] = judged
    return iter(_without_overlaps(_extra(sentence, wording) | taken))


def _extra(sentence: Sentence, wording: _Wording) -> dict[str, Judgement]:
    """What a team's own phrases find."""
    found: dict[str, Judgement] = {}
    for own in wording.extra.find(sentence.texts) if wording.extra else ():
        rule = "person-blamed" if own.group == _EVERY_RULE else own.group
        found.setdefault(rule, Judgement(rule, sentence, own.start, own.end, None))
    return found


def _is_allowed(sentence: Sentence, match: Match, rule: str, wording: _Wording) -> bool:
    """Whether a phrase that the team allows covers some of the words."""
    return any(
        own.group in (rule, _EVERY_RULE) and own.start < match.end and match.start < own.end
        for own in (wording.allowed.find(sentence.texts) if wording.allowed else ())
    )


# Rules whose page has another name than their part of the lexicon, and the name that means all of them.
_PARTS = {"human-error-as-cause": "human-error"}
_EVERY_RULE = "tone"


def _without_overlaps(taken: Mapping[str, Judgement]) -> list[Judgement]:
    if len(taken) < 2:
        return list(taken.values())
    kept: list[Judgement] = []
    for rule in (*RULES, *(rule for rule in taken if rule not in RULES)):
        judged = taken.get(rule)
        if judged and not any(judged.start < other.end and other.start < judged.end for other in kept):
            kept.append(judged)
    return sorted(kept, key=lambda judged: judged.start)


def _judged(sentence: Sentence, match: Match, rule: str, known: Known) -> Judgement | None:
    """What a phrase judges; None if it judges nobody here."""
    if is_excused(sentence, match):
        return None
    actor = ground(sentence, match, known)
    if actor is None or (actor.kind == "we" and rule not in _OF_US):
        return None
    return Judgement(rule, sentence, match.start, match.end, actor if actor.end > actor.start else None)
