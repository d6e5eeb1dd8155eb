"""Each form of report takes twice as long for twice the findings, whatever they stand in; so does what goes before."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from pmlint.change import brought_in, on_changed_lines
from pmlint.errors import Problem
from pmlint.fix import applied
from pmlint.report.diff import diff_lines
from pmlint.report.outputs import FORMS, report
from pmlint.report.run import Run
from pmlint.report.text import Style
from pmlint.rule import Edit, Finding, Severity, Suppression
from pmlint.run import Rewriting
from pmlint.source import Source, Span
from tests.growth import Times, growth, seconds
from tests.runs import RULES

SECRET = "ghp_Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3d"


def _found(source: Source, span: Span, **more: Any) -> Finding:
    finding = Finding(
        RULES[0].name, Severity.ERROR, "10:02 comes after 10:20", "swap them", span, source, ("Timeline",)
    )
    return finding._replace(**more)


def _every(source: Source, word: str) -> Iterator[Span]:
    at = source.text.find(word)
    while at >= 0:
        yield Span(at, at + len(word))
        at = source.text.find(word, at + len(word))


def _lines(n: int) -> Run:
    source = Source("pm.md", "- 10:20 x\n- 10:02 y\n" * n)
    return Run(1, [_found(source, span) for span in _every(source, "10:02")], rules=RULES)


def _one_line(n: int) -> Run:
    source = Source("pm.md", "- 10:20 x, 10:02 y" * n)
    return Run(1, [_found(source, span) for span in _every(source, "10:02")], rules=RULES)


def _one_place(n: int) -> Run:
    source = Source("pm.md", "- 10:20 x\n")
    return Run(1, [_found(source, Span(2, 7), message=f"{number}") for number in range(n)], rules=RULES)


def _edited(n: int) -> Run:
    source = Source("pm.md", "- 10:20 x\n- 10:02 y\n" * n)
    found = [_found(source, span, edits=(Edit(span, "10:22"),)) for span in _every(source, "10:02")]
    return Run(1, found, rules=RULES)


def _edited_line(n: int) -> Run:
    run = _one_line(n)
    return run._replace(findings=[found._replace(edits=(Edit(found.span, "10:22"),)) for found in run.findings])


def _secret(n: int) -> Run:
    source = Source("pm.md", f"- 10:20 {SECRET}\n" * n)
    hidden = tuple(_every(source, SECRET))
    return Run(1, [_found(source, span, hidden=hidden) for span in hidden], rules=RULES)


def _documents(n: int) -> Run:
    sources = [Source(f"{number}.md", "- 10:20 x\n- 10:02 y\n") for number in range(n)]
    return Run(n, [_found(source, Span(12, 17)) for source in sources], rules=RULES)


def _suppressed(n: int) -> Run:
    accepted = [finding._replace(suppression=Suppression("comment", "so")) for finding in _lines(n).findings]
    return Run(1, accepted, rules=RULES, suppressed=accepted)


def _problems(n: int) -> Run:
    return Run(n, (), [Problem(f"{number}.md", "there is no such file", "name another") for number in range(n)], RULES)


RUNS: dict[str, Callable[[int], Run]] = {
    "findings on lines of their own": _lines,
    "findings on one line": _one_line,
    "findings at one place": _one_place,
    "findings with edits": _edited,
    "findings with edits on one line": _edited_line,
    "secrets": _secret,
    "documents": _documents,
    "suppressed findings": _suppressed,
    "problems": _problems,
}


def _written(form: str, run: Run) -> str:
    return "\n".join(report(form, run))


def _reported(run: Run) -> Times:
    return {form: seconds(partial(_written, form, run)) for form in FORMS}


@pytest.mark.parametrize("make", RUNS.values(), ids=RUNS.keys())
def test_a_report_takes_about_twice_as_long_for_twice_the_findings(make: Callable[[int], Run]) -> None:
    assert growth(partial(_reported, make(300)), partial(_reported, make(600))) == {}


def _changed(run: Run) -> Times:
    """What fixing and comparing do with findings."""
    before = run.findings[0].source
    after = Source(before.path, applied(before.text, [finding.edits for finding in run.findings]).text)
    rewriting = Rewriting(before, after, ())
    return {
        "edits": seconds(lambda: applied(before.text, [finding.edits for finding in run.findings])),
        "diff": seconds(lambda: list(diff_lines(rewriting, Style(colour=False)))),
        "new findings": seconds(lambda: brought_in(run.findings, run.findings)),
        "changed lines": seconds(lambda: on_changed_lines(run.findings, after)),
    }


@pytest.mark.parametrize("make", [_edited, _edited_line], ids=["lines", "one line"])
def test_fixing_and_comparing_take_about_twice_as_long_for_twice_the_findings(make: Callable[[int], Run]) -> None:
    assert growth(partial(_changed, make(300)), partial(_changed, make(600))) == {}
