"""T39 to T49: git, time, limits, other Pythons, many files, the network, and our own mistakes."""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint
from tests.corpus import CORPUS, needs_corpus
from tests.repository import Scratch
from tests.threats import SEEN, checked, clean, limited
from tests.tools import program

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("case", ["no program", "no repository", "bare", "no commit", "corrupt index"])
def test_t39_git_that_cannot_help_is_one_line_with_a_remedy(scratch: Scratch, tmp_path: Path, case: str) -> None:
    scratch.write("bad.md", BAD)
    folder, env = scratch.folder, {}
    if case == "no program":
        env = {"PATH": str(tmp_path / "nothing")}
    elif case == "no repository":
        folder = tmp_path / "plain"
        folder.mkdir()
        (folder / "bad.md").write_text(BAD, encoding="utf-8")
    elif case == "bare":
        scratch.bare_repository("bare", {})
        folder = scratch.folder / "bare"
        (folder / "bad.md").write_text(BAD, encoding="utf-8")
        env = {"GIT_DIR": "."}
    elif case == "corrupt index":
        scratch.commit()
        (scratch.folder / ".git" / "index").write_bytes(b"DIRC\0\0\0\2\xff\xff")
    done = clean(pmlint("check", "--since", "HEAD", "bad.md", cwd=folder, env=env), 2)
    assert len(done.stderr.splitlines()) == 1
    if case != "bare":
        assert SEEN in clean(pmlint("check", "bad.md", cwd=folder, env=env), 1).stdout


@pytest.mark.parametrize(
    "revision", ["--output=out", "-x", "$(touch out)", "main:bad.md", "HEAD^{/x}", "\u202egnp", "a b", "`touch out`"]
)
def test_t40_a_revision_is_a_name_and_no_order(scratch: Scratch, revision: str) -> None:
    scratch.write("bad.md", BAD)
    scratch.commit()
    clean(pmlint("check", f"--since={revision}", "bad.md", cwd=scratch.folder), 2)
    assert not (scratch.folder / "out").exists()


def test_t41_a_repository_runs_none_of_its_programs(scratch: Scratch) -> None:
    marker = scratch.folder.parent / "marker"
    program = scratch.write(".git/run", f"#!/bin/sh\ntouch '{marker}'\n")
    program.chmod(0o755)
    scratch.write("docs/postmortems/bad.md", BAD)
    scratch.commit()
    scratch.write(".gitattributes", "*.md diff=evil filter=evil\n")
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.evil.textconv",
        "filter.evil.clean",
        "core.pager",
        "core.sshCommand",
    ):
        scratch.git("config", key, str(program))
    scratch.git("config", "core.hooksPath", str(program.parent))
    scratch.bare_repository("docs/postmortems", {"core.fsmonitor": str(program), "core.bare": "true"})
    scratch.write("docs/postmortems/bad.md", BAD + "\n")
    for folder, paths in ((scratch.folder, ["docs"]), (scratch.folder / "docs" / "postmortems", ["bad.md"])):
        for options in ((), ("--since", "HEAD"), ("--staged",)):
            done = pmlint("check", *options, *paths, cwd=folder)
            assert b"Traceback" not in done.stderr
    assert not marker.exists()


def test_t42_zones_need_no_data_of_the_system(tmp_path: Path) -> None:
    zones = "".join(f"- 2026-03-04 10:00 {zone} x\n" for zone in ("UTC", "PST", "Europe/Berlin", "Europe/berlin"))
    (tmp_path / "x.md").write_text(f"# T\n\n## Timeline\n\n{zones}- 2026-03-04 11:00 ../../etc/passwd\n", "utf-8")
    plain = clean(pmlint("check", "--select", "ALL", "--level", "info", "x.md", cwd=tmp_path), 1)
    bare = clean(
        pmlint("check", "--select", "ALL", "--level", "info", "x.md", cwd=tmp_path, env={"PYTHONTZPATH": ""}), 1
    )
    assert plain.stdout == bare.stdout


@pytest.mark.parametrize("day", ["2026-03-29", "2024-02-29", "9999-12-31", "0001-01-01"])
def test_t43_only_the_given_day_counts(tmp_path: Path, day: str) -> None:
    (tmp_path / "x.md").write_text(GOOD.replace("2026-03-04", "2024-02-29"), encoding="utf-8")
    command = ("check", "--select", "ALL", "--level", "info", "--today", day, "x.md")
    (tmp_path / "y.md").write_text("# T\n\n- date: 9999-12-31\n\n## Timeline\n\n- 23:58 x\n- 00:10 x\n", "utf-8")
    clean(pmlint(*command[:-1], "y.md", cwd=tmp_path), 0, 1)
    here = clean(pmlint(*command, cwd=tmp_path, env={"TZ": "UTC"}), 0, 1)
    assert here.stdout == pmlint(*command, cwd=tmp_path, env={"TZ": "Asia/Kathmandu"}).stdout


