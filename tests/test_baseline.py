"""The baseline: what is left for later, what comes back, and what is no longer there."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from pmlint.baseline import Baseline, Entry, baseline_text, parse_baseline, write_baseline
from pmlint.errors import PmlintError
from pmlint.schema import faults
from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint
from tests.repository import Scratch

FILE = "pmlint-baseline.json"
PATH = "postmortems/a.md"
DAY = ("--today", "2026-06-30")


@pytest.fixture
def tree(scratch: Scratch) -> Scratch:
    scratch.write(PATH, BAD)
    scratch.write("postmortems/b.md", BAD.replace("13:40", "13:41"))
    return scratch


def baseline(tree: Scratch, *arguments: str) -> tuple[int, str]:
    done = pmlint("baseline", *OUT_OF_ORDER, *DAY, *arguments, cwd=tree.folder)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def check(tree: Scratch, *arguments: str, cwd: str = ".") -> tuple[int, str, str]:
    file = os.path.relpath(tree.folder / FILE, tree.folder / cwd)
    done = pmlint("check", *OUT_OF_ORDER, *DAY, "--baseline", file, *arguments, cwd=tree.folder / cwd)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def entries(tree: Scratch) -> list[dict[str, str]]:
    values = json.loads((tree.folder / FILE).read_text(encoding="utf-8"))
    assert not list(faults(values, "baseline"))
    found: list[dict[str, str]] = values["findings"]
    return found


def test_what_is_in_it_is_left_for_later(tree: Scratch) -> None:
    assert baseline(tree) == (0, f"{FILE}: 2 left for later, 0 before\n")
    assert [entry["path"] for entry in entries(tree)] == [PATH, "postmortems/b.md"]
    assert check(tree) == (0, "2 postmortems, nothing to report; suppressed: 2 by the baseline\n", "")
    assert check(tree, cwd="postmortems")[0] == 0
    assert check(tree, "postmortems/a.md")[0] == 0


def test_a_new_finding_is_reported(tree: Scratch) -> None:
    baseline(tree)
    tree.write(PATH, BAD + "- 2026-03-04 12:00 Over\n")
    code, out, _ = check(tree)
    assert code == 1
    assert "12:00 comes after" in out
    assert "13:40 comes after" not in out


@pytest.mark.parametrize("text", ["x\n\n" * 100 + BAD, BAD.replace("\n", "\r\n"), BAD.replace("## Time", "### Time")])
def test_it_survives_other_changes(tree: Scratch, text: str) -> None:
    baseline(tree)
    tree.write(PATH, text)
    assert check(tree)[0] == 0
    assert baseline(tree, "--check")[0] == 0


def test_it_survives_a_move_of_the_file(tree: Scratch) -> None:
    baseline(tree)
    (tree.folder / PATH).rename(tree.folder / "postmortems" / "z.md")
    assert check(tree)[0] == 0
    assert baseline(tree, "--check")[0] == 0
    baseline(tree)
    assert [entry["path"] for entry in entries(tree)] == ["postmortems/b.md", "postmortems/z.md"]


def test_two_files_alike_are_two(tree: Scratch) -> None:
    baseline(tree)
    tree.write("postmortems/c.md", BAD)
    assert check(tree)[0] == 1


class TestStale:
    @pytest.fixture
    def mended(self, tree: Scratch) -> Scratch:
        baseline(tree)
        tree.write(PATH, GOOD)
        return tree

    def test_a_run_tells_of_it(self, mended: Scratch) -> None:
        code, _, err = check(mended)
        assert code == 0
        assert err == (
            f"pmlint: note: {FILE} holds 1 finding that is no longer there: `pmlint baseline --prune` takes it out\n"
        )

    def test_a_run_that_did_not_look_says_nothing(self, mended: Scratch) -> None:
        assert check(mended, "postmortems/b.md")[2] == ""
        assert pmlint("check", "--select", "tone", "--baseline", FILE, cwd=mended.folder).stderr == b""

    def test_check_fails(self, mended: Scratch) -> None:
        before = (mended.folder / FILE).read_bytes()
        code, out = baseline(mended, "--check")
        assert code == 1
        assert out == (
            f"{PATH}: no longer found: 2026-03-04 13:40 comes after 2026-03-04 15:33 [timeline/out-of-order]\n"
            "1 stale or expired, 1 in use or not looked at\n"
        )
        assert (mended.folder / FILE).read_bytes() == before

    def test_prune_takes_it_out_and_adds_nothing(self, mended: Scratch) -> None:
        mended.write("postmortems/new.md", BAD)
        code, out = baseline(mended, "--prune")
        assert (code, out.splitlines()[-1]) == (0, f"{FILE}: 1 left for later, 2 before")
        assert [entry["path"] for entry in entries(mended)] == ["postmortems/b.md"]
        assert baseline(mended, "--check")[0] == 0
        assert check(mended)[0] == 1

    def test_the_entry_of_a_deleted_file_goes_too(self, mended: Scratch) -> None:
        (mended.folder / "postmortems" / "b.md").unlink()
        baseline(mended, "--prune")
        assert entries(mended) == []
        assert baseline(mended, "--check")[0] == 0

    def test_what_could_not_be_read_is_kept(self, mended: Scratch) -> None:
        (mended.folder / PATH).write_bytes(b"\0")
        done = pmlint("baseline", *OUT_OF_ORDER, "--prune", cwd=mended.folder)
        assert done.returncode == 2
        assert len(entries(mended)) == 2


class TestExpiry:
    def test_an_entry_counts_through_its_last_day(self, tree: Scratch) -> None:
        baseline(tree, "--expires", "2026-06-30", "--reason", "with the next review")
        assert {entry["expires"] for entry in entries(tree)} == {"2026-06-30"}
        assert check(tree)[0] == 0
        code, out, err = check(tree, "--today", "2026-07-01")
        assert code == 1
        assert out.endswith("2 errors in 2 of 2 postmortems\n")
        assert err == f"pmlint: note: {FILE} holds 2 findings that have expired and are reported again\n"
        assert baseline(tree, "--check", "--today", "2026-07-01")[0] == 1
        baseline(tree, "--prune", "--today", "2026-07-01")
        assert entries(tree) == []

    def test_writing_it_anew_renews_nothing(self, tree: Scratch) -> None:
        baseline(tree, "--expires", "2026-06-30", "--reason", "with the next review", PATH)
        baseline(tree, "--expires", "2027-01-01")
        told = {entry["path"]: (entry["expires"], entry.get("reason")) for entry in entries(tree)}
        assert told == {PATH: ("2026-06-30", "with the next review"), "postmortems/b.md": ("2027-01-01", None)}

    def test_the_reason_is_shown(self, tree: Scratch) -> None:
        baseline(tree, "--reason", "with the next review")
        assert "= left for later by the baseline: with the next review" in check(tree, "--show-suppressed")[1]


class TestTrust:
    """What a pull request may do to the gate that it has to pass."""

    def test_the_baseline_of_a_commit_counts(self, tree: Scratch) -> None:
        baseline(tree)
        tree.commit()
        tree.write("postmortems/c.md", BAD)
        baseline(tree)
        assert check(tree)[0] == 0
        code, out, _ = check(tree, "--config-from", "HEAD")
        assert code == 1
        assert "postmortems/c.md" in out
        assert check(tree, "--config-from", "HEAD", "--since", "HEAD")[0] == 1

    @pytest.mark.parametrize(("revision", "said"), [("HEAD", "HEAD has no such file"), ("-x", "no such commit")])
    def test_a_commit_without_one_is_no_green(self, tree: Scratch, revision: str, said: str) -> None:
        tree.commit()
        baseline(tree)
        code, out, err = check(tree, f"--config-from={revision}")
        assert (code, out) == (2, "")
        assert said in err

    def test_without_anything_to_read_it_is_refused(self, tree: Scratch) -> None:
        done = pmlint("check", "--isolated", "--config-from", "HEAD", cwd=tree.folder)
        assert done.returncode == 2
        assert b"--config-from has nothing to read" in done.stderr

    def rules(self, tree: Scratch, *arguments: str) -> set[str]:
        done = pmlint("check", "--format", "json", *arguments, "postmortems", cwd=tree.folder)
        assert done.returncode in (0, 1), done.stderr
        return {finding["rule"] for finding in json.loads(done.stdout)["findings"]}

    @pytest.mark.parametrize("name", ["pmlint.toml", "pyproject.toml", "postmortems/pmlint.toml"])
    def test_a_strangers_configuration_neither_hides_nor_adds_anything(self, tree: Scratch, name: str) -> None:
        table = "[tool.pmlint.rules]" if name == "pyproject.toml" else "[rules]"
        tree.write(name, f'{table}\n"timeline/missing-zone" = "off"\n')
        tree.commit()
        trusted = self.rules(tree)
        tree.write("pmlint.toml", '[rules]\nALL = "off"\n')
        tree.write("postmortems/pmlint.toml", '[rules]\nALL = "off"\n')
        assert self.rules(tree) == set()
        assert self.rules(tree, "--config-from", "HEAD") == trusted != set()

    def test_a_strangers_configuration_is_not_even_valid(self, tree: Scratch) -> None:
        tree.commit()
        trusted = self.rules(tree)
        tree.write("pmlint.toml", "no TOML at all")
        assert self.rules(tree, "--config-from", "HEAD") == trusted

    def test_a_named_configuration_is_read_from_the_commit_too(self, tree: Scratch) -> None:
        tree.write("own.toml", '[rules]\nALL = "off"\n"timeline/out-of-order" = "error"\n')
        tree.commit()
        tree.write("own.toml", '[rules]\nALL = "off"\n')
        assert self.rules(tree, "--config", "own.toml") == set()
        assert self.rules(tree, "--config", "own.toml", "--config-from", "HEAD") == {"timeline/out-of-order"}

    def test_a_named_configuration_that_the_commit_lacks_is_no_green(self, tree: Scratch) -> None:
        tree.commit()
        tree.write("own.toml", '[rules]\nALL = "off"\n')
        done = pmlint("check", "--config", "own.toml", "--config-from", "HEAD", cwd=tree.folder)
        assert done.returncode == 2
        assert b"own.toml: the commit of --config-from has no such file" in done.stderr

    def test_rule_folders_are_refused(self, tree: Scratch) -> None:
        tree.write("pmlint.toml", 'rule-folders = ["house-rules"]\n')
        tree.commit()
        done = pmlint("check", "--config-from", "HEAD", "postmortems", cwd=tree.folder)
        assert done.returncode == 2
        assert b"pmlint.toml:1: rule folders are not read from a commit" in done.stderr

    def test_a_link_in_place_of_a_configuration_is_no_green(self, tree: Scratch) -> None:
        (tree.folder / "pmlint.toml").symlink_to("elsewhere.toml")
        tree.commit()
        done = pmlint("check", "--config-from", "HEAD", "postmortems", cwd=tree.folder)
        assert done.returncode == 2
        assert b"pmlint.toml: HEAD has no text here that could be read" in done.stderr


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "this is no JSON"),
            ('{"version": 1,\n "findings": [}', f"{FILE}:2: this is no JSON"),
            ("[" * 100_000, "this is no"),
            ("[]", "this is no baseline"),
            ('{"version": 2, "findings": []}', "this is no baseline: version"),
            ('{"version": 1, "findings": [{"path": "x"}]}', "this is no baseline: findings"),
            (
                '{"version": 1, "findings": [{"path": "x", "rule": "a/b", "fingerprint": "0123456789", "expires": '
                '"2026-13-01"}]}',
                "'2026-13-01' is no day like 2026-03-31",
            ),
            ("# Logins failed\n", "this is no JSON"),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "baseline"])
    def test_what_is_no_baseline(self, tree: Scratch, text: str, said: str, command: str) -> None:
        tree.write(FILE, text)
        option = "--baseline" if command == "check" else "--file"
        done = pmlint(command, option, FILE, cwd=tree.folder)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert said in line
        assert (tree.folder / FILE).read_text(encoding="utf-8") == text

    def test_no_such_file(self, tree: Scratch) -> None:
        code, _, err = check(tree)
        assert code == 2
        assert err == f"pmlint: error: {FILE}: there is no such file; `pmlint baseline` writes one\n"

    def test_a_postmortem_is_never_overwritten(self, tree: Scratch) -> None:
        done = pmlint("baseline", "--file", PATH, cwd=tree.folder)
        assert done.returncode == 2
        assert (tree.folder / PATH).read_text(encoding="utf-8") == BAD

    @pytest.mark.parametrize("file", ["nowhere/x.json", "/dev/full/x.json"])
    def test_a_place_that_cannot_be_written(self, tree: Scratch, file: str) -> None:
        done = pmlint("baseline", "--file", file, cwd=tree.folder)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr

    def test_check_and_prune_at_once(self, tree: Scratch) -> None:
        assert pmlint("baseline", "--check", "--prune", cwd=tree.folder).returncode == 2


class TestFile:
    ENTRY = Entry("a/ü\n.md", "tone/x", "0123456789abcdef", "said", date(2026, 6, 30), "why")

    def test_it_comes_back_as_it_was_written(self) -> None:
        text = baseline_text([self.ENTRY])
        assert parse_baseline(text, "docs/x.json") == Baseline((self.ENTRY,), "docs")
        assert parse_baseline(baseline_text([]), "x.json").entries == ()

    def test_the_order_of_the_entries_makes_no_difference(self) -> None:
        other = self.ENTRY._replace(path="b.md", expires=None)
        third = self.ENTRY._replace(expires=None)
        assert baseline_text([third, self.ENTRY, other]) == baseline_text([other, self.ENTRY, third])

    def test_the_mode_is_kept_and_a_link_written_through(self, tmp_path: Path) -> None:
        write_baseline(str(tmp_path / "x.json"), [])
        (tmp_path / "x.json").chmod(0o640)
        (tmp_path / "link.json").symlink_to("x.json")
        write_baseline(str(tmp_path / "link.json"), [self.ENTRY])
        assert stat.S_IMODE((tmp_path / "x.json").stat().st_mode) == 0o640
        assert (tmp_path / "link.json").is_symlink()
        assert sorted(os.listdir(tmp_path)) == ["link.json", "x.json"]

    def test_nothing_is_left_behind_when_it_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        write_baseline(str(tmp_path / "x.json"), [])
        before = (tmp_path / "x.json").read_bytes()
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_baseline(str(tmp_path / "x.json"), [self.ENTRY])
        assert os.listdir(tmp_path) == ["x.json"]
        assert (tmp_path / "x.json").read_bytes() == before

    def test_no_other_error_than_our_own(self) -> None:
        with pytest.raises(PmlintError):
            parse_baseline('{"version": 1, "findings": [NaN]}', "x")
