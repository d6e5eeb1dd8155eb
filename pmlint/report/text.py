"""Findings for people: the place, the sentence, the line with a caret under the span, the help."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmlint.errors import Problem
from pmlint.mask import masked
from pmlint.report.escape import shown, shown_letters
from pmlint.rule import Finding, Severity
from pmlint.source import Source, Span

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_TAB = "    "


class Style(NamedTuple):
    """How text is printed: coloured or not, and how many columns a line may take."""

    colour: bool = False
    width: int = 100

    def paint(self, text: str, code: str) -> str:
        """The text in the colour or weight of an ANSI code, where colour is wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def finding_lines(finding: Finding, style: Style, with_help: bool = True) -> Iterator[str]:
    """A finding as lines of text. ``with_help`` is off where the same help was printed just before."""
    source, place = finding.source, finding.source.place(finding.span.start)
    severity = style.paint(str(finding.severity), f"1;{_COLOURS[finding.severity]}")
    where = style.paint(f"{shown(source.path)}:{place.line}:{place.column}:", "1")
    yield f"{where} {severity}: {shown(finding.message)} {style.paint(f'[{finding.rule}]', '2')}"
    number = str(place.line)
    margin = " " * len(number)
    line, carets = pointed(source, finding.span, style.width - len(number) - 6, finding.hidden)
    bar = style.paint("|", "34")
    if line.strip():
        yield f"  {style.paint(number, '34')} {bar} {line}"
        yield f"  {margin} {bar} {style.paint(carets, f'1;{_COLOURS[finding.severity]}')}"
    if with_help:
        yield f"  {margin} {style.paint('=', '34')} help: {shown(finding.help)}"
    if finding.suppression:
        by = {"comment": "allowed by a comment", "baseline": "left for later by the baseline"}[finding.suppression.kind]
        reason = f": {shown(finding.suppression.reason)}" if finding.suppression.reason else ""
        yield f"  {margin} {style.paint('=', '34')} {by}{reason}"


def pointed(source: Source, span: Span, width: int, hidden: Sequence[Span] = ()) -> tuple[str, str]:
    """The line on which a span begins, cut to ``width`` columns around it, and the carets that go under it.

    What is ``hidden`` is masked.

    A span over several lines is underlined to the end of its first one. An empty span gets one caret.
    """
    line_span = source.line_spans[source.line_number(span.start) - 1]
    text = masked(source, line_span, hidden)
    start = min(span.start, line_span.end) - line_span.start
    end = max(min(span.end, line_span.end) - line_span.start, start)
    cells = [_TAB if letter == "\\x09" else letter for letter in shown_letters(text)]
    first, last = _window([_width(cell) for cell in cells], start, end, width)
    before = ("…" if first else "") + "".join(cells[first:start])
    inside = "".join(cells[start : min(end, last)])
    after = "".join(cells[max(start, min(end, last)) : last]) + ("…" if last < len(cells) else "")
    carets = "^" * max(1, _width(inside))
    return before + inside + after, " " * _width(before) + carets


def _window(widths: Sequence[int], start: int, end: int, width: int) -> tuple[int, int]:
    """Which characters of a line to show so that the span is in sight and no more than ``width`` columns are taken."""
    if sum(widths) <= width:
        return 0, len(widths)
    room = max(20, width - 2)
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
    columns = 0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            columns += 2
        elif unicodedata.category(character) not in ("Mn", "Me", "Cf"):
            columns += 1
    return columns


def report_lines(findings: Sequence[Finding], style: Style) -> Iterator[str]:
    """The findings of one document, a blank line after each; a help is not repeated within the document."""
    helped: set[str] = set()
    for finding in findings:
        yield from finding_lines(finding, style, with_help=finding.help not in helped)
        helped.add(finding.help)
        yield ""


def problem_line(problem: Problem, style: Style) -> str:
    """Something that could not be done, as one line for standard error."""
    return f"{style.paint('pmlint: error:', '1;31')} {shown(str(problem))}"


def summary_line(
    files: int, findings: Sequence[Finding], hidden: int, problems: int, style: Style, excluded: int = 0
) -> str:
    """How many findings of each severity in how many documents, and how much was left out or could not be checked."""
    counts = [
        (severity, sum(1 for f in findings if f.severity == severity)) for severity in sorted(Severity, reverse=True)
    ]
    said = [style.paint(_count(n, str(severity)), f"1;{_COLOURS[severity]}") for severity, n in counts if n]
    touched = len({finding.source.path for finding in findings})
    documents = _count(files, "postmortem")
    text = f"{', '.join(said)} in {touched} of {documents}" if said else f"{documents}, nothing to report"
    if hidden:
        text += f" ({hidden} more with --level info)"
    if excluded:
        text += f"; {excluded} excluded by the configuration"
    if problems:
        text += f"; {style.paint(_count(problems, 'problem'), '1;31')} kept the job from being done in full"
    return text


def _count(number: int, noun: str) -> str:
    plural = noun if number == 1 or noun == "info" else f"{noun}s"
    return f"{number} {plural}"
