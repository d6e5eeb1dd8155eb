"""Schemas, and what pmlint prints held against them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pmlint.engine import check, understand
from pmlint.errors import Problem
from pmlint.examination import EXAMPLE_DAY
from pmlint.report.json import model_json, report_json
from pmlint.rulebook import read_rulebook
from pmlint.schema import faults, read_schema
from pmlint.source import Source

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.md"))
SETTINGS = {"check": "empty_section", "severity": "warning", "help": "fill it", "sources": ["a standard"]}


@pytest.mark.parametrize("name", ["rule", "model", "report"])
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(read_schema(name))


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_model_is_valid(path: Path) -> None:
    source = Source(str(path), path.read_text(encoding="utf-8"))
    assert faults(json.loads(model_json(understand(source))), "model") == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_report_is_valid(path: Path) -> None:
    source = Source(str(path), path.read_text(encoding="utf-8"))
    findings = check(source, read_rulebook().rules, EXAMPLE_DAY).findings
    report = report_json(1, findings, [Problem("x.md", "there is no such file"), Problem("y.md", "bad", "mend it", 3)])
    assert faults(json.loads(report), "report") == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"severity": "dire"}, ("severity: 'dire' is not one of ['error', 'warning', 'info']",)),
        ({"sources": []}, ("sources: [] should be non-empty",)),
        ({"extra": 1}, ("Additional properties are not allowed ('extra' was unexpected)",)),
        (
            {"options": {"size": {"type": "integer", "default": 1}}},
            ("options.size: 'description' is a required property",),
        ),
        (
            {"severity": "dire", "check": 3},
            ("check: 3 is not of type 'string'", "severity: 'dire' is not one of ['error', 'warning', 'info']"),
        ),
    ],
)
def test_all_faults_are_told_with_their_places(change: dict[str, object], expected: tuple[str, ...]) -> None:
    assert faults({**SETTINGS, **change}, "rule") == expected


def test_no_schema_of_that_name() -> None:
    with pytest.raises(FileNotFoundError):
        faults({}, "none")
