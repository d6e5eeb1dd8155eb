"""Pages put to the test: every example is linted with its rule, and the findings compared with what the page says."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pmlint.admission import hold_against, validate_settings
from pmlint.checks import CHECKS
from pmlint.engine import check
from pmlint.files import read_source
from pmlint.page import PageError, examples, parse_page, rule_name
from pmlint.report.escape import shown
from pmlint.report.text import Style
from pmlint.rule import Check, Example, Rule, wants
from pmlint.rulebook import read_rulebook
from pmlint.source import Source

# Examples are linted as if on this day, under this name.
EXAMPLE_DAY = date(2026, 6, 30)
EXAMPLE_PATH = "example.md"


class Failure(NamedTuple):
    """An example whose findings are not those that its page says, as texts of one line a finding."""

    rule: Rule
    example: Example
    expected: str
    found: str

    def lines(self, style: Style) -> Iterator[str]:
        """The failure for people: where the example stands, and the difference."""
        kind = "good" if self.example.good else "bad"
        yield style.paint(f"{shown(self.rule.path)}:{self.example.line}: {kind} example", "1")
        for line in difflib.ndiff(self.expected.splitlines(), self.found.splitlines()):
            if not line.startswith("?"):
                yield f"  {style.paint(shown(line), {'-': '31', '+': '32'}.get(line[0], '0'))}"
        yield ""


class Outcome(NamedTuple):
    """How many examples a page has, and which of them failed."""

    examples: int
    failures: tuple[Failure, ...]


def read_pages(paths: Sequence[str]) -> Iterator[Rule | PageError]:
    """The rules of the named page files, in their order."""
    for path in paths:
        source, problem = read_source(path)
        if source is None or problem:
            yield PageError(path, [(1, problem.reason if problem else "the page cannot be read")])
            continue
        try:
            # First, because the page is then taken at its word.
            validate_settings(source.text, path)
            yield parse_page(source.text, rule_name(path), path)
        except PageError as error:
            yield error


def examined(page: Rule | PageError, checks: Mapping[str, Check] = CHECKS) -> Outcome:
    """What came of a page's examples. Raises PageError for a page that is not complete or not valid."""
    if isinstance(page, PageError):
        raise page
    validate_settings(page.text, page.path)
    hold_against(page, checks)
    found = examples(page)
    failures = tuple(failure for example in found if (failure := _failure(page, example, checks)))
    return Outcome(len(found), failures)


def _failure(rule: Rule, example: Example, checks: Mapping[str, Check]) -> Failure | None:
    source = Source(EXAMPLE_PATH, example.text)
    # What a comment allows is known when all rules were applied.
    others = read_rulebook().rules if wants(checks[rule.check], "comments") else ()
    rules = [rule, *(other for other in others if other.name != rule.name)]
    known = [one.name for one in rules]
    result = check(source, rules, EXAMPLE_DAY, {rule.name: example.options}, checks=checks, known=known)
    lines = [f"{problem.reason}\n" for problem in result.problems]
    for finding in result.findings:
        if finding.rule != rule.name or finding.suppression:
            continue
        place = source.place(finding.span.start)
        lines.append(f"{place.line}:{place.column} {finding.message}\n")
    expected, found = example.findings or "", "".join(lines)
    return None if expected == found else Failure(rule, example, expected, found)
