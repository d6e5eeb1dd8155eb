"""The action, the workflows, the template and the hook that docs/ci.md offers: judged by linters, and run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.command import BAD, GOOD
from tests.runners import github_commands
from tests.tools import program

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "docs" / "examples"
WORKFLOWS = (EXAMPLES / "pull-request.yml", EXAMPLES / "code-scanning.yml")
STEPS = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
SCRIPTS = {step["name"]: step["run"] for step in STEPS if "run" in step}
INSTALL, CHECK = "Install pmlint", "Check the postmortems"
# In a checkout whose files an attacker wrote.
TRAP = "raise SystemExit('code of the checkout was run')\n"
UNSAFE = """\
name: unsafe
on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "${{ github.event.pull_request.title }}"
"""


def ran(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)


class TestLinters:
    def test_zizmor_finds_nothing(self) -> None:
        done = ran(program("zizmor"), "--offline", "--persona", "auditor", "action.yml", *WORKFLOWS)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "No findings to report" in done.stdout + done.stderr

    def test_zizmor_would_have_found_something(self, tmp_path: Path) -> None:
        (tmp_path / "unsafe.yml").write_text(UNSAFE, encoding="utf-8")
        done = ran(program("zizmor"), "--offline", "--persona", "auditor", tmp_path / "unsafe.yml")
        assert done.returncode != 0
        assert "template-injection" in done.stdout

    @pytest.mark.parametrize(
        ("schema", "files"),
        [
            ("vendor.github-actions", ["action.yml"]),
            ("vendor.github-workflows", WORKFLOWS),
            ("vendor.gitlab-ci", [EXAMPLES / "gitlab-ci.yml"]),
        ],
    )
    def test_the_files_are_what_their_hosts_expect(self, schema: str, files: list[Path]) -> None:
        done = ran(program("check-jsonschema"), "--builtin-schema", schema, *files)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_shellcheck_finds_nothing_in_the_scripts(self, tmp_path: Path) -> None:
        shellcheck = program("shellcheck")
        for name, script in SCRIPTS.items():
            (tmp_path / f"{name}.sh").write_text(f"#!/bin/bash\n{script}", encoding="utf-8")
        done = ran(shellcheck, EXAMPLES / "pre-commit.sh", ".ci/run", *tmp_path.glob("*.sh"))
        assert done.returncode == 0, done.stdout

    def test_actions_of_others_are_pinned(self) -> None:
        workflows = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORKFLOWS]
        steps = [*STEPS, *(step for workflow in workflows for step in workflow["jobs"]["pmlint"]["steps"])]
        used = [step["uses"] for step in steps if "uses" in step]
        assert len(used) == 5
        assert [use for use in used if len(use.partition("@")[2]) != 40] == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / "docs" / "my postmortems").mkdir(parents=True)
    (folder / "docs" / "my postmortems" / "bad.md").write_text(BAD, encoding="utf-8")
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    for name in ("pip.py", "venv.py", "click.py", "pmlint.py", "json.py"):
        (folder / name).write_text(TRAP, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's folder for the run, with a pmlint where the action installs it."""
    folder = tmp_path_factory.mktemp("runner")
    programs = folder / "pmlint" / "bin"
    programs.mkdir(parents=True)
    (programs / "pmlint").symlink_to(Path(sys.executable).parent / "pmlint")
    return folder


