"""What is remembered from one run to the next changes nothing but the time that a run takes."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pmlint.report.outputs import FORMS
from pmlint.workers import FEWEST
from tests.command import BAD, GOOD
from tests.repository import Scratch

# Files that were written a moment ago count as old ones: nobody waits two seconds for each test.
RUN = """\
import os, sys
from pmlint import packed, recording
recording._NANOSECONDS = 0
packed.MOST_BYTES = int(os.environ.get("MOST_BYTES", packed.MOST_BYTES))
from pmlint.start import run
code = run()
print(*sorted({"click", "mistune", "pmlint.engine", "pmlint.cli"} & sys.modules.keys()), file=sys.stderr)
sys.exit(code)
"""
ALL = ("check", "--select", "ALL", "--level", "info", "--today", "2026-03-10")
LOADED = {"replayed": "", "remembered": "click pmlint.cli", "made": "click mistune pmlint.cli pmlint.engine"}


class Machine:
    """A folder to work in, and a cache folder beside it."""

    def __init__(self, top: Path) -> None:
        self.top, self.folder, self.cache = top, top / "work", top / "cache"
        self.folder.mkdir(exist_ok=True)

    @property
    def file(self) -> Path:
        return self.cache / "pmlint" / "cache-2.sqlite"

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def make_folder(self, path: Path) -> None:
        path.unlink()
        path.mkdir()

    def make_other_table(self) -> None:
        self.file.unlink()
        connection = sqlite3.connect(self.file)
        connection.execute("create table results (a)")
        connection.close()

    def change_runs(self, column: str, value: object) -> None:
        with closing(sqlite3.connect(self.file)) as connection, connection:
            connection.execute(f"update runs set {column} = ?", (value,))

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        """The exit code, what was printed, and how it came about: replayed, remembered, made, or what else was told."""
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", RUN, *arguments],
            cwd=self.folder,
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, "XDG_CACHE_HOME": str(self.cache), **(env or {})},
        )
        told = done.stderr.decode().removesuffix("\n")
        return done.returncode, done.stdout, next((how for how, loaded in LOADED.items() if loaded == told), told)

    def fresh(self, *arguments: str) -> tuple[int, bytes]:
        """The exit code and the output without any cache."""
        return self.run(arguments[0], "--no-cache", *arguments[1:])[:2]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.write("bad.md", BAD)
    machine.write("good.md", GOOD)
    machine.write("notes/linked.md", GOOD + "\n[the runbook](runbook.md)\n")
    return machine


NAMED = ("bad.md", "good.md", "notes/linked.md")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_however_it_comes_about(machine: Machine, form: str) -> None:
    command = (*ALL, "--format", form, *NAMED)
    runs = [machine.run(*command) for _ in range(2)]
    assert [how for _, _, how in runs] == ["made", "remembered" if form == "github" else "replayed"]
    assert {run[:2] for run in runs} == {machine.fresh(*command)}


def test_a_run_that_is_told_again_loads_nothing(machine: Machine) -> None:
    assert machine.run(*ALL, *NAMED)[2] == "made"
    assert machine.run(*ALL, *NAMED)[2] == "replayed"
    assert machine.run(*ALL, "--no-cache", *NAMED)[2] == "made"


def test_of_many_documents_only_the_changed_one_is_read_again(machine: Machine) -> None:
    machine.run(*ALL, *NAMED)
    assert machine.run(*ALL, "good.md", "bad.md")[2] == "remembered"
    machine.write("good.md", GOOD + "\nOne more sentence.\n")
    assert machine.run(*ALL, "bad.md")[2] == "remembered"
    assert machine.run(*ALL, *NAMED)[2] == "made"


def test_processes_that_share_documents_share_the_cache(machine: Machine) -> None:
    names = [f"{number}.md" for number in range(FEWEST + 3)]
    for name in names:
        machine.write(name, BAD + f"\n{name}\n")
    command = (*ALL, "--jobs", "3", *names)
    before = machine.run(*command)
    assert machine.run("cache")[1].decode().startswith(f"{machine.file}: {len(names)} documents, 1 runs, ")
    machine.write("0.md", GOOD)
    after = machine.run(*command)
    assert after[0] == before[0] == 1
    assert after[:2] == machine.fresh(*command)
    with closing(sqlite3.connect(machine.file)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


# What a run hangs on, changed one by one.
CHANGES: dict[str, Callable[[Machine], object]] = {
    "a text": lambda m: m.write("bad.md", GOOD),
    "a text of the same length": lambda m: m.write("bad.md", BAD.replace("13:45", "16:45")),
    "a text that is gone": lambda m: (m.folder / "bad.md").unlink(),
    "a text that became a folder": lambda m: m.make_folder(m.folder / "bad.md"),
    "a configuration beside it": lambda m: m.write("pmlint.toml", 'fail-on = "never"\n'),
    "a configuration of the project": lambda m: m.write("pyproject.toml", '[tool.pmlint]\nfail-on = "never"\n'),
    "a configuration further down": lambda m: m.write("notes/pmlint.toml", 'rules = { "impact" = "off" }\n'),
    "a broken configuration": lambda m: m.write("pmlint.toml", "rules = 3\n"),
    "a link's target": lambda m: m.write("notes/runbook.md", "# Runbook\n"),
    "a repository around it": lambda m: (m.top / ".git").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_told_again_after_a_change_of(machine: Machine, change: str) -> None:
    command = (*ALL, *NAMED)
    before = machine.run(*command)
    assert machine.run(*command) == (*before[:2], "replayed")
    CHANGES[change](machine)
    after = machine.run(*command)
    assert after[2] != "replayed"
    assert after[:2] == machine.fresh(*command)


@pytest.mark.parametrize("change", ["a new postmortem", "a new folder with one", "one that became notes"])
def test_a_folder_is_told_again_until_something_in_it_changes(machine: Machine, change: str) -> None:
    machine.run(*ALL, ".")
    before = machine.run(*ALL, ".")
    assert before[2] == "replayed"
    if change == "one that became notes":
        machine.write("good.md", "# Notes\n\nNothing happened.\n")
    else:
        machine.write("2026-03-05-postmortem.md" if change == "a new postmortem" else "more/postmortem.md", BAD)
    after = machine.run(*ALL, ".")
    assert after[2] != "replayed"
    assert after[:2] == machine.fresh(*ALL, ".") != before[:2]


@pytest.mark.parametrize(
    "options",
    [("--today", "2026-03-11"), ("--profile", "public"), ("--set", "rules.timeline=error"), ("--ignore", "timeline"),
     ("--no-inline-suppressions",)],
)  # fmt: skip
def test_other_terms_are_another_result(machine: Machine, options: tuple[str, ...]) -> None:
    machine.run("check", "--today", "2026-03-10", *NAMED)
    command = ("check", "--today", "2026-03-10", *options, *NAMED)
    after = machine.run(*command)
    assert after[2] == "made"
    assert after[:2] == machine.fresh(*command)


def test_rules_of_a_team_are_read_anew_each_time(machine: Machine) -> None:
    rules = machine.folder / "rules"
    shutil.copytree(Path(__file__).parent.parent / "examples" / "team-rules", rules)
    machine.write("pmlint.toml", 'rule-folders = ["rules"]\n')
    command = ("check", "--select", "ALL", "bad.md")
    assert [machine.run(*command)[2] for _ in range(2)] == ["made", "remembered"]
    page = sorted(rules.glob("*/*.md"))[0]
    page.write_text(page.read_text(encoding="utf-8").replace("## Why", "## Why it matters", 1), encoding="utf-8")
    assert machine.run(*command)[2] != "remembered"


DAMAGES: dict[str, Callable[[Machine], object]] = {
    "something else": lambda m: m.file.write_bytes(b"no database"),
    "cut short": lambda m: m.file.write_bytes(m.file.read_bytes()[:5000]),
    "empty": lambda m: m.file.write_bytes(b""),
    "a folder": lambda m: m.make_folder(m.file),
    "another table": lambda m: m.make_other_table(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_costs_time_and_no_more(machine: Machine, damage: str) -> None:
    machine.run(*ALL, *NAMED)
    DAMAGES[damage](machine)
    runs = [machine.run(*ALL, *NAMED) for _ in range(3)]
    assert {run[:2] for run in runs} == {machine.fresh(*ALL, *NAMED)}
    assert {how for _, _, how in runs} <= LOADED.keys()


def test_a_cache_that_a_repository_brings_along_is_not_used(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "work")
    machine = Machine(tmp_path)
    machine.cache = scratch.folder / ".cache"
    machine.write("bad.md", BAD)
    assert [machine.run(*ALL, "bad.md")[2] for _ in range(2)] == ["made", "made"]
    assert not machine.cache.exists()


def test_a_gate_that_trusts_a_commit_only_takes_nothing_from_a_cache(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    scratch = Scratch(machine.folder)
    machine.write("bad.md", BAD)
    scratch.commit()
    command = (*ALL, "--config-from", "HEAD", "bad.md")
    assert [machine.run(*command)[2] for _ in range(2)] == ["made", "made"]
    assert not machine.file.exists()


def test_where_nothing_can_be_kept_the_run_is_the_same(machine: Machine) -> None:
    machine.cache.write_text("a file where a folder would be", encoding="utf-8")
    assert [machine.run(*ALL, *NAMED) for _ in range(2)] == [(*machine.fresh(*ALL, *NAMED), "made")] * 2


def test_facts_that_nobody_wrote_are_no_facts(machine: Machine) -> None:
    before = machine.run(*ALL, *NAMED)
    for facts in (b"state\0bad.md", zlib.compress(b"state\0bad.md"), zlib.compress(b"\xff")):
        machine.change_runs("facts", facts)
        assert machine.run(*ALL, *NAMED) == (*before[:2], "remembered")


OUTPUTS: dict[str, object] = {
    "text": "one finding",
    "nothing": b"",
    "something else": b"no report",
    "cut short": zlib.compress(b"a report")[:-1],
    "another sum": zlib.compress(b"a report")[:-1] + b"?",
    "far too much": zlib.compress(bytes(64 * 1024 * 1024)),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_report_that_nobody_kept_is_never_printed(machine: Machine, output: str) -> None:
    before = machine.run(*ALL, *NAMED)
    machine.change_runs("output", OUTPUTS[output])
    assert machine.run(*ALL, *NAMED) == (*before[:2], "remembered")
    assert machine.run(*ALL, *NAMED) == (*before[:2], "replayed")


def test_a_long_report_is_told_again_to_the_byte(machine: Machine) -> None:
    names = [f"{number}.md" for number in range(30)]
    for name in names:
        machine.write(name, BAD + "\n" + "Ärger — the root cause was human error. 障害.\n\n" * 100)
    command = (*ALL, "--format", "json", *names)
    before = machine.run(*command)
    assert len(before[1]) > 1024 * 1024
    assert before[2] == "made"
    assert machine.run(*command) == (*before[:2], "replayed")
    assert machine.fresh(*command) == before[:2]


def test_a_report_beyond_the_limit_is_not_kept(machine: Machine) -> None:
    length = len(machine.run(*ALL, *NAMED)[1])
    for most, how in ((length, "replayed"), (length - 1, "remembered")):
        machine.run("cache", "clean")
        runs = [machine.run(*ALL, *NAMED, env={"MOST_BYTES": str(most)}) for _ in range(2)]
        assert runs[1] == (*runs[0][:2], how)


def test_problems_are_told_each_time(machine: Machine) -> None:
    runs = [machine.run(*ALL, "bad.md", "missing.md") for _ in range(2)]
    assert runs[0][0] == 2
    assert "there is no such file" in runs[0][2]
    assert [run[:2] for run in runs] == [runs[0][:2]] * 2


def test_nobody_is_told_again_what_was_put_into_files(machine: Machine) -> None:
    command = (*ALL, "--output", "json=report.json", "bad.md")
    machine.run(*command)
    (machine.folder / "report.json").unlink()
    assert machine.run(*command)[2] == "remembered"
    assert (machine.folder / "report.json").exists()


def test_standard_input_is_read_each_time(machine: Machine) -> None:
    assert [machine.run(*ALL, "-")[2] for _ in range(2)] == ["made", "remembered"]


def test_colours_are_not_told_again_to_who_wants_none(machine: Machine) -> None:
    coloured = machine.run("check", "bad.md", env={"FORCE_COLOR": "1"})
    plain = machine.run("check", "bad.md")
    assert b"\x1b[" in coloured[1]
    assert b"\x1b[" not in plain[1]


def test_the_command_tells_what_is_kept_and_forgets_it(machine: Machine) -> None:
    def told(*arguments: str) -> str:
        return machine.run("cache", *arguments)[1].decode().removeprefix(str(machine.file))

    assert told() == ": nothing is kept\n"
    machine.run(*ALL, *NAMED)
    assert told().startswith(": 3 documents, 1 runs, ")
    assert told("clean") == ": removed\n"
    assert told("clean") == ": there was nothing\n"
    assert machine.run(*ALL, *NAMED)[2] == "made"


def test_a_folder_in_a_repository_is_searched_again_with_what_was_judged_before(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    scratch = Scratch(machine.folder)
    machine.write("docs/2026-03-04-outage.md", BAD)
    machine.write("docs/notes.md", "# Notes\n")
    scratch.commit()
    before = machine.run(*ALL, ".")
    assert [before[2], machine.run(*ALL, ".")[2]] == ["made", "remembered"]
    machine.write("docs/notes.md", BAD)
    machine.write("docs/2026-03-04-outage.md", "# Outages: how we write about them\n")
    after = machine.run(*ALL, ".")
    assert after[:2] == machine.fresh(*ALL, ".") != before[:2]
