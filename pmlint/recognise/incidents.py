"""The incidents of a document that tells several: each under a heading of its own, with sections of its own."""

from bisect import bisect_left
from collections.abc import Sequence

from pmlint.expressions import expression
from pmlint.model import Incident, Section

_YEAR = expression(r"(?<!\d)20\d\d(?!\d)")
# What the telling of one incident consists of; a heading with a timeline and another of these below it tells one.
_PARTS = frozenset(
    {"summary", "what_happened", "impact", "detection", "root_cause", "contributing_factors", "resolution", "lessons"}
    | {"timeline", "actions"}
)

# Every incident is checked together with what stands outside all of them: more would be a log of incidents.
MOST_INCIDENTS = 20


def find_incidents(sections: Sequence[Section]) -> tuple[Incident, ...]:
    """The incidents, in the order of the text; none unless there are two or more, told under headings of one level."""
    starts = [section.span.start for section in sections]
    telling: dict[int, list[Incident]] = {}
    for number, section in enumerate(sections):
        if section.form == "label" or section.concepts:
            continue
        below = sections[number + 1 : bisect_left(starts, section.body.end)]
        about = {concept for other in below for concept in other.concepts} & _PARTS
        # In a log each incident has its day in the heading, and labels for all else.
        dated = _YEAR.search(section.title) is not None
        if len(about) > 1 and any("timeline" in o.concepts and (dated or o.form == "heading") for o in below):
            telling.setdefault(section.level, []).append(Incident(section.title, section.span, section.body))
    # The heading above all of them, the document's title, tells them as well; it stands alone on its level.
    several = [incidents for _, incidents in sorted(telling.items()) if len(incidents) > 1]
    return tuple(several[0]) if several and len(several[0]) <= MOST_INCIDENTS else ()
