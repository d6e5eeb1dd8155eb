"""``pmlint check --fix``: what is mended, how it is written, and what is left."""

import os
import re
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.engine import check
from pmlint.fix import fixed
from pmlint.mending import write_back
from pmlint.report.diff import diff_lines
from pmlint.report.text import Style
from pmlint.rulebook import read_rulebook
from pmlint.run import Rewriting
from pmlint.source import Source, Span
from tests.command import GOOD, pmlint

BOX = "- [X ] Page on failed renewals (@mei, OPS-12), by 2026-04-01\n"
MENDED_BOX = BOX.replace("[X ]", "[x]")
PAGE = f"# Logins failed on 2026-03-04\n\n## Action items\n\n{BOX}"
BOXES = ("--select", "actions/broken-checkbox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "postmortem.md").write_bytes(PAGE.encode())
    return tmp_path


def text(folder: Path, name: str = "postmortem.md") -> bytes:
    return (folder / name).read_bytes()


class TestCommand:
    def test_what_is_mended_is_no_longer_reported(self, folder: Path) -> None:
        done = pmlint("check", *BOXES, "--fix", "postmortem.md", cwd=folder)
        assert done.returncode == 0
        assert done.stdout == b"1 postmortem, nothing to report; 1 fixed\n"
        assert done.stderr == b"pmlint: note: postmortem.md: fixed: 1 actions/broken-checkbox\n"
        assert text(folder) == PAGE.replace("[X ]", "[x]").encode()

    def test_what_is_left_is_reported_as_it_then_stands(self, folder: Path) -> None:
        (folder / "postmortem.md").write_text(f"{PAGE}- [ x] Be more careful\n", encoding="utf-8")
        done = pmlint("check", *BOXES, "--select", "actions/person-fix", "--fix", "postmortem.md", cwd=folder)
        assert done.returncode == 1
        assert b"postmortem.md:6:7: warning:" in done.stdout
        assert b"1 warning in 1 of 1 postmortem; 2 fixed" in done.stdout

    def test_without_it_the_summary_tells_what_could_be_mended(self, folder: Path) -> None:
        done = pmlint("check", *BOXES, "postmortem.md", cwd=folder)
        assert done.stdout.endswith(b"1 warning in 1 of 1 postmortem; 1 can be fixed with --fix\n")
        assert text(folder) == PAGE.encode()

    def test_a_diff_changes_nothing(self, folder: Path) -> None:
        done = pmlint("check", *BOXES, "--diff", "postmortem.md", cwd=folder)
        assert done.returncode == 1
        assert done.stdout.decode().splitlines() == [
            "--- postmortem.md", "+++ postmortem.md", "@@ -2,4 +2,4 @@", " ", " ## Action items", " ",
            f"-{BOX[:-1]}", f"+{MENDED_BOX[:-1]}",
        ]  # fmt: skip
        assert text(folder) == PAGE.encode()

    def test_a_diff_is_what_patch_takes(self, folder: Path) -> None:
        diff = pmlint("check", *BOXES, "--diff", "postmortem.md", cwd=folder).stdout
        subprocess.run(["git", "apply", "-p0", "-"], cwd=folder, input=diff, check=True, timeout=60)
        assert text(folder) == PAGE.replace("[X ]", "[x]").encode()

    def test_without_a_difference_there_is_no_diff(self, folder: Path) -> None:
        (folder / "postmortem.md").write_text(f"{GOOD}- Be more careful\n", encoding="utf-8")
        done = pmlint("check", "--diff", "postmortem.md", cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_fix_only_says_nothing_of_what_is_left(self, folder: Path) -> None:
        (folder / "postmortem.md").write_text(f"{PAGE}- Be more careful\n", encoding="utf-8")
        done = pmlint("check", "--fix-only", "postmortem.md", cwd=folder)
        assert (done.returncode, done.stdout) == (0, b"")
        assert done.stderr == b"pmlint: note: postmortem.md: fixed: 1 actions/broken-checkbox\n"

    def test_standard_input_comes_out_mended_and_the_report_goes_elsewhere(self, folder: Path) -> None:
        given_text = f"\ufeff{PAGE}- Be more careful".encode()
        done = pmlint("check", "--fix", "-", cwd=folder, stdin=given_text)
        assert done.returncode == 1
        assert done.stdout == given_text.replace(b"[X ]", b"[x]")
        assert b"asks for care [actions/person-fix]" in done.stderr
        assert b"1 fixed" in done.stderr

    def test_standard_input_without_anything_to_mend_comes_out_as_it_was(self, folder: Path) -> None:
        done = pmlint("check", "--fix-only", "-", cwd=folder, stdin=GOOD.encode())
        assert (done.returncode, done.stdout, done.stderr) == (0, GOOD.encode(), b"")

    def test_standard_input_that_is_no_text_does_not_come_out(self, folder: Path) -> None:
        done = pmlint("check", "--fix", "-", cwd=folder, stdin=PAGE.encode() + b"\xff\n")
        assert (done.returncode, done.stdout) == (2, b"")

    def test_hints_are_mended_when_they_are_shown(self, folder: Path) -> None:
        (folder / "postmortem.md").write_text(PAGE.replace("## Action items", "**Action items**"), encoding="utf-8")
        rule = ("--select", "sections/pseudo-heading-section")
        assert pmlint("check", *rule, "--fix", "postmortem.md", cwd=folder).stderr == b""
        pmlint("check", *rule, "--level", "info", "--fix", "postmortem.md", cwd=folder)
        assert b"## Action items" in text(folder)

    def test_what_a_comment_allows_is_not_touched(self, folder: Path) -> None:
        allowed = f"<!-- pmlint: allow actions/broken-checkbox: as the tool writes it -->\n{BOX}{BOX}"
        (folder / "postmortem.md").write_text(PAGE.replace(BOX, allowed), encoding="utf-8")
        pmlint("check", "--fix", "postmortem.md", cwd=folder)
        assert text(folder).decode().endswith(BOX + MENDED_BOX)
        pmlint("check", "--fix", "--no-inline-suppressions", "postmortem.md", cwd=folder)
        assert text(folder).decode().endswith(MENDED_BOX * 2)

    def test_what_the_baseline_holds_is_not_touched(self, folder: Path) -> None:
        pmlint("baseline", "postmortem.md", cwd=folder)
        done = pmlint("check", "--fix", "--baseline", "pmlint-baseline.json", "postmortem.md", cwd=folder)
        assert done.returncode == 0
        assert text(folder) == PAGE.encode()

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--unsafe-fixes",), "--unsafe-fixes changes nothing by itself"),
            (("--fix", "--staged"), "--fix changes files, --staged looks into the index"),
            (("--fix-only", "--staged"), "--fix changes files, --staged looks into the index"),
            (("--diff", "--format", "json"), "--diff makes no report"),
            (("--fix-only", "--output", "json=x"), "--fix-only makes no report"),
            (("--fix", "--format", "json", "-"), "--fix prints the text that `-` reads"),
        ],
    )
    def test_what_means_nothing_is_refused(self, folder: Path, options: tuple[str, ...], said: str) -> None:
        done = pmlint("check", *options, cwd=folder)
        assert done.returncode == 2
        assert said in done.stderr.decode()
        assert text(folder) == PAGE.encode()

    def test_a_report_tells_how_many_were_mended(self, folder: Path) -> None:
        done = pmlint("check", *BOXES, "--fix", "--format", "json", "postmortem.md", cwd=folder)
        assert b'"fixed": 1' in done.stdout

    def test_a_diff_of_what_is_staged_is_of_the_index(self, folder: Path) -> None:
        for command in (["init", "-q"], ["add", "-A"]):
            subprocess.run(["git", *command], cwd=folder, check=True, timeout=60)
        (folder / "postmortem.md").write_text(GOOD, encoding="utf-8")
        done = pmlint("check", "--diff", "--staged", cwd=folder)
        assert done.returncode == 1
        assert f"+{MENDED_BOX}".encode() in done.stdout
        assert text(folder) == GOOD.encode()


