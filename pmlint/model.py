"""What the writer meant: a postmortem with its sections, metadata, timelines, action items and claims.

``None`` always means that the text does not say. Nothing here is judged; judging is what rules do.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.document import Fault, Rendered
from pmlint.mentions import Link, StatedDay, Weekday
from pmlint.source import Source, Span


class Title(NamedTuple):
    """The document's title: its first level-1 heading, else the front matter's ``title``."""

    text: str
    span: Span


class Section(NamedTuple):
    """A section, opened by a heading or by a bold or plain label that plays one.

    ``span`` covers the heading or label itself, ``body`` all that belongs to the section, sub-sections included.
    ``concepts`` names what the section is about, in the words of the lexicon; most headings give one, combined ones
    several, unknown ones none. ``level`` is the heading's level, 0 for a label. ``empty`` says that nothing a reader
    could read stands in ``body``.
    """

    title: str
    span: Span
    body: Span
    concepts: tuple[str, ...]
    form: Literal["heading", "label"]
    level: int
    empty: bool


class Value(NamedTuple):
    """A value that the text states, and where."""

    text: str
    span: Span


class Metadata(NamedTuple):
    """What the document says about itself, outside its timeline.

    ``date`` is the incident's day as YYYY-MM-DD. ``start`` and ``end`` are the incident's as written, ``started`` and
    ``ended`` what their digits say; ``duration`` is written likewise. ``incident_id`` is the tracker's or the series'
    name of the incident (``INC-123``, ``PM-2026-012``).
    """

    date: Value | None = None
    severity: Value | None = None
    status: Value | None = None
    authors: tuple[Value, ...] = ()
    start: Value | None = None
    end: Value | None = None
    started: "Stamp | None" = None
    ended: "Stamp | None" = None
    duration: Value | None = None
    incident_id: Value | None = None
    services: tuple[Value, ...] = ()


class Stamp(NamedTuple):
    """A date, a clock time or both exactly as the digits say, possible or not.

    Years have four digits as far as they were written with two or four; ``half`` is the ``am`` or ``pm`` that was
    written; ``zone`` is the zone's name as written. ``approximate`` covers "~", "around", "ca." and their kin.
    ``day_unsure`` says that day and month could be the other way round.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    half: Literal["am", "pm"] | None = None
    zone: str | None = None
    approximate: bool = False
    day_unsure: bool = False

    @property
    def dated(self) -> bool:
        """Whether a day is written."""
        return self.day is not None

    @property
    def timed(self) -> bool:
        """Whether a clock time is written."""
        return self.hour is not None

    @property
    def mixes_clocks(self) -> bool:
        """Whether an hour of the 24-hour clock is followed by AM or PM: 13:55 PM."""
        return self.half is not None and self.hour is not None and 12 < self.hour <= 24

    @property
    def fault(self) -> str | None:
        """Why no calendar or clock ever showed this, as a clause to put after the written time; None if one could."""
        if self.hour is not None:
            minute, second = self.minute or 0, self.second or 0
            if self.hour > 24 or (self.hour == 24 and (minute or second)):
                return "no day has that hour"
            if minute > 59 or second > 60:
                return "no hour has that minute" if minute > 59 else "no minute has that second"
            if self.mixes_clocks:
                return f"the hour {self.hour} is on the 24-hour clock, {(self.half or '').upper()} on the 12-hour clock"
            if self.half and self.hour == 0 and self.half == "pm":
                return "the hour 0 is in the morning"
        if self.year is not None and not 1970 <= self.year <= 2199:
            return "the year has a digit too many or too few"
        if self.month is not None and not 1 <= self.month <= 12:
            return "no year has that month"
        if self.day is not None and self.month is not None:
            try:
                date(self.year or 2000, self.month, self.day)
            except ValueError:
                return "that month does not have that day"
        return None

    @property
    def calendar_day(self) -> date | None:
        """The day, if year, month and day are written and possible."""
        if self.year is None or self.month is None or self.day is None or self.day_unsure:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def clock(self) -> time | None:
        """The time of day on the 24-hour clock, if one is written and possible. 24:00 is read as 00:00."""
        if self.hour is None or self.hour > 24 or (self.minute or 0) > 59 or (self.second or 0) > 59:
            return None
        hour = self.hour % 24
        if self.half == "pm" and hour < 12:
            hour += 12
        elif self.half == "am" and hour == 12:
            hour = 0
        return time(hour, self.minute or 0, self.second or 0)


