"""Reports on hostile documents, held against the programs that judge such reports."""

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema.validators import validator_for

from pmlint.report.outputs import FORMS, report
from tests.command import BAD, pmlint
from tests.runners import azure_commands, github_commands
from tests.runs import RUN
from tests.tools import npm_program, program

ROOT = Path(__file__).resolve().parent.parent
MULTITOOL = "@microsoft/sarif-multitool-linux"
# What a document and a file name can hold to be taken for a command, an element, an option or a link.
EVIL_NAMES = (
    "a b%é.md", "x\n::error::X.md", "y\r::error::Y.md", "##[error]Z.md", "##vso[task.complete]v.md", "a,line=99::x.md",
    "]]><b>&amp;.md", "esc\x1b[2J\x07.md", "rlo\u202e.md", "\ufffe\uffff.md", "`tick`.md", "--format=x.md",
    "@everyone #1.md",
)  # fmt: skip
EVIL_TEXT = """\
# ##[add-mask]a \x1b[2J <script>alert(1)</script>

## ::stop-commands::x ]]> &lt; \u202e @everyone

## Timeline ##vso[task.setvariable variable=a]b

- 2026-03-04 15:33 😀 %0A::error::X
- 2026-03-04 13:40 The engineer forgot \x01\x0b\ufffe `x` ![x](http://t)
"""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report in every form, written by the command."""
    folder = tmp_path_factory.mktemp("evil")
    for name in EVIL_NAMES:
        (folder / name).write_text(EVIL_TEXT, encoding="utf-8")
    (folder / "bad.md").write_text(BAD, encoding="utf-8")
    outputs = [argument for form in FORMS for argument in ("--output", f"{form}=report.{form}")]
    options = ("--select", "ALL", "--level", "info", "--today", "2026-03-10")
    done = pmlint("check", *options, *outputs, "--", *EVIL_NAMES, "bad.md", "gone.md", cwd=folder)
    assert done.stderr == b"pmlint: error: gone.md: there is no such file\n"
    for form in ("sarif", "rdjson", "rdjsonl"):
        (folder / f"edits.{form}").write_text("\n".join(report(form, RUN)), encoding="utf-8")
    return folder


def _ran(*command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def _judged(log: Path) -> set[str]:
    """The rules of Microsoft's validator, those of GitHub's ingestion among them, that a log breaks."""
    tool = Path(npm_program(MULTITOOL, "Sarif.Multitool"))
    tool.chmod(0o755)  # npm does not run the script that would
    judgement = log.with_suffix(".judged")
    done = _ran(
        tool,
        "validate",
        log,
        "--rule-kind",
        "Sarif;Gh;Ghas",
        "--level",
        "Error;Warning",
        "--output",
        judgement,
        "--log",
        "ForceOverwrite",
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr  # the exit code is always 0
    run = json.loads(judgement.read_text(encoding="utf-8-sig"))["runs"][0]
    return {result["ruleId"] for result in run["results"]}


@pytest.mark.parametrize("name", ["report.sarif", "edits.sarif"])
def test_the_sarif_multitool_accepts_it_for_github(evil: Path, name: str) -> None:
    # SARIF2005 asks for the address of a home page, which there is none of yet.
    assert _judged(evil / name) <= {"SARIF2005"}


def test_the_multitool_would_have_found_an_error(evil: Path) -> None:
    log = json.loads((evil / "report.sarif").read_text(encoding="utf-8"))
    log["runs"][0]["results"][0]["ruleIndex"] = 9999
    (evil / "broken.sarif").write_text(json.dumps(log), encoding="utf-8")
    assert _judged(evil / "broken.sarif") > {"SARIF2005"}


@pytest.mark.parametrize("name", ["report.sarif", "edits.sarif"])
def test_sarif_is_valid_by_its_json_schema(evil: Path, name: str) -> None:
    schema = json.loads(Path(npm_program(MULTITOOL, "sarif-2.1.0.json")).read_text(encoding="utf-8-sig"))
    log = json.loads((evil / name).read_text(encoding="utf-8"))
    assert [error.message for error in validator_for(schema)(schema).iter_errors(log)] == []


@pytest.mark.parametrize("form", ["junit", "checkstyle"])
def test_xmllint_accepts_it(evil: Path, form: str) -> None:
    done = _ran(program("xmllint"), "--noout", evil / f"report.{form}")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_jsonschema_accepts_the_report_by_our_own_schema(evil: Path) -> None:
    schema = ROOT / "schemas" / "report.schema.json"
    done = _ran(program("check-jsonschema"), "--schemafile", schema, "--default-filetype", "json", evil / "report.json")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["report", "edits"])
@pytest.mark.parametrize("form", ["rdjson", "rdjsonl"])
def test_the_validator_of_reviewdogs_format_accepts_it(evil: Path, form: str, name: str) -> None:
    tool = npm_program("@umbrelladocs/rdformat-validator", "bin", "rdformat-validator.js")
    lines = evil / f"{name}.{form}"
    documents = [lines] if form == "rdjson" else []
    if form == "rdjsonl":  # the validator reads one JSON document a file
        for number, line in enumerate(lines.read_text(encoding="utf-8").splitlines()):
            documents.append(evil / f"line{number}.json")
            documents[-1].write_text(json.dumps({"diagnostics": [json.loads(line)]}), encoding="utf-8")
    done = _ran(program("node"), tool, "--strict", *documents)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_runners_find_no_command_but_ours(evil: Path, form: str) -> None:
    log = (evil / f"report.{form}").read_bytes()
    names = {command.name for command in github_commands(log)} | {order.name for order in azure_commands(log)}
    assert names == {"github": {"error", "warning", "notice"}, "azure": {"task.logissue"}}.get(form, set())


def test_gitlab_finds_every_key_and_no_fingerprint_twice(evil: Path) -> None:
    data = (evil / "report.gitlab").read_bytes()
    entries = json.loads(data)
    assert data.startswith(b"[")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == entry.keys()
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
