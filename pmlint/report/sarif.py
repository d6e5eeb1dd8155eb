"""SARIF 2.1.0, the part of it that GitHub's code scanning takes; columns count UTF-16 code units."""

import json
import os
import string
from collections.abc import Iterator, Sequence
from typing import Any

from pmlint import __version__
from pmlint.errors import Problem
from pmlint.report.escape import inert
from pmlint.report.excerpt import edits, printable
from pmlint.report.linehash import line_hashes
from pmlint.report.run import Run, sentence
from pmlint.rule import Finding, Rule, Severity
from pmlint.source import Place

# GitHub shows the first 5,000 results of a run, and takes 1,024 characters of a description.
MAX_RESULTS = 5000
_MAX_TEXT = 1024
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_UNRESERVED = frozenset((string.ascii_letters + string.digits + "-._~/").encode())


def report(run: Run) -> Iterator[str]:
    """One log with one run: every rule that was applied, and at most 5,000 results, the most severe ones."""
    rules = {rule.name: number for number, rule in enumerate(run.rules)}
    findings, left_out = _shown(list(run.fingerprinted()))
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "pmlint", "version": __version__, "rules": [_rule(r) for r in run.rules]}},
                # The slash at the end makes the whole of it the category of the upload.
                "automationDetails": {"id": "pmlint/"},
                "columnKind": "utf16CodeUnits",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that pmlint ran in."}}},
                "invocations": [_invocation(run.problems, left_out)],
                "results": list(_results(findings, rules)),
            }
        ],
    }
    yield inert(json.dumps(log, ensure_ascii=False, indent=2))


def _shown(findings: Sequence[tuple[Finding, str]]) -> tuple[Sequence[tuple[Finding, str]], int]:
    """The findings that there is room for, in their order, and how many had to be left out."""
    by_weight = sorted(range(len(findings)), key=lambda number: -findings[number][0].severity)
    kept = sorted(by_weight[:MAX_RESULTS])
    return [findings[number] for number in kept], len(findings) - len(kept)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.partition("/")[2].split("-")),
        "shortDescription": {"text": rule.title[:_MAX_TEXT]},
        "fullDescription": {"text": rule.summary[:_MAX_TEXT]},
        "help": {"text": rule.help or rule.summary, "markdown": _manual(rule.text)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": ["postmortem", rule.family], "problem.severity": _SEVERITIES[rule.severity]},
    }


def _manual(page: str) -> str:
    """A rule's page without its settings, and without the examples at its end: they say nothing about an alert."""
    title, _, rest = page.partition("```toml rule\n")
    text = title + rest.partition("\n```\n")[2].lstrip() if rest else title
    return text.partition("\n## Examples\n")[0].strip()


def _results(findings: Sequence[tuple[Finding, str]], rules: dict[str, int]) -> Iterator[dict[str, Any]]:
    path, hashes = None, tuple[str, ...]()
    for finding, fingerprint in findings:
        if finding.source.path != path:
            path, hashes = finding.source.path, line_hashes(printable(finding))
        yield _result(finding, fingerprint, hashes, rules)


def _result(finding: Finding, fingerprint: str, hashes: Sequence[str], rules: dict[str, int]) -> dict[str, Any]:
    source, span = finding.source, finding.span
    start, end = source.place(span.start, "utf-16"), source.place(span.end, "utf-16")
    artifact = _artifact(source.path)
    fixes = _fixes(finding, artifact)
    return {
        "ruleId": finding.rule,
        **({"ruleIndex": rules[finding.rule]} if finding.rule in rules else {}),
        "level": _LEVELS[finding.severity],
        "message": {"text": sentence(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(start, end)}}],
        "partialFingerprints": {
            "primaryLocationLineHash": hashes[start.line - 1],
            "pmlint/v1": fingerprint,
        },
        **({"fixes": fixes} if fixes else {}),
        **({"suppressions": _suppressions(finding)} if finding.suppression else {}),
    }


def _fixes(finding: Finding, artifact: dict[str, str]) -> list[dict[str, Any]]:
    if not edits(finding):
        return []
    source = finding.source
    replacements = [
        {
            "deletedRegion": _region(source.edge(edit.span.start, "utf-16"), source.edge(edit.span.end, "utf-16")),
            "insertedContent": {"text": edit.text},
        }
        for edit in edits(finding)
    ]
    reach = "" if all(edit.safe for edit in finding.edits) else " (this may change what the text says)"
    return [
        {
            "description": {"text": (finding.help or "mend it") + reach},
            "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        }
    ]


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    accepted = finding.suppression
    assert accepted is not None
    kind = "inSource" if accepted.kind == "comment" else "external"
    return [{"kind": kind, "status": "accepted", "justification": accepted.reason}]


def _invocation(problems: Sequence[Problem], left_out: int) -> dict[str, Any]:
    notes = [_notification(problem) for problem in problems]
    if left_out:
        text = f"{left_out} more findings were left out, the least severe ones: GitHub shows {MAX_RESULTS} of a run."
        notes.append({"level": "warning", "message": {"text": text}})
    return {
        "executionSuccessful": not problems,
        **({"toolExecutionNotifications": notes} if notes else {}),
    }


def _notification(problem: Problem) -> dict[str, Any]:
    region = {"region": {"startLine": problem.line}} if problem.line else {}
    return {
        "level": "error",
        "message": {"text": problem.sentence},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(problem.path), **region}}],
    }


def _artifact(path: str) -> dict[str, str]:
    """A path as a URI: relative to the folder of the run, or with the scheme where it is absolute."""
    data = os.fsencode(path.replace(os.sep, "/").removeprefix("./"))
    uri = "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)
    return {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "SRCROOT"}


def _region(start: Place, end: Place) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