class When(NamedTuple):
    """A point in time as far as the document gives it: a day, a clock time, or both; in the timeline's own zone.

    ``month`` is the year and month of what is dated by its month alone; there is no ``day`` then.
    """

    day: date | None = None
    clock: time | None = None
    month: tuple[int, int] | None = None

    @property
    def precision(self) -> Literal["minute", "day", "month"]:
        """How finely the time is known; seconds are told as minutes."""
        return "minute" if self.clock else "day" if self.day else "month"

    @property
    def moment(self) -> datetime | None:
        """Both together, without a zone; None unless both are known."""
        return datetime.combine(self.day, self.clock) if self.day and self.clock else None

    def __str__(self) -> str:
        """``2023-02-14T09:33``, ``2023-02-14``, ``T09:33`` or ``2023-02``: the form of ``pmlint model``."""
        if self.month:
            return f"{self.month[0]:04}-{self.month[1]:02}"
        day = self.day.isoformat() if self.day else ""
        return day + (f"T{self.clock.isoformat(timespec='minutes')}" if self.clock else "")


class Event(NamedTuple):
    """An entry of a timeline.

    ``span`` covers the entry, ``written`` the digits of its time. ``when`` and ``until`` have the date that the
    entry's surroundings give; ``stamp`` and ``end_stamp`` hold what the entry itself says. ``milestones`` are words
    of the lexicon. ``text`` is the entry as a reader sees it, without its time; ``instead`` is what stands where an
    entry without a time would have it ("unknown", "before the incident"), empty if nothing does. ``named``
    says that the time stands behind a short name (``First detected: 10:42``). ``utc`` is the moment where the zone is
    known for sure; ``change`` says that on that day no clock of the zone showed the time (``gap``) or that clocks
    showed it twice (``fold``).
    """

    span: Span
    text: str
    stamp: Stamp | None = None
    end_stamp: Stamp | None = None
    when: When | None = None
    until: When | None = None
    zone: str | None = None
    milestones: tuple[str, ...] = ()
    instead: str = ""
    named: bool = False
    utc: datetime | None = None
    change: Literal["gap", "fold"] | None = None


class Timeline(NamedTuple):
    """The entries of one timeline section. ``zone`` is the zone as written that holds for the entries, if one does.

    ``span`` covers the heading or label of the section it stands under.
    """

    span: Span
    events: tuple[Event, ...]
    zone: str | None = None

    @property
    def timed(self) -> tuple[Event, ...]:
        """The entries that have a clock time."""
        return tuple(event for event in self.events if event.when and event.when.clock)


class ActionItem(NamedTuple):
    """Something to do. ``owner`` is the person, role or team as written; a placeholder is no owner.

    ``type`` and ``priority`` are as written: in a column, a label or the sub-heading that groups the items.
    """

    span: Span
    text: str
    owner: Value | None = None
    due: date | None = None
    ticket: str | None = None
    state: Literal["open", "done", "wontdo"] | None = None
    type: Value | None = None
    priority: Value | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, as far as the document says."""
        return self.state not in ("done", "wontdo")


class Claim(NamedTuple):
    """A duration that the text claims, in minutes, and what it is said to be the duration of.

    ``of`` is ``impact``, ``detect``, ``acknowledge``, ``mitigate`` or ``resolve``; None if the text does not say.
    ``between`` names the milestones instead of which it is said to be the distance (``40 minutes after detection``).
    ``labelled`` says that it is the value of a field. ``bound`` is how it is hedged, ``window`` the two times that are
    written beside it as a range, ``working`` says that only some hours of the day were counted.
    """

    span: Span
    minutes: int
    of: str | None = None
    between: tuple[str, str] | None = None
    labelled: bool = False
    bound: Literal["about", "least", "most"] | None = None
    window: tuple[Stamp, Stamp] | None = None
    working: bool = False


# A sentence's words as they are compared, and where each begins and ends.
Cut = tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A leaf of the document as a reader sees it, with what it is and where it stands.

    ``concepts`` are those of all sections around it; ``quoted`` says that it stands in a block quote; ``label`` is
    the number of leading characters of the text that only name what follows (``Root cause:``). ``cut`` is for
    ``pmlint.wording``: the sentences by where they begin, cut once for all rules.
    """

    rendered: Rendered
    kind: Literal["heading", "paragraph", "item", "cell"]
    concepts: frozenset[str] = frozenset()
    quoted: bool = False
    label: int = 0
    cut: dict[int, tuple[Cut, ...]] = field(default_factory=dict, repr=False, compare=False)


