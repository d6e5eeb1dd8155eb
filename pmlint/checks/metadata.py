"""What a postmortem says about itself."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pmlint.dates import written_day
from pmlint.excerpts import folded, labelled, replaced, says, summary, told
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import Postmortem, Stamp, Value
from pmlint.rule import Edit, Mark
from pmlint.source import Span


def missing_date(pm: Postmortem) -> Iterator[Mark]:
    """No incident date: not in a field, the title, the file name, the prose, the front matter or the timeline."""
    # A date that no calendar shows is another rule's finding.
    if pm.metadata.date is None and not any(event.stamp and event.stamp.dated for event in pm.events):
        yield Mark(pm.head, "the incident has no date")


def unreadable_front_matter(pm: Postmortem) -> Iterator[Mark]:
    """Something in the front matter that cannot be read."""
    for fault in pm.faults:
        yield Mark(fault.span, fault.message)


def missing_field(pm: Postmortem, *, name: str, field: str, labels: Sequence[str]) -> Iterator[Mark]:
    """Neither the metadata's ``field`` nor a value behind one of ``labels`` is there."""
    stated = {"authors": pm.metadata.authors, "status": pm.metadata.status, "severity": pm.metadata.severity}.get(field)
    if not stated and not any(labelled(pm, labels)):
        yield Mark(pm.head, f"the document states no {name}")


def invalid_status(pm: Postmortem, *, statuses: Sequence[str]) -> Iterator[Mark]:
    """A status that is none of the team's, else none that begins or ends with one of ``statuses``."""
    status = pm.metadata.status
    if status is None:
        return
    written = _plain(status.text)
    if pm.conventions.statuses:
        yield from _off_scale(pm, status, written, pm.conventions.statuses, "status")
    elif written and _is_open(pm, written) and not any(_names(written, known) for known in statuses):
        yield Mark(status.span, f'"{written}" is no status that is known here')


_PLAIN = expression(r"[^\w\s,.()/&'-]+")


def _plain(text: str) -> str:
    return " ".join(_PLAIN.sub(" ", text).split())


def _is_open(pm: Postmortem, written: str) -> bool:
    """Whether a value is a word of a scale in English: other languages and scripts have words of their own."""
    if not is_english(pm):
        return False
    return written.isascii() and len(written) <= _LONGEST_VALUE and any(c.isalpha() for c in written)


_LONGEST_VALUE = 40


def _names(written: str, known: str) -> bool:
    text, word = written.casefold(), known.casefold()
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(c.isalnum() or c == "-" for c in around):
            return True
        at = text.find(word, at + 1)
    return False


def _off_scale(pm: Postmortem, value: Value, written: str, scale: Sequence[str], what: str) -> Iterator[Mark]:
    """A value that the team's scale does not have; one that differs in form only comes with the edit that mends it."""
    if written in scale:
        return
    near = next((word for word in scale if _bare(word) == _bare(written)), None)
    names = ", ".join(scale)
    if near is None:
        yield Mark(value.span, f'"{written}" is no {what} of {names}')
        return
    edits = replaced(pm.source, value.span, written, near)
    yield Mark(value.span, f'"{written}" is written "{near}" here', edits=edits)


