"""JSON Lines: an object for each finding and each problem, and the summary as the last line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.report.escape import inert
from pmlint.report.json import VERSION, finding_values, problem_values, summary_values
from pmlint.report.run import Run


def report(run: Run) -> Iterator[str]:
    """The same objects as in the JSON report, each with its ``kind``. A report without a summary is not whole."""
    for finding, fingerprint in run.fingerprinted():
        yield _line("finding", finding_values(finding, fingerprint))
    for problem in run.problems:
        yield _line("problem", problem_values(problem))
    yield _line("summary", {"version": VERSION, **summary_values(run)})


def _line(kind: str, values: Mapping[str, Any]) -> str:
    return inert(json.dumps({"kind": kind, **values}, ensure_ascii=False))
