"""Configuration: where it is found, what it says, and that half of it is none."""

import json
import os
from pathlib import Path

import pytest

from pmlint.config import Choice, find_file
from pmlint.rule import Severity
from pmlint.terms import TermsOfRun
from tests.command import BAD, GOOD, OUT_OF_ORDER, pmlint


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two postmortems, below a folder with a configuration that is somebody else's."""
    (tmp_path / "pmlint.toml").write_text('level = "error"\n', encoding="utf-8")
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "docs" / "old").mkdir(parents=True)
    for name in ("docs/bad.md", "docs/old/bad.md"):
        (top / name).write_text(BAD, encoding="utf-8")
    monkeypatch.chdir(top)
    return top


def written(top: Path, text: str, name: str = "pmlint.toml") -> None:
    (top / name).write_text(text, encoding="utf-8")


class TestFinding:
    def test_nothing_above_the_git_top_level_is_looked_at(self, repository: Path) -> None:
        assert find_file(str(repository / "docs")) is None

    def test_the_nearest_file_holds(self, repository: Path) -> None:
        written(repository, "")
        written(repository, "", "docs/pmlint.toml")
        assert find_file(str(repository)) == str(repository / "pmlint.toml")
        assert find_file(str(repository / "docs" / "old")) == str(repository / "docs" / "pmlint.toml")

    def test_a_project_file_counts_where_it_has_the_table(self, repository: Path) -> None:
        written(repository, 'profile = "alx"\n')
        written(repository, '[project]\nname = "pmlint-docs"\n', "docs/pyproject.toml")
        assert find_file("docs") == str(repository / "pmlint.toml")
        written(repository, "[tool.pmlint]\n", "docs/pyproject.toml")
        assert find_file("docs") == str(repository / "docs" / "pyproject.toml")

    def test_the_own_file_comes_before_the_project_file(self, repository: Path) -> None:
        written(repository, "")
        written(repository, "[tool.pmlint]\n", "pyproject.toml")
        assert find_file(".") == str(repository / "pmlint.toml")

    def test_a_worktree_ends_at_its_git_file(self, tmp_path: Path) -> None:
        (tmp_path / "pmlint.toml").touch()
        (tmp_path / "tree").mkdir()
        (tmp_path / "tree" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
        assert find_file(str(tmp_path / "tree")) is None

    def test_outside_of_a_repository_nothing_above_the_current_folder_counts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inner = tmp_path / "work" / "docs"
        inner.mkdir(parents=True)
        (tmp_path / "pmlint.toml").touch()
        monkeypatch.chdir(tmp_path / "work")
        assert find_file("docs") is None
        (tmp_path / "work" / "pmlint.toml").touch()
        assert find_file("docs") == str(tmp_path / "work" / "pmlint.toml")
        monkeypatch.chdir(inner)
        assert find_file(".") is None
        assert find_file(str(tmp_path)) == str(tmp_path / "pmlint.toml")

    def test_a_link_out_of_the_repository_is_refused(self, repository: Path) -> None:
        (repository / "pmlint.toml").symlink_to("../pmlint.toml")
        done = pmlint("check", "docs/bad.md", cwd=repository)
        assert done.returncode == 2
        assert b"pmlint.toml: this link leads out of the repository; name the file with --config" in done.stderr
        assert pmlint("check", "--config", "../pmlint.toml", "docs/bad.md", cwd=repository).returncode == 1


class TestEffect:
    """A run by a configuration, through the command line."""

    def findings(self, top: Path, *arguments: str) -> dict[str, list[str]]:
        done = pmlint("check", "--format", "json", *arguments, cwd=top)
        assert done.returncode in (0, 1), done.stderr
        found: dict[str, list[str]] = {}
        for finding in json.loads(done.stdout)["findings"]:
            found.setdefault(finding["path"], []).append(f"{finding['rule']} {finding['severity']}")
        return found

    def test_rules_are_set_by_name_and_by_family(self, repository: Path) -> None:
        written(
            repository,
            '[rules]\nALL = "off"\n"timeline/out-of-order" = "on"\n'
            'sections = "info"\n"sections/missing-impact" = "error"\n',
        )
        found = self.findings(repository, "--select", "sections", "docs/bad.md")
        assert [line for line in found["docs/bad.md"] if line.startswith("sections/missing-impact")] == [
            "sections/missing-impact error"
        ]
        assert self.findings(repository, "docs/bad.md")["docs/bad.md"] == [
            "sections/missing-impact error",
            "timeline/out-of-order error",
        ]

    def test_options_reach_the_check(self, repository: Path) -> None:
        written(
            repository, '[rules]\nALL = "off"\n"timeline/out-of-order" = { severity = "on", tolerance-minutes = 200 }\n'
        )
        assert self.findings(repository, "docs/bad.md") == {}

    def test_the_command_line_comes_last(self, repository: Path) -> None:
        written(repository, 'level = "error"\n[rules]\nALL = "off"\n')
        found = self.findings(repository, "--set", "rules.timeline/out-of-order=info", "--level", "info", "docs/bad.md")
        assert found == {"docs/bad.md": ["timeline/out-of-order info"]}

    def test_isolated_reads_none(self, repository: Path) -> None:
        written(repository, 'nonsense = 1\n[rules]\nALL = "off"\n')
        assert "docs/bad.md" in self.findings(repository, "--isolated", "docs/bad.md")

    def test_overrides_hold_for_their_files_only(self, repository: Path) -> None:
        written(
            repository,
            '[rules]\nALL = "off"\n"timeline/out-of-order" = "on"\n'
            '[[overrides]]\nfiles = ["docs/old"]\n[overrides.rules]\ntimeline = "off"\n',
        )
        assert list(self.findings(repository, "docs/bad.md", "docs/old/bad.md")) == ["docs/bad.md"]

    def test_what_is_excluded_is_left_out_even_if_named_and_counted(self, repository: Path) -> None:
        written(repository, 'exclude = ["docs/old"]\n')
        done = pmlint("check", *OUT_OF_ORDER, "docs/old/bad.md", "docs/bad.md", cwd=repository)
        assert done.stdout.decode().endswith("1 error in 1 of 1 postmortem; 1 excluded by the configuration\n")
        done = pmlint("check", "--stdin-filename", "docs/old/x.md", "-", cwd=repository, stdin=BAD.encode())
        assert (done.returncode, done.stdout) == (
            0,
            b"0 postmortems, nothing to report; 1 excluded by the configuration\n",
        )

    def test_included_files_are_postmortems_whatever_they_are_called(self, repository: Path) -> None:
        written(repository, "# Notes\n", "docs/notes.md")
        written(repository, 'include = ["docs/*.md"]\n')
        assert set(self.findings(repository, "--level", "info", ".")) == {"docs/bad.md", "docs/notes.md"}

    def test_two_folders_have_each_their_own(self, repository: Path) -> None:
        only = '[rules]\nALL = "off"\n"timeline/out-of-order" = '
        written(repository, f'{only}"on"\n')
        written(repository, f'{only}"warning"\n', "docs/old/pmlint.toml")
        assert self.findings(repository, "docs/bad.md", "docs/old/bad.md") == {
            "docs/bad.md": ["timeline/out-of-order error"],
            "docs/old/bad.md": ["timeline/out-of-order warning"],
        }

    def test_level_and_bar_are_set(self, repository: Path) -> None:
        written(repository, 'level = "error"\nfail-on = "never"\n')
        done = pmlint("check", "docs/bad.md", cwd=repository)
        assert done.returncode == 0
        assert b"3 errors in 1 of 1" in done.stdout
        assert pmlint("check", "--fail-on", "error", "docs/bad.md", cwd=repository).returncode == 1

    def test_a_heading_of_the_team_is_a_section(self, repository: Path) -> None:
        other = GOOD.replace("## Impact", "## Who felt it").replace("4 % of logins failed", "Nobody got in")
        written(repository, other.replace("One in four logins failed for", "It went on for"), "docs/own.md")
        only = ("--select", "sections/missing-impact", "docs/own.md")
        assert self.findings(repository, *only) == {"docs/own.md": ["sections/missing-impact warning"]}
        written(repository, 'sections.impact = ["Who felt it?"]\n')
        assert self.findings(repository, *only) == {}
        (section,) = (
            section
            for section in json.loads(pmlint("model", "docs/own.md", cwd=repository).stdout)["sections"]
            if section["concepts"] == ["impact"]
        )
        assert section["title"] == "Who felt it"

    @pytest.mark.parametrize(("order", "day"), [("day-first", "2026-04-03"), ("month-first", "2026-03-04")])
    def test_the_order_of_dates_is_the_team_s(self, repository: Path, order: str, day: str) -> None:
        written(repository, f'date-order = "{order}"\n')
        written(repository, "# Logins failed\n\nDate: 03/04/2026\n", "docs/dated.md")
        assert json.loads(pmlint("model", "docs/dated.md", cwd=repository).stdout)["metadata"]["date"]["value"] == day

    def test_a_zone_is_the_team_s(self, repository: Path) -> None:
        text = (
            "## Timeline\n\n- 2026-03-04 10:00 IST Alert\n- 2026-03-04 10:05 UTC Paged\n- 2026-03-04 15:00 IST Fixed\n"
        )
        written(repository, text, "docs/zones.md")
        assert self.findings(repository, *OUT_OF_ORDER, "docs/zones.md") == {}
        written(repository, '[zones]\nIST = "Asia/Kolkata"\n')
        assert self.findings(repository, *OUT_OF_ORDER, "docs/zones.md") == {
            "docs/zones.md": ["timeline/out-of-order error"]
        }

    def test_a_ticket_is_the_team_s(self, repository: Path) -> None:
        written(repository, "# Outage\n\n## Action items\n\n- Split the queue (acme:123)\n", "docs/tickets.md")
        assert json.loads(pmlint("model", "docs/tickets.md", cwd=repository).stdout)["actions"][0]["ticket"] is None
        written(repository, "tickets = ['acme:\\d+']\n")
        (action,) = json.loads(pmlint("model", "docs/tickets.md", cwd=repository).stdout)["actions"]
        assert action["ticket"] == "acme:123"


class TestFaults:
    """All that is wrong is told at once, with lines and neighbours; then nothing is checked."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("profle = 'alx'", ["1: `profle` has no meaning here; did you mean `profile`?"]),
            ("\nexclude = 'old'", ['2: exclude: "old" is not a list']),
            ("fail-on = 'eror'", ['1: fail-on: "eror" is none of "error", "warning", "info", "never"']),
            ("[rules]\ntone = 'loud'", ['2: rules.tone: "loud" is none of "off", "on", "info", "warning", "error"']),
            (
                "[rules]\n'timeline/out-of-ordr' = 'off'",
                ["2: timeline/out-of-ordr: no rule or family has that name; did you mean timeline/out-of-order?"],
            ),
            ("[rules]\ntimelin = 'off'", ["2: timelin: no rule or family has that name; did you mean timeline?"]),
            (
                "[rules.'timeline/out-of-order']\ntolerance-minute = 3",
                ["2: rules.timeline/out-of-order: `tolerance-minute` has no meaning here; did you mean"],
            ),
            (
                "[rules]\n'timeline/out-of-order' = {\n  tolerance-minutes = -1 }".replace("{\n  ", "{ "),
                ["2: rules.timeline/out-of-order.tolerance-minutes: -1 is less than 0"],
            ),
            (
                "[rules.timeline]\ntolerance-minutes = 3",
                [
                    "1: rules.timeline: `severity` is missing",
                    "2: rules.timeline: `tolerance-minutes` has no meaning here",
                ],
            ),
            (
                "[[overrides]]\nfiles = []\n[overrides.rules]\nx = 'off'",
                ["2: overrides.0.files: a list is empty", "4: x: no"],
            ),
            ("zones.IST = 'Asia/Nowhere'", ['1: zones.IST: "Asia/Nowhere" is no zone of the tz database']),
            ("zones.IST = '../../etc/passwd'", ['1: zones.IST: "../../etc/passwd" is no zone']),
            ("tickets = ['OPS-\\d+',\n '(a+)+']", ['2: tickets.1: "(a+)+" is no ticket pattern from `(a+)+` on']),
            ("sections.impct = ['x']", ["1: sections: `impct` has no meaning here; did you mean `impact`?"]),
            ("tone.allow.'tone/persn-failed' = ['x']", ["1: tone/persn-failed: no rule or family has that name"]),
            ("profile = 'google'", ["1: no profile is called google; did you mean google-sre?"]),
            ("profile = '../../x'", ['1: profile: "../../x" does not have the form']),
            ("level = nan", ["1: level: "]),
            (
                "level = 1\nlevl = 2\n",
                ["1: level: 1 is none of", "2: `levl` has no meaning here; did you mean `level`?"],
            ),
            ("level = ", ["1: this is no TOML: invalid value"]),
            ("a = " + "[" * 40 + "]" * 40, ["1: values are nested deeper than 32 here"]),
            ("a" + ".a" * 20_000 + " = 1", ["1: values are nested deeper than 32 here"]),
            ("a = 1" + "0" * 5_000, ["1: a word here has more than 1,000 characters"]),
            ("# " + "x" * 262_144, ["the file has 262,147 bytes, the limit is 262,144"]),
            ("rule-folders = ['none']", ["none: there is no such rule folder"]),
        ],
    )
    def test_each_fault_has_its_line(self, repository: Path, text: str, told: list[str]) -> None:
        written(repository, text + "\n")
        done = pmlint("check", "docs", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        lines = [line.removeprefix("pmlint: error: ") for line in done.stderr.decode().splitlines()]
        assert len(lines) == len(told)
        for line, expected in zip(lines, told, strict=True):
            assert line.removeprefix("pmlint.toml:").strip().startswith(expected)

    def test_a_broken_project_file_that_is_meant_is_told(self, repository: Path) -> None:
        written(repository, "[tool.pmlint]\nlevel = \n", "pyproject.toml")
        done = pmlint("check", "docs", cwd=repository)
        assert done.returncode == 2
        assert b"pyproject.toml:2: this is no TOML" in done.stderr

    def test_the_lines_of_a_project_file_are_its_own(self, repository: Path) -> None:
        written(repository, '[project]\nname = "x"\n\n[tool.pmlint]\nlevl = "info"\n', "pyproject.toml")
        done = pmlint("check", "docs", cwd=repository)
        assert b"pyproject.toml:5: `levl` has no meaning here; did you mean `level`?" in done.stderr

    def test_no_file_is_checked_with_half_a_configuration(self, repository: Path) -> None:
        written(repository, "levl = 1\n", "docs/old/pmlint.toml")
        done = pmlint("check", "docs/bad.md", "docs/old/bad.md", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--config", "none.toml"), "none.toml: there is no such file"),
            (("--config", "docs"), "docs: this is a folder"),
            (("--config", "x.toml", "--isolated"), "--isolated reads no configuration file, and --config names one"),
            (("--set", "level"), "'level' is not of the form KEY=VALUE"),
            (("--set", "level=loud"), '--set level: level: "loud" is none of'),
            (("--set", "levl=info"), "--set levl: `levl` has no meaning here; did you mean `level`?"),
            (("--set", "rules.tme=off"), "--set rules.tme: tme: no rule or family has that name"),
            (("--profile", "alxx"), "--profile: no profile is called alxx; did you mean alx?"),
        ],
    )
    def test_options_are_checked_likewise(self, repository: Path, arguments: tuple[str, ...], told: str) -> None:
        done = pmlint("check", *arguments, "docs/bad.md", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        assert told in done.stderr.decode()

    def test_a_bom_and_carriage_returns_do_no_harm(self, repository: Path) -> None:
        (repository / "pmlint.toml").write_bytes(b'\xef\xbb\xbflevel = "info"\r\nlevl = 1\r\n')
        done = pmlint("check", "docs/bad.md", cwd=repository)
        assert done.stderr == b"pmlint: error: pmlint.toml:2: `levl` has no meaning here; did you mean `level`?\n"

    def test_a_pipe_does_not_hang(self, repository: Path) -> None:
        os.mkfifo(repository / "pmlint.toml")
        assert b"pmlint.toml: this is no regular file" in pmlint("check", "docs", cwd=repository).stderr


class TestConfigCommand:
    def test_every_setting_says_where_it_comes_from(self, repository: Path) -> None:
        written(repository, 'level = "info"\n\n[rules]\ntone = "info"\n')
        text = pmlint("config", "--set", "fail-on=error", "docs/bad.md", cwd=repository).stdout.decode()
        lines = {line.partition("  #")[0].strip(): line.partition("  # ")[2] for line in text.splitlines()}
        assert lines['level = "info"'] == "pmlint.toml:1"
        assert lines['fail-on = "error"'] == "--set fail-on"
        assert lines['rules."tone/person-failed" = "info"'] == "pmlint.toml:4"
        assert lines['rules."timeline/out-of-order" = "error"'] == "default"

    def test_programs_get_the_same(self, repository: Path) -> None:
        written(repository, '[rules]\n"timeline/out-of-order" = { severity = "info", tolerance-minutes = 3 }\n')
        whole = json.loads(pmlint("config", "--format", "json", cwd=repository).stdout)
        assert whole["rules"]["timeline/out-of-order"] == {
            "severity": "info",
            "tolerance-minutes": 3,
            "origin": "pmlint.toml:2",
        }
        assert whole["settings"]["level"] == {"value": "warning", "origin": "default"}

    def test_what_it_prints_is_a_configuration(self, repository: Path) -> None:
        written(
            repository,
            'people = ["Zoë \\"Z\\" Li"]\nzones.IST = "Asia/Kolkata"\nsections.impact = ["Who felt it"]\n'
            '[tone.allow]\n"tone/person-failed" = ["a b"]\n[rules]\ntone = "info"\n'
            '[[overrides]]\nfiles = ["docs/old"]\n[overrides.rules]\n'
            '"timeline/out-of-order" = { severity = "info", tolerance-minutes = 4 }\ntone = "off"\n',
        )
        first = pmlint("config", cwd=repository).stdout.decode()
        written(repository, first)
        second = pmlint("config", cwd=repository).stdout.decode()

        def values(text: str) -> list[str]:
            return [line.partition("  #")[0].rstrip() for line in text.splitlines()]

        assert values(first) == values(second)
        assert 'rules."timeline/out-of-order" = { severity = "info", tolerance-minutes = 4 }' in values(first)
        whole = json.loads(pmlint("config", "--format", "json", cwd=repository).stdout)
        assert whole["overrides"][0]["files"] == ["docs/old"]
        assert [change["rules"] for change in whole["overrides"][0]["rules"]] == ["tone", "timeline/out-of-order"]


class TestSettings:
    def test_a_later_family_wins_over_an_earlier_name(self, repository: Path) -> None:
        written(repository, '[rules]\n"tone/person-failed" = "error"\n')
        run = TermsOfRun(Choice(sets=(("rules.tone", "info"),)))
        (rule,) = (rule for rule in run.terms_of("x.md").rules if rule.name == "tone/person-failed")
        assert rule.severity is Severity.INFO

    def test_a_file_is_read_once(self, repository: Path) -> None:
        written(repository, "")
        run = TermsOfRun(Choice())
        assert run.terms_of("docs/a.md") is run.terms_of("docs/old/b.md")
