"""Reports into files: whole or not at all, never over a document, and one clear line where it cannot be done."""

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmlint.report.outputs import FORMS
from pmlint.writing import write_whole
from tests.command import BAD, OUT_OF_ORDER, permitted, pmlint


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".pmlint")]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with no room for a report."""
    folder = tmp_path / "full"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4k", "pmlint-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


class TestOutput:
    def test_several_reports_come_of_one_run(self, folder: Path) -> None:
        done = pmlint(
            "check", *OUT_OF_ORDER, "--output", "sarif=a.sarif", "--output", "junit=b.xml", "bad.md", cwd=folder
        )
        assert done.returncode == 1
        assert done.stdout.endswith(b"1 error in 1 of 1 postmortem\n")
        assert len(json.loads((folder / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 1
        assert (folder / "b.xml").read_text(encoding="utf-8").startswith("<?xml")
        assert leftovers(folder) == []

    @pytest.mark.parametrize("form", FORMS)
    def test_a_file_holds_what_standard_output_would(self, folder: Path, form: str) -> None:
        pmlint("check", *OUT_OF_ORDER, "--output", f"{form}=out.txt", "bad.md", "good.md", cwd=folder)
        printed = pmlint("check", *OUT_OF_ORDER, "--format", form, "bad.md", "good.md", cwd=folder).stdout
        assert (folder / "out.txt").read_bytes() == printed

    @pytest.mark.parametrize("form", FORMS)
    def test_neither_the_order_of_files_nor_the_seed_of_hashes_changes_a_byte(self, folder: Path, form: str) -> None:
        command = ("check", "--select", "ALL", "--level", "info", "--today", "2026-03-10", "--format", form)
        first = pmlint(*command, "bad.md", "good.md", cwd=folder, env={"PYTHONHASHSEED": "1"})
        second = pmlint(*command, "good.md", "bad.md", cwd=folder, env={"PYTHONHASHSEED": "2"})
        assert first.stdout == second.stdout
        assert first.stdout

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (("--output", "json=bad.md"), "bad.md: no report is written here, it is also read: bad.md"),
            (("--output", "json=./docs/../bad.md"), "it is also read: bad.md"),
            (("--output", "json=link.md"), "it is also read: bad.md"),
            (("--output", "json=hard.md"), "it is also read: bad.md"),
            (("--output", "json=new.txt", "--output", "sarif=./new.txt"), "the json report goes there"),
            (("--output", "json"), "'json' names no file"),
            (("--output", "json=-"), "--format prints on standard output"),
            (("--output", "word=x.doc"), "'word' is none of text, short, json"),
            (("--format", "word"), "Invalid value for '--format'"),
        ],
    )
    def test_what_would_destroy_or_mislead_is_refused(
        self, folder: Path, arguments: tuple[str, ...], reason: str
    ) -> None:
        (folder / "docs").mkdir()
        (folder / "link.md").symlink_to("bad.md")
        os.link(folder / "bad.md", folder / "hard.md")
        done = pmlint("check", *arguments, "bad.md", cwd=folder)
        assert done.returncode == 2
        assert reason in done.stderr.decode()
        assert done.stdout == b""
        assert (folder / "bad.md").read_text(encoding="utf-8") == BAD
        assert not (folder / "new.txt").exists()

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("none/x.json", "none/x.json: the json report was not written: no such file or directory"),
            ("docs", "docs: the json report was not written: is a directory"),
            ("/dev/full", "/dev/full: the json report was not written: no space left on device"),
            ("bad.md/x", "bad.md/x: the json report was not written: not a directory"),
        ],
    )
    def test_what_cannot_be_written_is_said_and_the_others_are(self, folder: Path, path: str, reason: str) -> None:
        (folder / "docs").mkdir()
        done = pmlint(
            "check", *OUT_OF_ORDER, "--output", f"json={path}", "--output", "short=b.txt", "bad.md", cwd=folder
        )
        assert done.returncode == 2
        assert done.stderr.decode() == f"pmlint: error: {reason}\n"
        assert done.stdout.endswith(b"; 1 problem kept the job from being done in full\n")
        assert (folder / "b.txt").read_text(encoding="utf-8").startswith("bad.md:6:3: error:")

    def test_a_full_disk_keeps_the_old_report(self, folder: Path, full_disk: Path) -> None:
        report = full_disk / "x.sarif"
        report.write_text("old", encoding="utf-8")
        done = pmlint("check", "--output", f"sarif={report}", "bad.md", cwd=folder)
        assert done.returncode == 2
        assert done.stderr.decode() == (
            f"pmlint: error: {report}: the sarif report was not written: no space left on device\n"
        )
        assert report.read_text(encoding="utf-8") == "old"
        assert leftovers(full_disk) == []

    def test_a_folder_that_is_read_only(self, folder: Path) -> None:
        (folder / "docs").mkdir(mode=0o555)
        done = pmlint("check", "--output", "json=docs/x.json", "bad.md", cwd=folder, before=permitted())
        assert done.returncode == 2
        assert b"docs/x.json: the json report was not written: permission denied" in done.stderr

    def test_the_lines_of_two_reports_may_share_a_stream(self, folder: Path) -> None:
        done = pmlint(
            "check",
            *OUT_OF_ORDER,
            "--output",
            "short=/dev/stderr",
            "--output",
            "jsonl=/dev/stderr",
            "bad.md",
            cwd=folder,
        )
        assert done.returncode == 1
        assert b'{"kind": "summary"' in done.stderr

    def test_a_file_name_that_is_no_text_is_written_as_an_escape(self, folder: Path) -> None:
        name = b"caf\xe9.md"
        (folder / os.fsdecode(name)).write_text(BAD, encoding="utf-8")
        pmlint("check", *OUT_OF_ORDER, "--output", "json=x.json", name, cwd=folder)
        assert os.fsencode(json.loads((folder / "x.json").read_bytes())["findings"][0]["path"]) == name


class TestStepSummary:
    def test_a_checklist_is_added_to_the_summary_of_the_step(self, folder: Path) -> None:
        (folder / "summary.md").write_text("before\n", encoding="utf-8")
        env = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        pmlint("check", *OUT_OF_ORDER, "--format", "github", "bad.md", cwd=folder, env=env)
        summary = (folder / "summary.md").read_text(encoding="utf-8")
        assert summary.startswith("before\n### pmlint: 1 error in 1 of 1 postmortem\n")
        assert "- [ ] **error**, line 6:" in summary

    def test_no_other_form_writes_it(self, folder: Path) -> None:
        env = {"GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=folder, env=env)
        assert not (folder / "summary.md").exists()

    def test_a_summary_that_cannot_be_written_is_said(self, folder: Path) -> None:
        env = {"GITHUB_STEP_SUMMARY": "/dev/full"}
        done = pmlint("check", *OUT_OF_ORDER, "--format", "github", "bad.md", cwd=folder, env=env)
        assert done.returncode == 2
        assert b"/dev/full: the summary of the step was not written: no space left on device" in done.stderr
        assert b"::error file=bad.md,line=6" in done.stdout


class TestStandardInput:
    def test_a_name_alone_is_enough(self, folder: Path) -> None:
        done = pmlint(
            "check", *OUT_OF_ORDER, "--format", "short", "--stdin-filename", "docs/x.md", cwd=folder, stdin=BAD.encode()
        )
        assert done.stdout == (
            b"docs/x.md:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33 [timeline/out-of-order]\n"
        )

    @pytest.mark.parametrize("command", ["check", "model"])
    def test_a_name_for_what_is_not_read_is_refused(self, folder: Path, command: str) -> None:
        done = pmlint(command, "--stdin-filename", "docs/x.md", "bad.md", cwd=folder, stdin=BAD.encode())
        assert done.returncode == 2
        assert b"--stdin-filename names what `-` reads" in done.stderr


class TestWriting:
    def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(self, tmp_path: Path) -> None:
        old = os.umask(0o027)
        try:
            write_whole(str(tmp_path / "new"), b"x")
        finally:
            os.umask(old)
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
        (tmp_path / "new").chmod(0o604)
        write_whole(str(tmp_path / "new"), b"y")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604
        assert (tmp_path / "new").read_bytes() == b"y"

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "target").write_bytes(b"old")
        (tmp_path / "link").symlink_to("target")
        write_whole(str(tmp_path / "link"), b"new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_bytes() == b"new"

    def test_what_goes_wrong_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "x").write_bytes(b"old")

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_whole(str(tmp_path / "x"), b"new")
        assert (tmp_path / "x").read_bytes() == b"old"
        assert leftovers(tmp_path) == []

    def test_a_file_that_is_read_only_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "x").write_bytes(b"old")
        (tmp_path / "x").chmod(0o444)
        if os.geteuid() == 0:  # who may write everything would not be told
            monkeypatch.setattr(os, "access", lambda path, mode: False)
        with pytest.raises(PermissionError):
            write_whole(str(tmp_path / "x"), b"new")
        assert (tmp_path / "x").read_bytes() == b"old"
        assert leftovers(tmp_path) == []
