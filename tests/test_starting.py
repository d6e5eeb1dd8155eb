"""The first minutes: init, new, derive."""

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.drafts import file_name, filled
from pmlint.engine import understand
from pmlint.profile import read_profile
from pmlint.source import Source
from tests.command import GOOD, pmlint

DAY = date(2026, 3, 4)


class TestNew:
    def test_it_goes_where_postmortems_are(self, tmp_path: Path) -> None:
        (tmp_path / "docs" / "postmortems").mkdir(parents=True)
        done = pmlint("new", "A slow day", "--severity", "SEV-2", "--today", "2026-03-04", cwd=tmp_path)
        assert done.stdout == b"docs/postmortems/2026-03-04-a-slow-day.md\n"
        text = (tmp_path / "docs/postmortems/2026-03-04-a-slow-day.md").read_text(encoding="utf-8")
        assert text.startswith(
            '---\ntitle: "A slow day"\ndate: 2026-03-04\nauthors: []\nstatus: draft\nseverity: SEV-2\n---'
        )

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        (tmp_path / "2026-03-04-x.md").write_text("mine", encoding="utf-8")
        done = pmlint("new", "x", "--today", "2026-03-04", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr == b"pmlint: error: 2026-03-04-x.md: there is such a file already; nothing was written\n"
        assert (tmp_path / "2026-03-04-x.md").read_text(encoding="utf-8") == "mine"

    def test_not_even_through_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "2026-03-04-x.md").symlink_to("elsewhere.md")
        assert pmlint("new", "x", "--today", "2026-03-04", cwd=tmp_path).returncode == 2
        assert not (tmp_path / "elsewhere.md").exists()

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        done = pmlint("new", "x", "--folder", "none", "--today", "2026-03-04", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (
            2,
            b"pmlint: error: none/2026-03-04-x.md: no such file or directory\n",
        )

    def test_the_profile_of_the_configuration_holds(self, tmp_path: Path) -> None:
        (tmp_path / "pmlint.toml").write_text('profile = "alx"\n', encoding="utf-8")
        pmlint("new", "x", "--today", "2026-03-04", cwd=tmp_path)
        assert (tmp_path / "2026-03-04-x.md").read_text(encoding="utf-8").startswith("# x\n\n## Issue Summary\n")

    def test_a_severity_is_a_word_of_the_scale(self, tmp_path: Path) -> None:
        done = pmlint("new", "x", "--profile", "pagerduty", "--severity", "high", cwd=tmp_path)
        assert done.returncode == 2
        assert "'high' is none of SEV-1, SEV-2, SEV-3, SEV-4, SEV-5." in done.stderr.decode()
        assert list(tmp_path.iterdir()) == []
        pmlint("new", "x", "--profile", "pagerduty", "--severity", "sev-1", "--today", "2026-03-04", cwd=tmp_path)
        assert "severity: SEV-1\n" in (tmp_path / "2026-03-04-x.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Logins failed", "2026-03-04-logins-failed.md"),
            ("../../etc/passwd", "2026-03-04-etc-passwd.md"),
            ("--help", "2026-03-04-help.md"),
            ("Störung: Anmeldung", "2026-03-04-störung-anmeldung.md"),
            ("ログイン障害", "2026-03-04-ログイン障害.md"),
            ("\x1b[2J\n!?", "2026-03-04-2j.md"),
            ("!!!", "2026-03-04-incident.md"),
            ("word " * 100, "2026-03-04-word-word-word-word-word-word-word-word-word-word-word-word.md"),
        ],
    )
    def test_a_file_name_is_safe(self, title: str, name: str) -> None:
        assert file_name(title, DAY) == name

    @settings(deadline=None)
    @given(st.text(min_size=1, max_size=60), st.one_of(st.none(), st.text(min_size=1, max_size=20)))
    def test_any_title_can_be_read_back(self, title: str, severity: str | None) -> None:
        profile = read_profile("google-sre", {})
        assert profile is not None
        text = filled(profile.template, title, DAY, severity)
        postmortem = understand(Source("pm.md", text))
        assert postmortem.faults == ()
        assert postmortem.metadata.date is not None
        assert [section.title for section in postmortem.sections if section.level == 2][:2] == ["Summary", "Impact"]
        assert re.fullmatch(r"2026-03-04-[^/\s\x00-\x1f]+\.md", file_name(title, DAY))