class TestDiff:
    @staticmethod
    def lines(before: str, after: str, *hidden: Span) -> list[str]:
        rewriting = Rewriting(Source("a.md", before), Source("a.md", after), (), hidden)
        return list(diff_lines(rewriting, Style()))

    def test_nothing_in_it_acts_on_a_terminal_or_a_runner(self) -> None:
        before = "\t::error::x\n##[error]y\n\x1b[31m\n\u202eabc\n::warning::\nold\n"
        said = "\n".join(self.lines(before, before.replace("old", "new")))
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]|##\[|(?m:^\s*::)", said)
        assert "-old\n+new" in said

    def test_secrets_are_masked(self) -> None:
        said = self.lines("key: hunter2\nold\n", "key: *******\nnew\n", Span(5, 12))
        assert " key: *******" in said

    @given(
        st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30), st.booleans()
    )
    def test_git_makes_the_new_text_of_the_old_one_by_it(self, old: list[str], new: list[str], ended: bool) -> None:
        before, after = ("\n".join(lines) + "\n" * ended for lines in (old, new))
        assert patched(before, self.lines(before, after)) == after


def patched(before: str, diff: list[str]) -> str:
    """The text that a unified diff makes of another one, by the book."""
    old, new, at = before.splitlines(keepends=True), list[str](), 0
    lines = "\n".join(diff).split("\n")[2:] if diff else []
    last = ""
    for line in lines:
        if hunk := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            start = int(hunk[1]) - (hunk[2] != "0")
            new += old[at:start]
            at = start
            assert len(new) == int(hunk[3]) - (hunk[4] != "0")
        elif line.startswith("\\"):
            new[-1:] = [new[-1].removesuffix("\n")] if last != "-" else new[-1:]
        else:
            last = line[0]
            if last in " -":
                assert old[at].rstrip("\n") == line[1:]
                at += 1
            if last in " +":
                new.append(f"{line[1:]}\n")
    return "".join([*new, *old[at:]])


