"""Lint one document: the whole flow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pmlint.checks import CHECKS
from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.document import Document
from pmlint.errors import Problem, Unfinished
from pmlint.frontmatter import parse_front_matter
from pmlint.markdown import parse_blocks
from pmlint.mask import disjoint, masking
from pmlint.model import Postmortem
from pmlint.neighbours import Exists, unknown
from pmlint.recognise import recognise
from pmlint.rule import Check, Finding, Mark, Rule, wanted
from pmlint.source import Source, Span


class Result(NamedTuple):
    """What came of one document: its findings in the order of the text, and the rules that could not be checked."""

    source: Source
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()


def understand(
    source: Source, misread: list[Span] | None = None, conventions: Conventions = NO_CONVENTIONS
) -> Postmortem:
    """A source as a postmortem: front matter, then blocks, then their meaning.

    ``misread`` collects the spans that the Markdown parser could only give as plain text, now and later; without it
    such a failure is raised.
    """
    front_matter = parse_front_matter(source)
    blocks = parse_blocks(source, front_matter.span.end if front_matter else 0, misread)
    return recognise(Document(source, blocks, front_matter), conventions)


def understood(
    source: Source, conventions: Conventions = NO_CONVENTIONS
) -> tuple[Postmortem | None, tuple[Problem, ...]]:
    """A source as a postmortem, and what kept it from being understood in full. Never raises."""
    misread: list[Span] = []
    try:
        postmortem = understand(source, misread, conventions)
    except Exception as error:  # one document's trouble must not keep the others from being checked
        return None, (_internal_error(source, "reading", error, "please report it; other files were checked"),)
    reason = "the Markdown from here on was not understood and was read as plain text"
    lines = sorted({source.line_number(span.start) for span in misread})
    return postmortem, tuple(Problem(source.path, reason, "please report it", line) for line in lines)


def _internal_error(source: Source, where: str, error: Exception, remedy: str) -> Problem:
    return Problem(source.path, f"internal error in {where}: {type(error).__name__}: {error}", remedy)


def check(
    source: Source,
    rules: Sequence[Rule],
    today: date,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    conventions: Conventions = NO_CONVENTIONS,
    checks: Mapping[str, Check] | None = None,
    exists: Exists = unknown,
) -> Result:
    """Every finding of the rules in a source.

    ``options`` maps rule names to values that replace their defaults; ``checks`` are the checks that the rules name,
    the shipped ones unless others are given; ``exists`` answers what lies beside the document.
    """
    postmortem, reading_problems = understood(source, conventions)
    if postmortem is None:
        return Result(source, (), reading_problems)
    marks: dict[tuple[str, Span, str], tuple[Rule, Mark]] = {}
    problems = list(reading_problems)
    parts = postmortem.parts
    given = {"today": today, "exists": exists}
    for rule in rules:
        try:
            function = (CHECKS if checks is None else checks)[rule.check]
            for mark in _marks(parts, rule, function, given, (options or {}).get(rule.name, {})):
                marks.setdefault((rule.name, mark.span, mark.message), (rule, _inside(mark, source)))
        except Unfinished as error:
            problems.append(Problem(source.path, f"{rule.name}: {error.reason}", error.remedy))
        except Exception as error:  # one rule's mistake must not hide the findings of the others
            problems.append(_internal_error(source, rule.name, error, "please report it; all other rules were checked"))
    hidden = disjoint(mark.span for _, mark in marks.values() if mark.secret)
    clean = masking(source, hidden)
    findings = [_finding(mark, rule, postmortem, hidden, clean) for rule, mark in marks.values()]
    findings.sort(key=lambda f: (f.span.start, f.span.end, f.rule, f.message))
    return Result(source, tuple(findings), tuple(problems))


def _marks(
    parts: Sequence[Postmortem], rule: Rule, function: Check, given: Mapping[str, Any], options: Mapping[str, Any]
) -> Iterator[Mark]:
    values = {name.replace("-", "_"): value for name, value in {**rule.defaults, **options}.items()}
    values |= {name: value for name, value in given.items() if name in wanted(function)}
    for part in parts:
        yield from function(part, **values)


def _inside(mark: Mark, source: Source) -> Mark:
    if mark.span.end > len(source.text):
        raise ValueError(f"a mark outside the text: {mark.span}")
    return mark


def _finding(mark: Mark, rule: Rule, pm: Postmortem, hidden: tuple[Span, ...], clean: Callable[[str], str]) -> Finding:
    headings = tuple(clean(title) for title in pm.headings_around(mark.span))
    message, help_text = clean(mark.message), clean(mark.help or rule.help)
    return Finding(
        rule.name, rule.severity, message, help_text, mark.span, pm.source, headings, mark.edits, hidden=hidden
    )
