"""Pages put to the test: every example is linted with its rule, and the findings compared with what the page says."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pmlint.admission import hold_against, validate_settings
from pmlint.checks import CHECKS
from pmlint.engine import check
from pmlint.errors import Problem
from pmlint.files import read_whole
from pmlint.fix import fixed
from pmlint.neighbours import among
from pmlint.page import PageError, examples, parse_page, rule_name
from pmlint.report.escape import shown
from pmlint.report.text import Style
from pmlint.rule import Check, Example, Rule, wanted
from pmlint.rulebook import read_rulebook
from pmlint.rulefolder import MAX_PAGE_BYTES
from pmlint.source import Source

# Examples are linted as if on this day, under this name.
EXAMPLE_DAY = date(2026, 6, 30)
EXAMPLE_PATH = "example.md"
# What lies beside them.
EXAMPLE_FILES = frozenset({EXAMPLE_PATH, "runbook.md", "images/errors.png"})


class Failure(NamedTuple):
    """An example whose findings, as texts of one line a finding, or whose fixed text are not what its page says."""

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
        source, problem = read_whole(path, MAX_PAGE_BYTES, "shorten it")
        if source is None or problem:
            found = problem or Problem(path, "the page cannot be read")
            yield PageError(path, [(found.line or 1, found.sentence)])
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
    others = read_rulebook().rules if "comments" in wanted(checks[rule.check]) else ()
    rules = [rule, *(other for other in others if other.name != rule.name)]
    known = [one.name for one in rules]
    exists = among(EXAMPLE_FILES, EXAMPLE_PATH)
    options = {rule.name: example.options}
    result = check(source, rules, EXAMPLE_DAY, options, checks=checks, exists=exists, known=known)
    lines = [f"{problem.reason}\n" for problem in result.problems]
    own = [finding for finding in result.findings if finding.rule == rule.name and not finding.suppression]
    for finding in own:
        place = source.place(finding.span.start)
        lines.append(f"{place.line}:{place.column} {finding.message}\n")
    expected, found = example.findings or "", "".join(lines)
    if expected != found:
        return Failure(rule, example, expected, found)
    mended = fixed(source.text, [finding.edits for finding in own])
    if example.fixed is None:
        # A fix that no page shows would be one that nobody has looked at.
        return None if mended == source.text else Failure(rule, example, source.text, mended)
    if mended != example.fixed:
        return Failure(rule, example, example.fixed, mended)
    again = check(Source(EXAMPLE_PATH, mended), [rule], EXAMPLE_DAY, {rule.name: example.options})
    left = "".join(f"{finding.message}\n" for finding in again.findings if finding.edits)
    return Failure(rule, example, "", left) if left else None
