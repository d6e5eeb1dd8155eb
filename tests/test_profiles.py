"""Profiles: each page is valid, its template begins a document, and an exemplary one has no finding at all."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from pmlint.config import Choice
from pmlint.engine import check, understand
from pmlint.page import PageError
from pmlint.profile import parse_profile, read_profile, shipped_profiles
from pmlint.source import Source
from pmlint.terms import TermsOfRun
from tests.command import pmlint

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 6, 30)
NAMES = shipped_profiles()
each_profile = pytest.mark.parametrize("name", NAMES)


def findings(text: str, name: str) -> list[str]:
    """What all rules of a profile say, hints as well."""
    terms = TermsOfRun(Choice(isolated=True, profile=name)).terms_of("pm.md")
    source = Source("pm.md", text)
    result = check(source, terms.rules, DAY, terms.options, terms.settings.conventions, terms.checks)
    assert not result.problems
    return [f"{source.place(f.span.start).line} {f.rule}: {f.message}" for f in result.findings]


def test_the_profiles_are_those_of_the_field() -> None:
    assert NAMES == (
        "alx",
        "atlassian",
        "aws-coe",
        "azure-public",
        "gitlab",
        "google-sre",
        "incident-log",
        "learning",
        "pagerduty",
        "public",
        "regulated-eu",
        "wikimedia",
    )
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(NAMES)


@each_profile
def test_an_exemplary_document_has_no_finding_at_all(name: str) -> None:
    assert findings((GOLDEN / f"{name}.md").read_text(encoding="utf-8"), name) == []


@each_profile
def test_a_new_document_is_found_to_have_placeholders(name: str, tmp_path: Path) -> None:
    done = pmlint("new", "Logins failed", "--profile", name, "--today", "2026-03-04", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"2026-03-04-logins-failed.md\n")
    text = (tmp_path / "2026-03-04-logins-failed.md").read_text(encoding="utf-8")
    assert "{{" not in text
    assert "Logins failed" in text
    assert "2026-03-04" in text
    found = findings(text, name)
    assert sum(1 for line in found if "clarity/placeholder" in line) >= 5
    assert not [line for line in found if "unreadable-front-matter" in line]


@each_profile
def test_a_template_has_the_sections_of_its_exemplary_document(name: str) -> None:
    profile = read_profile(name, {})
    assert profile is not None

    def headings(text: str) -> set[str]:
        titles = re.findall(r"(?m)^##+ (.+)$", text)
        return {title for title in titles if name != "incident-log" or not title.startswith("Incident on")}

    assert headings(profile.template) <= headings((GOLDEN / f"{name}.md").read_text(encoding="utf-8"))


@each_profile
def test_a_page_tells_what_and_why(name: str) -> None:
    profile = read_profile(name, {})
    assert profile is not None
    assert profile.sources
    assert profile.summary.endswith(".")
    for chapter in ("## What it asks for", "## What it leaves out", "## Template"):
        assert chapter in profile.text
    for line in profile.text.partition("[rules]\n")[2].partition("```")[0].partition("\n\n")[0].splitlines():
        assert re.fullmatch(r'"[a-z/-]+" = .+  # .+', line), f"{line}: a reason belongs to each rule"


def test_a_log_is_checked_incident_by_incident() -> None:
    path = GOLDEN / "incident-log.md"
    parts = understand(Source("log.md", path.read_text(encoding="utf-8"))).parts
    assert [part.title.text[:22] for part in parts if part.title] == [
        "Incident on 2026-04-21",
        "Incident on 2026-03-03",
    ]


def test_profiles_are_listed_and_printed(tmp_path: Path) -> None:
    listed = pmlint("profile", cwd=tmp_path).stdout.decode()
    assert [line.split()[0] for line in listed.splitlines()] == list(NAMES)
    whole = json.loads(pmlint("profile", "--format", "json", cwd=tmp_path).stdout)
    assert [profile["name"] for profile in whole] == list(NAMES)
    assert pmlint("profile", "alx", cwd=tmp_path).stdout.startswith(b"# ALX postmortem project\n")
    page = json.loads(pmlint("profile", "alx", "--format", "json", cwd=tmp_path).stdout)
    assert page["template"].startswith("# {{title}}\n")
    missing = pmlint("profile", "atlasian", cwd=tmp_path)
    assert missing.returncode == 2
    assert missing.stderr == b"pmlint: error: atlasian: no profile has that name; did you mean atlassian?\n"


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("[rules]\n", "`sources` is missing"),
        ('sources = ["a"]\n', "`rules` is missing"),
        ('sources = ["a"]\n[rules]\nx = "loud"\n', 'rules.x: "loud" is none of'),
        ('sources = ["a"]\nsection = 1\n[rules]\n', "`section` has no meaning here; did you mean `sections`?"),
        ("sources = \n", "the profile settings are no TOML"),
        ('sources = ["a"]\n[rules]\n', "the page has no template: add a fence `markdown template`"),
    ],
)
def test_a_page_that_is_wrong_is_told(block: str, told: str) -> None:
    with pytest.raises(PageError) as raised:
        parse_profile(f"# X\n\nX.\n\n```toml profile\n{block}```\n", "x", "x.md")
    assert told in str(raised.value)


def test_a_profile_lies_below_the_configuration_and_the_options_above(tmp_path: Path) -> None:
    (tmp_path / "pmlint.toml").write_text('profile = "gitlab"\n[rules]\n"actions/missing-owner" = "info"\n', "utf-8")
    lines = pmlint("config", cwd=tmp_path).stdout.decode().splitlines()
    assert any(line.startswith('severities = ["S1"') and line.endswith("# profile gitlab") for line in lines)
    assert any(line.startswith('rules."actions/missing-owner" = "info"') for line in lines)
    other = pmlint("config", "--profile", "pagerduty", cwd=tmp_path).stdout.decode()
    assert 'profile = "pagerduty"' in other
    assert "profile gitlab" not in other
