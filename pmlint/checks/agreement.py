"""Whether a document says the same in two places: its severity, its name, its numbers, and that it is finished."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pmlint.excerpts import name_of, unfilled
from pmlint.expressions import expression
from pmlint.model import Passage, Postmortem
from pmlint.placeholders import find_placeholders
from pmlint.rule import Mark
from pmlint.source import Span

# Patterns are strings where most documents need none of them: compiling all would cost every start some milliseconds.
_NUMBERED = r"[\s:-]?(?P<number>[0-5])(?![\w.%]|-\d)"
_SEVERITY = rf"(?<![\w-])(?P<scale>(?i:severity|sev)|P){_NUMBERED}"
# "S3" is a severity only where one belongs.
_IN_FIELD = rf"(?<![\w-])(?P<scale>(?i:severity|sev)|P|S){_NUMBERED}"
# The severity of another time or another incident.
_CHANGED = (
    r"(?i)\b(?:rais\w+|rose|downgrad\w+|upgrad\w+|lower\w+|escalat\w+|re-?classif\w+|chang\w+|bump\w+|declar\w+|opened"
    r"|initial\w*|original\w*|first|later|became|becom\w+|until|should|would|could|might|may|equivalent|if|other|another"
    r"|previous\w*|earlier|last|similar|related|tickets?|bugs?|alerts?|criteria|threshold|definition)\b"
)
_WHOLE = frozenset({"summary", "impact"})
_ID = (
    r"(?i)(?<![A-Za-z0-9])(?P<series>INC|PM|IR|RCA|COE|PIR|INCIDENT|OUTAGE|SEV)[-_#]"
    r"(?P<number>\d{1,4}-\d{1,6}|\d{1,10})(?![\w-])"
)
_ID_LABEL = (
    r"(?i)^\W*(?:incident|report|post-?mortem)?\s*(?:id|identifier|number|no\.?|key|reference|ref)\b|^\W*incident\W*$"
)
_SHARE = (
    r"(?i)(?<![\w.])(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent\b|per cent\b)\s+of\s+"
    r"(?:all\s+|the\s+|our\s+|these\s+)?(?P<noun>(?:[a-z][a-z-]{1,20}\s)??[a-z][a-z-]{1,20}s)\b"
)
_RELATED = (
    r"(?i)\b(?:(?:same|similar|previous|earlier|related|prior)\s+(?:\w+\s)?(?:incident|outage|post-?mortem)s?"
    r"|(?:incident|outage)\s+(?:last|two|three|a few|some)\s+(?:week|month|year|quarter)s?"
    r"|(?:happened|occurred|seen this|had this)\s+(?:before|already|again|last\s\w+))\b"
)
_NO_OTHER = r"(?i)\b(?:no|not|never|none|without|first|any|if|should|future|prevent\w*|avoid\w*)\b"
_REFERENCE = r"#\d|\b[A-Z]{2,10}-\d|\b20\d\d-\d\d-\d\d\b|https?://"
# A sentence, dots in numbers and names included.
_SENTENCE = expression(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")


def severity_mismatch(pm: Postmortem) -> Iterator[Mark]:
    """Title, field, summary or impact state another severity than the first of them."""
    stated: dict[str, tuple[str, Span]] = {}
    for scale, number, span in _severities(pm):
        first, _ = stated.setdefault(scale, (number, span))
        if number != first:
            line = pm.source.line_number(stated[scale][1].start)
            written = " ".join(pm.source.slice(span).split())
            yield Mark(
                span, f"{written} stands here, {' '.join(pm.source.slice(stated[scale][1]).split())} in line {line}"
            )


def _severities(pm: Postmortem) -> Iterator[tuple[str, str, Span]]:
    """The scale, the number and the place of each severity that is stated for the incident as a whole."""
    if (own := pm.metadata.severity) and (found := re.search(_IN_FIELD, own.text)):
        start = pm.source.text.find(found.group(), own.span.start, own.span.end)
        span = Span(start, start + len(found.group())) if start >= 0 else own.span
        yield _scale(found), found["number"], span
    for passage in pm.passages:
        text = passage.rendered.text
        is_field = passage.label and re.search(r"\bsev(?:erity)?\b|\bpriority\b", text[: passage.label], re.I)
        told = passage.kind == "heading" and pm.title and passage.rendered.home == pm.title.span
        told = told or (not passage.concepts.isdisjoint(_WHOLE) and "timeline" not in passage.concepts)
        if not (is_field or told) or passage.quoted or not passage.concepts.isdisjoint({"actions", "timeline"}):
            continue
        for sentence in _SENTENCE.finditer(text):
            pattern = _IN_FIELD if is_field else _SEVERITY
            severities = list(re.compile(pattern).finditer(text, sentence.start(), sentence.end()))
            if len(severities) == 1 and (is_field or not re.search(_CHANGED, sentence.group())):
                found = severities[0]
                yield _scale(found), found["number"], passage.rendered.span(*found.span())


def _scale(found: re.Match[str]) -> str:
    return {"severity": "sev", "s": "sev"}.get(found["scale"].casefold(), found["scale"].casefold())


def incident_id_mismatch(pm: Postmortem) -> Iterator[Mark]:
    """File name, title and id field name incidents of one series with different numbers."""
    named: dict[str, tuple[str, str]] = {}
    for where, text, span in _places_of_ids(pm):
        found = {
            (match["series"].upper(), match["number"].lstrip("0")): match.group() for match in re.finditer(_ID, text)
        }
        if len(found) != 1:
            continue
        (((series, number), written),) = found.items()
        before = named.setdefault(series, (number, f"{written} in the {where}"))
        if before[0] != number:
            yield Mark(span, f"{written} stands in the {where}, {before[1]}")
            return


def _places_of_ids(pm: Postmortem) -> Iterator[tuple[str, str, Span]]:
    head = pm.head
    yield "file name", pm.source.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0], head
    if pm.title:
        yield "title", pm.title.text, pm.title.span
    if pm.metadata.incident_id:
        yield "id field", pm.metadata.incident_id.text, pm.metadata.incident_id.span
    for passage in pm.passages:
        text, label = passage.rendered.text, passage.label
        if (
            label
            and not passage.quoted
            and passage.concepts <= {"metadata", "summary"}
            and re.match(_ID_LABEL, text[:label].strip(" :*"))
        ):
            yield "id field", text[label:].partition("\n")[0], passage.rendered.span(label, len(text))


def final_with_open_placeholders(pm: Postmortem, *, statuses: Sequence[str]) -> Iterator[Mark]:
    """The status says that the document is finished, and something in it is not: a placeholder, an empty section."""
    status = _status(pm, statuses)
    if status is None:
        return
    for span, words in find_placeholders(pm):
        yield Mark(span, f'the status is "{status}", and "{words[:40]}" keeps a place for something')
    for section in unfilled(pm):
        yield Mark(section.span, f'the status is "{status}", and "{name_of(section)}" is empty')


def closed_with_untracked_actions(pm: Postmortem, *, statuses: Sequence[str]) -> Iterator[Mark]:
    """The status says that all that is left is tracked, and an open action has no ticket."""
    status = _status(pm, statuses)
    if status is None:
        return
    for action in pm.actions:
        first = bisect_left(pm.links, action.span.start, key=lambda link: link.span.start)
        linked = any(link.span in action.span for link in pm.links[first : first + 1])
        if action.is_open and action.ticket is None and not linked:
            yield Mark(action.span, f'the status is "{status}", and this open action has no ticket')


def _status(pm: Postmortem, statuses: Sequence[str]) -> str | None:
    """The document's status as written, if it is one of these: the words before any comma or bracket count."""
    if pm.metadata.status is None:
        return None
    written = pm.metadata.status.text.strip()
    word = re.split(r"\s*[,;(.:–—]|\s-\s", written, maxsplit=1)[0].strip(" *_`✅🟢").casefold()
    return written[:40] if word in {status.casefold() for status in statuses} else None


