"""A run over many documents: each is read, linted and, where asked for, held against what was there before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmlint.deadline import SECONDS, Deadline, OutOfTime
from pmlint.engine import Result, check
from pmlint.errors import Problem
from pmlint.neighbours import Exists
from pmlint.rule import Finding
from pmlint.source import Source

if TYPE_CHECKING:
    from pmlint.selection import Before, Selection
    from pmlint.terms import Terms

MAX_FINDINGS = 1000


class Job(NamedTuple):
    """What every document is linted with.

    ``terms`` gives the rules and settings for a path. Without ``comments`` the documents allow nothing. ``past`` holds
    former texts by path: only what was brought in since then is reported, with ``changed_lines`` only where lines have
    changed; None reports everything. ``mark`` suppresses what a baseline holds: it takes a path and all findings there.
    ``seconds`` of processor time and ``max_findings`` that nothing suppresses are the limits for one document.
    """

    terms: "Callable[[str], Terms]"
    today: date
    comments: bool = True
    past: "Mapping[str, Before] | None" = None
    changed_lines: bool = False
    mark: Callable[[str, Sequence[Finding]], tuple[Finding, ...]] | None = None
    seconds: float = SECONDS
    max_findings: int = MAX_FINDINGS


class Outcome(NamedTuple):
    """What came of one path: its findings, the suppressed ones among them, None if it could not be read, and what could
    not be done."""

    path: str
    findings: tuple[Finding, ...] | None
    problems: tuple[Problem, ...] = ()


def outcomes(selection: "Selection", job: Job) -> Iterator[Outcome]:
    """What came of each path of a selection, in its order; every document is read when it is its turn."""
    for path in selection.paths:
        source, unread = selection.read(path)
        problems: tuple[Problem, ...] = (unread,) if unread else ()
        if source is None:
            yield Outcome(path, None, problems)
            continue
        before = job.past.get(path) if job.past is not None else None
        if before is not None and before.source.text == source.text and job.mark is None:
            yield Outcome(path, (), problems)
            continue
        result = linted(source, job, selection.exists(path))
        findings = job.mark(source.path, result.findings) if job.mark else result.findings
        if before is not None:
            findings = _brought_in(findings, before, source, job)
        problems += result.problems
        if excess := _excess(findings, source, job):
            findings, problem = excess
            problems += (problem,)
        yield Outcome(path, findings, problems)


def _excess(findings: tuple[Finding, ...], source: Source, job: Job) -> tuple[tuple[Finding, ...], Problem] | None:
    """The findings up to the limit and what is told of the others; None where all are below it."""
    numbers = [number for number, finding in enumerate(findings) if not finding.suppression]
    if len(numbers) <= job.max_findings:
        return None
    reason = f"there are {len(numbers):,} findings, the limit is {job.max_findings:,}: the others are left out"
    return findings[: numbers[job.max_findings]], Problem(source.path, reason, "raise it with --max-findings")


def linted(source: Source, job: Job, exists: Exists) -> Result:
    """A document linted as the job says, whatever it was before; where it takes too long, it is a problem."""
    terms = job.terms(source.path)
    settings = terms.settings
    conventions = settings.conventions
    deadline = Deadline(job.seconds)
    try:
        with deadline:
            return check(
                source, terms.rules, job.today, terms.options, conventions, terms.checks, exists, job.comments,
                terms.known, deadline.check,
            )  # fmt: skip
    except OutOfTime:
        where = f"by {deadline.step}" if deadline.step else "before its rules"
        reason = f"the limit of {job.seconds:g} seconds of processor time was used up {where}: it was left unchecked"
        return Result(source, (), (Problem(source.path, reason, "raise it with --max-seconds"),))


def _brought_in(findings: tuple[Finding, ...], before: "Before", source: Source, job: Job) -> tuple[Finding, ...]:
    from pmlint.change import brought_in, on_changed_lines

    # Under its present path: file names tell dates.
    former = Source(source.path, before.source.text, before.source.bom)
    new = brought_in(findings, linted(former, job, before.exists()).findings)
    return on_changed_lines(new, former) if job.changed_lines else new
