"""Findings and models as JSON, in the forms of ``schemas/report.schema.json`` and ``schemas/model.schema.json``."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pmlint.errors import Problem
from pmlint.model import Postmortem, Value
from pmlint.report.escape import inert
from pmlint.report.excerpt import edits
from pmlint.report.run import Run
from pmlint.rule import Finding
from pmlint.source import Place, Source, Span

VERSION = 1


def report(run: Run) -> Iterator[str]:
    """The report of a run: lines and columns are 1-based, columns count code points, ends are exclusive."""
    yield f'{{\n  "version": {VERSION},'
    yield from _listed("findings", (finding_values(finding, print_) for finding, print_ in run.fingerprinted()))
    yield from _listed("problems", (problem_values(problem) for problem in run.problems))
    yield f'  "summary": {_indented(summary_values(run), 2)}\n}}'


def _listed(name: str, values: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A list as a member of the report; each value is written when it comes, for all of them take much room."""
    written = ""
    for value in values:
        yield f"{written}," if written else f'  "{name}": ['
        written = f"    {_indented(value, 4)}"
    yield f"{written}\n  ]," if written else f'  "{name}": [],'


def _indented(value: Mapping[str, Any], depth: int) -> str:
    return inert(json.dumps(value, ensure_ascii=False, indent=2)).replace("\n", "\n" + " " * depth)


def finding_values(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """A finding as JSON values."""
    source, suppression = finding.source, finding.suppression
    return {
        "path": source.path,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "help": finding.help,
        **_range(source.place(finding.span.start), source.place(finding.span.end)),
        "fingerprint": fingerprint,
        "suppression": suppression and {"kind": suppression.kind, "reason": suppression.reason},
        "edits": [
            {
                **_range(source.edge(edit.span.start), source.edge(edit.span.end)),
                "text": edit.text,
                "safe": edit.safe,
            }
            for edit in edits(finding)
        ],
    }


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as JSON values."""
    return {
        "path": problem.path,
        "line": problem.line,
        "reason": problem.reason,
        "remedy": problem.remedy or None,
    }


def summary_values(run: Run) -> dict[str, int]:
    """How many files, findings of each severity that count, and problems there are."""
    counts = {f"{severity}s": count for severity, count in run.counts.items()}
    return {"files": run.files, **counts, "fixed": run.fixed, "problems": len(run.problems)}


def _range(start: Place, end: Place) -> dict[str, int]:
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def model_json(postmortem: Postmortem) -> str:
    """What pmlint understood of a document, on one line."""
    source = postmortem.source
    metadata = postmortem.metadata
    model = {
        "path": source.path,
        "title": postmortem.title and {"text": postmortem.title.text, "line": _line(source, postmortem.title.span)},
        "incidents": max(1, len(postmortem.incidents)),
        "parts": [
            {
                "title": incident.title,
                "line": _line(source, incident.span),
                "end_line": source.place(max(incident.span.end, incident.body.end - 1)).line,
            }
            for incident in postmortem.incidents
        ],
        "sections": [
            {"line": _line(source, s.span), "title": s.title, "concepts": list(s.concepts), "form": s.form}
            for s in postmortem.sections
        ],
        "metadata": {
            "date": _value(source, metadata.date),
            "severity": _value(source, metadata.severity),
            "status": _value(source, metadata.status),
            "authors": [_value(source, author) for author in metadata.authors],
            "start": _value(source, metadata.start),
            "end": _value(source, metadata.end),
            "duration": _value(source, metadata.duration),
            "incident_id": _value(source, metadata.incident_id),
            "services": [_value(source, service) for service in metadata.services],
        },
        "zone": postmortem.zone,
        "timeline": [
            {
                "line": _line(source, event.span),
                "written": source.slice(event.stamp.span) if event.stamp else None,
                "when": str(event.when) if event.when else None,
                "until": str(event.until) if event.until else None,
                "zone": event.zone,
                "precision": event.when.precision if event.when else None,
                "approximate": event.stamp.approximate if event.stamp else False,
                "milestones": list(event.milestones),
            }
            for event in postmortem.events
        ],
        "actions": [
            {
                "line": _line(source, action.span),
                "text": action.text,
                "owner": action.owner.text if action.owner else None,
                "due": action.due.isoformat() if action.due else None,
                "ticket": action.ticket,
                "state": action.state,
                "type": action.type.text if action.type else None,
                "priority": action.priority.text if action.priority else None,
            }
            for action in postmortem.actions
        ],
        "durations": [
            {"line": _line(source, c.span), "written": source.slice(c.span), "minutes": c.minutes, "of": c.of}
            for c in postmortem.claims
        ],
    }
    return inert(json.dumps(model, ensure_ascii=False))


def _line(source: Source, span: Span) -> int:
    return source.place(span.start).line


def _value(source: Source, value: Value | None) -> dict[str, Any] | None:
    return {"value": value.text, "line": _line(source, value.span)} if value else None
