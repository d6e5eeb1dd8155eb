"""Reviewdog's diagnostic format: columns count UTF-8 bytes, ends are exclusive."""

import json
from collections.abc import Iterator
from typing import Any

from pmlint.errors import Problem
from pmlint.report.escape import inert
from pmlint.report.excerpt import suggestion
from pmlint.report.run import Run, sentence
from pmlint.rule import Finding, Severity
from pmlint.source import Place

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def report(run: Run) -> Iterator[str]:
    """The whole run as one ``DiagnosticResult``."""
    yield inert(json.dumps({"source": {"name": "pmlint"}, "diagnostics": list(diagnostics(run))}, ensure_ascii=False))


def diagnostics(run: Run) -> Iterator[dict[str, Any]]:
    """The problems and the findings as ``Diagnostic`` messages; edits that keep the meaning are suggestions."""
    for problem in run.problems:
        yield _problem(problem)
    for finding in run.open:
        yield _diagnostic(finding)


def _diagnostic(finding: Finding) -> dict[str, Any]:
    source, span = finding.source, finding.span
    start, end = source.place(span.start, "utf-8"), source.place(span.end, "utf-8")
    edit = suggestion(finding)
    offer = []
    if edit is not None and edit.safe:
        ends = source.edge(edit.span.start, "utf-8"), source.edge(edit.span.end, "utf-8")
        offer = [{"range": _range(*ends), "text": edit.text}]
    return {
        "message": sentence(finding),
        "location": {"path": source.path, "range": _range(start, end)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
        **({"suggestions": offer} if offer else {}),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    where = {"range": {"start": {"line": problem.line}}} if problem.line else {}
    return {
        "message": str(problem),
        "location": {"path": problem.path, **where},
        "severity": "ERROR",
        "code": {"value": "pmlint"},
    }


def _range(start: Place, end: Place) -> dict[str, Any]:
    return {
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    }
