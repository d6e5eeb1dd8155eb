"""From what Markdown says to what the writer meant."""

from datetime import date

from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.document import Document
from pmlint.model import Postmortem
from pmlint.recognise.actions import find_actions, with_tickets
from pmlint.recognise.claims import find_claims
from pmlint.recognise.days import find_days, find_weekdays
from pmlint.recognise.fields import find_fields
from pmlint.recognise.headings import aliases_of
from pmlint.recognise.incidents import find_incidents
from pmlint.recognise.language import find_language
from pmlint.recognise.links import find_anchors, find_links
from pmlint.recognise.metadata import find_day, find_metadata, find_title, known_day, named_values
from pmlint.recognise.order import day_first
from pmlint.recognise.passages import find_passages, find_tables
from pmlint.recognise.people import find_names
from pmlint.recognise.sections import find_sections
from pmlint.recognise.timeline import Dating, find_timelines
from pmlint.recognise.windows import find_windows


def recognise(document: Document, conventions: Conventions = NO_CONVENTIONS) -> Postmortem:
    """What a document means as a postmortem. Never fails and never complains: what it does not find is not there."""
    order = conventions.day_first
    if order is None:
        order = day_first(document.source.text, known_day(document))
    title = find_title(document)
    fields = find_fields(document)
    sections = find_sections(document, fields, aliases_of(conventions.sections))
    day = find_day(document, title, fields, sections, order)
    dating = Dating(date.fromisoformat(day.text) if day else None, order, conventions.zones)
    timelines, sections = find_timelines(document, sections, dating)
    events = [event for timeline in timelines for event in timeline.events]
    passages = find_passages(document, sections, fields)
    metadata = find_metadata(document, day, fields, sections, events)
    actions = with_tickets(find_actions(document, sections, dating), document.source, conventions.tickets)
    return Postmortem(
        source=document.source,
        title=title,
        sections=sections,
        metadata=metadata,
        timelines=timelines,
        actions=actions,
        claims=find_claims(passages, fields),
        passages=passages,
        faults=document.front_matter.faults if document.front_matter else (),
        incidents=find_incidents(sections),
        windows=find_windows(document, timelines, dating),
        listings=tuple(block.span for block in document.walk() if block.kind == "code"),
        names=find_names(metadata, fields, actions, events, passages, conventions),
        language=find_language(document.front_matter, conventions, passages),
        conventions=conventions,
        days=find_days(document, title, fields, order),
        weekdays=find_weekdays(passages, dating.day, order),
        links=find_links(document, passages),
        anchors=find_anchors(document, passages),
        fields=tuple(named_values(document, fields)),
        tables=find_tables(document, sections),
    )
