"""GitLab's code quality report: one JSON array, without a BOM; columns are not part of it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from pmlint.report.escape import inert
from pmlint.report.run import Run, sentence
from pmlint.rule import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(run: Run) -> Iterator[str]:
    """Every finding under a fingerprint that lines added above it do not change; GitLab shows the description only."""
    entries = [
        _entry(
            finding.rule,
            sentence(finding),
            _SEVERITIES[finding.severity],
            finding.source.path,
            finding.source.place(finding.span.start).line,
            fingerprint,
        )
        for finding, fingerprint in run.fingerprinted()
        if finding.suppression is None
    ]
    entries += [
        _entry("pmlint", str(problem), "blocker", problem.path, problem.line or 1, str(number))
        for number, problem in enumerate(run.problems)
    ]
    yield inert(json.dumps(entries, ensure_ascii=False, indent=2))


def _entry(rule: str, message: str, severity: str, path: str, line: int, fingerprint: str) -> dict[str, Any]:
    path = path.removeprefix("./")
    # The same finding in two files must not be merged into one.
    unique = hashlib.sha256(f"{path}\n{rule}\n{fingerprint}".encode("utf-8", "surrogateescape")).hexdigest()
    return {
        "description": f"{rule}: {message}",
        "check_name": rule,
        "fingerprint": unique,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
