"""The command line as its users meet it: in a process of its own."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmlint.cli.check import command as check
from tests.command import BAD, OUT_OF_ORDER, permitted, pmlint


class TestCheck:
    def test_a_good_postmortem_is_silent_but_for_the_summary(self, folder: Path) -> None:
        done = pmlint("check", "good.md", cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"1 postmortem, nothing to report\n", b"")

    def test_a_finding_is_shown_with_its_line_and_help(self, folder: Path) -> None:
        done = pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=folder)
        assert done.returncode == 1
        assert done.stdout.decode() == (
            "bad.md:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33 [timeline/out-of-order]\n"
            "  6 | - 2026-03-04 13:40 Fixed\n"
            "    |   ^^^^^^^^^^^^^^^^\n"
            "    = help: put the entries in the order in which they happened, or correct the time\n"
            "\n"
            "1 error in 1 of 1 postmortem\n"
        )

    def test_its_help_has_every_option_under_a_heading(self, folder: Path) -> None:
        text = pmlint("check", "-h", cwd=folder).stdout.decode()
        headings = re.findall(r"^(\w.*):$", text, re.M)
        assert headings[:2] == ["What is checked", "By which rules"]
        assert "Options" not in headings
        told = re.findall(r"^  (?:-h, )?(--[a-z-]+)", text.partition("What is checked:")[2], re.M)
        options = [option.opts[-1] for option in check.params if isinstance(option, click.Option)]
        assert sorted(told) == sorted([*options, "--help"])

    def test_standard_input_goes_under_the_name_it_is_given(self, folder: Path) -> None:
        done = pmlint("check", *OUT_OF_ORDER, "--stdin-filename", "docs/x.md", "-", cwd=folder, stdin=BAD.encode())
        assert done.returncode == 1
        assert done.stdout.startswith(b"docs/x.md:6:3: error:")

    @pytest.mark.parametrize(
        ("arguments", "code", "count"),
        [
            (("--select", "timeline"), 1, 1),
            (("--select", "timeline/", "--ignore", "timeline/out-of-order"), 0, 0),
            (("--select", "timeline/out-of-order,clarity"), 1, 1),
            ((*OUT_OF_ORDER, "--fail-on", "never"), 0, 1),
            (("--select", "sections/missing-impact", "--fail-on", "error"), 0, 1),
            (("--select", "sections/missing-impact", "--level", "error"), 1, 0),
            (("--select", "sections/missing-impact", "--level", "error", "--fail-on", "error"), 0, 0),
        ],
    )
    def test_rules_and_severities_are_chosen(
        self, folder: Path, arguments: tuple[str, ...], code: int, count: int
    ) -> None:
        done = pmlint("check", *arguments, "--format", "json", "bad.md", cwd=folder)
        assert done.returncode == code
        assert len(json.loads(done.stdout)["findings"]) == count

    def test_the_day_of_the_run_can_be_set(self, folder: Path) -> None:
        rule = ("--select", "consistency/future-time")
        assert pmlint("check", *rule, "--today", "2026-03-04", "bad.md", cwd=folder).returncode == 0
        assert pmlint("check", *rule, "--today", "2026-03-01", "bad.md", cwd=folder).returncode == 1

    def test_a_folder_is_searched_for_postmortems(self, folder: Path) -> None:
        (folder / "docs" / "postmortems").mkdir(parents=True)
        (folder / "docs" / "postmortems" / "2026-03-04.md").write_text(BAD, encoding="utf-8")
        (folder / "docs" / "guide.md").write_text("# How to brew tea\n", encoding="utf-8")
        done = pmlint("check", *OUT_OF_ORDER, "docs", cwd=folder)
        assert done.stdout.decode().splitlines()[-1] == "1 error in 1 of 1 postmortem"

    def test_a_file_named_twice_is_checked_once(self, folder: Path) -> None:
        done = pmlint("check", *OUT_OF_ORDER, "bad.md", "./bad.md", str(folder / "bad.md"), cwd=folder)
        assert done.stdout.decode().splitlines()[-1] == "1 error in 1 of 1 postmortem"

    def test_two_runs_print_the_same_bytes(self, folder: Path) -> None:
        runs = [
            pmlint("check", "--select", "ALL", ".", cwd=folder, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")
        ]
        assert runs[0].stdout == runs[1].stdout

    def test_one_document_that_is_not_understood_leaves_the_others(self, folder: Path) -> None:
        (folder / "broken.py").write_text(
            "import sys\n"
            "from pmlint import cli, engine\n"
            "recognise = engine.recognise\n"
            "def failing(document, conventions):\n"
            "    if document.source.path == 'good.md':\n"
            "        raise RecursionError('too deep')\n"
            "    return recognise(document, conventions)\n"
            "engine.recognise = failing\n"
            "sys.exit(cli.main(sys.argv[1:]))\n",
            encoding="utf-8",
        )
        for arguments, printed in ((["check", *OUT_OF_ORDER], b"comes after"), (["model"], b'"path": "bad.md"')):
            done = subprocess.run(
                [sys.executable, "broken.py", *arguments, "good.md", "bad.md"],
                cwd=folder,
                capture_output=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 2
            assert printed in done.stdout
            assert done.stderr == (
                b"pmlint: error: good.md: internal error in reading: RecursionError: too deep; "
                b"please report it; other files were checked\n"
            )

    def test_what_looks_like_an_option_after_a_path_is_a_path(self, folder: Path) -> None:
        (folder / "--select=timeline.md").write_text(BAD, encoding="utf-8")
        done = pmlint("check", *OUT_OF_ORDER, "--", "--select=timeline.md", cwd=folder)
        assert done.stdout.startswith(b"--select=timeline.md:6:3:")
        late = pmlint("check", "bad.md", "--level", "info", cwd=folder)
        assert late.returncode == 2
        assert b"--level: there is no such file; options stand before the first path" in late.stderr


class TestBadInput:
    """One clear line on standard error, everything else still checked, exit code 2, no traceback."""

    def _is_said(self, folder: Path, path: str, reason: str) -> None:
        done = pmlint("check", *OUT_OF_ORDER, path, "bad.md", cwd=folder, before=permitted())
        assert done.returncode == 2
        (line,) = done.stderr.decode(errors="replace").splitlines()
        assert line.startswith("pmlint: error: ")
        assert reason in line
        assert b"comes after" in done.stdout
        assert done.stdout.decode().splitlines()[-1].endswith("1 problem kept the job from being done in full")

    def test_missing_file(self, folder: Path) -> None:
        self._is_said(folder, "none.md", "none.md: there is no such file")

    def test_folder_without_postmortems(self, folder: Path) -> None:
        (folder / "empty").mkdir()
        self._is_said(folder, "empty", "empty: no postmortem found in this folder")

    def test_unreadable_file(self, folder: Path) -> None:
        (folder / "secret.md").write_text("x", encoding="utf-8")
        (folder / "secret.md").chmod(0)
        self._is_said(folder, "secret.md", "permission denied")

    def test_dangling_link(self, folder: Path) -> None:
        (folder / "link.md").symlink_to("nowhere.md")
        self._is_said(folder, "link.md", "there is no such file")

    def test_named_pipe(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe.md")
        self._is_said(folder, "pipe.md", "this is no regular file")

    def test_device(self, folder: Path) -> None:
        self._is_said(folder, "/dev/zero", "this is no regular file")

    def test_socket(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("sock.md")
            self._is_said(folder, "sock.md", "sock.md: ")

    def test_file_that_is_too_large(self, folder: Path) -> None:
        (folder / "large.md").write_bytes(b"a" * (1024 * 1024 + 1))
        self._is_said(folder, "large.md", "the limit is 1,048,576; raise it with --max-bytes")

    def test_binary_file(self, folder: Path) -> None:
        (folder / "image.md").write_bytes(b"\x89PNG\0\0")
        self._is_said(folder, "image.md", "NUL bytes")

    def test_utf_16(self, folder: Path) -> None:
        (folder / "wide.md").write_text("# a", encoding="utf-16")
        self._is_said(folder, "wide.md", "looks like UTF-16; save it as UTF-8")

    def test_invalid_utf_8_is_told_by_line_and_the_rest_is_checked(self, folder: Path) -> None:
        (folder / "latin.md").write_bytes(BAD.replace("Alert", "Alärt").encode("latin-1"))
        done = pmlint("check", *OUT_OF_ORDER, "latin.md", cwd=folder)
        assert done.returncode == 2
        assert done.stderr.startswith(b"pmlint: error: latin.md:5: byte 57 is not UTF-8")
        assert b"comes after" in done.stdout

    def test_name_with_control_characters(self, folder: Path) -> None:
        self._is_said(folder, "a\x1b[2Jb\n.md", "a\\x1b[2Jb\\x0a.md: there is no such file")

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (("check", "--select", "timeline/out-of-ordr", "bad.md"), "did you mean timeline/out-of-order?"),
            (("check", "--ignore", "nonsense-at-all", "bad.md"), "no rule or family has that name"),
            (("check", "--today", "yesterday", "bad.md"), "'yesterday' is no day like 2026-03-31"),
            (("check", "--level", "loud", "bad.md"), "Invalid value for '--level'"),
            (("chekc",), "No such command 'chekc'"),
            (("model",), "Missing argument"),
            (("rule", "timeline/nothing"), "no rule has that name"),
        ],
    )
    def test_usage(self, folder: Path, arguments: tuple[str, ...], reason: str) -> None:
        done = pmlint(*arguments, cwd=folder)
        assert done.returncode == 2
        assert done.stdout == b""
        assert reason in done.stderr.decode()
        assert b"Traceback" not in done.stderr

    def test_folder_where_a_file_is_meant(self, folder: Path) -> None:
        (folder / "dir.md").mkdir()
        self._is_said(folder, "dir.md", "dir.md: no postmortem found in this folder")


class TestJson:
    def test_the_report_tells_places_and_counts(self, folder: Path) -> None:
        done = pmlint("check", *OUT_OF_ORDER, "--format", "json", "bad.md", "none.md", cwd=folder)
        report = json.loads(done.stdout)
        (finding,) = report["findings"]
        assert (finding["path"], finding["rule"], finding["severity"]) == ("bad.md", "timeline/out-of-order", "error")
        assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [6, 3, 6, 19]
        assert report["problems"] == [
            {"path": "none.md", "line": None, "reason": "there is no such file", "remedy": None}
        ]
        assert report["summary"] == {"files": 1, "errors": 1, "warnings": 0, "infos": 0, "fixed": 0, "problems": 1}
        assert report["version"] == 1

    def test_a_file_name_that_is_no_text_stays_exact(self, folder: Path) -> None:
        name = b"caf\xe9.md"
        (folder / os.fsdecode(name)).write_text(BAD, encoding="utf-8")
        done = pmlint("check", *OUT_OF_ORDER, "--format", "json", name, cwd=folder)
        assert os.fsencode(json.loads(done.stdout)["findings"][0]["path"]) == name

    def test_the_output_is_utf_8_whatever_the_terminal_speaks(self, folder: Path) -> None:
        (folder / "é.md").write_text(BAD, encoding="utf-8")
        env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = pmlint("check", "--format", "json", *OUT_OF_ORDER, "é.md", cwd=folder, env=env)
        assert json.loads(done.stdout.decode("utf-8"))["findings"][0]["path"] == "é.md"

    @pytest.mark.parametrize(
        "command", [("check", "--select", "ALL"), ("check", "--select", "ALL", "--format", "json"), ("model",)]
    )
    def test_no_text_gives_a_ci_runner_orders(self, folder: Path, command: tuple[str, ...]) -> None:
        """GitHub's runner obeys ``::word`` at the start of a line and ``##[word]`` anywhere in one."""
        names = ["::error::X.md", " ::error::Y.md", "##[error]Z.md", "a\n::error::X.md", "##VSO[task]x.md"]
        for name in names:
            (folder / name).write_text("# ##[add-mask]a\n\n## ::stop-commands::x ##vso[b]\n", encoding="utf-8")
        done = pmlint(*command, "--", *names, cwd=folder)
        lines = (done.stdout + done.stderr).decode().splitlines()
        assert any("error]Z.md" in line for line in lines)
        assert not [line for line in lines if line.lstrip().startswith("::") or re.search(r"(?i)##(vso)?\[", line)]
        if "json" in command:
            assert {f["path"] for f in json.loads(done.stdout)["findings"]} == set(names)


