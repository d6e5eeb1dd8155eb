"""``pmlint check --since REV``: what a change brought in, and nothing else."""

import json
import subprocess
from pathlib import Path

import pytest

from pmlint.change import changed_lines
from pmlint.source import Source
from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint
from tests.repository import ENVIRONMENT, Scratch

PATH = "postmortems/2026-03-04.md"
OLD = BAD.replace("# Logins failed", "# Logins failed\n\nEverybody was logged out for an hour that morning.")
RULES = ("--select", "timeline/out-of-order,sections/missing-impact,sections/missing-cause,clarity/placeholder")


def new(scratch: Scratch, *arguments: str, since: str = "main", path: str = ".") -> list[str]:
    """The rules of the findings that are reported; nothing may have gone wrong."""
    done = pmlint("check", *RULES, "--since", since, "--format", "json", *arguments, path, cwd=scratch.folder)
    assert done.stderr == b""
    findings = json.loads(done.stdout)["findings"]
    assert done.returncode == (1 if findings else 0)
    return [f"{finding['path']} {finding['rule']}" for finding in findings]


class TestCounts:
    """Findings that count several places and stand at one of them."""

    PAGE = "# Logins failed on 2026-03-04\n\n## Action items\n\n- Page on failed renewals\n- Renew by a job\n"
    RULES = ("--select", "actions/missing-owner", "--since", "main", "--format", "short", ".")

    @pytest.mark.parametrize(
        ("change", "text", "is_new"),
        [
            ("one more", PAGE + "- Rotate the keys\n", True),
            ("one more above", PAGE.replace("- Page", "- Rotate the keys\n- Page"), True),
            ("another in place of one", PAGE.replace("Renew by a job", "Rotate the keys"), True),
            ("nothing", PAGE + "\nThat is all.\n", False),
            ("the first one has an owner", PAGE.replace("renewals", "renewals (@mei)"), False),
            ("the last one has an owner", PAGE.replace("a job", "a job (@mei)"), False),
            ("another order", PAGE.replace("- Page on failed renewals\n", "") + "- Page on failed renewals\n", False),
        ],
    )
    @pytest.mark.parametrize("arguments", [(), ("--changed-lines",)])
    def test_only_more_of_them_is_new(
        self, scratch: Scratch, change: str, text: str, is_new: bool, arguments: tuple[str, ...]
    ) -> None:
        scratch.write(PATH, self.PAGE)
        scratch.commit()
        scratch.git("checkout", "-q", "-b", "change")
        scratch.write(PATH, text)
        done = pmlint("check", *arguments, *self.RULES, cwd=scratch.folder)
        assert done.returncode == is_new, done.stdout


@pytest.fixture
def branch(scratch: Scratch) -> Scratch:
    """A branch ``change`` beside ``main``, with an old postmortem that has two findings."""
    scratch.write(PATH, OLD)
    scratch.commit()
    scratch.git("checkout", "-q", "-b", "change")
    return scratch


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("nothing", OLD),
        ("lines above", OLD.replace("Everybody", "On Monday.\n\nEverybody")),
        ("a hundred lines above", OLD.replace("Everybody", "On Monday.\n\n" * 100 + "Everybody")),
        ("another level", OLD.replace("## Timeline", "### Timeline")),
        ("a number", OLD.replace("## Timeline", "## 2. Timeline")),
        ("another title", OLD.replace("# Logins failed", "# Logins were slow")),
        ("another marker", OLD.replace("\n- ", "\n* ")),
        ("indented entries", OLD.replace("\n- ", "\n  - ")),
        ("CRLF", OLD.replace("\n", "\r\n")),
        ("a section moved", OLD.replace("## Timeline", "## Notes\n\nNone.\n\n## Timeline")),
        ("mended", GOOD),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--changed-lines",)])
def test_what_was_there_before_is_not_new_with(
    branch: Scratch, change: str, text: str, arguments: tuple[str, ...]
) -> None:
    branch.write(PATH, text)
    assert new(branch, *arguments) == []


