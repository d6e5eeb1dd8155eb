"""What a postmortem says about itself."""

from collections.abc import Iterator

from pmlint.model import Postmortem
from pmlint.rule import Mark


def missing_date(pm: Postmortem) -> Iterator[Mark]:
    """No incident date: not in a field, the title, the file name, the prose, the front matter or the timeline."""
    # A date that no calendar shows is another rule's finding.
    if pm.metadata.date is None and not any(event.stamp and event.stamp.dated for event in pm.events):
        yield Mark(pm.head, "the incident has no date")


def unreadable_front_matter(pm: Postmortem) -> Iterator[Mark]:
    """Something in the front matter that cannot be read."""
    for fault in pm.faults:
        yield Mark(fault.span, fault.message)
