"""Whether the causes are explained: how it came about, with evidence, and without stopping at one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pmlint.excerpts import Prose, folded, is_among, labelled, replaced, says, targets_of, told, words
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import Passage, Postmortem, Section
from pmlint.phrases import Phrases
from pmlint.rule import Edit, Mark
from pmlint.wording import sentences

_CAUSES = ("root_cause", "contributing_factors")


def _cause_sections(pm: Postmortem) -> Iterator[Section]:
    """The headings about causes that hold something; not those that are about the resolution and more as well."""
    for section in pm.concerning(*_CAUSES):
        if section.form == "heading" and not section.empty and "actions" not in section.concepts:
            yield section


def shallow_cause(pm: Postmortem, *, connectives: Sequence[str]) -> Iterator[Mark]:
    """Sections on causes that are one short sentence and hold none of ``connectives``: the first of them."""
    if not is_english(pm):
        return
    prose = Prose(pm)
    found = [(section, prose.inside(section.body)) for section in _cause_sections(pm)]
    if not found or any(_goes_deeper(passages, connectives) for _, passages in found):
        return
    section = found[0][0]
    yield Mark(section.span, f'"{section.title.strip(" :")}" names a cause and does not say how it came about')


def _goes_deeper(passages: Sequence[Passage], connectives: Sequence[str]) -> bool:
    if says(passages, connectives) or any(True for p in passages for _ in p.rendered.of_kind("link", "image")):
        return True
    # A short sentence in another language than English has none of the words, and is not judged.
    return len(passages) > 1 or words(passages) >= _DEEP or not all(p.rendered.text.isascii() for p in passages)


_DEEP = 30


def unknown_cause_without_followup(
    pm: Postmortem, *, unknown: Sequence[str], followups: Sequence[str]
) -> Iterator[Mark]:
    """A cause section that says the cause is unknown, in a document whose actions hold none of ``followups``."""
    phrases = Phrases.of(unknown)
    for passage in told(pm, *_CAUSES):
        for sentence in sentences(passage):
            said = phrases.first(sentence)
            if said and not _is_followed_up(pm, followups):
                yield Mark(said.span, f'"{said.text}", and no action looks into it')
                return


def _is_followed_up(pm: Postmortem, followups: Sequence[str]) -> bool:
    wanted = tuple(folded(phrase).rstrip() for phrase in followups)
    kinds = [item.type.text.casefold() for item in pm.actions if item.type]
    if any(kind.startswith("invest") for kind in kinds):
        return True
    return any(phrase in folded(item.text) for item in pm.actions for phrase in wanted)


def single_root_cause(pm: Postmortem) -> Iterator[Mark]:
    """One root cause, by heading or by sentence, in a document without contributing factors."""
    if any(pm.concerning("contributing_factors")):
        return
    for section in pm.concerning("root_cause"):
        title = section.title.casefold()
        if "root cause" in title and "root causes" not in title:
            yield Mark(section.span, f'"{section.title.strip(" :")}" stands for one cause alone')
            return
    for passage in pm.passages:
        match = _ONE_CAUSE.search(passage.rendered.text)
        if match and not passage.quoted:
            yield Mark(passage.rendered.span(*match.span()), f'"{match.group()}" stands for one cause alone')
            return


_ONE_CAUSE = expression(r"\bthe root cause (?:was|is)\b", re.I)
_ROOT_CAUSE = expression(r"\broot[ -]causes?\b", re.I)


def root_cause_term(pm: Postmortem) -> Iterator[Mark]:
    """The words "root cause" in headings, with an edit where they are all; without such, once in the prose."""
    headings = [s for s in pm.sections if s.form == "heading" and _ROOT_CAUSE.search(s.title)]
    is_alone, targets = not any(pm.concerning("contributing_factors")), targets_of(pm)
    for section in headings:
        edits = _renamed(pm, section, targets) if is_alone else ()
        yield Mark(section.span, f'"{section.title.strip(" :")}" looks for one root', edits=edits)
    if headings:
        return
    for passage in pm.passages:
        match = _ROOT_CAUSE.search(passage.rendered.text)
        if match and not passage.quoted:
            yield Mark(passage.rendered.span(*match.span()), f'"{match.group()}" looks for one root')
            return


def _renamed(pm: Postmortem, section: Section, targets: frozenset[str]) -> tuple[Edit, ...]:
    if not re.fullmatch(r"root[ -]causes?", section.title.strip(" :"), re.I) or is_among(section, targets):
        return ()
    return replaced(pm.source, section.span, section.title.rstrip(" :"), "Contributing factors")


_WHY = expression(r"^\W*(?:\d+\W+)?why\b", re.I)


def five_whys_incomplete(pm: Postmortem, *, minimum: int) -> Iterator[Mark]:
    """A section of whys with fewer than ``minimum`` steps: list items, or lines that begin with "why"."""
    prose = Prose(pm)
    starts = [section.span.start for section in pm.sections]
    for section in pm.concerning("five_whys"):
        if section.empty or section.form != "heading":
            continue
        passages = prose.inside(section.body)
        asked = sum(1 for p in passages for line in p.rendered.text.splitlines() if _WHY.match(line))
        listed = sum(1 for p in passages if p.kind == "item")
        rows = len({pm.source.line_number(p.rendered.home.start) for p in passages if p.kind == "cell"}) - 1
        headed = bisect_left(starts, section.body.end) - bisect_right(starts, section.span.start)
        steps = asked or max(listed, rows, headed)
        if 0 < steps < minimum:
            yield Mark(section.span, f'"{section.title.strip(" :")}" has {steps} of {minimum} steps')


def cause_without_evidence(pm: Postmortem) -> Iterator[Mark]:
    """Sections on causes that hold no link, image, code or figure: the first of them."""
    prose = Prose(pm)
    found = [(section, prose.inside(section.body)) for section in _cause_sections(pm)]
    if found and not any(_has_evidence(passage) for _, passages in found for passage in passages):
        section = found[0][0]
        yield Mark(section.span, f'"{section.title.strip(" :")}" shows no data, link or command')


def _has_evidence(passage: Passage) -> bool:
    rendered = passage.rendered
    return any(c.isdigit() for c in rendered.text) or any(True for _ in rendered.of_kind("link", "image", "code"))


def absence_as_cause(pm: Postmortem, *, phrases: Sequence[str]) -> Iterator[Mark]:
    """What was not there told as what happened, in the summary or the account of it: one mark a sentence."""
    absent = Phrases.of(phrases)
    for passage in told(pm, "summary", "what_happened"):
        if not {"root_cause", "contributing_factors", "went_wrong", "lessons", "actions"}.isdisjoint(passage.concepts):
            continue
        for sentence in sentences(passage):
            if said := absent.first(sentence):
                yield Mark(said.span, f'"{said.text}" tells what was not there')


_PEOPLE = (
    "you/he/she/they/we/someone/somebody/anyone/anybody/nobody/engineer/engineers/developer/developers/team/teams/operator"
    "/operators/responder/responders/reviewer/reviewers/on-call/oncall/people/person"
)


def why_question(pm: Postmortem) -> Iterator[Mark]:
    """A question why somebody did or did not do something; sections of whys are left alone."""
    asked = Phrases.of([f"why did/were/was (not) (the) {_PEOPLE}"])
    for passage in pm.passages:
        if passage.quoted or "five_whys" in passage.concepts:
            continue
        for sentence in sentences(passage):
            said = asked.first(sentence)
            if said and "?" in said.rest:
                yield Mark(said.span, f'"{said.text}" asks for a reason, not for what was seen')


def missing_contributing_factors(pm: Postmortem) -> Iterator[Mark]:
    """A root cause, and no contributing factors: no section, label or mention."""
    section = next(pm.concerning("root_cause"), None)
    if section is None or any(pm.concerning("contributing_factors")) or any(labelled(pm, ["contributing factors"])):
        return
    if not says(pm.passages, ("contributing factor", "contributing factors", "contributed to", "contributed")):
        yield Mark(section.span, "one cause, and no contributing factors")
