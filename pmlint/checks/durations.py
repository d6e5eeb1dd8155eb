"""Whether the durations that a document claims agree with its own times, and with each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from pmlint.errors import Unfinished
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
# All ways between so many points are reckoned. The longest timeline of 182 real documents has 41.
_MOST_POINTS = 200
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

    @property
    def approximate(self) -> bool:
        return self.first.approximate or self.second.approximate


class _Spans(NamedTuple):
    """Ways from one point to another, the shortest first; the minutes of those between sure times and of the others."""

    all: tuple[_Span, ...] = ()
    sure: tuple[float, ...] = ()
    about: tuple[float, ...] = ()

    def fit(self, claim: Claim, unit: int, tolerance: _Tolerance) -> bool:
        """Whether any of them can be what the claim tells of."""
        return any(
            bisect_right(minutes, most) > bisect_left(minutes, least)
            for minutes, is_about in ((self.sure, False), (self.about, True))
            for least, most in (_range(claim, unit, tolerance, is_about),)
        )

    def nearest(self, minutes: float) -> _Span:
        """The one that differs least."""
        at = bisect_left(self.all, minutes, key=lambda span: span.minutes)
        return min(self.all[max(0, at - 1) : at + 1], key=lambda span: abs(span.minutes - minutes))


def duration_mismatch(
    pm: Postmortem, *, tolerance_minutes: int, tolerance_percent: int, about_percent: int
) -> Iterator[Mark]:
    """A claimed duration lies between no two times of the document that it could be told of.

    It must be off by more than ``tolerance_minutes`` and by more than ``tolerance_percent`` of the longer of both, or
    ``about_percent`` where it is hedged; what is written in hours or days is compared in hours or days. Durations that
    count support hours only are left alone.
    """
    tolerance = _Tolerance(tolerance_minutes, tolerance_percent, about_percent)
    times = _Times(points_of(pm) if pm.claims else ())
    too_many = len(times.points) > _MOST_POINTS
    unsaid = False
    before: Claim | None = None
    for claim in pm.claims:
        # "about 8 days (= 192 hours)" claims one thing.
        restated = before and before.minutes == claim.minutes and claim.span.start - before.span.end < _RESTATED
        before = claim
        if claim.working or restated:
            continue
        written = _claimed(pm, claim)
        unit = finest_unit(written, claim)
        if claim.window:
            minutes = between_stamps(*claim.window)
            least, most = _range(claim, unit, tolerance)
            if minutes is not None and not least <= minutes <= most:
                first, second = (pm.source.slice(stamp.span).strip() for stamp in claim.window)
                yield Mark(claim.span, f'"{written}" is claimed, and from {first} to {second} it is {spoken(minutes)}')
        elif too_many:
            unsaid = True
        elif nearest := _contradiction(pm, claim, unit, times, tolerance):
            yield Mark(
                claim.span,
                f'"{written}" is claimed, and {spoken(nearest.minutes)} lie between {_row(pm, nearest.first)} '
                f"and {_row(pm, nearest.second)}",
            )
    if unsaid:
        reason = (
            f"the document tells {len(times.points):,} times, the limit is {_MOST_POINTS}: no duration was compared"
        )
        raise Unfinished(reason, "move what is a log into a file of its own")


class _Times:
    """The points of a document, and the ways between them, each set of which is reckoned once."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = tuple(points)
        self._known: dict[tuple[frozenset[int], frozenset[int]], _Spans] = {}

    def between(self, firsts: Sequence[int], seconds: Sequence[int]) -> _Spans:
        """The ways forward in time between points, given by their numbers."""
        key = (frozenset(firsts), frozenset(seconds))
        if key not in self._known:
            ways = (
                _Span(self.points[one], self.points[other], minutes)
                for one, other in product(firsts, seconds)
                if one != other
                and (minutes := minutes_between(self.points[one], self.points[other])) is not None
                and minutes >= 0
            )
            spans = tuple(sorted(ways, key=lambda span: span.minutes))
            self._known[key] = _Spans(
                spans,
                tuple(span.minutes for span in spans if not span.approximate),
                tuple(span.minutes for span in spans if span.approximate),
            )
        return self._known[key]

    def reporting(self, *milestones: str, named: bool = False) -> list[int]:
        """The numbers of the points that report any of the milestones; ``named`` for labelled ones only."""
        return [
            number
            for number, point in enumerate(self.points)
            if not point.milestones.isdisjoint(milestones) and (point.named or not named)
        ]

    def ends(self, of: str, named: bool = False) -> list[int]:
        """The points that end a duration of that kind: those of the first milestone that is reported at all."""
        if of == "impact":
            return self.reporting(*_TO[of], named=named)
        return next((found for name in _TO[of] if (found := self.reporting(name, named=named))), [])

    @property
    def all(self) -> range:
        """The numbers of all points."""
        return range(len(self.points))

    @property
    def whole(self) -> tuple[int, int] | None:
        """The first and the last point, if the document tells from a beginning to an end."""
        if len(self.points) < 2:
            return None
        first, last = self.points[0], self.points[-1]
        complete = not first.milestones.isdisjoint(_START) and not last.milestones.isdisjoint(_TO["impact"])
        return (0, len(self.points) - 1) if complete else None

    @property
    def recurs(self) -> bool:
        """Whether something begins again after it was resolved."""
        resolved = next(iter(self.reporting("resolved")), len(self.points))
        return any(
            not point.named and not point.milestones.isdisjoint(("started", "declared"))
            for point in self.points[resolved + 1 :]
        )