class TestModel:
    def test_one_object_a_line(self, folder: Path) -> None:
        done = pmlint("model", "bad.md", "none.md", "good.md", cwd=folder)
        first, second = (json.loads(line) for line in done.stdout.splitlines())
        assert done.returncode == 2
        assert [event["when"][-5:] for event in first["timeline"]] == ["15:33", "13:40", "13:45"]
        assert first["timeline"][0]["written"] == "2026-03-04 15:33"
        assert second["actions"] == [
            {
                "line": 29,
                "text": "Page on failed renewals within an hour (@mei, OPS-12), by 2026-04-01",
                "owner": "@mei",
                "due": "2026-04-01",
                "ticket": "OPS-12",
                "state": None,
                "type": None,
                "priority": None,
            }
        ]
        assert second["metadata"]["date"] == {"value": "2026-03-04", "line": 1}
        assert second["zone"] == "UTC"
        assert second["durations"] == [{"line": 7, "written": "38 minutes", "minutes": 38, "of": "impact"}]


class TestRule:
    def test_the_list_names_every_rule(self, folder: Path) -> None:
        text = pmlint("rule", cwd=folder).stdout.decode()
        rules = json.loads(pmlint("rule", "--format", "json", cwd=folder).stdout)
        assert all(rule["name"] in text for rule in rules)
        assert "timeline/out-of-order" in text

    def test_a_page_is_printed(self, folder: Path) -> None:
        assert pmlint("rule", "timeline/out-of-order", cwd=folder).stdout.startswith(b"# Timeline out of order\n")
        page = json.loads(pmlint("rule", "timeline/out-of-order", "--format", "json", cwd=folder).stdout)
        assert page["options"]["tolerance-minutes"]["default"] == 0


