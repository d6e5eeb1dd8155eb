"""Workflow commands for GitHub Actions: an annotation for each finding, and a summary of the step.

The escapes are those of actions/toolkit's ``command.ts``; the runner's ``ActionCommand.cs`` undoes them.
"""

from collections.abc import Iterator, Mapping

from pmlint.report.escape import shown
from pmlint.report.markdown import checklist
from pmlint.report.run import Run, sentence
from pmlint.report.text import Style, summary_line
from pmlint.rule import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ANNOTATED = 10
# The runner drops a step's whole summary when it is larger than 1 MiB.
_SUMMARY_BYTES = 1_000_000


def report(run: Run) -> Iterator[str]:
    """The problems, then the findings by severity: GitHub shows ten of each kind a step, the others stay in the log."""
    for problem in run.problems:
        place = {"file": problem.path, "line": str(problem.line or 1)}
        yield _command("error", {**place, "title": "pmlint could not do this"}, problem.sentence)
    for finding in sorted(run.open, key=lambda finding: -finding.severity):
        yield _command(_COMMANDS[finding.severity], _place(finding), sentence(finding))
    text = summary_line(run, Style())
    most = max(run.counts.values())
    yield text if most <= _ANNOTATED else f"{text} (annotated are the first {_ANNOTATED} of each severity)"


def step_summary(run: Run) -> str:
    """The Markdown that goes to the file which ``GITHUB_STEP_SUMMARY`` names; at most a million bytes."""
    return "\n".join(checklist(run, _SUMMARY_BYTES)) + "\n"


def _place(finding: Finding) -> dict[str, str]:
    start = finding.source.place(finding.span.start)
    end = finding.source.place(finding.span.end)
    place = {"file": finding.source.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # the runner refuses columns on several lines
        place |= {"col": str(start.column), "endColumn": str(end.column)}
    return {**place, "title": finding.rule}


def _command(name: str, properties: Mapping[str, str], data: str) -> str:
    values = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {values}::{_data(data)}"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    # No line end is left to be escaped.
    return shown(text).replace("%", "%25")