class NamedValue(NamedTuple):
    """A value under a name: ``**Severity:** SEV-2``, a row of a two-column table, a key of the front matter."""

    name: str
    value: Value


class Table(NamedTuple):
    """A table: the titles of its columns as a reader sees them, and the concepts of the sections around it.

    ``span`` covers its header row.
    """

    span: Span
    columns: tuple[str, ...]
    concepts: frozenset[str] = frozenset()


class Name(NamedTuple):
    """Somebody or something that the document names: who a name is, as its own fields and the lexicon tell."""

    text: str
    kind: Literal["person", "role", "team", "handle", "system"]


class Incident(NamedTuple):
    """One of several incidents in a document: the heading that it is told under, and all that stands below it."""

    title: str
    span: Span
    body: Span


class Postmortem(NamedTuple):
    """A whole document, understood. ``faults`` is what could not be read of its front matter.

    ``incidents`` are those of a document that tells several under headings of their own, else there are none;
    ``is_part`` says that it is what such a document tells about one of them.
    ``windows`` are ranges of time that lines outside the timelines begin with, such as when an outage lasted.
    ``links`` are those of Markdown and of inline HTML, ``anchors`` what a fragment in this document can point at.
    ``language`` is the BCP 47 tag of the language that the prose is written in, None where it is not known.
    ``listings`` are the code blocks.
    """

    source: Source
    title: Title | None
    sections: tuple[Section, ...]
    metadata: Metadata
    timelines: tuple[Timeline, ...]
    actions: tuple[ActionItem, ...]
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...] = ()
    incidents: tuple[Incident, ...] = ()
    windows: tuple[Event, ...] = ()
    names: tuple[Name, ...] = ()
    language: str | None = None
    listings: tuple[Span, ...] = ()
    conventions: Conventions = NO_CONVENTIONS
    days: tuple[StatedDay, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    fields: tuple[NamedValue, ...] = ()
    tables: tuple[Table, ...] = ()
    is_part: bool = False

    @property
    def parts(self) -> tuple["Postmortem", ...]:
        """A postmortem for each incident: what stands below its heading and what stands outside all of them.

        A document about one incident is its only part.
        """
        return tuple(self._part(incident) for incident in self.incidents) or (self,)

    def _part(self, incident: Incident) -> "Postmortem":
        starts = [other.span.start for other in self.incidents]

        def belongs(span: Span) -> bool:
            before = bisect_right(starts, span.start) - 1
            owner = self.incidents[before] if before >= 0 else None
            return owner is None or owner is incident or span.start >= owner.body.end

        return self._replace(
            title=Title(incident.title, incident.span),
            sections=tuple(section for section in self.sections if belongs(section.span)),
            timelines=tuple(timeline for timeline in self.timelines if belongs(timeline.span)),
            actions=tuple(action for action in self.actions if belongs(action.span)),
            claims=tuple(claim for claim in self.claims if belongs(claim.span)),
            windows=tuple(window for window in self.windows if belongs(window.span)),
            passages=tuple(passage for passage in self.passages if belongs(passage.rendered.home)),
            fields=tuple(field for field in self.fields if belongs(field.value.span)),
            tables=tuple(table for table in self.tables if belongs(table.span)),
            listings=tuple(listing for listing in self.listings if belongs(listing)),
            incidents=(),
            is_part=True,
            weekdays=tuple(weekday for weekday in self.weekdays if belongs(weekday.span)),
            links=tuple(link for link in self.links if belongs(link.span)),
            days=tuple(day for day in self.days if belongs(day.span)),
        )

    @property
    def events(self) -> Iterator[Event]:
        """The entries of all timelines, in the order of the text."""
        return (event for timeline in self.timelines for event in timeline.events)

    @property
    def zone(self) -> str | None:
        """The zone of the first timeline that states one; without a timeline, of the first window."""
        stating = self.timelines or self.windows
        return next((part.zone for part in stating if part.zone), None)

    def passage_before(self, offset: int) -> Passage | None:
        """The last passage that begins at an offset or before it; code and HTML stand behind one."""
        number = bisect_right(self.passages, offset, key=lambda passage: passage.rendered.home.start)
        return self.passages[number - 1] if number else None

    @property
    def head(self) -> Span:
        """Where a finding about the document as a whole stands: its title, else its first character."""
        return self.title.span if self.title else Span(0, 0)

    def concerning(self, *concepts: str) -> Iterator[Section]:
        """The sections about any of these concepts, in the order of the text."""
        wanted = frozenset(concepts)
        return (section for section in self.sections if not wanted.isdisjoint(section.concepts))
