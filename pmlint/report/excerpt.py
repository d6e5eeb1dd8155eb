"""What a report may quote of a document: the line that a finding points at, and the text of its edits.

No other module of this room prints a document's text.
"""

import unicodedata
from collections.abc import Sequence

from pmlint.mask import masked, masking
from pmlint.report.escape import shown_letters
from pmlint.rule import Edit, Finding
from pmlint.source import Source, Span

_TAB = "    "
# Where every column holds up to so many characters, combining ones among them, a line is cut at the same places.
_NEAR = 4
_NARROWEST = 20


def edits(finding: Finding) -> tuple[Edit, ...]:
    """The finding's edits in the order of the text; none where one of them holds what nobody may print."""
    if not finding.edits:
        return ()
    clean = masking(finding.source, finding.hidden)
    if any(clean(edit.text) != edit.text for edit in finding.edits):
        return ()
    return tuple(sorted(finding.edits, key=lambda edit: (edit.span.start, edit.span.end)))


def suggestion(finding: Finding) -> Edit | None:
    """The finding's edits as one, what stands between them included; None where there are none, or where something
    that nobody may print would be printed with them.
    """
    parts = edits(finding)
    whole = Span(parts[0].span.start, max(edit.span.end for edit in parts)) if parts else None
    if whole is None or any(part.start < whole.end and whole.start < part.end for part in finding.hidden):
        return None
    text, end = "", parts[0].span.start
    for edit in parts:
        text += finding.source.text[end : edit.span.start] + edit.text
        end = max(end, edit.span.end)
    return Edit(Span(parts[0].span.start, end), text, all(edit.safe for edit in parts))


def printable(finding: Finding) -> Source:
    """The finding's source with all that nobody may print masked."""
    source = finding.source
    text = masked(source, Span(0, len(source.text)), finding.hidden) if finding.hidden else source.text
    return Source(source.path, text, source.bom)


def pointed(source: Source, span: Span, width: int, hidden: Sequence[Span] = ()) -> tuple[str, str]:
    """The line on which a span begins, cut to ``width`` columns around it, and the carets that go under it.

    What is ``hidden`` is masked. A span over several lines is underlined to the end of its first one; an empty one gets
    one caret.
    """
    line = source.line_span(source.line_number(span.start))
    at = min(span.start, line.end)
    # A line may have a million characters, and a thousand findings: what is far from the span is not even looked at.
    reach = _NEAR * max(width, _NARROWEST)
    near = Span(max(line.start, at - reach), min(line.end, at + reach))
    text = masked(source, near, hidden)
    start = at - near.start
    end = max(min(span.end, near.end) - near.start, start)
    cells = [_TAB if letter == "\\x09" else letter for letter in shown_letters(text)]
    # What is asked of every character of most texts.
    widths = list(map(len if text.isascii() else _width, cells))
    first, last = _window(widths, start, end, width)
    cut = last < len(cells) or near.end < line.end
    before = ("…" if first or near.start > line.start else "") + "".join(cells[first:start])
    inside = "".join(cells[start : min(end, last)])
    after = "".join(cells[max(start, min(end, last)) : last]) + ("…" if cut else "")
    carets = "^" * max(1, _width(inside))
    return before + inside + after, " " * _width(before) + carets


def _window(widths: Sequence[int], start: int, end: int, width: int) -> tuple[int, int]:
    """Which characters of a line to show so that the span is in sight and no more than ``width`` columns are taken."""
    if sum(widths) <= width:
        return 0, len(widths)
    room = max(_NARROWEST, width - 2)
    first, used = start, 0
    context = max(room // 4, room - sum(widths[start:end]) - room // 4)
    while first > 0 and used + widths[first - 1] <= context:
        first -= 1
        used += widths[first]
    last = first
    used = 0
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while last == len(widths) and first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, last


def _width(text: str) -> int:
    """The columns a text takes on a terminal: two for wide characters, none for combining and invisible ones."""
    if text.isascii():
        return len(text)
    if text.isascii():
        return len(text)
    columns = 0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            columns += 2
        elif unicodedata.category(character) not in ("Mn", "Me", "Cf"):
            columns += 1
    return columns