@pytest.mark.parametrize(
    ("change", "text", "rules"),
    [
        ("an entry", OLD + "- 2026-03-04 12:00 Over\n", ["timeline/out-of-order"]),
        ("a placeholder", OLD + "- 2026-03-04 16:00 TBD\n", ["clarity/placeholder"]),
        ("a second one alike", OLD + "- 2026-03-04 15:33 Alert\n- 2026-03-04 13:40 Fixed\n", ["timeline/out-of-order"]),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--changed-lines",)])
def test_a_change_brings_in(
    branch: Scratch, change: str, text: str, rules: list[str], arguments: tuple[str, ...]
) -> None:
    branch.write(PATH, text)
    assert new(branch, *arguments) == [f"{PATH} {rule}" for rule in rules]


@pytest.mark.parametrize("arguments", [(), ("--changed-lines",)])
def test_a_section_taken_out_is_missing_though_no_line_of_the_finding_changed(
    branch: Scratch, arguments: tuple[str, ...]
) -> None:
    branch.git("checkout", "-q", "main")
    told = "# Logins\n\n## Timeline (UTC)\n\n- 2026-03-04 13:40 Alert\n\n## Root cause\n\nA certificate.\n"
    branch.write(PATH, told)
    branch.commit()
    branch.git("checkout", "-q", "-b", "shorter")
    branch.write(PATH, told.replace("\n## Root cause\n\nA certificate.\n", ""))
    assert new(branch, *arguments) == [f"{PATH} sections/missing-cause"]


def test_a_finding_on_an_unchanged_line_is_hidden_only_with_changed_lines(branch: Scratch) -> None:
    """The entry before it changed, and that made it late."""
    branch.git("checkout", "-q", "main")
    branch.write(PATH, OLD.replace("15:33", "13:33"))
    branch.commit()
    branch.git("checkout", "-q", "-b", "later")
    branch.write(PATH, OLD)
    assert new(branch) == [f"{PATH} timeline/out-of-order"]
    assert new(branch, "--changed-lines") == []


def test_a_new_file_is_new_altogether(branch: Scratch) -> None:
    branch.write("postmortems/new.md", BAD)
    assert new(branch) == [
        "postmortems/new.md sections/missing-cause",
        "postmortems/new.md sections/missing-impact",
        "postmortems/new.md timeline/out-of-order",
    ]
    branch.commit()
    assert len(new(branch, "--changed-lines")) == 3


def test_a_renamed_file_is_followed(branch: Scratch) -> None:
    branch.git("mv", PATH, "postmortems/logins.md")
    assert new(branch) == []
    branch.commit()
    branch.write("postmortems/logins.md", OLD + "- 2026-03-04 12:00 Over\n")
    assert new(branch) == ["postmortems/logins.md timeline/out-of-order"]


def test_what_happened_on_the_other_side_is_not_ours(branch: Scratch) -> None:
    branch.write("README.md", "x")
    branch.commit()
    branch.git("checkout", "-q", "main")
    branch.write(PATH, GOOD)
    branch.commit()
    branch.git("checkout", "-q", "change")
    assert new(branch) == []


def test_the_index_can_be_held_against_a_branch(branch: Scratch) -> None:
    branch.write(PATH, OLD + "- 2026-03-04 16:00 TBD\n")
    assert new(branch, "--staged") == []
    branch.git("add", "-A")
    branch.write(PATH, OLD)
    assert new(branch, "--staged") == [f"{PATH} clarity/placeholder"]
    assert new(branch, "--staged", since="HEAD") == [f"{PATH} clarity/placeholder"]


def test_a_comment_that_is_taken_out_brings_its_finding_back(branch: Scratch) -> None:
    allowed = OLD.replace("13:40 Fixed", "13:40 Fixed <!-- pmlint: allow timeline: as in the log -->")
    branch.git("checkout", "-q", "main")
    branch.write(PATH, allowed)
    branch.commit()
    branch.git("checkout", "-q", "-b", "without")
    branch.write(PATH, OLD)
    assert new(branch) == [f"{PATH} timeline/out-of-order"]


def test_standard_input_has_no_past(branch: Scratch) -> None:
    done = pmlint("check", *OUT_OF_ORDER, "--since", "main", "-", cwd=branch.folder, stdin=BAD.encode())
    assert done.returncode == 1


class TestClones:
    """The four shapes in which a CI run finds a pull request's merge commit."""

    @pytest.fixture
    def upstream(self, branch: Scratch) -> Scratch:
        branch.write("postmortems/a.md", BAD)
        branch.commit()
        branch.git("checkout", "-q", "main")
        branch.write("postmortems/moved-on.md", BAD)
        branch.commit()
        branch.git("checkout", "-q", "-b", "merge", "main")
        branch.git("merge", "-q", "--no-ff", "-m", "merge", "change")
        return branch

    def clone(self, upstream: Scratch, folder: Path, *arguments: str) -> Path:
        url = f"file://{upstream.folder}"
        command = ["git", "clone", "-q", "--branch", "merge", *arguments, url, str(folder)]
        subprocess.run(command, env=ENVIRONMENT, check=True, timeout=60)
        return folder

    def check(self, folder: Path, since: str) -> subprocess.CompletedProcess[bytes]:
        return pmlint("check", *OUT_OF_ORDER, "--since", since, "--format", "json", ".", cwd=folder)

    @pytest.mark.parametrize(
        ("arguments", "since"),
        [
            (("--depth=2",), "HEAD^1"),
            ((), "origin/main"),
            ((), "HEAD^1"),
            (("--no-single-branch", "--depth=9"), "origin/main"),
        ],
    )
    def test_enough_of_the_history(
        self, upstream: Scratch, tmp_path: Path, arguments: tuple[str, ...], since: str
    ) -> None:
        done = self.check(self.clone(upstream, tmp_path / "clone", *arguments), since)
        assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == ["postmortems/a.md"]

    @pytest.mark.parametrize("since", ["HEAD^1", "origin/main"])
    def test_too_little_of_it_is_never_green(self, upstream: Scratch, tmp_path: Path, since: str) -> None:
        done = self.check(self.clone(upstream, tmp_path / "clone", "--depth=1"), since)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith(f"pmlint: error: {since}: git knows no such commit, and this clone is shallow; ")
        assert "fetch-depth: 2" in line

    def test_the_base_without_the_history_between(self, upstream: Scratch, tmp_path: Path) -> None:
        clone = self.clone(upstream, tmp_path / "clone", "--depth=1", "--no-single-branch")
        done = self.check(clone, "origin/change")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"HEAD has no history in common with it, and this clone is shallow; " in done.stderr

    def test_histories_of_their_own(self, branch: Scratch) -> None:
        branch.git("checkout", "-q", "--orphan", "alone")
        branch.write("README.md", "x")
        branch.commit()
        done = self.check(branch.folder, "main")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"main: HEAD has no history in common with it; fetch it, or name another commit" in done.stderr


class TestRefs:
    """Names that would be something else than the name of a commit."""

    @pytest.mark.parametrize(
        "revision",
        ["--output=x", "-x", "--", "", "$(touch x)", "HEAD:README.md", "main:postmortems", "HEAD^{/nothing}", "a..b",
         "\u202egnp", "x\n::error::y", "@{upstream}", "0" * 40],
    )  # fmt: skip
    def test_none_is_obeyed(self, branch: Scratch, revision: str) -> None:
        done = pmlint("check", f"--since={revision}", ".", cwd=branch.folder)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith("pmlint: error: ")
        assert "git knows no such commit" in line
        assert "\u202e" not in line
        assert not (branch.folder / "x").exists()

    @pytest.mark.parametrize("ref", ["refs/heads/-x", "refs/heads/a;b", "refs/tags/\u202egnp", "refs/heads/--all"])
    def test_odd_names_of_real_commits_work(self, branch: Scratch, ref: str) -> None:
        branch.git("update-ref", ref, "HEAD")
        assert new(branch, since=ref) == []

    def test_nothing_committed_yet(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        done = pmlint("check", "--since", "HEAD", ".", cwd=scratch.folder)
        assert done.returncode == 2

    def test_changed_lines_need_a_commit(self, branch: Scratch) -> None:
        done = pmlint("check", "--changed-lines", ".", cwd=branch.folder)
        assert done.returncode == 2
        assert b"--changed-lines needs --since REV" in done.stderr


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", []),
        ("a\nb\nc\n", "a\nx\nc\n", [2]),
        ("a\nb\nc\n", "a\nb\nb\nc\n", [3]),
        ("a\nb\nc\n", "c\na\nb\n", [1]),
        ("a\nb\nc\n", "a\r\nb  \r\nc", []),
        ("", "a\nb\n", [1, 2]),
        ("a\na\na\n", "a\na\na\na\n", [4]),
        ("a\nb\n", "", [1]),
    ],
)
def test_lines_that_changed(before: str, now: str, lines: list[int]) -> None:
    assert sorted(changed_lines(Source("x", before), Source("x", now))) == lines


def test_the_lines_of_a_large_text_take_no_time_to_speak_of() -> None:
    """Alike, all different, turned round: a megabyte each."""
    from time import process_time

    alike, other = "a\n" * 400_000, "".join(f"{number}\n" for number in range(150_000))
    turned = "\n".join(reversed(other.splitlines()))
    began = process_time()
    for before, now in ((alike, alike + "b\n"), (alike, other), (other, turned), (turned, other)):
        changed_lines(Source("x", before), Source("x", now))
    assert process_time() - began < 20
