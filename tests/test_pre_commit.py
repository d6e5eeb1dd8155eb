"""The hook, run by the programs that run hooks, on a repository with a good and a bad postmortem."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.command import BAD, GOOD

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
RUNNERS = ("pre-commit", "prek")
each_runner = pytest.mark.parametrize("runner", RUNNERS)
pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path, env: dict[str, str], check: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, check=check, capture_output=True, text=True, timeout=400)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PREK_HOME": str(home / "prek"),
        "GIT_AUTHOR_NAME": "Mei Lin",
        "GIT_AUTHOR_EMAIL": "mei@example.org",
        "GIT_COMMITTER_NAME": "Mei Lin",
        "GIT_COMMITTER_EMAIL": "mei@example.org",
        "NO_COLOR": "1",
        "FORCE_COLOR": "",
    }


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Path:
    """This checkout, as it stands, as a repository that hook runners can clone."""
    folder = tmp_path_factory.mktemp("hooks") / "pmlint"
    folder.mkdir()
    names = _run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT, env=env, check=True).stdout
    for name in filter(lambda name: (ROOT / name).is_file(), names.splitlines()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as it stands"]):
        _run("git", *arguments, cwd=folder, env=env, check=True)
    return folder


@pytest.fixture
def repository(tmp_path: Path, env: dict[str, str]) -> Path:
    folder = tmp_path / "work"
    (folder / "docs" / "postmortems").mkdir(parents=True)
    (folder / "docs" / "postmortems" / "good.md").write_text(GOOD, encoding="utf-8")
    (folder / "docs" / "postmortems" / "bad.md").write_text(BAD, encoding="utf-8")
    (folder / "docs" / "guide.md").write_text("# How to brew tea\n", encoding="utf-8")
    (folder / "--config=evil-postmortem.md").write_text(BAD, encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        _run("git", *arguments, cwd=folder, env=env, check=True)
    return folder


@each_runner
@pytest.mark.parametrize(
    "kind", [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")]
)
def test_the_manifest_and_our_own_hooks_are_valid(runner: str, kind: tuple[str, str], env: dict[str, str]) -> None:
    done = _run(BIN / runner, *kind, cwd=ROOT, env=env)
    assert done.returncode == 0, done.stdout + done.stderr


@each_runner
def test_the_hook_finds_what_is_bad_and_only_in_postmortems(
    runner: str, repository: Path, hooks: Path, env: dict[str, str]
) -> None:
    done = _run(BIN / runner, "try-repo", hooks, "pmlint", "--all-files", cwd=repository, env=env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "docs/postmortems/bad.md:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33" in done.stdout
    assert "good.md:" not in done.stdout
    assert "guide.md" not in done.stdout
    assert "--config=evil-postmortem.md:6:3: error:" in done.stdout


@each_runner
def test_the_hook_lets_a_good_postmortem_pass(runner: str, repository: Path, hooks: Path, env: dict[str, str]) -> None:
    _run(
        "git",
        "rm",
        "-q",
        "--",
        "docs/postmortems/bad.md",
        "--config=evil-postmortem.md",
        cwd=repository,
        env=env,
        check=True,
    )
    done = _run(BIN / runner, "try-repo", hooks, "pmlint", "--all-files", cwd=repository, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


@each_runner
def test_the_fixing_hook_mends_the_form_and_fails_for_it(
    runner: str, repository: Path, hooks: Path, env: dict[str, str]
) -> None:
    bad = repository / "docs" / "postmortems" / "bad.md"
    crooked = "## Action items\n\n- [X ] Page (@mei, OPS-12), by 2026-04-01\n"
    bad.write_text(BAD + crooked, encoding="utf-8")
    _run("git", "add", "-A", cwd=repository, env=env, check=True)
    command = (BIN / runner, "try-repo", hooks, "pmlint-fix", "--all-files")
    done = _run(*command, cwd=repository, env=env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert bad.read_text(encoding="utf-8") == BAD + crooked.replace("[X ]", "[x]")
    # What is left is for the other hook to tell.
    assert _run(*command, cwd=repository, env=env).returncode == 0


def test_a_fix_and_what_is_not_staged_never_mix(repository: Path, hooks: Path, env: dict[str, str]) -> None:
    """pre-commit puts aside what is not staged; what the hook fixes comes together with it, or not at all."""
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: HEAD\n  hooks:\n  - id: pmlint-fix\n", encoding="utf-8"
    )
    good = repository / "docs" / "postmortems" / "good.md"
    crooked = GOOD + "- [X ] Page (@mei, OPS-12), by 2026-04-01\n"
    good.write_text(crooked, encoding="utf-8")
    _run(BIN / "pre-commit", "install", cwd=repository, env=env, check=True)
    _run("git", "add", "-A", cwd=repository, env=env, check=True)
    good.write_text(f"{crooked.replace('Logins failed', 'Sign-in failed')}", encoding="utf-8")
    done = _run("git", "commit", "-qm", "second", cwd=repository, env=env)
    assert done.returncode == 1, done.stdout + done.stderr
    mine = crooked.replace("Logins failed", "Sign-in failed")
    assert good.read_text(encoding="utf-8") in (mine, mine.replace("[X ]", "[x]"))
    assert _run("git", "show", ":docs/postmortems/good.md", cwd=repository, env=env).stdout == crooked


@each_runner
def test_many_files_give_the_findings_of_one_direct_run(
    runner: str, repository: Path, hooks: Path, env: dict[str, str]
) -> None:
    """Hook runners hand the files to several processes at once, in an order of their own."""
    names = [f"docs/postmortems/outage-{number:02}.md" for number in range(24)]
    for name in names:
        (repository / name).write_text(BAD, encoding="utf-8")
    _run("git", "add", "-A", cwd=repository, env=env, check=True)
    done = _run(BIN / runner, "try-repo", hooks, "pmlint", "--files", *names, cwd=repository, env=env)
    direct = _run(BIN / "pmlint", "check", "--format", "short", "--", *names, cwd=repository, env=env)
    finding = re.compile(r"^ *(docs/.*\])$", re.M)
    assert sorted(finding.findall(done.stdout)) == sorted(finding.findall(direct.stdout))
    assert len(direct.stdout.splitlines()) >= len(names)


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("docs/postmortems/2026-03-04.md", True),
        ("Post-Mortem_checkout.md", True),
        ("incidents/2026/03.md", True),
        ("docs/2026-03-04-outage.md", True),
        ("docs/rca/1.md", True),
        ("docs/RCA-12.md", True),
        ("docs/guide.md", False),
        ("docs/orca/1.md", False),
        ("README.md", False),
    ],
)
def test_the_hook_takes_paths_that_name_postmortems(path: str, taken: bool) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["pmlint", "pmlint-fix"]
    assert [bool(re.search(hook["files"], path)) for hook in hooks] == [taken, taken]
