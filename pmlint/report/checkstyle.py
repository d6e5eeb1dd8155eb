"""Checkstyle's XML, which many CI servers and reviewdog read; columns count code points."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from pmlint.report import xml
from pmlint.report.run import Run, sentence


def report(run: Run) -> Iterator[str]:
    """A ``file`` for each document that has findings, and one for each that could not be checked."""
    root = Element("checkstyle", version="4.3")
    for problem in run.problems:
        file = SubElement(root, "file", name=xml.text(problem.path))
        _error(file, problem.line or 1, 1, "error", str(problem), "pmlint")
    for path, findings in run._replace(findings=run.open).documents():
        file = SubElement(root, "file", name=xml.text(path))
        for finding in findings:
            place = finding.source.place(finding.span.start)
            _error(file, place.line, place.column, str(finding.severity), sentence(finding), finding.rule)
    yield from xml.lines(root)


def _error(file: Element, line: int, column: int, severity: str, message: str, source: str) -> None:
    values = {"line": line, "column": column, "severity": severity, "message": message, "source": source}
    SubElement(file, "error", {name: xml.text(value) for name, value in values.items()})
