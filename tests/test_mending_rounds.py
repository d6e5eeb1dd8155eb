"""Mending goes on until nothing is left to mend, and keeps what it may not touch."""

from datetime import date

import pytest

from pmlint.engine import check
from pmlint.mending import Mended, mended
from pmlint.rule import Edit, Finding, Result, Severity
from pmlint.rulebook import read_rulebook
from pmlint.source import Source, Span


def finding(source: Source, start: int, end: int, new: str, rule: str = "family/rule") -> Finding:
    edits = (Edit(Span(start, end), new),)
    return Finding(rule, Severity.WARNING, "seen", "", Span(start, end), source, edits=edits)


class TestRounds:
    @staticmethod
    def mend(text: str, *swaps: tuple[str, str, str]) -> Mended:
        """A text mended by rules that each put one word in place of another."""

        def lint(source: Source) -> Result:
            found = [
                finding(source, at, at + len(old), new, rule)
                for rule, old, new in swaps
                if (at := source.text.find(old)) >= 0
            ]
            return Result(source, tuple(found))

        source = Source("a.md", text)
        return mended(lint(source), lint, lambda _: True)

    def test_what_one_edit_brings_up_is_mended_in_the_next_round(self) -> None:
        done = self.mend("one", ("f/a", "one", "two"), ("f/b", "two", "three"))
        assert (done.result.source.text, done.rules, done.problems) == ("three", ("f/a", "f/b"), ())

    def test_rules_that_undo_each_other_are_left_out_and_named(self) -> None:
        done = self.mend("one x", ("f/a", "one", "two"), ("f/b", "two", "one"), ("f/c", "x", "y"))
        assert done.problems[0].reason == "mending never comes to an end: f/a"
        assert (done.result.source.text, done.rules) == ("one y", ("f/c",))

    def test_a_rule_that_never_has_enough_is_left_out_and_named(self) -> None:
        done = self.mend("x", ("f/a", "x", "xx"))
        assert (done.result.source.text, done.rules) == ("x", ())
        assert done.problems[0].reason == "mending never comes to an end: f/a"

    def test_an_edit_that_changes_nothing_is_none(self) -> None:
        assert self.mend("x", ("f/a", "x", "x")) == self.mend("x")._replace(
            result=self.mend("x", ("f/a", "x", "x")).result
        )

    @pytest.mark.parametrize(
        ("old", "new", "is_made"),
        [
            ("`one`", "", False),
            ("one", "two", False),
            ("Before `one` after", "After `one` before", True),
            ("Before `one` after", "Nothing", False),
            ("fenced", "other", False),
            ("quoted", "other", False),
            ("comment", "other", False),
            ("there", "elsewhere", False),
            ("Before", "Later", True),
            ("end.", "end!", True),
        ],
    )
    def test_code_quotations_html_and_links_stay_as_they_are(self, old: str, new: str, is_made: bool) -> None:
        page = "Before `one` after\n\n```\nfenced\n```\n\n> quoted\n\n<!-- comment -->\n\n[here](there)\n\nThe end.\n"
        done = self.mend(page, ("f/a", old, new))
        assert (done.result.source.text != page) is is_made


@pytest.mark.parametrize(
    ("below", "is_made"),
    [
        ("- Page somebody", True), ("1. Page somebody", True), ("Page somebody", True), ("", True), ("    text", False),
        ("\ttext", False), ("  \ttext", False), ("2. text", False), ("+", False), ("[a]: b", False),
        ("<b>text</b>", False),
    ],
)  # fmt: skip
def test_a_bold_line_becomes_a_heading_where_the_line_below_stays_what_it_is(below: str, is_made: bool) -> None:
    source = Source("a.md", f"# T\n\n**Action items**\n{below}\n")
    rule = next(rule for rule in read_rulebook().rules if rule.name == "sections/pseudo-heading-section")
    (finding,) = check(source, [rule], date(2026, 6, 30)).findings
    assert bool(finding.edits) is is_made
