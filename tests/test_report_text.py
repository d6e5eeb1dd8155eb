"""Findings as people see them."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.errors import Problem
from pmlint.report.escape import shown
from pmlint.report.excerpt import pointed
from pmlint.report.run import Run
from pmlint.report.text import Style, finding_lines, problem_line, report_lines, summary_line
from pmlint.rule import Finding, Severity
from pmlint.source import Source, Span


def _finding(text: str, start: int, end: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "timeline/out-of-order",
        severity,
        "10:02 comes after 10:20",
        "swap them",
        Span(start, end),
        Source("pm.md", text),
    )


def test_a_finding_shows_its_place_the_line_and_the_help() -> None:
    text = "# T\n\n- 10:20 Alert\n- 10:02 Rolled back\n"
    start = text.index("10:02")
    assert list(finding_lines(_finding(text, start, start + 5), Style())) == [
        "pm.md:4:3: error: 10:02 comes after 10:20 [timeline/out-of-order]",
        "  4 | - 10:02 Rolled back",
        "    |   ^^^^^",
        "    = help: swap them",
    ]


def test_a_help_is_said_once_in_a_document() -> None:
    lines = list(report_lines([_finding("ab\n", 0, 1), _finding("ab\n", 1, 2)], Style()))
    assert sum("help:" in line for line in lines) == 1


@pytest.mark.parametrize("before", [0, 50, 5_000, 100_000])
@pytest.mark.parametrize("after", [0, 50, 5_000, 100_000])
def test_a_line_of_any_length_is_shown_around_the_words(before: int, after: int) -> None:
    text = "x" * before + " BAD " + "y" * after
    line, carets = pointed(Source("pm.md", text), Span(before + 1, before + 4), 80)
    assert line[carets.index("^") :].startswith("BAD")
    assert carets.strip() == "^^^"
    assert len(line) <= 82
    assert line.startswith("…") or before <= 50
    assert line.endswith("…") or after <= 50
    assert not (line.startswith("…") and before == 0)
    assert not (line.endswith("…") and after == 0)


@pytest.mark.parametrize(
    ("text", "words", "carets"),
    [
        ("plain words", "words", "      ^^^^^"),
        ("\ttab here", "here", "        ^^^^"),
        ("表 wide", "wide", "   ^^^^"),
        ("é\u0301 combined", "combined", "  ^^^^^^^^"),
        ("😀 BAD", "BAD", "   ^^^"),
        ("全部", "部", "  ^^"),
        ("a\x1b[31mb c", "c", "           ^"),
    ],
)
def test_carets_stand_under_the_words(text: str, words: str, carets: str) -> None:
    start = text.index(words)
    assert pointed(Source("pm.md", text), Span(start, start + len(words)), 80)[1] == carets


def test_a_long_line_is_cut_around_the_words() -> None:
    text = "a " * 200 + "HERE" + " b" * 200
    line, carets = pointed(Source("pm.md", text), Span(400, 404), 60)
    assert len(line) <= 60
    assert line[0] == line[-1] == "…"
    assert line[carets.index("^") : carets.index("^") + 4] == "HERE"


def test_a_span_over_lines_is_underlined_to_the_end_of_the_first() -> None:
    assert pointed(Source("pm.md", "one two\nthree"), Span(4, 13), 80) == ("one two", "    ^^^")


def test_an_empty_span_gets_one_caret() -> None:
    assert pointed(Source("pm.md", "ab"), Span(2, 2), 80) == ("ab", "  ^")


def test_an_empty_line_is_not_shown() -> None:
    assert list(finding_lines(_finding("", 0, 0), Style(), with_help=False)) == [
        "pm.md:1:1: error: 10:02 comes after 10:20 [timeline/out-of-order]"
    ]


@given(st.text(max_size=200), st.data(), st.integers(20, 120))
def test_any_line_is_shown_within_its_width_and_without_control_characters(
    text: str, data: st.DataObject, width: int
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, carets = pointed(Source("pm.md", text), Span(start, end), width)
    assert set(carets) <= {" ", "^"}
    assert "^" in carets
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in line)


@given(st.text())
def test_nothing_that_a_terminal_acts_on_gets_through(text: str) -> None:
    safe = shown(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", safe)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[error]x", "a #\\x23[error]x"),
        ("###[error]x", "##\\x23[error]x"),
        ("##vso[a]##TeamCity[b]", "#\\x23vso[a]#\\x23TeamCity[b]"),
        ("## [link]", "## [link]"),
    ],
)
def test_nothing_that_a_ci_runner_obeys_gets_through(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_carets_know_what_was_escaped() -> None:
    assert pointed(Source("pm.md", "##[a]b c"), Span(7, 8), 80) == ("#\\x23[a]b c", " " * 10 + "^")


def test_file_names_are_made_safe() -> None:
    assert problem_line(Problem("a\nb\x1b]0;x\x07", "no"), Style()) == "pmlint: error: a\\x0ab\\x1b]0;x\\x07: no"


@pytest.mark.parametrize(
    ("severities", "hidden", "problems", "line"),
    [
        ([], 0, 0, "3 postmortems, nothing to report"),
        ([Severity.ERROR], 0, 0, "1 error in 1 of 3 postmortems"),
        ([Severity.WARNING, Severity.ERROR, Severity.WARNING], 0, 0, "1 error, 2 warnings in 1 of 3 postmortems"),
        ([Severity.INFO], 0, 0, "1 info in 1 of 3 postmortems"),
        ([], 2, 0, "3 postmortems, nothing to report (2 more with --level info)"),
        ([], 0, 1, "3 postmortems, nothing to report; 1 problem kept the job from being done in full"),
    ],
)
def test_the_last_line_sums_up(severities: list[Severity], hidden: int, problems: int, line: str) -> None:
    findings = [_finding("a", 0, 1, severity) for severity in severities]
    run = Run(3, findings, [Problem("pm.md", "no")] * problems, hidden=hidden)
    assert summary_line(run, Style()) == line


def test_colour_is_only_added_where_it_is_wanted() -> None:
    plain = list(finding_lines(_finding("ab", 0, 1), Style()))
    coloured = list(finding_lines(_finding("ab", 0, 1), Style(colour=True)))
    assert not any("\x1b" in line for line in plain)
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in coloured] == plain
