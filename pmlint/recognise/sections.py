"""Headings and labels as sections: what they are called, what they are about, and what belongs to them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from pmlint.document import Block, Document
from pmlint.expressions import expression
from pmlint.model import Section
from pmlint.recognise.fields import Field
from pmlint.recognise.headings import NO_ALIASES, Aliases, concepts_of
from pmlint.source import Source, Span

_TIME = expression(r"\W*\d{1,2}:\d{2}\b")

# A label inside these sections is content of theirs, not a section of its own: "Detection: …" in a list of lessons.
_PLAIN_CONTAINERS = frozenset({"summary", "what_happened", "metadata"})


class _Opening(NamedTuple):
    """Where a section opens: its title, and the nesting that says how far it reaches."""

    title: str
    span: Span
    level: int
    concepts: tuple[str, ...]


def find_sections(document: Document, fields: tuple[Field, ...], aliases: Aliases = NO_ALIASES) -> tuple[Section, ...]:
    """The sections of a document, in the order of the text; ``fields`` are its labelled values."""
    headings = _decided(_nested(list(_headings(document, aliases)), len(document.source.text), document.source))
    labels = _labels(headings, fields, document, aliases)
    sections = sorted((*headings, *labels), key=lambda section: section.span.start)
    return tuple(sections)


def _headings(document: Document, aliases: Aliases) -> Iterator[_Opening]:
    headings = [block for block in document.walk() if block.kind == "heading"]
    top = [block for block in headings if block.level == 1]
    for block in headings:
        title = block.rendered.text.strip()
        # A level-1 heading that is alone is the document's title, whatever words it has in common with a section's.
        concepts = () if len(top) == 1 and block is top[0] else concepts_of(title, aliases)
        yield _Opening(title, block.span, block.level, concepts)


def _nested(openings: list[_Opening], end: int, source: Source) -> list[Section]:
    """Sections of headings: each reaches to the next heading of its level or above."""
    sections: list[Section] = []
    parents: list[Section] = []
    ends = _ends(openings, end)
    for opening, stop in zip(openings, ends, strict=True):
        while parents and parents[-1].body.end <= opening.span.start:
            parents.pop()
        body = Span(opening.span.end, stop)
        section = Section(
            title=opening.title,
            span=opening.span,
            body=body,
            concepts=_own_concepts(opening.concepts, parents),
            form="heading",
            level=opening.level,
            empty=_is_empty(source.slice(body)),
        )
        sections.append(section)
        parents.append(section)
    return sections


def _decided(sections: list[Section]) -> list[Section]:
    """Sections with "Remediation" and its kin, the repair or what is to be done, decided by their sub-headings.

    Where those name the action items the heading above them is about the repair.
    """
    starts = [section.span.start for section in sections]
    decided: list[Section] = []
    for number, section in enumerate(sections):
        if {"actions", "resolution"}.issubset(section.concepts):
            below = sections[number + 1 : bisect_left(starts, section.body.end)]
            if any("actions" in other.concepts for other in below):
                section = section._replace(concepts=tuple(c for c in section.concepts if c != "actions"))
        decided.append(section)
    return decided


def _ends(openings: list[_Opening], end: int) -> list[int]:
    """Where the section of each heading ends.

    A time is an entry of the timeline above it, even where it was given the timeline's own level: it ends other
    times, never the section they stand in.
    """
    ends = [end] * len(openings)
    waiting: list[int] = []
    for number, opening in enumerate(openings):
        timed = begins_with_a_time(opening.title)
        while waiting and openings[waiting[-1]].level >= opening.level:
            last = openings[waiting[-1]]
            if timed and last.level == opening.level and not begins_with_a_time(last.title):
                break
            ends[waiting.pop()] = opening.span.start
        waiting.append(number)
    return ends


def begins_with_a_time(title: str) -> bool:
    """Whether a heading begins with a clock time: it is an entry of a timeline."""
    return _TIME.match(title) is not None


def _own_concepts(concepts: tuple[str, ...], parents: list[Section]) -> tuple[str, ...]:
    """What a heading is about, given what stands above it.

    A sub-heading of the action items or of the timeline ("Detection", "Mitigation") sorts their entries: it is no
    section about detection. "Remediation" may mean either the repair or what is to be done, so its parts speak.
    """
    for parent in parents:
        if "timeline" in parent.concepts or ("actions" in parent.concepts and "resolution" not in parent.concepts):
            return ()
    return concepts


def _labels(
    headings: list[Section], fields: tuple[Field, ...], document: Document, aliases: Aliases
) -> Iterator[Section]:
    """Labels that play headings: those that name a concept and stand where a section could open."""
    around = _Around(headings)
    opening = [(field, concepts) for field in fields if (concepts := _label_concepts(field, around, aliases))]
    for number, (field, concepts) in enumerate(opening):
        ends = [around.next_start(field.span.start, len(document.source.text))]
        if field.item is not None and not _is_empty(document.source.text[field.span.end : field.item.span.end]):
            ends.append(field.item.span.end)
        else:
            # A label alone, in an item or not, speaks for what follows it up to the next one.
            ends += [other.span.start for other, _ in opening[number + 1 : number + 2]]
        body = Span(field.span.end, max(field.span.end, min(ends)))
        yield Section(
            title=field.label,
            span=field.span,
            body=body,
            concepts=concepts,
            form="label",
            level=0,
            empty=_is_empty(document.source.slice(body)),
        )


def _label_concepts(field: Field, around: "_Around", aliases: Aliases) -> tuple[str, ...]:
    if field.row or field.nested or not (field.bold or field.alone):
        return ()
    if any(s.concepts and _PLAIN_CONTAINERS.isdisjoint(s.concepts) for s in around.sections(field.span)):
        return ()
    concepts = concepts_of(field.label, aliases)
    # "Date:" and its kin state a value; they open no section.
    return () if concepts == ("metadata",) else concepts


class _Around:
    """Looks up the headings around a place without walking all of them."""

    def __init__(self, headings: list[Section]) -> None:
        self._headings = headings
        self._starts = [section.span.start for section in headings]

    def sections(self, span: Span) -> Iterator[Section]:
        """The heading sections whose body holds the span, the innermost first."""
        level = 7
        for number in range(bisect_right(self._starts, span.start) - 1, -1, -1):
            section = self._headings[number]
            if section.level < level and span in section.body:
                level = section.level
                yield section
            if level == 1 or section.level == 1:
                return

    def next_start(self, offset: int, default: int) -> int:
        """Where the next heading begins."""
        number = bisect_right(self._starts, offset)
        return self._starts[number] if number < len(self._starts) else default


# Possessive: what is no comment after all is looked through once.
_NOTHING = expression(r"(?:<!--(?:[^-]|-(?!->))*+-->|[\s>*_|:.…#-]++|\[ \]|<br ?/?>)*+")


def _is_empty(raw: str) -> bool:
    """Whether nothing a reader could read stands in a raw text: only blanks, comments, markers, empty cells."""
    return _NOTHING.fullmatch(raw) is not None


def blocks_inside(blocks: tuple[Block, ...], body: Span) -> Iterator[Block]:
    """The largest blocks that lie wholly inside a span, in the order of the text."""
    first = max(0, bisect_right(blocks, body.start, key=lambda block: block.span.start) - 1)
    for block in blocks[first:]:
        if block.span.start >= body.end:
            return
        if block.span in body:
            yield block
        elif block.span.end > body.start:
            yield from blocks_inside(block.children, body)


def with_timeline(section: Section) -> Section:
    """The section, also about the timeline; a label such as "Context" then says no more than that it follows."""
    if "timeline" in section.concepts:
        return section
    known = () if section.form == "label" and section.concepts == ("background",) else section.concepts
    return section._replace(concepts=(*known, "timeline"))
