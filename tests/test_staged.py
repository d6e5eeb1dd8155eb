"""``pmlint check --staged``: what the next commit would hold, however git came to hold it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint
from tests.repository import ENVIRONMENT, Scratch

PATH = "postmortems/2026-03-04.md"
STAGED = ("check", *OUT_OF_ORDER, "--staged")


def found(scratch: Scratch, *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> list[str]:
    """The paths that have a finding; nothing may have gone wrong."""
    done = pmlint(*STAGED, "--format", "json", *arguments, cwd=cwd or scratch.folder, env=env)
    assert done.stderr == b""
    assert done.returncode < 2
    return [finding["path"] for finding in json.loads(done.stdout)["findings"]]


def problem(scratch: Scratch, *arguments: str, env: dict[str, str] | None = None) -> str:
    done = pmlint(*STAGED, *arguments, cwd=scratch.folder, env=env)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    (line,) = done.stderr.decode().splitlines()
    return line


class TestWhatIsStaged:
    def test_the_index_counts_and_not_the_work_tree(self, scratch: Scratch) -> None:
        scratch.write(PATH, GOOD)
        scratch.git("add", "-A")
        scratch.write(PATH, BAD)
        assert found(scratch) == []
        assert pmlint("check", *OUT_OF_ORDER, cwd=scratch.folder).returncode == 1
        scratch.git("add", "-A")
        scratch.write(PATH, GOOD)
        assert found(scratch) == [PATH]
        assert pmlint("check", *OUT_OF_ORDER, cwd=scratch.folder).returncode == 0

    def test_what_is_committed_already_is_left_alone(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.commit()
        assert found(scratch) == []
        scratch.write("postmortems/other.md", BAD)
        scratch.git("add", "-A")
        assert found(scratch) == ["postmortems/other.md"]

    def test_a_file_that_is_no_longer_on_disk_is_staged_all_the_same(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        (scratch.folder / PATH).unlink()
        assert found(scratch) == [PATH]

    def test_a_deleted_file_is_not_linted(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.commit()
        scratch.git("rm", "-q", PATH)
        assert found(scratch) == []

    def test_a_renamed_file_is(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.commit()
        scratch.git("mv", PATH, "postmortems/logins.md")
        assert found(scratch) == ["postmortems/logins.md"]

    def test_other_markdown_is_not(self, scratch: Scratch) -> None:
        scratch.write("README.md", BAD)
        scratch.write("postmortems/template.md", "# Incident: YYYY-MM-DD\n")
        scratch.write("src/x.py", "x")
        scratch.git("add", "-A")
        done = pmlint(*STAGED, cwd=scratch.folder)
        assert (done.returncode, done.stdout) == (0, b"0 postmortems, nothing to report\n")

    def test_a_named_file_is_taken_as_the_index_holds_it(self, scratch: Scratch) -> None:
        scratch.write("README.md", BAD)
        scratch.commit()
        scratch.write("README.md", GOOD)
        assert found(scratch, "README.md") == ["README.md"]

    def test_a_folder_narrows_it_down(self, scratch: Scratch) -> None:
        for name in ("a/postmortems/1.md", "b/postmortems/2.md"):
            scratch.write(name, BAD)
        scratch.git("add", "-A")
        assert found(scratch, "b") == ["b/postmortems/2.md"]
        assert found(scratch, cwd=scratch.folder / "a") == ["postmortems/1.md"]
        assert found(scratch, "..", cwd=scratch.folder / "a") == ["postmortems/1.md", "../b/postmortems/2.md"]

    @pytest.mark.parametrize("name", ["a\nb.md", "a\tb.md", 'a"b.md', "ü.md", "-x.md", ":(top)x.md", "[ab].md", "*.md"])
    def test_odd_names(self, scratch: Scratch, name: str) -> None:
        scratch.write("postmortems/a.md", BAD)
        scratch.commit()
        scratch.write(f"postmortems/{name}", BAD)
        scratch.git("add", "-A")
        assert found(scratch) == [f"postmortems/{name}"]
        assert found(scratch, "--", f"postmortems/{name}") == [f"postmortems/{name}"]

    @pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes UTF-8 names only")
    def test_a_name_that_is_no_text(self, scratch: Scratch) -> None:
        (scratch.folder / "postmortems").mkdir()
        path = os.path.join(os.fsencode(scratch.folder), b"postmortems", b"caf\xe9.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(BAD)
        scratch.git("add", "-A")
        assert found(scratch) == ["postmortems/caf\udce9.md"]

    def test_texts_have_the_form_that_the_repository_keeps(self, scratch: Scratch) -> None:
        scratch.git("config", "core.autocrlf", "true")
        scratch.write(".gitattributes", "*.md working-tree-encoding=UTF-16LE-BOM eol=crlf\n")
        (scratch.folder / "postmortems").mkdir()
        (scratch.folder / PATH).write_bytes(b"\xff\xfe" + BAD.replace("\n", "\r\n").encode("utf-16-le"))
        scratch.git("add", "-A")
        assert found(scratch) == [PATH]

    def test_links_lead_to_what_is_staged(self, scratch: Scratch) -> None:
        scratch.write("postmortems/graph.png", "x")
        scratch.write(PATH, "# Logins\n\n[graph](graph.png) and [log](log.txt)\n")
        scratch.git("add", "-A")
        (scratch.folder / "postmortems" / "graph.png").unlink()
        scratch.write("postmortems/log.txt", "x")
        rule = ("--select", "consistency/broken-relative-link", "--format", "json")
        staged = json.loads(pmlint("check", *rule, "--staged", cwd=scratch.folder).stdout)["findings"]
        on_disk = json.loads(pmlint("check", *rule, ".", cwd=scratch.folder).stdout)["findings"]
        assert [("log.txt" in one["message"]) for one in staged] == [True]
        assert [("graph.png" in one["message"]) for one in on_disk] == [True]


class TestHowGitHoldsIt:
    def test_before_the_first_commit(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        assert found(scratch) == [PATH]

    def test_sparse_checkout(self, scratch: Scratch) -> None:
        scratch.write(PATH, GOOD)
        scratch.write("src/x.py", "x")
        scratch.commit()
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        scratch.git("update-index", "--skip-worktree", PATH)
        (scratch.folder / PATH).unlink()
        assert found(scratch) == [PATH]

    def test_linked_worktree(self, scratch: Scratch, tmp_path: Path) -> None:
        scratch.write("README.md", "x")
        scratch.commit()
        scratch.git("worktree", "add", "-q", str(tmp_path / "linked"))
        linked = tmp_path / "linked" / PATH
        linked.parent.mkdir()
        linked.write_text(BAD, encoding="utf-8")
        subprocess.run(["git", "add", "-A"], cwd=tmp_path / "linked", env=ENVIRONMENT, check=True, timeout=60)
        assert found(scratch, cwd=tmp_path / "linked") == [PATH]
        assert found(scratch) == []

    def test_git_dir_from_below(self, scratch: Scratch) -> None:
        """Git takes the current folder for the top then; whatever path it shows, the text is found."""
        scratch.write(f"docs/{PATH}", BAD)
        scratch.git("add", "-A")
        env = {"GIT_DIR": str(scratch.folder / ".git")}
        assert found(scratch, cwd=scratch.folder / "docs", env=env) == [f"docs/{PATH}"]

    def test_git_dir_and_work_tree_from_elsewhere(self, scratch: Scratch, tmp_path: Path) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        env = {"GIT_DIR": str(scratch.folder / ".git"), "GIT_WORK_TREE": str(scratch.folder)}
        assert found(scratch, "work", cwd=tmp_path, env=env) == [f"work/{PATH}"]

    @pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix", "diff.renames", "core.quotePath"])
    def test_settings_that_change_what_git_prints(self, scratch: Scratch, setting: str) -> None:
        scratch.git("config", setting, "true")
        scratch.git("config", "color.ui", "always")
        scratch.git("config", "diff.external", "/bin/false")
        scratch.git("config", "core.pager", "/bin/false")
        scratch.write("postmortems/ü.md", BAD)
        scratch.git("add", "-A")
        assert found(scratch) == ["postmortems/ü.md"]

    @pytest.mark.parametrize("name", ["GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE", "GIT_EXTERNAL_DIFF"])
    def test_variables_that_change_what_git_does(self, scratch: Scratch, name: str) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        assert found(scratch, env={name: "1"}) == [PATH]


class TestInAHook:
    """The index that a commit makes is not always the usual one: git names it to its hooks."""

    def commit(self, scratch: Scratch, *arguments: str) -> str:
        hook = scratch.folder / ".git" / "hooks" / "pre-commit"
        program = f"env PYTHONPATH='{Path(__file__).parent.parent}' '{sys.executable}' -m pmlint"
        hook.write_text(f"#!/bin/sh\nexec {program} {' '.join(STAGED)}\n", encoding="utf-8")
        hook.chmod(0o755)
        return scratch.git("commit", "-q", "-m", "x", *arguments, check=False)

    @pytest.fixture
    def committed(self, scratch: Scratch) -> Scratch:
        scratch.write(PATH, GOOD)
        scratch.write("postmortems/other.md", GOOD)
        scratch.commit()
        return scratch

    def test_commit_all(self, committed: Scratch) -> None:
        committed.write(PATH, BAD)
        assert f"{PATH}:6:3: error" in self.commit(committed, "-a")

    def test_commit_of_a_path(self, committed: Scratch) -> None:
        committed.write(PATH, BAD)
        committed.write("postmortems/other.md", BAD)
        said = self.commit(committed, "postmortems/other.md")
        assert "postmortems/other.md:6:3: error" in said
        assert PATH not in said

    def test_commit_of_what_is_staged_in_part(self, committed: Scratch) -> None:
        committed.write(PATH, GOOD + "\n## Notes\n")
        committed.git("add", "-A")
        committed.write(PATH, BAD)
        assert self.commit(committed) == "1 postmortem, nothing to report\n"
        assert committed.git("show", f"HEAD:{PATH}").endswith("## Notes\n")

    def test_commit_from_a_linked_worktree(self, committed: Scratch, tmp_path: Path) -> None:
        committed.git("worktree", "add", "-q", str(tmp_path / "linked"))
        (tmp_path / "linked" / PATH).write_text(BAD, encoding="utf-8")
        assert "error" not in self.commit(committed, "--allow-empty")
        done = subprocess.run(
            ["git", "commit", "-aqm", "x"],
            cwd=tmp_path / "linked",
            env=ENVIRONMENT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert f"{PATH}:6:3: error".encode() in done.stdout + done.stderr

    def test_the_hook_leaves_the_index_as_it_was(self, committed: Scratch) -> None:
        committed.write(PATH, BAD)
        committed.git("add", "-A")
        before = (committed.folder / ".git" / "index").read_bytes()
        assert found(committed) == [PATH]
        assert (committed.folder / ".git" / "index").read_bytes() == before


class TestWhatHoldsNoText:
    def test_unmerged(self, scratch: Scratch) -> None:
        scratch.write(PATH, GOOD)
        scratch.commit()
        scratch.git("checkout", "-q", "-b", "other")
        scratch.write(PATH, GOOD.replace("38 minutes", "39 minutes"))
        scratch.commit()
        scratch.git("checkout", "-q", "main")
        scratch.write(PATH, GOOD.replace("38 minutes", "40 minutes"))
        scratch.commit()
        scratch.git("merge", "-q", "other", check=False)
        said = f"pmlint: error: {PATH}: the index holds no merged version of it; resolve the conflict and `git add` it"
        assert problem(scratch) == said

    def test_announced_only(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "--intent-to-add", PATH)
        assert found(scratch) == []
        assert f"{PATH}: the index holds no text for it" in problem(scratch, PATH)

    def test_link(self, scratch: Scratch) -> None:
        scratch.write("secret.txt", BAD)
        (scratch.folder / "postmortems").mkdir()
        (scratch.folder / PATH).symlink_to("../secret.txt")
        scratch.git("add", "-A")
        assert found(scratch) == []
        assert f"{PATH}: the index holds a symbolic link, no text" in problem(scratch, PATH)

    def test_submodule(self, scratch: Scratch, tmp_path: Path) -> None:
        other = Scratch(tmp_path / "other")
        other.write("postmortem.md", BAD)
        other.commit()
        scratch.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.folder), "postmortems.md")
        assert found(scratch) == []
        assert "the index holds a submodule, no text" in problem(scratch, "postmortems.md")

    def test_large_file_pointer(self, scratch: Scratch) -> None:
        scratch.write(PATH, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
        scratch.git("add", "-A")
        assert problem(scratch) == (
            f"pmlint: error: {PATH}: this is a Git LFS pointer, the text is not here; fetch it with `git lfs pull`"
        )

    def test_large_text(self, scratch: Scratch) -> None:
        scratch.write(PATH, BAD)
        scratch.git("add", "-A")
        assert f"the staged text has {len(BAD)} bytes, the limit is 10" in problem(scratch, "--max-bytes", "10")

    def test_partial_clone_stays_off_the_network(self, scratch: Scratch, tmp_path: Path) -> None:
        scratch.write(PATH, GOOD)
        scratch.commit()
        scratch.git("config", "uploadpack.allowFilter", "true")
        clone = tmp_path / "clone"
        url = f"file://{scratch.folder}"
        scratch.git("clone", "-q", "--no-checkout", "--filter=blob:none", url, str(clone))
        subprocess.run(["git", "read-tree", "HEAD"], cwd=clone, env=ENVIRONMENT, check=True, timeout=60)
        done = pmlint(*STAGED, PATH, cwd=clone)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert b"pmlint: error: " in done.stderr

    @pytest.mark.parametrize(("argument", "said"), [("-", "standard input is not"), ("no.md", "not in the index")])
    def test_what_is_not_in_the_index(self, scratch: Scratch, argument: str, said: str) -> None:
        assert said in problem(scratch, argument)

    def test_what_lies_outside(self, scratch: Scratch) -> None:
        assert "this lies outside the repository" in problem(scratch, "../x.md")


class TestWithoutGit:
    def test_outside_a_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "postmortem.md").write_text(GOOD, encoding="utf-8")
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        done = pmlint(*STAGED, cwd=tmp_path)
        assert done.returncode == 2
        assert b"this is no Git repository" in done.stderr
        assert pmlint("check", *OUT_OF_ORDER, ".", cwd=tmp_path).returncode == 0

    @pytest.mark.parametrize("path", ["", ".", "/nowhere"])
    def test_without_the_program_only_what_needs_it_is_refused(self, scratch: Scratch, path: str) -> None:
        scratch.write(PATH, GOOD)
        scratch.write("git", "#!/bin/sh\ntouch ran\n").chmod(0o755)
        done = pmlint(*STAGED, cwd=scratch.folder, env={"PATH": path})
        assert done.returncode == 2
        assert done.stderr.startswith(b"pmlint: error: git: the program was not found; install git")
        assert pmlint("check", *OUT_OF_ORDER, ".", cwd=scratch.folder, env={"PATH": path}).returncode == 0
        assert not (scratch.folder / "ran").exists()

    def test_bare_repository(self, scratch: Scratch) -> None:
        scratch.bare_repository("bare", {})
        done = pmlint(*STAGED, cwd=scratch.folder / "bare")
        assert done.returncode == 2
        assert b"has no work tree" in done.stderr or b"no Git repository" in done.stderr

    def test_corrupt_index(self, scratch: Scratch) -> None:
        scratch.write(PATH, GOOD)
        scratch.git("add", "-A")
        (scratch.folder / ".git" / "index").write_bytes(b"x" * 100)
        assert problem(scratch).startswith("pmlint: error: git: it says: ")
        assert pmlint("check", *OUT_OF_ORDER, ".", cwd=scratch.folder).returncode == 0

    @pytest.mark.skipif(os.geteuid() != 0, reason="needs to give a folder away")
    def test_a_repository_of_somebody_else(self, scratch: Scratch) -> None:
        scratch.write(PATH, GOOD)
        scratch.git("add", "-A")
        for root, folders, names in os.walk(scratch.folder):
            for name in (*folders, *names, "."):
                os.chown(os.path.join(root, name), 12345, 12345)
        said = problem(scratch, env={"SUDO_UID": ""})
        assert "it belongs to somebody else" in said
        assert "git config --global --add safe.directory" in said
        assert pmlint("check", *OUT_OF_ORDER, ".", cwd=scratch.folder).returncode == 0


class TestNothingIsRun:
    """What .git/config and the files of a repository could name as programs to run."""

    SETTINGS = (
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "credential.helper",
    )

    def test_nothing_of_a_repository(self, scratch: Scratch, tmp_path: Path) -> None:
        marker = tmp_path / "ran"
        scratch.write(PATH, GOOD)
        scratch.write("postmortems/other.md", GOOD)
        scratch.commit()
        scratch.write(".gitattributes", "*.md diff=x filter=x\n")
        scratch.git("mv", "postmortems/other.md", "postmortems/new.md")
        for setting in self.SETTINGS:
            scratch.git("config", setting, f"touch '{marker}'; cat")
        for name in ("post-index-change", "pre-commit", "fsmonitor-watchman", "reference-transaction"):
            hook = scratch.folder / ".git" / "hooks" / name
            hook.write_text(f"#!/bin/sh\ntouch '{marker}'\n", encoding="utf-8")
            hook.chmod(0o755)
        scratch.write(PATH, BAD)
        marker.unlink(missing_ok=True)
        for arguments in ((), ("--staged",), ("--since", "HEAD"), ("--staged", "--since", "HEAD", "--changed-lines")):
            assert pmlint("check", *OUT_OF_ORDER, *arguments, cwd=scratch.folder).returncode in (0, 1)
        pmlint("files", cwd=scratch.folder)
        assert not marker.exists()

    def test_nothing_of_a_bare_repository_inside(self, scratch: Scratch, tmp_path: Path) -> None:
        marker = tmp_path / "ran"
        scratch.bare_repository("docs/x", {"core.fsmonitor": f"touch '{marker}' #", "core.bare": "false"})
        scratch.write("docs/x/postmortem.md", BAD)
        for cwd, path in ((scratch.folder, "docs/x"), (scratch.folder / "docs" / "x", "."), (tmp_path, "work/docs/x")):
            assert pmlint("check", *OUT_OF_ORDER, path, cwd=cwd).returncode == 1
        assert not marker.exists()