@pytest.mark.parametrize(("options", "kept"), [((), {"pmlint", "cache-2.sqlite"}), (("--no-cache",), set())])
def test_t44_a_run_keeps_its_cache_and_nothing_else(tmp_path: Path, options: tuple[str, ...], kept: set[str]) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    (work / "bad.md").write_text(BAD, encoding="utf-8")
    env = {"HOME": str(home), "XDG_CACHE_HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    clean(pmlint("check", *options, "bad.md", cwd=work, env=env), 1)
    assert {path.name for path in tmp_path.rglob("*")} == {"work", "home", "bad.md"} | kept


def test_t45_few_descriptors_and_no_home_are_enough(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))

    assert SEEN in clean(limited(tmp_path, few, "check", "bad.md"), 1).stdout
    env = {"HOME": "", "TMPDIR": "/nonexistent", "USER": "", "LOGNAME": ""}
    assert SEEN in clean(pmlint("check", "bad.md", cwd=tmp_path, env=env), 1).stdout


@pytest.mark.parametrize("options", [("-OO",), ("-W", "error"), ("-X", "dev", "-W", "error"), ("-I",)])
def test_t46_the_python_makes_no_difference(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "bad.md").write_text("---\ntitle: x\n---\n" + BAD, encoding="utf-8")
    plain = clean(pmlint("check", "bad.md", cwd=tmp_path), 1)
    command = [sys.executable, *options, "-m", "pmlint", "check", "bad.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (plain.stdout, b"")


def test_t47_many_files_and_names_given_twice_are_each_once(tmp_path: Path) -> None:
    folder = tmp_path / ("d" * 200) / ("e" * 200)
    folder.mkdir(parents=True)
    names = []
    for number in range(330):
        (folder / f"{number:03}.md").write_text("# T\n\n## Impact\n", encoding="utf-8")
        names.append(f"{folder}/{number:03}.md")
    given = [*names[::-1], names[0], f"{folder}/./001.md"]
    assert sum(map(len, given)) > 128 * 1024
    chosen = ("--select", "sections/empty-section", "--format", "json")
    done = clean(pmlint("check", *chosen, *given, cwd=tmp_path), 1)
    assert [found["path"] for found in json.loads(done.stdout)["findings"]] == names


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param([ROOT / "tests" / "golden", ROOT / "examples"], id="own documents"),
        pytest.param([CORPUS / "postmortems"], id="corpus", marks=needs_corpus),
    ],
)
def test_t48_no_connection_is_made_and_no_program_started_but_git(tmp_path: Path, paths: list[Path]) -> None:
    tree = Scratch(tmp_path / "tree")
    for path in paths:
        shutil.copytree(path, tree.folder / "postmortems" / path.name)
    tree.write("postmortems/evil.md", "---\na: !!python/object/apply:os.system [x]\n---\n![x](http://t.example/x)\n")
    tree.commit()
    trace = tmp_path / "trace"
    options = ("--select", "ALL", "--since", "HEAD", "--max-seconds", "100", "--format", "sarif")
    command = [program("strace"), "-f", "-qq", "-e", "trace=network,execve", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "pmlint", "check", *options, "."],
        cwd=tree.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=600,
        check=False,
    )
    if b"ptrace" in done.stderr and not done.stdout:
        pytest.skip("this system lets nobody trace a process")
    clean(done, 0, 1, 2)
    calls = [line.split(None, 1)[1] for line in trace.read_text(encoding="utf-8").splitlines() if "(" in line]
    started = [call.split('"')[1] for call in calls if call.startswith("execve(")]
    assert started.pop(0) == sys.executable
    assert {os.path.basename(program) for program in started} == {"git"}
    assert [call for call in calls if not call.startswith(("execve(", "---", "+++", "<..."))] == []


def test_t49_a_rule_that_breaks_is_told_by_its_name_and_the_others_go_on(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(BAD + "\n## Impact\n", encoding="utf-8")
    script = (
        "import sys; from pmlint import checks, cli\n"
        "from types import MappingProxyType\n"
        "def broken(pm):\n"
        "    raise KeyError('lost')\n"
        "broken.__module__ = 'acme_rules.checks'\n"
        "checks.CHECKS = MappingProxyType({**checks.CHECKS, 'empty_section': broken})\n"
        "sys.exit(cli.main(['check', '--select', 'sections/empty-section,timeline/out-of-order', 'a.md', 'b.md']))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    told = done.stderr.decode().splitlines()
    assert [line.partition(": internal error in sections/empty-section: ")[0] for line in told] == [
        "pmlint: error: a.md",
        "pmlint: error: b.md",
    ]
    assert all("please report it to the author of acme_rules, whose check it is" in line for line in told)
    assert done.stdout.count(b"[timeline/out-of-order]") == 2
    assert b"Traceback" not in done.stderr


def test_a_change_cannot_hide_its_findings_behind_its_own_baseline(scratch: Scratch) -> None:
    scratch.write("pmlint-baseline.json", '{"version": 1, "findings": []}\n')
    scratch.commit()
    scratch.write("bad.md", BAD)
    pmlint("baseline", "bad.md", cwd=scratch.folder)
    scratch.commit()
    gate = ("--since", "HEAD^1", "--baseline", "pmlint-baseline.json")
    assert clean(pmlint("check", *OUT_OF_ORDER, *gate, "bad.md", cwd=scratch.folder), 0)
    done = clean(pmlint("check", *OUT_OF_ORDER, *gate, "--config-from", "HEAD^1", "bad.md", cwd=scratch.folder), 1)
    assert SEEN in done.stdout
    assert checked(scratch.folder, *gate, "--config-from", "HEAD^1", "--no-inline-suppressions").returncode == 1
