"""Reviewdog's diagnostic format, a diagnostic a line."""

import json
from collections.abc import Iterator

from pmlint.report.escape import inert
from pmlint.report.rdjson import diagnostics
from pmlint.report.run import Run


def report(run: Run) -> Iterator[str]:
    """Each diagnostic as one line; nothing where there is none."""
    for diagnostic in diagnostics(run):
        yield inert(json.dumps({"source": {"name": "pmlint"}, **diagnostic}, ensure_ascii=False))