class TestTest:
    def test_the_shipped_pages_pass(self, folder: Path) -> None:
        done = pmlint("test", cwd=folder)
        assert done.returncode == 0, done.stdout.decode()
        assert done.stdout.endswith(b" examples, all as their pages say\n")

    def test_a_wrong_page_shows_the_difference(self, folder: Path) -> None:
        page = json.loads(pmlint("rule", "timeline/out-of-order", "--format", "json", cwd=folder).stdout)["page"]
        wrong = page.replace("4:3 13:40 comes after 15:33", "4:3 13:40 comes before 15:33")
        assert wrong != page
        (folder / "own").mkdir()
        (folder / "own" / "order.md").write_text(wrong, encoding="utf-8")
        done = pmlint("test", "own/order.md", cwd=folder)
        assert done.returncode == 1
        assert "  - 4:3 13:40 comes before 15:33\n  + 4:3 13:40 comes after 15:33" in done.stdout.decode()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (('severity = "error"', 'severity = "error"\ndefualt = false'), "did you mean `default`?"),
            (
                ("[options.tolerance-minutes]", "[options]\ntolerance-minutes = 3\n[x]"),
                "options.tolerance-minutes: 3 is not",
            ),
            (('check = "out_of_order"', "check = 3"), "check: 3 is not a string"),
            (("default = 0", 'default = "zero"'), "the default of the option `tolerance-minutes` is not of the type"),
            (("default = 0", "default = true"), "the default of the option `tolerance-minutes` is not of the type"),
            (("markdown good tol", "markdown goood tol"), "an example is good or bad, not `goood`"),
            (("tolerance-minutes=5", 'tolerance-minutes="5"'), "the value of the option `tolerance-minutes` is not"),
        ],
    )
    def test_a_page_is_taken_at_its_word(self, folder: Path, change: tuple[str, str], reason: str) -> None:
        page = json.loads(pmlint("rule", "timeline/out-of-order", "--format", "json", cwd=folder).stdout)["page"]
        assert change[0] in page
        (folder / "order.md").write_text(page.replace(*change, 1), encoding="utf-8")
        done = pmlint("test", "order.md", cwd=folder)
        assert done.returncode == 2
        assert reason in done.stderr.decode()
        assert "internal error" not in done.stderr.decode()
        assert done.stdout.endswith(b"; not tested: 1\n")

    def test_a_page_that_is_none_is_said(self, folder: Path) -> None:
        done = pmlint("test", "bad.md", cwd=folder)
        assert done.returncode == 2
        assert b"pmlint: error: bad.md:1: the page has no block of rule settings" in done.stderr
