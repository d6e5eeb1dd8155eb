"""One line a finding, as editors read it: ``path:line:column: severity: message [rule]``."""

from collections.abc import Iterator

from pmlint.report.escape import shown
from pmlint.report.run import Run
from pmlint.rule import Finding


def report(run: Run) -> Iterator[str]:
    """The findings and nothing else; lines and columns are 1-based, columns count code points.

    What could not be done is told on standard error.
    """
    for finding in run.findings:
        yield line(finding)


def line(finding: Finding) -> str:
    """A finding as one line."""
    place = finding.source.place(finding.span.start)
    where = f"{shown(finding.source.path)}:{place.line}:{place.column}"
    return f"{where}: {finding.severity}: {shown(finding.message)} [{finding.rule}]"
