"""What a team's documents have in common: sections, headings that the lexicon does not know, what rules say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pmlint.conventions import Conventions
from pmlint.engine import check, understood
from pmlint.model import Postmortem, Section
from pmlint.recognise.headings import concepts_of, normalised
from pmlint.rule import Rule, Severity
from pmlint.source import Source

# A heading is a habit where two documents have it, and where one in twenty does.
_LEAST, _SHARE = 2, 20
# A word of a heading tells what it is about only where it names one of these.
_TELLING = frozenset(
    {
        "timeline",
        "impact",
        "root_cause",
        "contributing_factors",
        "actions",
        "detection",
        "resolution",
        "lessons",
        "trigger",
    }
)


class Habits(NamedTuple):
    """What was seen in a number of documents; all counts are of documents, the most frequent first.

    ``sections`` counts concepts, ``headings`` the headings that name them, as written. ``aliases`` are headings that
    the lexicon does not know, by the concept that their words or their content speak for; ``unknown`` are the others.
    ``fired`` counts the documents in which a rule finds something, and its findings.
    """

    documents: int
    sections: Sequence[tuple[str, int]]
    headings: dict[str, Sequence[str]]
    aliases: dict[str, Sequence[tuple[str, int]]]
    unknown: Sequence[tuple[str, int]]
    severities: Sequence[str]
    statuses: Sequence[str]
    fired: Sequence[tuple[str, Severity, int, int]]


def habits_of(sources: Sequence[Source], rules: Sequence[Rule], today: date) -> Habits:
    """What the documents have in common, and what the rules say of them once the learned headings are known."""
    read = [postmortem for source in sources if (postmortem := understood(source)[0])]
    known: Counter[str] = Counter()
    headings: dict[str, Counter[str]] = {}
    strange: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = {}
    spoken: dict[str, Counter[str]] = {}
    for postmortem in read:
        known.update({concept for section in postmortem.sections for concept in section.concepts})
        for section in postmortem.sections:
            for concept in section.concepts:
                headings.setdefault(concept, Counter())[section.title.strip(" :")] += 1
        for name, section in _strange(postmortem).items():
            strange[name] += 1
            spelled.setdefault(name, Counter())[section.title.strip(" :")] += 1
            if concept := _concept(section):
                spoken.setdefault(name, Counter())[concept] += 1
    least = max(_LEAST, len(read) // _SHARE)
    aliases: dict[str, list[tuple[str, int]]] = {}
    unknown = []
    for name, count in _ordered(strange):
        concept, heading = _most(spoken.get(name, Counter())), _most(spelled[name])
        if count < least:
            continue
        if concept and spoken[name][concept] * 2 > count:
            aliases.setdefault(concept, []).append((heading, count))
        else:
            unknown.append((heading, count))
    learned = {concept: tuple(heading for heading, _ in found) for concept, found in aliases.items()}
    return Habits(
        documents=len(read),
        sections=_ordered(known),
        headings={concept: [title for title, _ in _ordered(counts)[:4]] for concept, counts in headings.items()},
        aliases={concept: aliases[concept] for concept in sorted(aliases)},
        unknown=unknown,
        severities=_values(p.metadata.severity.text for p in read if p.metadata.severity),
        statuses=_values(p.metadata.status.text for p in read if p.metadata.status),
        fired=_fired([p.source for p in read], rules, today, Conventions(sections=learned)),
    )


def _strange(postmortem: Postmortem) -> dict[str, Section]:
    """The sub-headings of a document that the lexicon does not know, by their normalised titles."""
    return {
        name: section
        for section in reversed(postmortem.sections)
        if section.form == "heading" and section.level > 1 and not concepts_of(section.title)
        if (name := normalised(section.title)) and not any(letter.isdigit() for letter in name)
    }


def _concept(section: Section) -> str:
    """What a heading that the lexicon does not know is about, by its content or else by a word of it."""
    if section.concepts:
        return section.concepts[0]
    told = {concept for word in normalised(section.title).split() for concept in concepts_of(word)[:1]} & _TELLING
    return told.pop() if len(told) == 1 else ""


def _fired(
    sources: Iterable[Source], rules: Sequence[Rule], today: date, conventions: Conventions
) -> list[tuple[str, Severity, int, int]]:
    severities = {rule.name: rule.severity for rule in rules}
    documents: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for source in sources:
        found = [finding.rule for finding in check(source, rules, today, conventions=conventions).findings]
        documents.update(set(found))
        findings.update(found)
    return [(name, severities[name], count, findings[name]) for name, count in _ordered(documents)]


def _values(texts: Iterable[str]) -> list[str]:
    return [text for text, _ in _ordered(Counter(text for text in texts if len(text) <= 30))]


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, equals by name: a counter's own order is that of the documents."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _most(counts: Counter[str]) -> str:
    return _ordered(counts)[0][0] if counts else ""