def impact_number_mismatch(pm: Postmortem) -> Iterator[Mark]:
    """Summary and impact give different shares of the same thing."""
    told: dict[str, tuple[str, str, Span]] = {}
    for passage in pm.passages:
        about = next((concept for concept in ("summary", "impact") if concept in passage.concepts), None)
        if about is None or passage.quoted:
            continue
        for match in re.finditer(_SHARE, passage.rendered.text):
            noun = " ".join(match["noun"].casefold().split())
            share, span = match["share"], passage.rendered.span(*match.span())
            section, first, where = told.setdefault(noun, (about, share, span))
            if float(first) != float(share) and section != about:
                line = pm.source.line_number(where.start)
                yield Mark(span, f"{share} % of {noun} here, {first} % in line {line}")


def unlinked_related_incident(pm: Postmortem) -> Iterator[Mark]:
    """A sentence speaks of an earlier incident and does not say which."""
    for passage in pm.passages:
        if passage.quoted or passage.kind == "heading" or not passage.concepts.isdisjoint({"actions", "references"}):
            continue
        text = passage.rendered.text
        links = list(passage.rendered.of_kind("link"))
        for sentence in _SENTENCE.finditer(text):
            found = re.compile(_RELATED).search(text, sentence.start(), sentence.end())
            named = re.search(_REFERENCE, sentence.group()) or any(
                link.start < sentence.end() and sentence.start() < link.end for link in links
            )
            if found and not named and not re.search(_NO_OTHER, sentence.group()):
                yield Mark(_span(passage, found), f'"{found.group()}" stands without an id or a link')


def _span(passage: Passage, found: re.Match[str]) -> Span:
    return passage.rendered.span(*found.span())
