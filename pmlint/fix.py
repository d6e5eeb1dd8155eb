"""Edits applied to a text: those that do not get into each other's way, all edits of one finding or none."""

import itertools
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pmlint.rule import Edit


class _Change(NamedTuple):
    """An edit as it is sorted: by place, insertions before what stands there."""

    start: int
    end: int
    text: str


class Applied(NamedTuple):
    """A text after edits, and for each group of them whether it was made."""

    text: str
    made: tuple[bool, ...]


def fixed(text: str, edits: Iterable[Sequence[Edit]]) -> str:
    """The text with edits applied, see ``applied``."""
    return applied(text, edits).text


def applied(text: str, edits: Iterable[Sequence[Edit]]) -> Applied:
    """Edits applied to a text; each item holds the edits of one finding, and earlier findings win.

    A finding's edits are left out together when one of them overlaps an edit already chosen or lies outside the text;
    the same edit asked for twice is made once. Spans are those of ``text``.
    """
    chosen: list[_Change] = []
    made = []
    for group in edits:
        changes = sorted({_Change(edit.span.start, edit.span.end, edit.text) for edit in group})
        fits = _fits_together(changes, len(text)) and all(_fits(change, chosen) for change in changes)
        made.append(fits)
        for change in changes if fits else ():
            if change not in chosen[_at(change, chosen) :][:1]:
                insort(chosen, change)
    pieces, at = [], 0
    for change in chosen:
        pieces += [text[at : change.start], change.text]
        at = change.end
    return Applied("".join((*pieces, text[at:])), tuple(made))


def _at(change: _Change, chosen: Sequence[_Change]) -> int:
    return bisect_left(chosen, change)


def _fits_together(changes: Sequence[_Change], length: int) -> bool:
    pairs = itertools.pairwise(changes)
    return all(change.end <= length for change in changes) and not any(_collide(one, other) for one, other in pairs)


def _fits(change: _Change, chosen: Sequence[_Change]) -> bool:
    """Whether a change collides with none of the chosen ones, of which no two collide: only neighbours can."""
    at = _at(change, chosen)
    return not any(_collide(change, other) for other in chosen[max(at - 1, 0) : at + 2] if other != change)


def _collide(one: _Change, other: _Change) -> bool:
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end