class TestWriting:
    @staticmethod
    def write(path: Path, before: bytes = b"old\n", after: bytes = b"new\n") -> str:
        problem = write_back(Source(str(path), before.decode()), Source(str(path), after.decode()))
        return problem.reason if problem else ""

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("bom", ["", "\ufeff"])
    @pytest.mark.parametrize("last", ["", "\n"])
    def test_everything_beside_the_edit_stays_as_it_was(self, folder: Path, end: str, bom: str, last: str) -> None:
        before = (bom + (PAGE.rstrip("\n") + last).replace("\n", end) + "\u2028\x0c").encode()
        (folder / "postmortem.md").write_bytes(before)
        pmlint("check", *BOXES, "--fix", "postmortem.md", cwd=folder)
        assert text(folder) == before.replace(b"[X ]", b"[x]")

    def test_a_file_that_is_not_utf_8_stays_as_it_is(self, folder: Path) -> None:
        before = PAGE.encode() + b"\xff\n"
        (folder / "postmortem.md").write_bytes(before)
        assert pmlint("check", *BOXES, "--fix", "postmortem.md", cwd=folder).returncode == 2
        assert text(folder) == before

    def test_mode_and_owner_stay(self, folder: Path) -> None:
        path = folder / "postmortem.md"
        path.chmod(0o640)
        if os.geteuid() == 0:
            os.chown(path, 1234, 1234)
        before = path.stat()
        pmlint("check", *BOXES, "--fix", "postmortem.md", cwd=folder)
        after = path.stat()
        assert text(folder) != PAGE.encode()
        assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)

    def test_a_link_stays_one_inside_the_repository(self, folder: Path) -> None:
        (folder / ".git").mkdir()
        (folder / "docs").mkdir()
        (folder / "docs" / "link.md").symlink_to("../postmortem.md")
        assert pmlint("check", *BOXES, "--fix", "docs/link.md", cwd=folder).returncode == 0
        assert (folder / "docs" / "link.md").is_symlink()
        assert text(folder) != PAGE.encode()

    def test_a_link_out_of_the_repository_is_not_followed(self, folder: Path) -> None:
        (folder / "repository" / ".git").mkdir(parents=True)
        (folder / "repository" / "link.md").symlink_to("../postmortem.md")
        done = pmlint("check", *BOXES, "--fix", "link.md", cwd=folder / "repository")
        assert done.returncode == 2
        assert b"link.md: this link leads out of the repository" in done.stderr
        assert text(folder) == PAGE.encode()

    def test_a_link_that_leads_out_when_it_is_written_stays(self, tmp_path: Path) -> None:
        (tmp_path / "repository" / ".git").mkdir(parents=True)
        (tmp_path / "outside.md").write_bytes(b"old\n")
        link = tmp_path / "repository" / "link.md"
        link.symlink_to("../outside.md")
        assert self.write(link) == "not fixed: this link leads out of the repository"
        assert (tmp_path / "outside.md").read_bytes() == b"old\n"

    def test_a_file_that_changed_after_it_was_read_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "x.md"
        for there in (b"other\n", b"old\nmore\n", b"old", b""):
            path.write_bytes(there)
            assert self.write(path) == "not fixed: it has changed since it was read"
            assert path.read_bytes() == there

    def test_a_file_that_went_is_not_made_anew(self, tmp_path: Path) -> None:
        assert self.write(tmp_path / "x.md") == "not fixed: no such file or directory"
        assert list(tmp_path.iterdir()) == []

    def test_a_file_of_two_names_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "x.md"
        path.write_bytes(b"old\n")
        os.link(path, tmp_path / "y.md")
        assert self.write(path).startswith("not fixed: it has several names (hard links)")
        assert path.read_bytes() == b"old\n"

    def test_a_read_only_file_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "x.md"
        path.write_bytes(b"old\n")
        path.chmod(0o444)
        if os.geteuid() == 0:  # who may write everything would not be told
            monkeypatch.setattr(os, "access", lambda path, mode: False)
        assert self.write(path) == "not fixed: permission denied"
        assert path.read_bytes() == b"old\n"
        assert [entry.name for entry in tmp_path.iterdir()] == ["x.md"]

    def test_a_full_disk_leaves_the_old_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "x.md"
        path.write_bytes(b"old\n")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert self.write(path) == "not fixed: no space left on device"
        assert path.read_bytes() == b"old\n"
        assert [entry.name for entry in tmp_path.iterdir()] == ["x.md"]


