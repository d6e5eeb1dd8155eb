"""Whether a timeline has the milestones that readers and figures go by, and in an order that can be."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pmlint.excerpts import Prose, labelled, says
from pmlint.expressions import expression
from pmlint.model import Event, Postmortem
from pmlint.rule import Mark

# With fewer entries it is the entries that are missing.
_FEWEST = 3


def missing_milestone(
    pm: Postmortem,
    *,
    name: str,
    milestones: Sequence[str],
    field: str,
    labels: Sequence[str],
    concepts: Sequence[str],
    phrases: Sequence[str],
) -> Iterator[Mark]:
    """No entry reports one of ``milestones`` or has one of ``phrases``, and nothing else in the document does.

    ``field`` is ``start``, ``end`` or empty: what of the metadata tells it as well. Values behind ``labels`` and
    sections about ``concepts`` tell it, too. Timelines with fewer than three entries are left alone.
    """
    events = list(pm.events)
    if len(events) < _FEWEST or any(not set(milestones).isdisjoint(event.milestones) for event in events):
        return
    told = {"start": pm.metadata.start, "end": pm.metadata.end}.get(field)
    if told or any(labelled(pm, labels)) or any(pm.concerning(*concepts)):
        return
    prose = Prose(pm)
    spans = (timeline.span.covering(timeline.events[-1].span) for timeline in pm.timelines if timeline.events)
    if not any(says(prose.inside(span), phrases) for span in spans):
        yield Mark(pm.timelines[0].span, f"no entry says {name}")


# What cannot come before what: the first of each pair happens no later than the second.
_ORDER = (
    ("started", "detected"),
    ("started", "mitigated"),
    ("started", "resolved"),
    ("detected", "resolved"),
    ("detected", "all_clear"),
    ("started", "all_clear"),
)
_SHOUTED = expression(r"[\W_]*[A-Z]{4,}(?: [A-Z]{2,})+\b")


def milestone_order(pm: Postmortem) -> Iterator[Mark]:
    """A milestone that is marked as such and is earlier than all that it cannot precede.

    Marked are entries of a form (``Detected: 10:42``) and entries that begin in capitals (``OUTAGE BEGINS``). Each pair
    is compared by the earliest time of the one and the latest of the other.
    """
    times: dict[str, list[tuple[datetime, Event]]] = {}
    for event in pm.events:
        moment = event.utc or (event.when.moment if event.when else None)
        if moment and event.stamp and not event.stamp.approximate and _is_marked(event):
            for milestone in event.milestones:
                times.setdefault(milestone, []).append((moment.replace(tzinfo=None), event))
    seen: set[int] = set()
    for first, second in _ORDER:
        if first not in times or second not in times:
            continue
        earliest = min(times[first], key=lambda known: known[0])
        latest = max(times[second], key=lambda known: known[0])
        if latest[0] < earliest[0] and latest[1].stamp and latest[1].span.start not in seen:
            seen.add(latest[1].span.start)
            shown = f"{second.replace('_', ' ')} at {latest[0]:%H:%M}, before {first} at {earliest[0]:%H:%M}"
            yield Mark(latest[1].stamp.span, shown)


def _is_marked(event: Event) -> bool:
    return event.named or bool(_SHOUTED.match(event.text))


def starts_at_detection(pm: Postmortem) -> Iterator[Mark]:
    """The first entry is the detection: nothing tells what led up to it."""
    for timeline in pm.timelines[:1]:
        for event in timeline.events[:1]:
            if event.named:
                # A form has its fields and no others.
                return
            if "detected" in event.milestones and _LEADS_UP.isdisjoint(event.milestones) and len(timeline.events) > 1:
                yield Mark(event.span, "the timeline begins when the incident was noticed")


_LEADS_UP = frozenset({"introduced", "started"})


def window_unmarked(pm: Postmortem) -> Iterator[Mark]:
    """No entry is set off, in bold or capitals, as the beginning or as the end of the impact."""
    if not pm.timelines:
        return
    prose = Prose(pm)
    marked: set[str] = set()
    for event in pm.events:
        strong = any(True for passage in prose.inside(event.span) for _ in passage.rendered.of_kind("strong"))
        if strong or _is_marked(event):
            marked.update(event.milestones)
    missing = [name for name, milestones in _WINDOW if marked.isdisjoint(milestones)]
    if missing:
        yield Mark(pm.timelines[0].span, f"no entry is marked as the {' or the '.join(missing)} of the impact")


_WINDOW = (("beginning", {"started"}), ("end", {"resolved", "all_clear"}))
