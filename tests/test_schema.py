"""Schemas, and what pmlint prints held against them."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pmlint import schema as schema_module
from pmlint.engine import check, understand
from pmlint.errors import Problem
from pmlint.examination import EXAMPLE_DAY
from pmlint.report.json import model_json, report_json
from pmlint.rule import Rule
from pmlint.rulebook import read_rulebook
from pmlint.schema import faults, read_schema
from pmlint.source import Source

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.md"))
SCHEMAS = ("rule", "model", "report", "config", "profile")
RULES = read_rulebook().rules
SETTINGS: dict[str, Any] = {
    "check": "empty_section",
    "severity": "warning",
    "help": "fill it",
    "sources": ["a standard"],
    "options": {"size": {"type": "integer", "default": 1, "description": "How large."}},
}


def model(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(model_json(understand(Source(str(path), path.read_text(encoding="utf-8")))))
    return read


def report(path: Path) -> dict[str, Any]:
    found = check(Source(str(path), path.read_text(encoding="utf-8")), RULES, EXAMPLE_DAY).findings
    problems = [Problem("x.md", "there is no such file"), Problem("y.md", "bad", "mend it", 3)]
    read: dict[str, Any] = json.loads(report_json(1, found, problems))
    return read


def described(schema: Any, place: str) -> Iterator[tuple[str, bool]]:
    """Every property and definition of a schema, and whether it, or what it refers to, is described."""
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            yield f"{place}.{name}", "description" in part or "$ref" in part
        for name, part in schema.get("$defs", {}).items():
            yield f"{place}.{name}", "description" in part
        for name, part in schema.items():
            yield from described(part, f"{place}.{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    schema = read_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.schema.json"
    assert {"title", "description"} <= schema.keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_described(name: str) -> None:
    fields = dict(described(read_schema(name), name))
    assert len(fields) >= 10
    assert [place for place, is_described in fields.items() if not is_described] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_model_is_valid(path: Path) -> None:
    assert faults(model(path), "model") == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_report_is_valid(path: Path) -> None:
    assert faults(report(path), "report") == ()


def objects(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of every object in a JSON value."""
    if isinstance(value, dict):
        yield path
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from objects(part, (*path, step))


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


FLAWED = next(path for path in EXAMPLES if path.stem.startswith("flawed"))


@pytest.mark.parametrize(
    ("name", "whole"),
    [("model", model(FLAWED)), ("report", report(FLAWED)), ("rule", SETTINGS)],
    ids=["model", "report", "rule"],
)
def test_nothing_may_be_added_and_only_what_is_optional_left_out(name: str, whole: dict[str, Any]) -> None:
    optional = {"default", "options"} if name == "rule" else set()
    paths = [path for path in objects(whole) if path != ("options",)]
    assert len(paths) > 1
    for path in paths:
        more = copy.deepcopy(whole)
        at(more, path)["surplus"] = 1
        assert any("`surplus` has no meaning here" in fault for fault in faults(more, name))
        for field in at(whole, path).keys() - (optional if path == () else set()):
            less = copy.deepcopy(whole)
            del at(less, path)[field]
            assert any(f"`{field}` is missing" in fault for fault in faults(less, name))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"severity": "dire"}, ('severity: "dire" is none of "error", "warning", "info"',)),
        ({"sources": []}, ("sources: a list is empty",)),
        ({"sources": "SRE book"}, ('sources: "SRE book" is not a list',)),
        ({"sources": [*"abcdefghi", 1, ""]}, ("sources.9: 1 is not a string", 'sources.10: "" is empty')),
        ({"help": ""}, ('help: "" is empty',)),
        ({"check": "Empty-Section"}, ('check: "Empty-Section" does not have the form ^[a-z][a-z0-9_]*$',)),
        ({"default": "yes"}, ('default: "yes" is not true or false',)),
        ({"extra": 1}, ("`extra` has no meaning here",)),
        (
            {"option": {}, "wrong": 1},
            ("`option` has no meaning here; did you mean `options`?", "`wrong` has no meaning here"),
        ),
        ({"options": 3}, ("options: 3 is not a table",)),
        (
            {"options": {"Size": SETTINGS["options"]["size"]}},
            ('options: "Size" does not have the form ^[a-z][a-z0-9-]*$',),
        ),
        ({"options": {"size": {"type": "integer", "default": 1}}}, ("options.size: `description` is missing",)),
        (
            {"options": {"size": {}}},
            (
                "options.size: `default` is missing",
                "options.size: `description` is missing",
                "options.size: `type` is missing",
            ),
        ),
        (
            {"severity": "dire", "check": 3},
            ("check: 3 is not a string", 'severity: "dire" is none of "error", "warning", "info"'),
        ),
    ],
)
def test_all_faults_are_told_with_their_places(change: dict[str, object], expected: tuple[str, ...]) -> None:
    assert faults({**SETTINGS, **change}, "rule") == expected


@pytest.mark.parametrize("value", [None, 3, "text", [], True])
def test_what_is_no_table_at_all_has_one_fault(value: object) -> None:
    (fault,) = faults(value, "rule")
    assert fault.endswith(" is not a table")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"version": 2}, "version: 2 is not 1"),
        ({"findings": [{"line": 0}]}, "findings.0.line: 0 is less than 1"),
        ({"problems": [{"line": None}]}, "problems.0: `remedy` is missing"),
    ],
)
def test_faults_of_a_report(change: dict[str, object], expected: str) -> None:
    assert expected in faults(change, "report")


@pytest.mark.parametrize(
    ("when", "valid"),
    [("2026-03-04T09:12", True), ("2026-03-04", True), ("T09:12", True), (None, True), ("", False), ("09:12", False)],
)
def test_a_time_of_the_model_has_one_of_three_forms(when: str | None, valid: bool) -> None:
    event: dict[str, object] = {
        "line": 1, "written": None, "when": when, "until": None, "zone": None, "precision": None, "approximate": False,
        "milestones": [],
    }  # fmt: skip
    told = [fault for fault in faults({"timeline": [event]}, "model") if fault.startswith("timeline")]
    assert (told == []) is valid


def test_a_sentence_is_short_however_long_the_value_is() -> None:
    long = "x" * 100_000
    found = faults({**SETTINGS, "severity": long, long: 1, "options": {"size": {long: [1] * 100_000}, long: 3}}, "rule")
    assert len(found) > 5
    assert max(map(len, found)) < 200


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"$ref": "#"}, "the values are nested too deep"),
        ({"$ref": "https://example.org/s.json"}, "the schema rule refers to something outside itself: "),
        ({"$ref": "report.schema.json"}, "the schema rule refers to something outside itself: "),
        ({"$dynamicRef": "https://example.org/s.json#x"}, "the schema rule refers to something outside itself: "),
    ],
)
def test_no_reference_leads_anywhere(schema: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[object] = []

    def refuse(*asked: object, **_: object) -> None:
        requests.append(asked)
        raise OSError("no request is made here")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.setattr(schema_module, "read_schema", lambda _: {"$id": "rule.schema.json", **schema})
    (fault,) = faults({}, "rule")
    assert fault.startswith(expected)
    assert requests == []


OPTIONS = [pytest.param(rule, option, id=f"{rule.name}.{option}") for rule in RULES for option in rule.options]


@pytest.mark.parametrize(("rule", "option"), OPTIONS)
def test_the_default_of_an_option_is_valid(rule: Rule, option: str) -> None:
    Draft202012Validator(rule.options[option]).validate(rule.defaults[option])


def test_no_schema_of_that_name() -> None:
    with pytest.raises(FileNotFoundError):
        faults({}, "none")
