"""Every example of every page, and what all pages have in common."""

from pathlib import Path

import pytest

from pmlint.checks import CHECKS
from pmlint.examination import EXAMPLE_DAY, examined, read_pages
from pmlint.page import examples
from pmlint.rule import Rule
from pmlint.rulebook import read_rulebook

RULES = read_rulebook().rules
each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


@each_rule
def test_the_examples_find_what_the_page_says(rule: Rule) -> None:
    failures = examined(rule).failures
    assert not failures, "\n".join(f"line {f.example.line}:\n{f.expected}--- found\n{f.found}" for f in failures)


@each_rule
def test_a_page_shows_a_bad_example_and_near_misses(rule: Rule) -> None:
    shown = examples(rule)
    assert sum(1 for example in shown if example.good) >= 2
    assert any(not example.good and example.findings for example in shown)


@each_rule
def test_a_page_has_every_chapter_in_order(rule: Rule) -> None:
    chapters = [line[3:] for line in rule.text.splitlines() if line.startswith("## ") and line[3:] in CHAPTERS]
    seen = list(dict.fromkeys(chapters))
    assert seen == CHAPTERS


CHAPTERS = ["Why", "How to fix it", "Known limits", "Examples"]


@each_rule
def test_a_page_speaks_kindly(rule: Rule) -> None:
    for text in (rule.title, rule.summary, rule.help):
        assert " should" not in text
    assert rule.sources
    assert rule.summary.endswith(".")
    assert not rule.help.endswith(".")


def test_every_check_has_a_page() -> None:
    # What a team's own pages may name has its pages among the examples.
    pages = sorted((Path(__file__).parent.parent / "examples" / "team-rules").rglob("*.md"))
    own = [page for page in read_pages([str(path) for path in pages]) if isinstance(page, Rule)]
    assert len(own) == len(pages)
    for rule in own:
        assert not examined(rule).failures
    assert {rule.check for rule in (*RULES, *own)} == set(CHECKS)


def test_examples_are_linted_on_a_fixed_day() -> None:
    assert EXAMPLE_DAY.isoformat() == "2026-06-30"
