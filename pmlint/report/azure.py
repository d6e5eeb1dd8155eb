"""Logging commands for Azure Pipelines: an issue for each finding.

The escapes are those of azure-pipelines-task-lib's ``taskcommand.ts``. Azure knows errors and warnings only: a hint is
a warning there.
"""

from collections.abc import Iterator

from pmlint.report.escape import shown
from pmlint.report.run import Run, sentence
from pmlint.report.text import Style, summary_line
from pmlint.rule import Severity


def report(run: Run) -> Iterator[str]:
    """The problems, the findings in the order of the text, and how many they are."""
    for problem in run.problems:
        yield _issue("error", problem.path, problem.line or 1, 1, "pmlint", problem.sentence)
    for finding in run.open:
        kind = "error" if finding.severity is Severity.ERROR else "warning"
        place = finding.source.place(finding.span.start)
        yield _issue(kind, finding.source.path, place.line, place.column, finding.rule, sentence(finding))
    yield summary_line(run, Style())


def _issue(kind: str, path: str, line: int, column: int, code: str, message: str) -> str:
    place = f"sourcepath={_property(path)};linenumber={line};columnnumber={column};code={_property(code)};"
    return f"##vso[task.logissue type={kind};{place}]{_data(message)}"


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")


def _data(text: str) -> str:
    # No line end is left to be escaped.
    return shown(text).replace("%", "%AZP25")