SCRAMBLED = """\
# Logins failed on 2026-03-04

## Timeline (UTC)

- 09:50 Certificate renewed
- 09:12 First failures
"""


def test_the_manual_names_every_rule_with_a_safe_fix() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "fixing.md").read_text(encoding="utf-8")
    named = {
        name for line in page.splitlines() if line.startswith("| ") for name in re.findall(r"`([a-z]+/[a-z-]+)`", line)
    }
    # The scales of these come from the configuration; sorting and new headings are not safe.
    scales = {"metadata/invalid-severity", "metadata/invalid-status"}
    unsafe = {rule for rule in FIXABLE if rule.startswith("sections/missing-") or rule == "timeline/out-of-order"}
    assert named == (FIXABLE - unsafe) | scales


FIXABLE = {rule.name for rule in read_rulebook().rules if rule.fixable}


class TestUnsafe:
    def test_a_timeline_is_sorted_when_that_is_asked_for(self, folder: Path) -> None:
        (folder / "postmortem.md").write_text(SCRAMBLED, encoding="utf-8")
        rule = ("--select", "timeline/out-of-order")
        done = pmlint("check", *rule, "--fix", "postmortem.md", cwd=folder)
        assert done.stdout.endswith(b"1 error in 1 of 1 postmortem\n")
        assert text(folder) == SCRAMBLED.encode()
        assert pmlint("check", *rule, "--fix", "--unsafe-fixes", "postmortem.md", cwd=folder).returncode == 0
        first, last = SCRAMBLED.splitlines(keepends=True)[-2:]
        assert text(folder).decode() == SCRAMBLED.replace(first + last, last + first)

    @pytest.mark.parametrize("old", ["about", "comment", "no day", "zone", "numbered", "paragraph between"])
    def test_entries_that_may_not_move_stay(self, old: str) -> None:
        page = {
            "about": SCRAMBLED.replace("- 09:50", "- ~10:50"),
            "comment": SCRAMBLED.replace("renewed", "renewed <!-- as logged -->"),
            "no day": SCRAMBLED.replace(" on 2026-03-04", ""),
            "zone": SCRAMBLED.replace("09:12", "09:12 UTC"),
            "numbered": SCRAMBLED.replace("- 09:50", "1. 09:50").replace("- 09:12", "2. 09:12"),
            "paragraph between": SCRAMBLED.replace("- 09:12", "\nThen:\n\n- 09:12"),
        }[old]
        rules = [rule for rule in read_rulebook().rules if rule.name == "timeline/out-of-order"]
        found = check(Source("a.md", page), rules, date(2026, 6, 30)).findings
        assert [finding.edits for finding in found] == [()], old

    @pytest.mark.parametrize(
        ("page", "result"),
        [
            ("# A\n\n## Impact\n\nx", "# A\n\n## Impact\n\nx\n\n## Timeline\n"),
            ("# A\n\n### Impact\n\nx\n", "# A\n\n### Impact\n\nx\n\n### Timeline\n"),
            ("# A\r\n\r\n## Actions\r\n", "# A\r\n\r\n## Timeline\r\n\r\n## Actions\r\n"),
            ("# A\n\n## Impact\n\n```\nopen\n", None),
            ("# A\n\n## Impact\n\n<!-- open\n", None),
            ("# A\n\nNo sections.\n", None),
            (
                "# Störung\n\n## Auswirkung\n\n"
                + "Die Kunden konnten sich nicht anmelden, und wir haben es erst nach einer Stunde gesehen.\n" * 5,
                None,
            ),
        ],
    )
    def test_a_missing_section_gets_a_heading_where_it_belongs(self, page: str, result: str | None) -> None:
        rules = [rule for rule in read_rulebook().rules if rule.name == "sections/missing-timeline"]
        done = check(Source("a.md", page), rules, date(2026, 6, 30))
        assert fixed(page, [finding.edits for finding in done.findings]) == (result or page)