def _contradiction(pm: Postmortem, claim: Claim, unit: int, times: _Times, tolerance: _Tolerance) -> _Span | None:
    """The two points nearest to a claim among those that it can be told of, if it contradicts all of them."""
    nothing = _Spans()
    if claim.between:
        firsts, seconds = times.reporting(claim.between[0]), times.reporting(claim.between[1])
        meant = times.between(firsts, seconds)
        # One of the two milestones may stand in an entry that was not recognised.
        others = [times.between(firsts, times.all), times.between(times.all, seconds)]
        unit_of_others = 1
    elif claim.of:
        form = times.ends(claim.of, named=True) if claim.labelled else []
        meant = times.between(times.reporting(*_FROM[claim.of]), form or times.ends(claim.of))
        others = [nothing if form else times.between(times.all, times.all)]
        unit_of_others = unit
        longest = times.between(times.all, times.all).all[-1:]
        if not form and times.recurs and longest and claim.minutes <= longest[0].minutes:
            # The outages of one document may have been added up.
            return None
    elif (whole := times.whole) and _tells_of_the_whole(pm, claim):
        meant, others, unit_of_others = times.between(whole[:1], whole[1:]), [], unit
        if meant.all and meant.all[0].minutes >= claim.minutes:
            # It may tell of a part, but not of more than there is.
            return None
    else:
        return None
    if not meant.all or meant.fit(claim, unit, tolerance):
        return None
    if any(spans.fit(claim, unit_of_others, tolerance) for spans in others):
        return None
    return meant.nearest(claim.minutes)


def _tells_of_the_whole(pm: Postmortem, claim: Claim) -> bool:
    """Whether a claim that does not say what it is of stands where the incident as a whole is told."""
    around = pm.passage_before(claim.span.start)
    return around is not None and (not around.concepts or not around.concepts.isdisjoint(_ABOUT_THE_WHOLE))


def _range(claim: Claim, unit: int, tolerance: _Tolerance, is_about: bool = False) -> tuple[float, float]:
    """The least and the most minutes that a claim can stand for, given in ``unit``."""
    hedged = is_about or claim.bound == "about"
    share = max(tolerance.percent, tolerance.about_percent if hedged else 0) / 100
    # "3 hours" is what 3 h 40 min are called, and 2 h 20 min.
    slack = max(tolerance.minutes, _CLOCKS_SAY_ABOUT if is_about else 0, unit - 1 if unit > 1 else 0)
    least = claim.minutes - max(slack, claim.minutes * share)
    # The share is of the longer of both: beyond the claim that is the time it stands for.
    most = max(claim.minutes + slack, claim.minutes / (1 - share) if share < 1 else float("inf"))
    return (0 if claim.bound == "most" else least), (float("inf") if claim.bound == "least" else most)


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
            _stands_for(pm, claim, sum(part.minutes for part in chosen), tolerance) for chosen in sums
        ):
            continue
        added = " + ".join(f'"{_claimed(pm, part)}"' for part in (parts["detect"], ends[-1]))
        together = spoken(parts["detect"].minutes + ends[-1].minutes)
        yield Mark(claim.span, f'the total is "{_claimed(pm, claim)}", and {added} are {together}')


def _agree(pm: Postmortem, one: Claim, other: Claim, tolerance: _Tolerance) -> bool:
    """Whether two claims can mean the same, each in its own unit."""
    return _stands_for(pm, one, other.minutes, tolerance) or _stands_for(pm, other, one.minutes, tolerance)


def _stands_for(pm: Postmortem, claim: Claim, minutes: float, tolerance: _Tolerance) -> bool:
    least, most = _range(claim, finest_unit(_claimed(pm, claim), claim), tolerance)
    return least <= minutes <= most


def _claimed(pm: Postmortem, claim: Claim) -> str:
    return " ".join(pm.source.slice(claim.span).split())


def _label(pm: Postmortem, claim: Claim) -> str:
    """The words before the colon or in the first cell of the claim's line, case-folded, without marks."""
    line = pm.source.line_spans[pm.source.line_number(claim.span.start) - 1]
    before = pm.source.text[line.start : claim.span.start]
    cut = before.strip().strip("|").partition("|")[0] if "|" in before else before.partition(":")[0]
    return " ".join("".join(c if c.isalnum() else " " for c in cut.casefold()).split())
