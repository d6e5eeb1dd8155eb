"""What a document says about itself: title, incident date, severity, status, authors."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pmlint.document import Block, Document, FrontMatter
from pmlint.model import Event, Metadata, Section, Stamp, Title, Value
from pmlint.recognise.fields import Field
from pmlint.recognise.headings import normalised
from pmlint.recognise.lexicon import field_words
from pmlint.recognise.sections import blocks_inside
from pmlint.recognise.times import find_stamps, in_day_order, nearest_day, plain
from pmlint.source import Span

_IN_PATH = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")
_LIST_BREAK = re.compile(r"\s*(?:[,;、]|\band\b|\n|&)\s*")
_SEVERITY = re.compile(r"\b(?:SEV|Sev|sev|S|P)[\s-]?[0-5]\b")
_EXPLANATION = re.compile(r"\s*[(（,;]|\s+[-–—]\s")
# Fields here are the section's own content, not statements about the document.
_FOREIGN = frozenset({"timeline", "actions", "references", "lessons", "went_well", "went_wrong"})


def find_title(document: Document) -> Title | None:
    """The first level-1 heading with text in it, else the front matter's ``title``."""
    for block in document.blocks:
        if block.kind == "heading" and block.level == 1 and (text := block.rendered.text.strip()):
            return Title(text, block.span)
    front = document.front_matter
    title = front.values.get("title") if front else None
    return Title(title, front.spans["title"]) if front and isinstance(title, str) and title.strip() else None


def find_day(
    document: Document, title: Title | None, fields: Sequence[Field], sections: Sequence[Section], order: bool | None
) -> Value | None:
    """The incident's day (text YYYY-MM-DD) as the document states it outside its timeline.

    Looked for in labelled fields, the title, the file name, the prose before the timeline, the front matter: the
    first that has a whole date counts. A missing year is taken from a whole date among the others.
    """
    known = known_day(document)
    for stamp, span in _stated(document, title, fields, sections):
        day = nearest_day(in_day_order(stamp, order), known)
        if day:
            return Value(day.isoformat(), span)
    if day := _day_in_path(document.source.path):
        return Value(day.isoformat(), title.span if title else Span(0, 0))
    for stamp, span in _in_prose(document, sections):
        day = nearest_day(in_day_order(stamp, order), known)
        if day:
            return Value(day.isoformat(), span)
    if known and document.front_matter:
        return Value(known.isoformat(), document.front_matter.spans.get("date", document.front_matter.span))
    return None


def known_day(document: Document) -> date | None:
    """A date in ISO form from the file name or the front matter; it may be the day of writing."""
    return _day_in_path(document.source.path) or _day_in_front_matter(document.front_matter)


def _stated(
    document: Document, title: Title | None, fields: Sequence[Field], sections: Sequence[Section]
) -> Iterator[tuple[Stamp, Span]]:
    for field in _own(fields, sections):
        if field_words().get(normalised(field.label)) == "date":
            for stamp, start, end in find_stamps(field.leaf.rendered, field.length, field.end):
                yield stamp, field.leaf.rendered.span(start, end)
    for section in sections:
        if field_words().get(normalised(section.title)) == "date" and section.form == "heading":
            yield from _dates(blocks_inside(document.blocks, section.body))
    for block in document.blocks:
        if block.kind == "heading" and title and block.span == title.span:
            yield from _dates([block])
    front = document.front_matter
    if title and front and title.span == front.spans.get("title"):
        for stamp, _, _ in find_stamps(plain(title.text)):
            yield stamp, title.span


def _dates(blocks: Iterator[Block] | Sequence[Block]) -> Iterator[tuple[Stamp, Span]]:
    for block in blocks:
        for leaf in block.walk():
            for stamp, start, end in find_stamps(leaf.rendered):
                if stamp.dated:
                    yield stamp, leaf.rendered.span(start, end)


def _in_prose(document: Document, sections: Sequence[Section]) -> Iterator[tuple[Stamp, Span]]:
    """Dates in the paragraphs before the timeline, and in the timeline's own heading."""
    timeline = next((section for section in sections if "timeline" in section.concepts), None)
    for block in document.blocks:
        if timeline and block.span.start >= timeline.span.end:
            return
        if block.kind in ("paragraph", "heading", "list", "table"):
            yield from _dates([block])


def _day_in_path(path: str) -> date | None:
    """The date in a file's name or its folders' names; the last one counts."""
    found = None
    for match in _IN_PATH.finditer(path.replace("\\", "/")):
        try:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return found


def _day_in_front_matter(front: FrontMatter | None) -> date | None:
    if front is None:
        return None
    for key in ("incident_date", "incident-date", "date", "path"):
        value = front.values.get(key)
        if isinstance(value, str) and (day := _day_in_path(value)):
            return day
    return None


def _own(fields: Sequence[Field], sections: Sequence[Section]) -> Iterator[Field]:
    """The fields that speak about the document: those outside timelines, action items and lessons."""
    coming = [section.body for section in reversed(sections) if not _FOREIGN.isdisjoint(section.concepts)]
    foreign_until = 0
    for field in fields:
        while coming and coming[-1].start <= field.span.start:
            foreign_until = max(foreign_until, coming.pop().end)
        if field.span.start >= foreign_until:
            yield field


def find_metadata(
    document: Document, day: Value | None, fields: Sequence[Field], sections: Sequence[Section], events: Sequence[Event]
) -> Metadata:
    """The document's metadata; without any other date the first dated event gives the incident's day."""
    stated: dict[str, list[Value]] = {"severity": [], "status": [], "authors": []}
    for field in _own(fields, sections):
        name = field_words().get(normalised(field.label))
        if name in stated and field.value and not field.nested:
            text = _severity(field.value) if name == "severity" else field.value
            stated[name].append(Value(text, field.value_span))
    for name, value in _front_values(document.front_matter):
        stated[name].append(value)
    if day is None:
        first = next((e for e in events if e.when and e.when.day and e.stamp), None)
        if first and first.when and first.when.day and first.stamp:
            day = Value(first.when.day.isoformat(), first.stamp.span)
    authors = [part for value in stated["authors"] for part in _people(value)]
    return Metadata(
        date=day,
        severity=next(iter(stated["severity"]), None),
        status=next(iter(stated["status"]), None),
        authors=tuple(authors),
    )


def _severity(text: str) -> str:
    """A severity without the explanation behind it: "SEV-2 (degraded)" is SEV-2."""
    if named := _SEVERITY.search(text):
        return named.group()
    return _EXPLANATION.split(text, maxsplit=1)[0].strip()


def _people(value: Value) -> Iterator[Value]:
    for name in _LIST_BREAK.split(value.text):
        if name := name.strip(" @[]()*"):
            yield Value(name, value.span)


def _front_values(front: FrontMatter | None) -> Iterator[tuple[str, Value]]:
    if front is None:
        return
    for key, value in front.values.items():
        name = field_words().get(normalised(key.replace("_", " ")))
        if name in ("severity", "status", "authors"):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str) and item.strip():
                    yield name, Value(item.strip(), front.spans[key])