def step(name: str, checkout: Path, temporary: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """A step of the action as a runner runs it, with inputs by the names of the environment."""
    script = temporary / "step.sh"
    script.write_text(SCRIPTS[name], encoding="utf-8")
    given = {"PATHS": ".", "SINCE": "", "ARGUMENTS": "", "ANNOTATIONS": "true", "SUMMARY": "true", "SARIF_FILE": ""}
    env = {
        **os.environ,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(checkout / "summary"),
        "GITHUB_ACTION_PATH": str(temporary / "action"),
        **{f"PMLINT_{key}": value for key, value in (given | inputs).items()},
    }
    return ran("bash", "--noprofile", "--norc", "-eo", "pipefail", script, cwd=checkout, env=env)


class TestAction:
    def test_every_input_comes_by_the_environment(self) -> None:
        assert not [name for name, script in SCRIPTS.items() if "${{" in script]

    def test_findings_are_annotations_and_a_checklist(self, checkout: Path, temporary: Path) -> None:
        done = step(CHECK, checkout, temporary, PATHS="docs/my postmortems/bad.md\ngood.md\n")
        assert done.returncode == 1, done.stderr
        commands = list(github_commands(done.stdout.encode()))
        assert {command.properties["file"] for command in commands} == {"docs/my postmortems/bad.md"}
        assert "`docs/my postmortems/bad.md`" in (checkout / "summary").read_text(encoding="utf-8")

    def test_everything_else_is_wanted_or_not(self, checkout: Path, temporary: Path) -> None:
        done = step(
            CHECK,
            checkout,
            temporary,
            PATHS="good.md",
            ARGUMENTS="--select=timeline\n\n--level=info\n",
            SARIF_FILE="a b.sarif",
            ANNOTATIONS="false",
            SUMMARY="false",
        )
        assert done.returncode == 0, done.stderr
        assert list(github_commands(done.stdout.encode())) == []
        assert (checkout / "a b.sarif").exists()
        assert not (checkout / "summary").exists()

    def test_the_summary_comes_without_annotations_too(self, checkout: Path, temporary: Path) -> None:
        done = step(CHECK, checkout, temporary, PATHS="docs/my postmortems", ANNOTATIONS="false")
        assert list(github_commands(done.stdout.encode())) == []
        assert "- [ ] **error**" in (checkout / "summary").read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", ["PATHS", "SINCE", "ARGUMENTS", "SARIF_FILE"])
    @pytest.mark.parametrize(
        "text", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "--select=x; touch pwned"]
    )
    def test_no_input_is_run(self, checkout: Path, temporary: Path, name: str, text: str) -> None:
        step(CHECK, checkout, temporary, **{name: text})
        assert not (checkout / "pwned").exists()

    @pytest.mark.slow
    def test_it_installs_itself_and_nothing_of_the_checkout_is_run(self, checkout: Path, tmp_path: Path) -> None:
        runner = tmp_path / "runner"
        (runner / "action").mkdir(parents=True)
        for name in ("pmlint", "rules", "schemas", "tools"):
            shutil.copytree(ROOT / name, runner / "action" / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy2(ROOT / name, runner / "action" / name)
        installed = step(INSTALL, checkout, runner, PYTHON=sys.executable)
        assert installed.returncode == 0, installed.stderr
        done = step(CHECK, checkout, runner, PATHS="docs/my postmortems")
        assert done.returncode == 1, done.stderr
        assert "title=timeline/out-of-order" in done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a good postmortem on main, and pmlint on the path."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in (
        ("GIT_CONFIG_GLOBAL", os.devnull),
        ("GIT_AUTHOR_NAME", "Mei Lin"),
        ("GIT_AUTHOR_EMAIL", "mei@example.org"),
        ("GIT_COMMITTER_NAME", "Mei Lin"),
        ("GIT_COMMITTER_EMAIL", "mei@example.org"),
        ("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"),
    ):
        monkeypatch.setenv(name, value)
    folder = tmp_path / "work"
    (folder / "docs" / "postmortems").mkdir(parents=True)
    (folder / "docs" / "postmortems" / "good.md").write_text(GOOD, encoding="utf-8")
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "first"]):
        assert ran("git", *arguments, cwd=folder).returncode == 0
    return folder


class TestHook:
    @pytest.fixture(autouse=True)
    def hook(self, repository: Path) -> None:
        shutil.copy2(EXAMPLES / "pre-commit.sh", repository / ".git" / "hooks" / "pre-commit")

    def test_a_bad_postmortem_is_not_committed_and_a_mended_one_is(self, repository: Path) -> None:
        bad = repository / "docs" / "postmortems" / "bad.md"
        bad.write_text(BAD, encoding="utf-8")
        ran("git", "add", "-A", cwd=repository)
        refused = ran("git", "commit", "-qm", "second", cwd=repository)
        assert refused.returncode == 1
        assert "docs/postmortems/bad.md:6:3: error:" in refused.stdout + refused.stderr
        bad.write_text(GOOD, encoding="utf-8")
        ran("git", "add", "-A", cwd=repository)
        assert ran("git", "commit", "-qm", "second", cwd=repository).returncode == 0

    def test_what_is_staged_counts(self, repository: Path) -> None:
        path = repository / "docs" / "postmortems" / "new.md"
        path.write_text(GOOD, encoding="utf-8")
        ran("git", "add", "-A", cwd=repository)
        path.write_text(BAD, encoding="utf-8")
        assert ran("git", "commit", "-qm", "second", cwd=repository).returncode == 0

    def test_without_pmlint_it_says_so(self, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        tools = repository.parent / "bin"
        tools.mkdir()
        for name in ("git", "sh"):
            (tools / name).symlink_to(program(name))
        monkeypatch.setenv("PATH", str(tools))
        done = ran("git", "commit", "-q", "--allow-empty", "-m", "second", cwd=repository)
        assert done.returncode == 1
        assert "pmlint is not installed" in done.stderr


def test_the_gitlab_job_reports_what_the_merge_request_brings_in(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = ran("git", "rev-parse", "HEAD", cwd=repository).stdout.strip()
    (repository / "docs" / "postmortems" / "bad.md").write_text(BAD, encoding="utf-8")
    ran("git", "add", "-A", cwd=repository)
    ran("git", "commit", "-qm", "second", cwd=repository)
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)
    template = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8"))
    monkeypatch.setenv("PMLINT_PATHS", template["variables"]["PMLINT_PATHS"])
    done = ran("bash", "-eo", "pipefail", "-c", "\n".join(template["pmlint"]["script"]), cwd=repository)
    assert done.returncode == 1, done.stderr
    for name in template["pmlint"]["artifacts"]["reports"].values():
        text = (repository / name).read_text(encoding="utf-8")
        assert "docs/postmortems/bad.md" in text
        assert "good.md" not in text
