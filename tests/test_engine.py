"""The engine: marks become findings, and no check can harm the others."""

from collections.abc import Iterator
from datetime import date

import pytest

from pmlint import engine
from pmlint.model import Postmortem
from pmlint.rule import Mark, Rule, Severity
from pmlint.rulebook import read_rulebook
from pmlint.source import Source, Span

TODAY = date(2026, 6, 30)
SOURCE = Source("pm.md", "# Title\n\n## Impact\n")


@pytest.fixture
def rule() -> Rule:
    return read_rulebook().rule("sections/empty-section")


def _with(monkeypatch: pytest.MonkeyPatch, check: object) -> None:
    monkeypatch.setattr(engine, "CHECKS", {"empty_section": check})


def test_a_mark_becomes_a_finding_of_its_rule(rule: Rule) -> None:
    (finding,) = engine.check(SOURCE, [rule], TODAY).findings
    assert (finding.rule, finding.severity, finding.span) == ("sections/empty-section", Severity.WARNING, Span(9, 18))
    assert finding.help == rule.help


def test_a_mark_may_bring_a_better_help(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(pm: Postmortem) -> Iterator[Mark]:
        yield Mark(Span(0, 1), "seen", "mend it")

    _with(monkeypatch, check)
    assert [f.help for f in engine.check(SOURCE, [rule], TODAY).findings] == ["mend it"]


def test_findings_stand_in_the_order_of_the_text_and_once(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(pm: Postmortem) -> Iterator[Mark]:
        yield from (Mark(Span(at, at + 1), "seen") for at in (5, 2, 5, 0))

    _with(monkeypatch, check)
    assert [f.span.start for f in engine.check(SOURCE, [rule], TODAY).findings] == [0, 2, 5]


def test_of_two_helps_for_one_thing_the_first_counts(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(pm: Postmortem) -> Iterator[Mark]:
        yield from (Mark(Span(0, 1), "seen", f"mend it {way}") for way in "abcdef")

    _with(monkeypatch, check)
    assert [f.help for f in engine.check(SOURCE, [rule], TODAY).findings] == ["mend it a"]


def test_a_check_that_fails_leaves_the_others_running(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pm: Postmortem) -> Iterator[Mark]:
        yield Mark(Span(0, 1), "before")
        raise KeyError("lost")

    def sound(pm: Postmortem) -> Iterator[Mark]:
        yield Mark(Span(2, 3), "seen")

    monkeypatch.setattr(engine, "CHECKS", {"empty_section": broken, "sound": sound})
    result = engine.check(SOURCE, [rule, rule._replace(name="own/sound", check="sound")], TODAY)
    assert [f.rule for f in result.findings if f.message == "seen"] == ["own/sound"]
    (problem,) = result.problems
    assert str(problem).startswith(
        "pm.md: internal error in sections/empty-section: KeyError: 'lost'; please report it to the author of tests"
    )


def test_a_document_that_cannot_be_read_is_one_problem(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(engine, "recognise", broken)
    result = engine.check(SOURCE, [rule], TODAY)
    assert result.findings == ()
    assert [str(problem) for problem in result.problems] == [
        "pm.md: internal error in reading: KeyError: 'lost'; please report it; other files were checked"
    ]


def test_a_mark_outside_the_text_is_refused(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(pm: Postmortem) -> Iterator[Mark]:
        yield Mark(Span(0, 999), "seen")

    _with(monkeypatch, check)
    result = engine.check(SOURCE, [rule], TODAY)
    assert result.findings == ()
    assert "a mark outside the text" in str(result.problems[0])


def test_a_check_that_asks_for_the_day_gets_it(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(pm: Postmortem, *, today: date) -> Iterator[Mark]:
        yield Mark(Span(0, 1), today.isoformat())

    _with(monkeypatch, check)
    assert [f.message for f in engine.check(SOURCE, [rule], TODAY).findings] == ["2026-06-30"]


def test_markdown_that_was_not_understood_is_told(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise RuntimeError("lost")

    monkeypatch.setattr("pmlint.markdown.leaves.parse_inlines", lost)
    result = engine.check(SOURCE, [rule], TODAY)
    reason = "the Markdown from here on was not understood and was read as plain text; please report it"
    assert [str(problem) for problem in result.problems] == [f"pm.md:1: {reason}", f"pm.md:3: {reason}"]
    assert len(result.findings) == 1


def test_options_replace_defaults() -> None:
    rule = read_rulebook().rule("timeline/out-of-order")
    source = Source("pm.md", "## Timeline\n\n- 15:33 UTC a\n- 15:30 UTC b\n")
    assert len(engine.check(source, [rule], TODAY).findings) == 1
    assert engine.check(source, [rule], TODAY, {rule.name: {"tolerance-minutes": 5}}).findings == ()
