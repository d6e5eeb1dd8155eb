"""Whether the durations that a document claims agree with its own times, and with each other."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from pmlint.model import Claim, Postmortem
from pmlint.moments import Point, between_stamps, finest_unit, minutes_between, points_of, spoken
from pmlint.rule import Mark

_START = ("introduced", "started", "detected")
_ENGAGED = (*_START, "acknowledged", "declared")
# What a duration of each kind begins and ends with. The first of the ends that the timeline reports counts.
_FROM = {
    "detect": ("introduced", "started"),
    "acknowledge": ("started", "detected", "declared"),
    "mitigate": _ENGAGED,
    "resolve": _ENGAGED,
    "impact": _START,
}
_TO = {
    "detect": ("detected",),
    "acknowledge": ("acknowledged",),
    "mitigate": ("mitigated", "resolved"),
    "resolve": ("resolved", "all_clear", "mitigated"),
    "impact": ("mitigated", "resolved", "all_clear"),
}
_ABOUT_THE_WHOLE = frozenset({"summary", "impact", "what_happened"})
_CLOCKS_SAY_ABOUT = 15
_RESTATED = 20
_TIME_TO = ("time to", "ttd", "tta", "ttm", "ttr", "mttd", "mttr", "detection", "resolution", "recovery", "repair")
_IN_TURN = (
    ("detect", "mitigate"),
    ("detect", "resolve"),
    ("detect", "acknowledge", "mitigate"),
    ("detect", "acknowledge", "resolve"),
    ("detect", "mitigate", "resolve"),
    ("detect", "acknowledge", "mitigate", "resolve"),
)


class _Tolerance(NamedTuple):
    minutes: int
    percent: int
    about_percent: int


class _Span(NamedTuple):
    """Two points and the minutes between them."""

    first: Point
    second: Point
    minutes: float


def duration_mismatch(
    pm: Postmortem, *, tolerance_minutes: int, tolerance_percent: int, about_percent: int
) -> Iterator[Mark]:
    """A claimed duration lies between no two times of the document that it could be told of.

    It must be off by more than ``tolerance_minutes`` and by more than ``tolerance_percent`` of the longer of both, or
    ``about_percent`` where it is hedged; what is written in hours or days is compared in hours or days. Durations that
    count support hours only are left alone.
    """
    tolerance = _Tolerance(tolerance_minutes, tolerance_percent, about_percent)
    points = points_of(pm)
    before: Claim | None = None
    for claim in pm.claims:
        written = " ".join(pm.source.slice(claim.span).split())
        # "about 8 days (= 192 hours)" claims one thing.
        restated = before and before.minutes == claim.minutes and claim.span.start - before.span.end < _RESTATED
        before = claim
        if claim.working or restated:
            continue
        if claim.window:
            minutes = between_stamps(*claim.window)
            if minutes is not None and not _fits(claim, finest_unit(written, claim), minutes, tolerance):
                first, second = (pm.source.slice(stamp.span).strip() for stamp in claim.window)
                yield Mark(claim.span, f'"{written}" is claimed, and from {first} to {second} it is {spoken(minutes)}')
        elif nearest := _contradiction(pm, claim, written, points, tolerance):
            yield Mark(
                claim.span,
                f'"{written}" is claimed, and {spoken(nearest.minutes)} lie between {_row(pm, nearest.first)} '
                f"and {_row(pm, nearest.second)}",
            )


def _contradiction(
    pm: Postmortem, claim: Claim, written: str, points: Sequence[Point], tolerance: _Tolerance
) -> _Span | None:
    """The two points nearest to a claim among those that it can be told of, if it contradicts all of them."""
    if claim.between:
        meant = _spans(_reporting(points, claim.between[:1]), _reporting(points, claim.between[1:]))
        # One of the two milestones may stand in an entry that was not recognised.
        others = [
            *_spans(_reporting(points, claim.between[:1]), points),
            *_spans(points, _reporting(points, claim.between[1:])),
        ]
    elif claim.of:
        form = _ends([point for point in points if point.named], claim.of) if claim.labelled else []
        meant = _spans(_reporting(points, _FROM[claim.of]), form or _ends(points, claim.of))
        others = [] if form else _spans(points, points)
        if (
            not form
            and _recurs(points)
            and claim.minutes <= max((span.minutes for span in _spans(points, points)), default=0)
        ):
            # The outages of one document may have been added up.
            return None
    elif _tells_of_the_whole(pm, claim) and _is_whole(points):
        # It may tell of a part, but not of more than there is.
        meant = [span for span in _spans(points[:1], points[-1:]) if span.minutes < claim.minutes]
        others = []
    else:
        return None
    unit = finest_unit(written, claim)
    if not meant or any(_fits(claim, unit, span.minutes, tolerance, span) for span in meant):
        return None
    # What was recognised of only one of two named milestones is taken at its word.
    if any(_fits(claim, 1 if claim.between else unit, span.minutes, tolerance, span) for span in others):
        return None
    return min(meant, key=lambda span: abs(span.minutes - claim.minutes))


def _reporting(points: Sequence[Point], milestones: Sequence[str]) -> list[Point]:
    return [point for point in points if not point.milestones.isdisjoint(milestones)]


def _ends(points: Sequence[Point], of: str) -> list[Point]:
    """The points that end a duration of that kind: those of the first milestone that is reported at all."""
    if of == "impact":
        return _reporting(points, _TO[of])
    return next((found for name in _TO[of] if (found := _reporting(points, (name,)))), [])


def _spans(firsts: Sequence[Point], seconds: Sequence[Point]) -> list[_Span]:
    return [
        _Span(first, second, minutes)
        for first, second in product(firsts, seconds)
        if first is not second and (minutes := minutes_between(first, second)) is not None and minutes >= 0
    ]


def _recurs(points: Sequence[Point]) -> bool:
    """Whether something begins again after it was resolved."""
    resolved = next((number for number, point in enumerate(points) if "resolved" in point.milestones), len(points))
    again = [p for p in points[resolved + 1 :] if not p.named and not p.milestones.isdisjoint(("started", "declared"))]
    return bool(again)


def _is_whole(points: Sequence[Point]) -> bool:
    """Whether the entries reach from a beginning to an end."""
    return len(points) > 1 and bool(_reporting(points[:1], _START) and _reporting(points[-1:], _TO["impact"]))


def _tells_of_the_whole(pm: Postmortem, claim: Claim) -> bool:
    """Whether a claim that does not say what it is of stands where the incident as a whole is told."""
    around = next((p for p in reversed(pm.passages) if p.rendered.home.start <= claim.span.start), None)
    return around is not None and (not around.concepts or not around.concepts.isdisjoint(_ABOUT_THE_WHOLE))


def _fits(claim: Claim, unit: int, minutes: float, tolerance: _Tolerance, span: _Span | None = None) -> bool:
    longer = max(claim.minutes, minutes)
    slack = max(tolerance.minutes, longer * tolerance.percent / 100)
    if claim.bound == "about":
        slack = max(slack, longer * tolerance.about_percent / 100)
    if span and (span.first.approximate or span.second.approximate):
        slack = max(slack, longer * tolerance.about_percent / 100, _CLOCKS_SAY_ABOUT)
    # "3 hours" is what 3 h 40 min are called, and 2 h 20 min.
    slack = max(slack, unit - 1 if unit > 1 else 0)
    least = claim.minutes - slack if claim.bound != "most" else 0
    most = claim.minutes + slack if claim.bound != "least" else longer
    return least <= minutes <= most


def _row(pm: Postmortem, point: Point) -> str:
    told = f' "{point.told}"' if point.told else ""
    return f"{point.written}{told} (line {pm.source.line_number(point.span.start)})"


def time_metric_mismatch(pm: Postmortem, *, tolerance_minutes: int, tolerance_percent: int) -> Iterator[Mark]:
    """Labelled durations that disagree: one metric with two values, or a total that no parts add up to."""
    tolerance = _Tolerance(tolerance_minutes, tolerance_percent, tolerance_percent)
    metrics = [claim for claim in pm.claims if claim.labelled and not claim.working]
    yield from _told_twice(pm, metrics, tolerance)
    yield from _wrong_totals(pm, metrics, tolerance)


def _told_twice(pm: Postmortem, metrics: Sequence[Claim], tolerance: _Tolerance) -> Iterator[Mark]:
    told: dict[str, Claim] = {}
    for claim in metrics:
        label = _label(pm, claim)
        before = told.setdefault(label, claim)
        same_line = pm.source.line_number(before.span.start) == pm.source.line_number(claim.span.start)
        if not label.startswith(_TIME_TO) or same_line or _agree(pm, before, claim, tolerance):
            continue
        line = pm.source.line_number(before.span.start)
        yield Mark(claim.span, f'{label} is "{_claimed(pm, claim)}" here and "{_claimed(pm, before)}" in line {line}')


def _wrong_totals(pm: Postmortem, metrics: Sequence[Claim], tolerance: _Tolerance) -> Iterator[Mark]:
    """Totals that are neither the last of the parts, counted from the start, nor a sum of parts counted in turn."""
    parts = {claim.of: claim for claim in reversed(metrics) if _label(pm, claim).startswith(_TIME_TO)}
    ends = [parts[of] for of in ("mitigate", "resolve") if of in parts]
    if "detect" not in parts or not ends:
        return
    sums: list[tuple[Claim, ...]] = [(end,) for end in ends]
    sums += [tuple(parts[of] for of in chosen if of in parts) for chosen in _IN_TURN]
    for claim in metrics:
        if "total" not in _label(pm, claim).split() or any(
            _fits(claim, finest_unit(_claimed(pm, claim), claim), sum(part.minutes for part in chosen), tolerance)
            for chosen in sums
        ):
            continue
        added = " + ".join(f'"{_claimed(pm, part)}"' for part in (parts["detect"], ends[-1]))
        together = spoken(parts["detect"].minutes + ends[-1].minutes)
        yield Mark(claim.span, f'the total is "{_claimed(pm, claim)}", and {added} are {together}')


def _agree(pm: Postmortem, one: Claim, other: Claim, tolerance: _Tolerance) -> bool:
    """Whether two claims can mean the same, each in its own unit."""
    return any(
        _fits(claim, finest_unit(_claimed(pm, claim), claim), against.minutes, tolerance)
        for claim, against in ((one, other), (other, one))
    )


def _claimed(pm: Postmortem, claim: Claim) -> str:
    return " ".join(pm.source.slice(claim.span).split())


def _label(pm: Postmortem, claim: Claim) -> str:
    """The words before the colon or in the first cell of the claim's line, case-folded, without marks."""
    line = pm.source.line_spans[pm.source.line_number(claim.span.start) - 1]
    before = pm.source.text[line.start : claim.span.start]
    cut = before.strip().strip("|").partition("|")[0] if "|" in before else before.partition(":")[0]
    return " ".join("".join(c if c.isalnum() else " " for c in cut.casefold()).split())
