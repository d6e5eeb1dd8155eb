"""A leaf's text: where it stands, and its inline content, parsed when somebody asks."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from pmlint.document import Inline
from pmlint.markdown.inlines import parse_inlines, plain_inlines
from pmlint.markdown.places import Desync, PlacedState
from pmlint.source import Span

# mistune's search for the partner of a "*" or "_" takes about n^2.7 where many runs find none, as in "*a **a *a".
# No person writes a paragraph with this many; what does is a machine's output or an attack, and has no emphasis.
MOST_RUNS = 2000
_RUN = re.compile(r"\*+|_+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """The stretch of a state's text that a paragraph, heading or cell holds, blanks at its ends left out."""

    state: PlacedState
    start: int
    end: int
    cell: bool = False

    def inlines(self) -> tuple[Inline, ...]:
        """The leaf's inline content; plain text if it cannot be placed, unless the document is parsed strictly."""
        text = self.state.src[self.start : self.end]
        place = self._placing()
        if not text:
            return ()
        if len(text) > MOST_RUNS and sum(1 for _ in _RUN.finditer(text)) > MOST_RUNS:
            return plain_inlines(text, place)
        try:
            return parse_inlines(text, self.state.env, place, self.cell)
        except (Desync, RecursionError):
            if self.state.strict:
                raise
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

    def offset(self, position: int) -> int:
        """The offset of a character of the leaf's text."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]

    def __call__(self, start: int, end: int) -> Span:
        """The span from one character to another, the end excluded."""
        if len(self.starts) == 1:
            return Span(start + self.shifts[0], end + self.shifts[0])
        return Span(self.offset(start), self.offset(end - 1) + 1)

    def gap(self, start: int, end: int) -> Span:
        """The span from one character to the beginning of another: a line break with the next line's markers."""
        return Span(self.offset(start), self.offset(end))
