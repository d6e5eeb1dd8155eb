"""A leaf's text: where it stands, and its inline content, parsed when somebody asks."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from pmlint.document import Inline
from pmlint.markdown.inlines import parse_inlines, plain_inlines
from pmlint.markdown.places import Misread, PlacedState
from pmlint.source import Span

# mistune walks through all that a pair of "*" or "_" encloses, for every pair that lies deeper than its limit: nested
# pairs, as in "*a **b c** d*", took about n^2.4 (8000 runs: three seconds). No person writes a paragraph with this
# many: the most in 235 real documents is 20. What does is an attack or a machine's, and its emphasis does not matter.
# Characters are counted, as a run of n opens n pairs.
MOST_MARKS = 1000
_MARKS = "*_"


def is_overloaded(text: str) -> bool:
    """Whether a leaf's text has so many marks of emphasis that it is read as plain text."""
    return len(text) > MOST_MARKS and sum(map(text.count, _MARKS)) > MOST_MARKS


class Leaf(NamedTuple):
    """The stretch of a state's text that a paragraph, heading or cell holds, blanks at its ends left out."""

    state: PlacedState
    start: int
    end: int
    cell: bool = False

    def inlines(self) -> tuple[Inline, ...]:
        """The leaf's inline content; plain text if it cannot be placed and misreadings are collected."""
        text = self.state.src[self.start : self.end]
        place = self._placing()
        if not text:
            return ()
        if is_overloaded(text):
            if self.state.misread is not None:
                self.state.misread.append(Misread(place(0, len(text)), "marks"))
            return plain_inlines(text, place)
        try:
            return parse_inlines(text, self.state.env, place, self.cell)
        except Exception:  # the parser is another's: whatever fails in it, a leaf can be read as lines
            if self.state.misread is None:
                raise
            self.state.misread.append(Misread(place(0, len(text)), "failure"))
            return plain_inlines(text, place)

    def _placing(self) -> "Placing":
        state = self.state
        first, last = state.line_at(self.start), state.line_at(self.end)
        if first == last:
            return Placing((0,), (state.shift(first) + self.start,))
        starts = [0, *(end + 1 - self.start for end in state.newlines[first:last])]
        return Placing(tuple(starts), tuple(state.shift(line) + self.start for line in range(first, last + 1)))


@dataclass(frozen=True, slots=True)
class Placing:
    """From stretches of a leaf's text to spans: where its lines start, and what to add to positions in them."""

    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def __call__(self, start: int, end: int) -> Span:
        """The span from one character to another, the end excluded; line ends take the next line's markers along."""
        if len(self.starts) == 1:
            return Span(start + self.shifts[0], end + self.shifts[0])
        return Span(self._offset(start), self._offset(end))

    def _offset(self, position: int) -> int:
        return position + self.shifts[bisect_right(self.starts, position) - 1]
