"""Lint one document: the whole flow."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pmlint.checks import CHECKS
from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.document import Document
from pmlint.errors import Problem, Unfinished
from pmlint.frontmatter import parse_front_matter
from pmlint.markdown import parse_blocks
from pmlint.model import Postmortem
from pmlint.recognise import recognise
from pmlint.rule import Check, Finding, Mark, Rule, wants_today
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
) -> Result:
    """Every finding of the rules in a source.

    ``options`` maps rule names to values that replace their defaults; ``checks`` are the checks that the rules name,
    the shipped ones unless others are given.
    """
    postmortem, reading_problems = understood(source, conventions)
    if postmortem is None:
        return Result(source, (), reading_problems)
    findings: dict[tuple[str, Span, str], Finding] = {}
    problems = list(reading_problems)
    parts = postmortem.parts
    for rule in rules:
        try:
            function = (CHECKS if checks is None else checks)[rule.check]
            for mark in _marks(parts, rule, function, today, (options or {}).get(rule.name, {})):
                findings.setdefault((rule.name, mark.span, mark.message), _finding(mark, rule, postmortem))
        except Unfinished as error:
            problems.append(Problem(source.path, f"{rule.name}: {error.reason}", error.remedy))
        except Exception as error:  # one rule's mistake must not hide the findings of the others
            problems.append(_internal_error(source, rule.name, error, "please report it; all other rules were checked"))
    ordered = sorted(findings.values(), key=lambda f: (f.span.start, f.span.end, f.rule, f.message))
    return Result(source, tuple(ordered), tuple(problems))


def _marks(
    parts: Sequence[Postmortem], rule: Rule, function: Check, today: date, options: Mapping[str, Any]
) -> Iterator[Mark]:
    values = {name.replace("-", "_"): value for name, value in {**rule.defaults, **options}.items()}
    if wants_today(function):
        values["today"] = today
    for part in parts:
        yield from function(part, **values)


def _finding(mark: Mark, rule: Rule, pm: Postmortem) -> Finding:
    if mark.span.end > len(pm.source.text):
        raise ValueError(f"a mark outside the text: {mark.span}")
    headings = pm.headings_around(mark.span)
    help_text = mark.help or rule.help
    return Finding(rule.name, rule.severity, mark.message, help_text, mark.span, pm.source, headings, mark.edits)
