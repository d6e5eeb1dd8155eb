"""Findings for people: the place, the sentence, the line with a caret under the span, the help."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmlint.errors import Problem
from pmlint.report.escape import shown
from pmlint.report.excerpt import pointed
from pmlint.report.run import Run
from pmlint.rule import Finding, Severity

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


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


def report(run: Run) -> Iterator[str]:
    """The whole run without colours, for a file."""
    style = Style()
    for _, findings in run.documents():
        yield from report_lines(findings, style)
    for problem in run.problems:
        yield problem_line(problem, style)
    yield summary_line(run, style)


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


def summary_line(run: Run, style: Style) -> str:
    """How many findings of each severity in how many documents, and how much was left out or could not be checked."""
    sums = run.sums
    counts = sums.counts.items()
    said = [style.paint(_count(n, str(severity)), f"1;{_COLOURS[severity]}") for severity, n in counts if n]
    documents = _count(run.files, "postmortem")
    text = f"{', '.join(said)} in {len(sums.touched)} of {documents}" if said else f"{documents}, nothing to report"
    if run.hidden:
        text += f" ({run.hidden} more with --level info)"
    if run.fixed:
        text += f"; {run.fixed} fixed"
    # Only what is sure: who wants to have more changed asks for it.
    if sums.safe:
        text += f"; {sums.safe} can be fixed with --fix"
    accepted = ((sums.suppressed["comment"], "by comments"), (sums.suppressed["baseline"], "by the baseline"))
    if any(count for count, _ in accepted):
        text += f"; suppressed: {', '.join(f'{count} {by}' for count, by in accepted if count)}"
    if run.excluded:
        text += f"; {run.excluded} excluded by the configuration"
    if run.problems:
        problems = style.paint(_count(len(run.problems), "problem"), "1;31")
        text += f"; {problems} kept the job from being done in full"
    return text


def _count(number: int, noun: str) -> str:
    plural = noun if number == 1 or noun == "info" else f"{noun}s"
    return f"{number} {plural}"
