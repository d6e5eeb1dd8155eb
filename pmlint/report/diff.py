"""What mending changes, as a unified diff for people: nothing in it acts on a terminal or a CI runner."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pmlint.change import kept_lines
from pmlint.mask import masked
from pmlint.report.escape import shown, shown_line
from pmlint.report.text import Style
from pmlint.run import Rewriting
from pmlint.source import Source, Span

_CONTEXT = 3
# A stretch of lines of both versions: from one line on and up to another one, 0-based, the latter excluded.
_Stretch = tuple[int, int, int, int]


def diff_lines(rewriting: Rewriting, style: Style) -> Iterator[str]:
    """The lines of the diff of one document, none if nothing changes. Secrets are masked."""
    old = _lines(rewriting.before, rewriting.hidden_before)
    new = _lines(rewriting.after, rewriting.hidden_after)
    hunks = list(_hunks(_changes(old, new), len(old)))
    if hunks:
        yield style.paint(f"--- {shown(rewriting.before.path)}", "1")
        yield style.paint(f"+++ {shown(rewriting.after.path)}", "1")
    for hunk in hunks:
        (first_old, _, first_new, _), (_, last_old, _, last_new) = hunk[0], hunk[-1]
        yield style.paint(f"@@ -{_range(first_old, last_old)} +{_range(first_new, last_new)} @@", "36")
        for number, (old_start, old_end, new_start, new_end) in enumerate(hunk):
            if number % 2 == 0:  # context and changes take turns
                yield from (_line(" ", line, style) for line in old[old_start:old_end])
            else:
                yield from (_line("-", line, style) for line in old[old_start:old_end])
                yield from (_line("+", line, style) for line in new[new_start:new_end])


def fixed_line(rewriting: Rewriting, word: str) -> str:
    """How many findings of which rules are gone by mending a document, as one line."""
    counts = Counter(rewriting.rules)
    told = ", ".join(f"{count} {rule}" for rule, count in sorted(counts.items()))
    return f"pmlint: note: {shown(rewriting.before.path)}: {word}: {told}"


def _lines(source: Source, hidden: Sequence[Span]) -> list[str]:
    """The lines with their line ends."""
    text = masked(source, Span(0, len(source.text)), hidden)
    starts = [span.start for span in source.line_spans]
    return [text[start:end] for start, end in pairwise([*starts, len(text)]) if start < end]


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """The stretches between lines that both versions have in common."""
    kept = [(-1, -1), *kept_lines(old, new), (len(old), len(new))]
    for (old_before, new_before), (old_after, new_after) in pairwise(kept):
        if (old_before + 1, new_before + 1) != (old_after, new_after):
            yield old_before + 1, old_after, new_before + 1, new_after


def _hunks(changes: Iterator[_Stretch], old_length: int) -> Iterator[list[_Stretch]]:
    """Changes with the lines around them: context, change, context, …, context."""
    hunk: list[_Stretch] = []
    for change in changes:
        if hunk:
            _, old_end, _, new_end = hunk[-1]
            if change[0] - old_end > 2 * _CONTEXT:
                yield [*hunk, (old_end, old_end + _CONTEXT, new_end, new_end + _CONTEXT)]
                hunk = []
            else:
                hunk.append((old_end, change[0], new_end, change[2]))
        if not hunk:
            context = min(_CONTEXT, change[0])
            hunk.append((change[0] - context, change[0], change[2] - context, change[2]))
        hunk.append(change)
    if hunk:
        _, old_end, _, new_end = hunk[-1]
        context = min(_CONTEXT, old_length - old_end)
        yield [*hunk, (old_end, old_end + context, new_end, new_end + context)]


def _range(start: int, end: int) -> str:
    """Lines as a hunk's head has them: an empty range names the line before it."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"


def _line(sign: str, line: str, style: Style) -> str:
    bare = line.rstrip("\r\n")
    text = shown_line(f"{sign}{bare}")
    text = style.paint(text, {"-": "31", "+": "32"}[sign]) if sign != " " else text
    return text if bare != line else f"{text}\n\\ No newline at end of file"
