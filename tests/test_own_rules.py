"""Rules of a team's own: pages in rule folders, patterns that end in time, plug-ins of installed packages."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pmlint.errors import PatternRefused, Unfinished
from pmlint.patterns import MAX_CHARACTERS, MAX_COUNT, MAX_DEPTH, Patterns, refusal
from tests.command import GOOD, pmlint

ROOT = Path(__file__).resolve().parent.parent
TEAM_RULES = ROOT / "examples" / "team-rules" / "acme"
PAGE = (TEAM_RULES / "word-of-fate.md").read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose configuration names a rule folder with one page."""
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "rules" / "acme").mkdir(parents=True)
    (top / "rules" / "acme" / "word-of-fate.md").write_text(PAGE, encoding="utf-8")
    (top / "pmlint.toml").write_text('rule-folders = ["rules"]\n', encoding="utf-8")
    (top / "pm.md").write_text(GOOD.replace("had no alert", "was bound to break"), encoding="utf-8")
    return top


def page(top: Path, old: str, new: str) -> None:
    assert old in PAGE
    (top / "rules" / "acme" / "word-of-fate.md").write_text(PAGE.replace(old, new), encoding="utf-8")


class TestRuleFolders:
    def test_a_page_of_the_team_finds_what_it_says(self, repository: Path) -> None:
        done = pmlint("check", "pm.md", cwd=repository)
        assert done.returncode == 1
        assert b'warning: "bound to break" tells of fate, not of a condition [acme/word-of-fate]' in done.stdout

    def test_it_is_set_selected_and_listed_like_any_other(self, repository: Path) -> None:
        text = 'rule-folders = ["rules"]\nrules."acme/word-of-fate" = { severity = "info", patterns = ["renewal"] }\n'
        (repository / "pmlint.toml").write_text(text, encoding="utf-8")
        done = pmlint("check", "--select", "acme", "--level", "info", "--format", "json", "pm.md", cwd=repository)
        assert [f["message"][:9] for f in json.loads(done.stdout)["findings"]] == ['"renewal"'] * 2
        assert b"acme/word-of-fate" in pmlint("rule", cwd=repository).stdout
        assert pmlint("rule", "acme/word-of-fate", cwd=repository).stdout.startswith(b"# Word of fate\n")

    def test_its_examples_are_run(self, repository: Path) -> None:
        shipped = pmlint("test", "--isolated", cwd=repository).stdout.split()[0]
        done = pmlint("test", cwd=repository)
        assert done.returncode == 0
        assert int(done.stdout.split()[0]) == int(shipped) + 4

    def test_an_example_that_fails_is_shown(self, repository: Path) -> None:
        page(repository, '3:8 "bad luck"', '3:9 "bad luck"')
        done = pmlint("test", cwd=repository)
        assert done.returncode == 1
        assert "rules/acme/word-of-fate.md:" in done.stdout.decode()
        assert '  - 3:9 "bad luck"' in done.stdout.decode()
        assert '  + 3:8 "bad luck"' in done.stdout.decode()

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('"phrase_used"', '"phrase_use"', ":5: no check has the name `phrase_use`: did you mean `phrase_used`?"),
            ('"phrase_used"', '"os.system"', ':5: check: "os.system" does not have the form'),
            ("[options.says]", "[options.said]", ":5: only the page has the option `said`"),
            ("[options.says]", "[options.said]", ":5: only the check has the option `says`"),
            ('severity = "warning"', 'severity = "dire"', ':5: severity: "dire" is none of'),
            ("sources =", "source =", ":5: `source` has no meaning here; did you mean `sources`?"),
            ("bound to (?:fail|break)", "(a+", ":5: options.patterns: the pattern `(a+` is no regular expression"),
            (
                "bound to (?:fail|break)",
                "(?R)",
                ":5: options.patterns: the pattern `(?R)` has a group that begins with",
            ),
            ("```toml rule", "```toml", ":1: the page has no block of rule settings"),
        ],
    )
    def test_a_page_that_is_wrong_stops_the_run(self, repository: Path, old: str, new: str, told: str) -> None:
        page(repository, old, new)
        done = pmlint("check", "pm.md", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        assert f"rules/acme/word-of-fate.md{told}" in done.stderr.decode()

    def test_options_of_the_team_s_rules_are_checked(self, repository: Path) -> None:
        text = 'rule-folders = ["rules"]\n[rules]\n"acme/word-of-fate" = { phrase = 3, says = 4 }\n'
        (repository / "pmlint.toml").write_text(text, encoding="utf-8")
        done = pmlint("check", "pm.md", cwd=repository)
        assert done.returncode == 2
        assert (
            "pmlint.toml:3: rules.acme/word-of-fate: `phrase` has no meaning here; did you mean" in done.stderr.decode()
        )
        assert "pmlint.toml:3: rules.acme/word-of-fate.says: 4 is not a string" in done.stderr.decode()

    @pytest.mark.parametrize(
        ("folder", "told"),
        [
            ("none", "none: there is no such rule folder"),
            ("pm.md", "pm.md: this is no folder"),
            ("circle", "circle: this link leads round in a circle"),
            ("round", "round/again: this link leads round in a circle"),
            ("..", "this leads out of the repository; rule pages are read from inside it only"),
            ("out", "out: this leads out of the repository"),
            ("sub", "sub/family: this leads out of the repository"),
            ("stolen", "stolen/acme/hosts.md: this leads out of the repository"),
            ("empty", "empty: the rule folder holds no page"),
            ("/etc", "etc: there is no such rule folder"),
        ],
    )
    def test_a_folder_that_cannot_be_read_stops_the_run(self, repository: Path, folder: str, told: str) -> None:
        (repository / "circle").symlink_to("circle")
        (repository / "round").mkdir()
        (repository / "round" / "again").symlink_to("..")
        (repository / "out").symlink_to("/usr")
        (repository / "sub").mkdir()
        (repository / "sub" / "family").symlink_to("/usr")
        (repository / "stolen" / "acme").mkdir(parents=True)
        (repository / "stolen" / "acme" / "hosts.md").symlink_to("/etc/hosts")
        (repository / "empty").mkdir()
        (repository / "pmlint.toml").write_text(f'rule-folders = ["{folder}"]\n', encoding="utf-8")
        done = pmlint("check", "pm.md", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        assert told in done.stderr.decode()

    def test_no_page_takes_the_name_of_a_shipped_rule(self, repository: Path) -> None:
        (repository / "rules" / "acme").rename(repository / "rules" / "clarity")
        (repository / "rules" / "clarity" / "word-of-fate.md").rename(
            repository / "rules" / "clarity" / "placeholder.md"
        )
        done = pmlint("check", "pm.md", cwd=repository)
        assert done.returncode == 2
        assert b"placeholder.md: a rule has the name clarity/placeholder already; rename the page" in done.stderr

    def test_too_many_pages_are_refused(self, repository: Path) -> None:
        for number in range(500):
            (repository / "rules" / "acme" / f"p{number}.md").touch()
        assert b"rules: the rule folder has more than 500 pages" in pmlint("check", "pm.md", cwd=repository).stderr

    def test_a_hostile_pattern_ends_and_is_told(self, repository: Path) -> None:
        page(repository, "bound to (?:fail|break)", "(?:a|aa)+$")
        (repository / "pm.md").write_text(GOOD + "\n" + "a" * 60 + "!\n", encoding="utf-8")
        started = time.monotonic()
        done = pmlint("check", "--select", "acme,timeline", "pm.md", cwd=repository)
        assert time.monotonic() - started < 20
        assert done.returncode == 2
        assert b"pm.md: acme/word-of-fate: the pattern `(?:a|aa)+$` was stopped after 1 s" in done.stderr

    def test_profiles_of_the_team(self, repository: Path) -> None:
        text = '# Ours\n\nOur way.\n\n```toml profile\nsources = ["us"]\nextends = "alx"\n[rules]\nacme = "off"\n```\n'
        (repository / "rules" / "profiles").mkdir()
        (repository / "rules" / "profiles" / "ours.md").write_text(text, encoding="utf-8")
        done = pmlint("config", "--profile", "ours", cwd=repository)
        assert b'rules."acme/word-of-fate" = "off"' in done.stdout
        assert b"# profile ours" in done.stdout

    @pytest.mark.parametrize(
        ("settings", "told"),
        [
            ("tickets = ['(a+)+']\n[rules]\n", 'profile ours: tickets.0: "(a+)+" is no ticket pattern'),
            ("[rules]\nacm = 'off'\n", "profile ours: acm: no rule or family has that name"),
            (
                "[rules]\n'acme/word-of-fate' = { says = 3 }\n",
                "profile ours: rules.acme/word-of-fate.says: 3 is not a string",
            ),
            ("extends = 'nobody'\n[rules]\n", "--profile: no profile is called nobody"),
        ],
    )
    def test_what_profiles_of_the_team_say_is_checked(self, repository: Path, settings: str, told: str) -> None:
        page = f"# X\n\nX.\n\n```toml profile\nsources = ['us']\n{settings}```\n\n```markdown template\n```\n"
        (repository / "rules" / "profiles").mkdir()
        (repository / "rules" / "profiles" / "ours.md").write_text(page, encoding="utf-8")
        done = pmlint("check", "--profile", "ours", "pm.md", cwd=repository)
        assert (done.returncode, done.stdout) == (2, b"")
        assert told in done.stderr.decode()

    def test_profiles_that_extend_each_other_are_told(self, repository: Path) -> None:
        (repository / "rules" / "profiles").mkdir()
        for one, other in (("ours", "theirs"), ("theirs", "ours")):
            text = f'# X\n\nX.\n\n```toml profile\nsources = ["us"]\nextends = "{other}"\n[rules]\n```\n'
            (repository / "rules" / "profiles" / f"{one}.md").write_text(text, encoding="utf-8")
        done = pmlint("check", "--profile", "ours", "pm.md", cwd=repository)
        assert done.returncode == 2
        assert "--profile: these profiles extend each other: ours → theirs → ours" in done.stderr.decode()


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "text", "found"),
        [
            ("b+", "aBBc", [(1, 3)]),
            ("x", "a", []),
            ("^b", "a\nb", [(2, 3)]),
            ("x*", "a", []),
            ("\\bé\\w+", "une école", [(4, 9)]),
            ("(?:ab){2}", "ababab", [(0, 4)]),
            ("[{]a\\{", "{a{", [(0, 3)]),
        ],
    )
    def test_what_is_found(self, pattern: str, text: str, found: list[tuple[int, int]]) -> None:
        assert list(Patterns([pattern]).find(text)) == found

    @pytest.mark.parametrize(
        ("pattern", "reason"),
        [
            ("a" * (MAX_CHARACTERS + 1), "has more than 512 characters"),
            (f"a{{{MAX_COUNT + 1}}}", "counts further than 100"),
            ("a{1000000000}", "counts further than 100"),
            ("(?:a{100}){100}", "has a count within a count"),
            ("(?:(?:a{9})+){9}", "has a count within a count"),
            ("a{9}{9}", "has a count within a count"),
            ("a{e<=1}", "has a `{` that begins no count: write `\\{`"),
            ("(?:" * (MAX_DEPTH + 1) + "a" + ")+" * (MAX_DEPTH + 1), "has groups within groups more than 5 deep"),
            ("(?R)", "has a group that begins with `(?`: only `(?:` is taken"),
            ("(?=a)", "has a group that begins with `(?`: only `(?:` is taken"),
            ("(a)\\1", "has the escape `\\1`, which is not taken"),
            ("\\L<words>", "has the escape `\\L`, which is not taken"),
        ],
    )
    def test_what_is_refused(self, pattern: str, reason: str) -> None:
        assert refusal(pattern) == reason
        with pytest.raises(PatternRefused, match="the pattern"):
            Patterns([pattern])

    @pytest.mark.parametrize(
        "pattern", ["a{100}", "(?:a{9})(?:b{9})", "(?:(?:(?:(?:(?:a)))))", "\\(a\\)", "[^]a](b|c)?"]
    )
    def test_what_is_taken(self, pattern: str) -> None:
        assert refusal(pattern) is None

    @pytest.mark.parametrize("pattern", ["(a+)+b", "(?:a|aa)+b", "(?:(?:(?:a+)+)+)+b"])
    def test_a_search_ends_in_time(self, pattern: str) -> None:
        started = time.monotonic()
        searching = Patterns([pattern])
        with pytest.raises(Unfinished):
            list(searching.find("a" * 2_000 + "!"))
        assert time.monotonic() - started < 5


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the module path into which the worked example of a plug-in is installed."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, str(ROOT / "examples" / "plugin")], check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.slow
class TestPlugins:
    def test_the_worked_example_runs(self, installed: Path, tmp_path: Path) -> None:
        (tmp_path / "pm.md").write_text(GOOD + "\n**Service:** check-out\n", encoding="utf-8")
        (tmp_path / "pmlint.toml").write_text('plugins = ["acme"]\n', encoding="utf-8")
        env = {"PYTHONPATH": str(installed)}
        assert pmlint("test", cwd=tmp_path, env=env).returncode == 0
        done = pmlint("check", "--select", "acme", "pm.md", cwd=tmp_path, env=env)
        assert done.returncode == 1
        assert b'the catalogue has no service "check-out" [acme/unknown-service]' in done.stdout
        assert b"did you mean checkout?" in done.stdout

    def test_it_is_not_loaded_unless_it_is_named(self, installed: Path, tmp_path: Path) -> None:
        (tmp_path / "pm.md").write_text(GOOD, encoding="utf-8")
        program = (
            "import sys; from pmlint.cli import main; main(['check', 'pm.md']); print('pmlint_acme' in sys.modules)"
        )
        command = [sys.executable, "-c", f"import sys; sys.path.append({str(installed)!r})\n{program}"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.stdout.splitlines()[-1] == "False"


class TestPluginsThatFail:
    def told(self, folder: Path, code: str, entry: str = "other = other:PLUGIN") -> str:
        """What a run says that names the plug-in ``other``, which is installed with this code."""
        site = folder / "site"
        (site / "other-1.0.dist-info").mkdir(parents=True)
        (site / "other-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
        (site / "other-1.0.dist-info" / "entry_points.txt").write_text(f"[pmlint.plugins]\n{entry}\n")
        (site / "other.py").write_text(code, encoding="utf-8")
        work = folder / "work"
        work.mkdir()
        (work / "pm.md").write_text(GOOD, encoding="utf-8")
        (work / "pmlint.toml").write_text('plugins = ["other"]\n', encoding="utf-8")
        done = pmlint("check", "pm.md", cwd=work, env={"PYTHONPATH": str(site)})
        assert (done.returncode, done.stdout) == (2, b"")
        return done.stderr.decode().removeprefix("pmlint: error: ").rstrip("\n")

    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("raise RuntimeError('no licence')", "it cannot be loaded: RuntimeError: no licence; update or repair"),
            ("raise SystemExit(0)", "it cannot be loaded: SystemExit: 0; update or repair its package"),
            ("PLUGIN = 3", "its entry point leads to int, not to a pmlint.plugins.Plugin; its author can mend that"),
            (
                "from pmlint.plugins import Plugin\nPLUGIN = Plugin({'placeholder': print}, '')",
                "a check has the name placeholder already",
            ),
        ],
    )
    def test_the_failure_is_told_with_advice(self, tmp_path: Path, code: str, told: str) -> None:
        assert self.told(tmp_path, code).startswith(f"plug-in other: {told}")

    def test_a_plug_in_that_is_not_installed(self, tmp_path: Path) -> None:
        told = self.told(tmp_path, "", "another = other:PLUGIN")
        assert told.startswith("plug-in other: no installed package offers it; take it out of `plugins`, or install")

    def test_its_pages_are_checked_like_all_others(self, tmp_path: Path) -> None:
        code = f"from pmlint.plugins import Plugin\nPLUGIN = Plugin({{}}, {str(tmp_path / 'none')!r})"
        assert self.told(tmp_path, code).startswith("plug-in other: there is no such rule folder")

    def test_what_lies_in_the_linted_folder_is_no_plug_in(self, tmp_path: Path) -> None:
        (tmp_path / "evil-1.0.dist-info").mkdir()
        (tmp_path / "evil-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
        (tmp_path / "evil-1.0.dist-info" / "entry_points.txt").write_text("[pmlint.plugins]\nevil = evil:PLUGIN\n")
        (tmp_path / "evil.py").write_text("open('ran', 'w')\n", encoding="utf-8")
        (tmp_path / "pmlint.toml").write_text('plugins = ["evil"]\n', encoding="utf-8")
        done = pmlint("check", ".", cwd=tmp_path)
        assert b"plug-in evil: no installed package offers it" in done.stderr
        assert not (tmp_path / "ran").exists()