def _bare(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


_SEVERITY = expression(
    r"(?:(?:sev(?:erity)?|s|p|priority|prio|level|lvl|tier|class|cat(?:egory)?|type)[\s_-]*)?[0-5]\b", re.I
)


def invalid_severity(pm: Postmortem, *, severities: Sequence[str]) -> Iterator[Mark]:
    """A severity that is none of the team's, else no number from 0 to 5 and none of ``severities``."""
    severity = pm.metadata.severity
    if severity is None:
        return
    written = _plain(severity.text)
    if pm.conventions.severities:
        yield from _off_scale(pm, severity, written, pm.conventions.severities, "severity")
    elif _is_open(pm, written) and not _SEVERITY.match(written) and not any(_names(written, s) for s in severities):
        yield Mark(severity.span, f'"{written}" is no severity that is known here')


_CLOCK = expression(r"(?<![\d:.])(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?![\d:]|\s?(?:min|h|m)\w*\b)")
# A zone, or something like one: it is enough that the writer thought of it.
_ZONE = expression(
    r"\b(?:(?i:UTC|GMT)|[A-Z]{1,3}(?:ST|DT)|[PMCE]T|WAT|EAT|CAT|local time"
    r"|(?:Pacific|Eastern|Central|Mountain)(?: Time)?|[Tt]ime ?zone"
    r"|(?:Europe|America|Asia|Africa|Australia|US)/\w+)\b|\d(?:Z|\s?[+-]\d\d:?\d\d)\b|時間|(?i:heure de)"
)


# Any length will do: whether it is the incident's, and how exact it is, is for others to say.
_LENGTH = expression(
    r"\b(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|several|many|half|couple of)"
    r"[ -]?(?:m|min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?)\b",
    re.I,
)


def missing_duration(pm: Postmortem, *, labels: Sequence[str], exempt: Sequence[str]) -> Iterator[Mark]:
    """Neither a duration nor a beginning and an end: not in a field, in the prose or in the timeline's milestones.

    A document whose title or summary holds one of ``exempt`` is about something that may have had no duration.
    """
    data = pm.metadata
    if data.duration or (data.start and data.end) or pm.claims or pm.windows or any(labelled(pm, labels)):
        return
    opening = summary(pm)
    if says(opening, exempt) or (pm.title and any(folded(phrase) in folded(pm.title.text) for phrase in exempt)):
        return
    if any(_LENGTH.search(passage.rendered.text) for passage in (*opening, *told(pm, "impact", "metadata"))):
        return
    if _two_clocks(pm) or (_timed(pm, "started", "detected") and _timed(pm, "resolved", "mitigated", "all_clear")):
        return
    yield Mark(pm.head, "nothing tells how long it lasted")


def _timed(pm: Postmortem, *milestones: str) -> bool:
    wanted = frozenset(milestones)
    return any(event.when and event.when.clock and not wanted.isdisjoint(event.milestones) for event in pm.events)


def _two_clocks(pm: Postmortem) -> bool:
    """Whether the summary, the impact and the fields have two clock times."""
    passages = [*summary(pm), *told(pm, "impact", "metadata")]
    return sum(len(_CLOCK.findall(passage.rendered.text)) for passage in passages) > 1


def missing_start_end(pm: Postmortem, *, starts: Sequence[str], ends: Sequence[str]) -> Iterator[Mark]:
    """Beginning or end of the incident are not stated: not in fields, the summary, the impact, or as milestones.

    A beginning with a duration is both.
    """
    data = pm.metadata
    start = data.start or any(labelled(pm, starts)) or _timed(pm, "started")
    end = data.end or data.duration or pm.claims or any(labelled(pm, ends)) or _timed(pm, "resolved", "all_clear")
    if pm.windows or _two_clocks(pm) or (start and end):
        return
    missing = " and ".join(name for name, there in (("beginning", start), ("end", end)) if not there)
    yield Mark(pm.head, f"the {missing} of the incident is not stated")


def time_without_timezone(pm: Postmortem) -> Iterator[Mark]:
    """A clock time in the fields, summary or impact of a document that names no zone at all: one mark a document.

    Where the timeline has clock times, it is the timeline that lacks the zone.
    """
    if pm.zone or any(timeline.timed for timeline in pm.timelines) or _ZONE.search(pm.source.text):
        return
    for stamp in (pm.metadata.started, pm.metadata.ended):
        if stamp and stamp.timed:
            yield _unzoned(pm, stamp)
            return
    for passage in (*summary(pm), *told(pm, "impact", "metadata")):
        clock = _CLOCK.search(passage.rendered.text)
        if clock:
            yield Mark(passage.rendered.span(*clock.span()), f"{clock.group()} has no time zone")
            return


def _unzoned(pm: Postmortem, stamp: Stamp) -> Mark:
    return Mark(stamp.span, f"{' '.join(pm.source.slice(stamp.span).split())} has no time zone")


_ISO = expression(r"\d{4}-\d\d-\d\d")
_DATE_LABEL = expression(r"(?:[\s>*_+|#-]|\d+\.)*[^\W\d_][^:：|\n]{0,40}?(?:[:：]|\|)[\s*_|]*\Z")


def invalid_date_format(pm: Postmortem) -> Iterator[Mark]:
    """The date field is not written YYYY-MM-DD; where the day is sure, with the edit that mends it."""
    day = pm.metadata.date
    if day is None:
        return
    written = pm.source.slice(day.span)
    line = pm.source.line_spans[pm.source.line_number(day.span.start) - 1]
    before, after = pm.source.text[line.start : day.span.start], pm.source.text[day.span.end : line.end]
    if not written or written == pm.source.slice(pm.head) or _ISO.match(written) or ":" in written:
        return
    if not _DATE_LABEL.fullmatch(before) or _is_event(pm, day.span):
        return
    if after.strip(" |*_"):
        # "January 14-19" is a period.
        return
    is_sure = any(c.isalpha() for c in written) or _has_one_order(written, day.text)
    edits = (Edit(day.span, day.text),) if is_sure else ()
    yield Mark(day.span, f'"{written}" is not written as {day.text}', edits=edits)


def _has_one_order(written: str, iso: str) -> bool:
    """Whether a text is a day in numbers that nobody writes in another order: 2026/3/4, 04.03.2026."""
    known = date.fromisoformat(iso)
    found = written_day(written, known.year, known.month, known.day)
    return found is not None and not found.numeric and found.end - found.start == len(written)


def _is_event(pm: Postmortem, span: Span) -> bool:
    return any(event.span.start <= span.start < event.span.end for event in pm.events)