class TestInit:
    def test_it_makes_what_one_begins_with(self, tmp_path: Path) -> None:
        done = pmlint("init", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stdout.decode().startswith(
            "made docs/postmortems/\nwrote pmlint.toml (profile google-sre)\n\nFor a hook, add to .pre-commit-config."
        )
        assert (tmp_path / "docs" / "postmortems").is_dir()
        assert pmlint("config", cwd=tmp_path).returncode == 0
        assert b'profile = "google-sre"' in pmlint("config", cwd=tmp_path).stdout

    def test_the_profile_and_the_folder_can_be_chosen(self, tmp_path: Path) -> None:
        pmlint("init", "--profile", "alx", "--folder", "pm/", cwd=tmp_path)
        assert 'profile = "alx"' in (tmp_path / "pmlint.toml").read_text(encoding="utf-8")
        assert (tmp_path / "pm").is_dir()

    @pytest.mark.parametrize(
        ("name", "text"), [("pmlint.toml", ""), ("pyproject.toml", "[tool.pmlint]\nlevel = 'info'\n")]
    )
    def test_nothing_is_written_over(self, tmp_path: Path, name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = pmlint("init", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.decode() == f"pmlint: error: {name}: there is a configuration already; nothing was written\n"
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_an_unknown_profile_is_told(self, tmp_path: Path) -> None:
        done = pmlint("init", "--profile", "none", cwd=tmp_path)
        assert done.returncode == 2
        assert b"'none' is none of alx, atlassian" in done.stderr
        assert list(tmp_path.iterdir()) == []

    def test_on_a_terminal_it_asks(self, tmp_path: Path) -> None:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "pmlint", "init"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs
        ) as running:
            os.close(theirs)
            os.write(ours, b"wikimedia\n")
            said = b""
            while b"Begin with" not in said:
                said += os.read(ours, 4096)
            assert running.wait(30) == 0
        os.close(ours)
        assert b"Which standard do your postmortems follow?" in said
        assert 'profile = "wikimedia"' in (tmp_path / "pmlint.toml").read_text(encoding="utf-8")


class TestDerive:
    def folder(self, top: Path) -> Path:
        """Six postmortems with habits of their own."""
        text = GOOD.replace("## Impact", "## Merchant impact report").replace("## Timeline (UTC)", "## The long night")
        text = (
            text.replace("- 09:50", "- 09:31 Paged\n- 09:50")
            .replace("One in four logins failed for", "It took")
            .replace("4 % of logins failed", "Nobody got in")
        )
        (top / "docs" / "postmortems").mkdir(parents=True)
        for number in range(6):
            own = "" if number % 2 else "\n## Weather\n\nRain.\n"
            path = top / "docs" / "postmortems" / f"2026-03-0{number + 1}.md"
            path.write_text(text.replace("SEV-2", f"SEV-{number % 2 + 1}") + own, encoding="utf-8")
        return top

    def test_habits_are_told(self, tmp_path: Path) -> None:
        done = pmlint("derive", "docs", cwd=self.folder(tmp_path))
        text = done.stdout.decode()
        assert done.returncode == 0
        assert text.startswith("# Derived from 6 postmortems.\n")
        assert re.search(r"#\s+6\s+actions\s+Action items\n", text)
        assert "#      3  Weather\n" in text
        assert 'impact = ["Merchant impact report"]  # in 6 of 6\n' in text
        assert 'timeline = ["The long night"]  # in 6 of 6\n' in text
        assert '# severities = ["SEV-1", "SEV-2"]\n' in text

    def test_what_it_prints_is_a_configuration_and_takes_effect(self, tmp_path: Path) -> None:
        top = self.folder(tmp_path)
        only = ("check", "--select", "sections/missing-impact", "docs")
        assert pmlint(*only, cwd=top).stdout.decode().splitlines()[-1] == "6 warnings in 6 of 6 postmortems"
        (top / "pmlint.toml").write_bytes(pmlint("derive", "docs", cwd=top).stdout)
        assert pmlint(*only, cwd=top).stdout == b"6 postmortems, nothing to report\n"

    def test_what_rules_would_find_is_counted_after_that(self, tmp_path: Path) -> None:
        top = self.folder(tmp_path)
        path = top / "docs" / "postmortems" / "2026-03-01.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nTBD\n\nTBD\n", encoding="utf-8")
        text = pmlint("derive", "docs", cwd=top).stdout.decode()
        assert '# "clarity/placeholder" = "info"  # error: 2 in 1 of 6\n' in text
        assert "sections/missing-impact" not in text

    def test_hostile_headings_stay_comments(self, tmp_path: Path) -> None:
        (tmp_path / "postmortems").mkdir()
        for number in range(3):
            text = '# X\n\n## ab\x1b[31mc"""\x7f\n\nx\n\n## impact \\"]\x7f zz\n\nx\n'
            (tmp_path / "postmortems" / f"{number}.md").write_text(text, encoding="utf-8")
        (tmp_path / "pmlint.toml").write_bytes(pmlint("derive", "postmortems", cwd=tmp_path).stdout)
        assert pmlint("config", cwd=tmp_path).returncode == 0

    def test_what_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        done = pmlint("derive", "none.md", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr == b"pmlint: error: none.md: there is no such file\n"
