"""The measuring itself: documents are the same everywhere, the arithmetic is right, the page says what was measured."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import budget, launcher, parse, plot
from benchmarks.clock import Command, Failure, Run, Spread, Trial, spread, timed, trial
from benchmarks.commands import Pmlint
from benchmarks.counted import calls
from benchmarks.documents import postmortem
from benchmarks.goals import GOALS, Goal, Result
from benchmarks.growth import Growth, exponent, growths
from benchmarks.hostile import FAMILIES, hostile
from benchmarks.installation import NPM, install, program
from benchmarks.page import BEGIN, END, Measured, page
from benchmarks.peers import PEERS, command
from benchmarks.session import Compared, Session
from benchmarks.sets import HUNDRED, THOUSANDS, Sizes, write_set
from pmlint.candidate import judgement
from pmlint.engine import understand
from pmlint.source import Source

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = Path(str(launcher.__file__))
PYTHON = Command((sys.executable, "-I", "-S", "-c", "pass"))
SMALL = Sizes(12, 3_000, 0.8, 1_000, 9_000)


def python(program: str, codes: frozenset[int] = frozenset({0})) -> Command:
    return Command((sys.executable, "-I", "-S", "-c", program), codes=codes)


def runs(*figures: float) -> tuple[Run, ...]:
    return tuple(Run(wall, wall / 2, 10 * wall) for wall in figures)


class TestDocuments:
    def test_a_seed_gives_the_same_bytes_in_another_process(self) -> None:
        told = "import sys; from benchmarks.documents import postmortem; sys.stdout.write(postmortem('a', 4000))"
        env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, check=True)
        assert done.stdout.decode() == postmortem("a", 4_000)

    def test_another_seed_gives_another_document(self) -> None:
        assert postmortem("a", 4_000) != postmortem("b", 4_000)

    @pytest.mark.parametrize("size", [3_000, 7_000, 30_000])
    def test_a_document_has_about_the_size_asked_for(self, size: int) -> None:
        sizes = [len(postmortem(str(seed), size).encode()) for seed in range(10)]
        assert all(0.8 * size < found < 1.2 * size + 2_500 for found in sizes), sizes

    @pytest.mark.parametrize("seed", [str(number) for number in range(40)])
    def test_each_is_a_postmortem(self, seed: str) -> None:
        text = postmortem(seed, 1_500 + 100 * int(seed))
        assert judgement(["postmortems", f"{seed}.md"], text).taken, text
        pm = understand(Source(f"{seed}.md", text))
        assert len(list(pm.events)) >= 4
        assert len(pm.actions) >= 2

    def test_a_set_has_the_sizes_and_the_names_it_is_meant_to_have(self, tmp_path: Path) -> None:
        write_set(tmp_path, SMALL)
        paths = sorted(tmp_path.rglob("*.md"))
        assert [path.name for path in paths] == [f"{number:04}.md" for number in range(12)]
        assert len({path.stat().st_size for path in paths}) > 6

    @pytest.mark.parametrize(("sizes", "total"), [(HUNDRED, 800_000), (THOUSANDS, 17_300_000)])
    def test_the_large_sets_are_as_large_as_they_are_said_to_be(self, sizes: Sizes, total: int) -> None:
        each = sizes.each()
        assert abs(sum(each) / total - 1) < 0.05
        assert (min(each), max(each)) == (sizes.least, sizes.most)

    @pytest.mark.parametrize("family", FAMILIES)
    def test_a_hostile_document_is_as_long_as_it_may_be(self, family: str) -> None:
        text = hostile(family, 10_000)
        assert 9_000 < len(text.encode()) <= 10_000


class TestClock:
    def test_ratios_are_taken_pair_by_pair(self) -> None:
        # The machine gets ten times slower in between: the ratio of the medians would be 2.
        measured = Trial(runs(2, 20, 40), runs(1, 10, 20))
        assert measured.ratio("wall") == Spread(2, 2, 2, 3)
        assert measured.turned().ratio("processor").median == 0.5

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ([3.0], Spread(3, 3, 3, 1)),
            ([3.0, 1.0], Spread(2, 1, 3, 2)),
            ([5.0, 1.0, 4.0, 2.0], Spread(3, 2, 4, 4)),
            ([float(number) for number in range(9)], Spread(4, 2, 6, 9)),
        ],
    )
    def test_a_spread_is_the_median_and_the_middle_half(self, figures: list[float], expected: Spread) -> None:
        assert spread(figures) == expected

    def test_a_run_tells_what_the_process_took(self) -> None:
        run = timed(python("x = bytearray(60 << 20)\nfor n in range(300_000): x[n] = 1"))
        assert run.peak > 60
        assert run.processor > 0.005
        assert 0 < run.wall < 30

    def test_memory_of_the_one_who_measures_does_not_count(self) -> None:
        mine = bytearray(200 << 20)
        assert timed(PYTHON).peak < 60
        assert len(mine) == 200 << 20

    def test_a_process_that_takes_too_long_is_stopped(self) -> None:
        with pytest.raises(Failure, match="stopped after 1 s"):
            timed(python("import time; time.sleep(60)"), 1)

    def test_nothing_goes_on_when_the_measuring_is_ended(self, tmp_path: Path) -> None:
        begun = tmp_path / "begun"
        endless = python(f"import time; open({str(begun)!r}, 'w').close(); time.sleep(60)")
        arguments = [sys.executable, "-I", "-S", str(LAUNCHER), "60", *endless.arguments]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as started:
            while not begun.exists():
                time.sleep(0.05)
            started.terminate()
            told, _ = started.communicate(timeout=30)
        assert told.split()[:2] == ["-9", "1"]

    @pytest.mark.parametrize(
        ("program", "reason"),
        [("raise SystemExit(2)", "exit code 2"), ("import os; os.kill(os.getpid(), 9)", "exit code -9")],
    )
    def test_a_process_that_fails_is_not_timed(self, program: str, reason: str) -> None:
        with pytest.raises(Failure, match=reason):
            timed(python(program, frozenset({0, 1})))

    def test_a_program_that_is_not_there_is_told(self) -> None:
        with pytest.raises(Failure, match="No such file"):
            timed(Command(("no-such-program-anywhere",)))

    def test_there_are_no_more_pairs_than_needed_once_it_has_taken_long(self) -> None:
        assert len(trial(PYTHON, PYTHON, 4).ours) == 4
        assert len(trial(PYTHON, PYTHON, 50, least=2, enough=0).ours) == 2

    def test_the_bare_parser_reads_all_files_of_a_folder(self, tmp_path: Path) -> None:
        for name in ("b.md", "sub/a.md", "note.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("# x\n", encoding="utf-8")
        assert sorted(parse.files(str(tmp_path))) == [str(tmp_path / "b.md"), str(tmp_path / "sub" / "a.md")]


@pytest.mark.parametrize(
    ("seconds", "start", "expected"),
    [
        ((0.6, 1.1, 2.1), 0.1, 1.0),
        ((0.6, 2.1, 8.1), 0.1, 2.0),
        ((0.12, 0.15, 0.25), 0.1, None),
        # Nothing but noise at the first size, which counts as two hundredths of a second.
        ((0.09, 0.2, 0.5), 0.1, pytest.approx(2.16, abs=0.01)),
    ],
)
def test_growth_is_that_of_what_comes_on_top_of_the_start(
    seconds: tuple[float, ...], start: float, expected: float | None
) -> None:
    assert exponent(seconds, start) == (expected if expected is None else pytest.approx(expected))


class TestPeers:
    def test_a_command_names_the_files_as_the_peer_wants_them(self, tmp_path: Path) -> None:
        documents, own = tmp_path / "set", tmp_path / "own"
        (documents / "a").mkdir(parents=True)
        own.mkdir()
        (documents / "a" / "1.md").write_text("# x\n", encoding="utf-8")
        given = {peer.name: command(peer, documents, own, Path("/peers")).arguments for peer in PEERS}
        assert given["rumdl"][0] == "/peers/rumdl/bin/rumdl"
        assert given["rumdl"][-1] == str(documents)
        assert given["markdownlint-cli2"][0] == "node"
        assert given["markdownlint-cli2"][-1] == f"{documents}/**/*.md"
        assert given["write-good"][-1] == str(documents / "a" / "1.md")
        assert not [word for words in given.values() for word in words if "{" in word]
        assert (own / "textlint-5.json").exists()

    def test_what_cannot_be_installed_is_told_with_a_reason(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert install({NPM: ["left@1"]}, tmp_path / "peers") == {NPM: "npm is not there"}

    def test_what_is_there_is_not_installed_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / NPM).mkdir()
        (tmp_path / NPM / "packages.json").write_text('["left@1"]', encoding="utf-8")
        monkeypatch.setenv("PATH", str(tmp_path))
        assert install({NPM: ["left@1"]}, tmp_path) == {}
        assert program(tmp_path, NPM, "left") == tmp_path / NPM / "node_modules" / ".bin" / "left"

    def test_versions_are_pinned(self) -> None:
        assert [peer.version for peer in PEERS if not peer.version[0].isdigit()] == []


class TestSession:
    goal = Goal("work", "ours", "base", "wall", 2.0, least=2)

    def test_a_goal_is_measured_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        session = Session({"ours": PYTHON, "base": PYTHON}, {}, pairs=2)
        first, second = (session.result(self.goal, []) for _ in range(2))
        assert first.figure is not None
        assert first == second
        assert capsys.readouterr().err.count("ours / base") == 1

    @pytest.mark.parametrize(
        ("missing", "deadline", "reason"),
        [
            ({"base": "not installed: npm is not there"}, float("inf"), "not installed: npm is not there"),
            ({}, 0.0, "left out, because the time was up"),
        ],
    )
    def test_what_was_not_measured_says_why(self, missing: dict[str, str], deadline: float, reason: str) -> None:
        session = Session({"ours": PYTHON, "base": PYTHON}, missing, deadline=deadline)
        assert session.result(self.goal, []) == Result(self.goal, None, reason)

    def test_a_hostile_document_is_not_begun_when_the_time_is_up(self, tmp_path: Path) -> None:
        grown = list(growths(Pmlint(), tmp_path, 0.1, deadline=0.0))
        assert [growth.family for growth in grown] == list(FAMILIES)
        assert {growth.failure for growth in grown} == {"left out, because the time was up"}

    def test_memory_beyond_the_base_is_that_of_runs_that_were_timed(self) -> None:
        session = Session({"ours": python("x = bytearray(b'1') * (50 << 20)"), "base": PYTHON}, {}, pairs=2)
        session.result(self.goal, [])
        figure = session.result(self.goal._replace(by="excess"), []).figure
        assert figure is not None
        assert 45 < figure.median < 60, figure

    def test_a_hostile_document_that_fails_is_no_figure(self) -> None:
        grown = [Growth("a", (0.1, 0.2, 0.5), 1.1), Growth("b", (0.1,), None, "50 KB: stopped after 30 s")]
        goal = self.goal._replace(by="seconds")
        assert Session({}, {}).result(goal, grown).reason == "b, 50 KB: stopped after 30 s"
        assert Session({}, {}).result(goal, grown[:1]).figure == Spread(0.5, 0.5, 0.5, 1)

    def test_every_goal_names_commands_that_there_are(self) -> None:
        names = {peer.name for peer in PEERS}
        told = {goal.base.partition(":")[0] for goal in GOALS if ":" in goal.base}
        assert told <= names


class TestPage:
    results = (
        Result(Goal("one file", "one", "base", "processor", 1.35, 1.1), Spread(1.2, 1.15, 1.3, 21)),
        Result(Goal("100 files", "hundred", "parse hundred", "processor", 1.4), Spread(2.1, 2.0, 2.25, 9)),
        Result(Goal("2,000 files", "thousands", "remark: thousands", "wall", 1 / 6, 0.1), Spread(0.08, 0.07, 0.09, 3)),
        Result(Goal("cached", "cached", "base", "wall", 0.9), None, "no such command"),
    )
    measured = Measured(
        {"Processor": "one | two"},
        results,
        (
            Compared(PEERS[0], "one", Spread(0.2, 0.19, 0.21, 9), Spread(0.1, 0.1, 0.1, 9), 17),
            Compared(PEERS[0], "thousands", Spread(0.4, 0.3, 0.5, 3), Spread(0.8, 0.8, 0.8, 3), 83),
            Compared(PEERS[2], "one", None, None, reason="not installed: npm is not there"),
        ),
        (Growth("nested quotes", (0.1, 0.2, 0.5), 1.07), Growth("entries", (), None, "25 KB: stopped after 30 s")),
        0.09,
    )

    @pytest.mark.parametrize(
        "line",
        [
            "1 of 4 are met.",
            "2 of 4 are met.",
            "| one file | base | processor time | 1.35 | 1.1 | 1.2 (1.15 to 1.3) | 21 | met |",
            "| 100 files | parse | processor time | 1.4 |  | 2.1 (2 to 2.25) | 9 | **missed** by 50% |",
            "| 2,000 files | remark | wall time | 1/6 | 1/10 | 0.08 (0.07 to 0.09) | 3 | met, as wanted |",
            "| cached | base | wall time | 0.9 |  | not measured: no such command |  | **not measured** |",
            "| rumdl | 0.3.0 | 0.2 (0.19 to 0.21) / 0.1 |  | 0.4 (0.3 to 0.5) / 0.8 | 17 / 83 |",
            "- markdownlint-cli2, one file: not installed: npm is not there",
            "| nested quotes | 0.10 | 0.20 | 0.50 | 1.07 |",
            "| entries |  |  |  | 25 KB: stopped after 30 s |",
            "| Processor | one \\| two |",
        ],
    )
    def test_it_says_what_was_measured(self, line: str) -> None:
        assert (line in page(self.measured).splitlines()) is not line.startswith("1 of")

    def test_what_a_person_wrote_stays(self) -> None:
        first = page(self.measured)
        written = first.replace(
            "Nothing has been written about this run yet.", "The parser is slow.\n\nIt will stay so."
        )
        assert page(self.measured, written) == written
        assert written.count(BEGIN) == written.count(END) == 1

    def test_the_picture_of_the_same_figures_is_the_same(self, tmp_path: Path) -> None:
        plot.draw(self.measured, tmp_path / "a.svg")
        plot.draw(self.measured, tmp_path / "b.svg")
        drawn = (tmp_path / "a.svg").read_bytes()
        assert drawn == (tmp_path / "b.svg").read_bytes()
        assert b"2,000 files" in drawn


class TestBudget:
    @pytest.mark.parametrize(
        ("committed", "counted", "code"),
        [
            ({"one": 1_000, "twenty": 5_000}, {"one": 1_000, "twenty": 5_000}, 0),
            ({"one": 1_000, "twenty": 5_000}, {"one": 1_099, "twenty": 5_499}, 0),
            ({"one": 1_000, "twenty": 5_000}, {"one": 1_101, "twenty": 5_000}, 1),
            ({"one": 1_000, "twenty": 5_000}, {"one": 1_000, "twenty": 5_501}, 1),
            ({"one": 1_000, "twenty": 5_000}, {"one": 400, "twenty": 2_000}, 0),
            # A Python that was built otherwise takes a fifth more for everything.
            ({"base": 100, "one": 1_000}, {"base": 120, "one": 1_200}, 0),
            ({"base": 100, "one": 1_000}, {"base": 120, "one": 1_400}, 1),
            ({"base": 100, "one": 1_000}, {"base": 80, "one": 1_000}, 1),
        ],
    )
    def test_a_tenth_more_is_too_much(self, committed: dict[str, int], counted: dict[str, int], code: int) -> None:
        assert budget.report(committed, counted, "instructions") == code

    def test_it_tells_what_has_grown_and_what_has_shrunk(self, capsys: pytest.CaptureFixture[str]) -> None:
        budget.report({"one": 1_000, "twenty": 5_000}, {"one": 1_200, "twenty": 4_000}, "calls")
        said = capsys.readouterr().out
        assert "1.200 times 1,000  more than is allowed" in said
        assert "less than before" in said

    @pytest.mark.parametrize(
        ("python", "valgrind", "unit"),
        [
            ("3.11", True, "instructions"),
            ("3.11", False, "calls"),
            ("3.12", True, "calls"),
            ("3.12", False, "calls"),
            ("3.99", True, None),
        ],
    )
    def test_calls_are_counted_where_instructions_cannot_be(
        self, python: str, valgrind: bool, unit: str | None
    ) -> None:
        known = {"instructions": {"3.11": {"one": 1}}, "calls": {"3.11": {"one": 1}, "3.12": {"one": 1}}}
        assert budget.unit_for(known, valgrind, python) == unit

    def test_what_is_written_is_read_again_and_other_pythons_stay(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = {"calls": {"3.11": {"one": 1_234, "twenty": 56_789}}}
        after = budget.with_counted(before, {"calls": {"one": 5}, "instructions": {"base": 3, "one": 4}}, "3.12")
        path = tmp_path / "budget.toml"
        path.write_text(budget.budget_text(after), encoding="utf-8")
        monkeypatch.setattr(budget, "FIGURES", path)
        assert budget.committed() == {
            "calls": {"3.11": {"one": 1_234, "twenty": 56_789}, "3.12": {"one": 5}},
            "instructions": {"3.12": {"base": 3, "one": 4}},
        }

    def test_the_committed_figures_are_of_both_units_for_each_python(self) -> None:
        figures = budget.committed()
        assert set(figures) == {"calls", "instructions"}
        assert set(figures["calls"]) == set(figures["instructions"])
        assert all(set(each) == {"base", "one", "twenty"} for each in figures["instructions"].values())
        assert all(set(each) == {"one", "twenty"} for each in figures["calls"].values())

    def test_calls_are_counted_the_same_each_time(self, tmp_path: Path) -> None:
        script = tmp_path / "script.py"
        script.write_text("def f():\n    return len('x')\n\nfor _ in range(100): f()\n", encoding="utf-8")
        first, second = (calls(Command((str(script),))) for _ in range(2))
        assert first == second
        assert 200 <= first < 300
