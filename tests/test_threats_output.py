"""T33 to T38: what reports do with a hostile text, a full disk and a narrow terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pmlint.report.outputs import FORMS
from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint
from tests.runners import azure_commands, github_commands
from tests.threats import checked, clean

EVIL = (
    "::error::X ##[error]X ##vso[task.complete]X \x1b[2J\x1b]0;t\x07 \u202egnp </testcase>]]> <script>x</script> "
    "</details> `` ` `` | @everyone ![x](http://t.example/x) =cmd() \x85::set-env name=x::y"
)
DOCUMENT = BAD.replace("Alert", EVIL).replace("# Logins failed", f"# Logins {EVIL}")


@pytest.mark.parametrize("form", FORMS)
def test_t33_no_report_carries_an_order_or_a_control(tmp_path: Path, form: str) -> None:
    name = "::error::<b>`@x.md"
    (tmp_path / name).write_text(DOCUMENT, encoding="utf-8")
    done = clean(pmlint("check", "--level", "info", "--format", form, name, "none\n::error::.md", cwd=tmp_path), 2)
    ours = sum(1 for _ in github_commands(done.stdout))
    assert bool(ours) is (form == "github")
    assert {command.name for command in github_commands(done.stdout)} <= {"error", "warning", "notice"}
    assert bool(list(azure_commands(done.stdout))) is (form == "azure")
    assert not list(github_commands(done.stderr))
    if form in ("junit", "checkstyle"):
        ElementTree.fromstring(done.stdout)
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(done.stdout)


@pytest.mark.parametrize(
    ("line", "codes", "said"),
    [
        ("check bad.md | head -1", (0,), ""),
        ("check bad.md >&-", (2,), "standard output is closed"),
        ("check bad.md > /dev/full", (2,), "no space left on device"),
        ("check --output json=/nonexistent/x bad.md", (2,), "the json report was not written"),
        ("check --output json=bad.md bad.md", (2,), "no report is written here"),
        ("check --output json=link.md bad.md", (2,), "no report is written here"),
    ],
)
def test_t34_an_output_that_cannot_be_had_is_one_line(
    tmp_path: Path, line: str, codes: tuple[int, ...], said: str
) -> None:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "link.md").symlink_to("bad.md")
    command = f"{sys.executable} -m pmlint {line}"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert said in clean(done, *codes).stderr.decode()
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["cp1252", "ascii", "C"],
)
def test_t35_letters_that_a_terminal_lacks_end_no_run(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "é😀.md").write_text(BAD.replace("Fixed", "Fixed é 😀"), encoding="utf-8")
    for form in FORMS:
        done = pmlint("check", *OUT_OF_ORDER, "--format", form, os.fsencode("é😀.md"), cwd=tmp_path, env=env)
        assert (done.returncode, done.stderr) == (1, b""), form
        if form == "json":
            path = json.loads(done.stdout.decode("utf-8"))["findings"][0]["path"]
            assert path.encode("utf-8", "surrogateescape") == "é😀.md".encode()


def test_t36_a_checklist_is_text(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(DOCUMENT.replace("Told", "A developer forgot <script>"), encoding="utf-8")
    out = clean(pmlint("check", "--level", "info", "--format", "markdown", "x.md", cwd=tmp_path), 1).stdout.decode()
    for active in ("<script>", "</details>", "![x](", "@everyone"):
        assert active not in out


def test_t37_fifty_thousand_findings_stay_a_report(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.md").write_text("# T\n\n" + "## Impact\n\n" * 1200, encoding="utf-8")
    names = [f"{number}.md" for number in range(6)]
    chosen = ("--select", "sections/empty-section")
    done = clean(pmlint("check", *chosen, "--format", "sarif", *names, cwd=tmp_path), 2)
    run = json.loads(done.stdout)["runs"][0]
    assert len(run["results"]) == 5000
    assert len(done.stdout) < 10 * 2**20
    assert done.stderr.count(b"there are 1,200 findings, the limit is 1,000") == 6


def test_t38_a_credential_is_in_no_report(tmp_path: Path) -> None:
    secret = "ghp_" + "Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3d"
    (tmp_path / "x.md").write_text(BAD.replace("Alert", f"The engineer forgot {secret}"), encoding="utf-8")
    for form in FORMS:
        done = checked(tmp_path, "--select", "ALL", "--level", "info", "x.md") if form == "text" else None
        done = done or pmlint("check", "--select", "ALL", "--level", "info", "--format", form, "x.md", cwd=tmp_path)
        assert secret[:12].encode() not in done.stdout + done.stderr, form


def test_t38_a_message_quotes_little(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(GOOD.replace("## Impact", f"## Impact\n\n## {'Impact ' * 400}"), encoding="utf-8")
    done = pmlint("check", "--select", "ALL", "--level", "info", "--format", "json", "x.md", cwd=tmp_path)
    assert max(len(found["message"]) for found in json.loads(done.stdout)["findings"]) < 300
