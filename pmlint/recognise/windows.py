"""Stretches of time that the text states outside its timelines: ``- 4 November, 16:30 to 18:00 UTC``."""

from collections.abc import Iterator, Sequence

from pmlint.document import Document
from pmlint.model import Event, Timeline
from pmlint.recognise.fields import lines_of
from pmlint.recognise.timeline import Dating, event_of
from pmlint.recognise.times import range_at


def find_windows(document: Document, timelines: Sequence[Timeline], dating: Dating) -> tuple[Event, ...]:
    """The ranges of clock times that lines outside the timelines begin with, in the order of the text."""
    taken = {event.stamp.span.start for timeline in timelines for event in timeline.events if event.stamp}
    found = (event for event in _ranges(document, dating) if event.stamp and event.stamp.span.start not in taken)
    return tuple(found)


def _ranges(document: Document, dating: Dating) -> Iterator[Event]:
    for block in document.walk():
        if block.kind in ("paragraph", "cell"):
            for start, end in lines_of(block.rendered):
                lead = range_at(block.rendered, start, end)
                if lead and lead[1] and lead[0].timed:
                    yield event_of(block.rendered.span(start, end), lead[0], lead[1], dating)
