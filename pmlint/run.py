"""A run over many documents: each is read, linted and, where asked for, held against what was there before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pmlint.deadline import SECONDS, Deadline, OutOfTime
from pmlint.errors import Problem
from pmlint.neighbours import Exists
from pmlint.rule import Finding, Result, Severity
from pmlint.source import Source, Span
from pmlint.timings import Timings
from pmlint.workers import done_ahead

if TYPE_CHECKING:
    from pmlint.memory import Memory
    from pmlint.selection import Before, Selection
    from pmlint.terms import Terms

MAX_FINDINGS = 1000
READING, REPORTING = "reading", "reporting"


class Fixing(NamedTuple):
    """How findings are mended: those that are no less severe than ``level``, None for what the settings say, and with
    edits that change more than the form only if ``unsafe``. Files get the new text if ``writes``."""

    level: str | None = None
    unsafe: bool = False
    writes: bool = False


class Job(NamedTuple):
    """What every document is linted with.

    ``terms`` gives the rules and settings for a path. Without ``comments`` the documents allow nothing. ``past`` holds
    former texts by path: only what was brought in since then is reported, with ``changed_lines`` only where lines have
    changed; None reports everything. ``mark`` suppresses what a baseline holds: it takes a path and all findings there.
    With ``fixing`` documents are mended first.
    ``seconds`` of processor time and ``max_findings`` that nothing suppresses are the limits for one document.
    ``memory`` has results of former runs. With it so many ``workers`` may share the documents of a run.
    ``timings`` are told the steps, named as ``READING``, those of the engine and ``REPORTING``.
    """

    terms: "Callable[[str], Terms]"
    today: date
    comments: bool = True
    past: "Mapping[str, Before] | None" = None
    changed_lines: bool = False
    mark: Callable[[str, Sequence[Finding]], tuple[Finding, ...]] | None = None
    fixing: Fixing | None = None
    seconds: float = SECONDS
    max_findings: int = MAX_FINDINGS
    memory: "Memory | None" = None
    workers: int = 1
    timings: Timings | None = None


class Rewriting(NamedTuple):
    """A document before and after it was mended, with what nobody may print of either, and the rules whose findings
    are gone by it, each as often as there were some."""

    before: Source
    after: Source
    rules: tuple[str, ...]
    hidden_before: tuple[Span, ...] = ()
    hidden_after: tuple[Span, ...] = ()


class Outcome(NamedTuple):
    """What came of one path: its findings, the suppressed ones among them, None if it could not be read, and what could
    not be done.

    ``source`` is its text as it is now, None if some of it could not be read; ``rewriting`` is what mending changed;
    ``asked`` is what its rules asked of its folder, with the answers.
    """

    path: str
    findings: tuple[Finding, ...] | None
    problems: tuple[Problem, ...] = ()
    source: Source | None = None
    rewriting: Rewriting | None = None
    asked: Mapping[str, bool | None] = MappingProxyType({})


def outcomes(selection: "Selection", job: Job) -> Iterator[Outcome]:
    """What came of each path of a selection, in its order; every document is read when it is its turn, or a little
    ahead by one of the job's workers."""
    memory, paths = job.memory, selection.paths
    if memory is None:
        yield from (_outcome(path, selection, job) for path in paths)
        return

    def work(number: int) -> bytes:
        if paths[number] != "-":  # standard input can be read once
            _outcome(paths[number], selection, job)
        return memory.handed_over()

    def load() -> None:
        import_module("pmlint.engine")

    with done_ahead(len(paths), work, 1 if job.fixing else job.workers, load) as ahead:
        for path, new in zip(paths, ahead, strict=True):
            if new is not None:
                memory.learn(new)
            yield _outcome(path, selection, job)
            memory.settle()


def _outcome(path: str, selection: "Selection", job: Job) -> Outcome:
    if job.timings:
        job.timings.begin(READING)
    source, unread = selection.read(path)
    problems: tuple[Problem, ...] = (unread,) if unread else ()
    if source is None:
        return Outcome(path, None, problems)
    before = job.past.get(path) if job.past is not None else None
    if before is not None and before.source.text == source.text and job.mark is None:
        return Outcome(path, (), problems, source)
    former = _former(source.path, before, job) if before else None
    lint = partial(_judged, job=job, exists=selection.exists(path), former=former)
    first = lint(source)
    # Of a text that could not be read in full nothing is written: some of it is not what its author wrote.
    if job.fixing and not unread:
        return _limited(_rewritten(path, first, lint, job), source, job)
    outcome = Outcome(path, first.findings, (*problems, *first.problems), None if unread else source, asked=first.asked)
    return _limited(outcome, source, job)


def _limited(outcome: Outcome, source: Source, job: Job) -> Outcome:
    """The outcome with no more findings than the limit allows."""
    excess = _excess(outcome.findings, source, job) if outcome.findings else None
    return outcome._replace(findings=excess[0], problems=(*outcome.problems, excess[1])) if excess else outcome


def _excess(findings: tuple[Finding, ...], source: Source, job: Job) -> tuple[tuple[Finding, ...], Problem] | None:
    """The findings up to the limit and what is told of the others; None where all are below it."""
    numbers = [number for number, finding in enumerate(findings) if not finding.suppression]
    if len(numbers) <= job.max_findings:
        return None
    reason = f"there are {len(numbers):,} findings, the limit is {job.max_findings:,}: the others are left out"
    return findings[: numbers[job.max_findings]], Problem(source.path, reason, "raise it with --max-findings")


def _rewritten(path: str, first: Result, lint: Callable[[Source], Result], job: Job) -> Outcome:
    """A document mended and written, with what is left to find in it. What cannot be written is as it was."""
    from pmlint.mending import mended, write_back

    fixing = job.fixing or Fixing()
    lowest = Severity[(fixing.level or job.terms(first.source.path).settings.level).upper()]

    def may_mend(finding: Finding) -> bool:
        safe = fixing.unsafe or all(edit.safe for edit in finding.edits)
        return safe and finding.severity >= lowest and not finding.suppression

    done = mended(first, lint, may_mend, job.comments)
    result, problems = done.result, (*done.result.problems, *done.problems)
    if not done.rules:
        return Outcome(path, result.findings, problems, result.source)
    rewriting = Rewriting(first.source, result.source, done.rules, first.hidden, result.hidden)
    if fixing.writes and path != "-" and (unwritten := write_back(first.source, result.source)):
        return Outcome(path, first.findings, (*problems, unwritten), first.source)
    return Outcome(path, result.findings, problems, result.source, rewriting)


class _Former(NamedTuple):
    """A document as it was, and what was found in it."""

    source: Source
    findings: tuple[Finding, ...]


def _former(path: str, before: "Before", job: Job) -> _Former:
    # Under its present path: file names tell dates.
    source = Source(path, before.source.text, before.source.bom)
    return _Former(source, linted(source, job, before.exists()).findings)


def _judged(source: Source, job: Job, exists: Exists, former: _Former | None) -> Result:
    """A document linted, and its findings held against the baseline and its former text."""
    result = linted(source, job, exists)
    findings = job.mark(source.path, result.findings) if job.mark else result.findings
    if former is not None:
        from pmlint.change import brought_in, on_changed_lines

        findings = brought_in(findings, former.findings)
        findings = on_changed_lines(findings, former.source) if job.changed_lines else findings
    return result._replace(findings=findings)


def linted(source: Source, job: Job, exists: Exists) -> Result:
    """A document linted as the job says, whatever it was before, or the same result out of the memory."""
    terms = job.terms(source.path)
    if job.memory is None or terms.key is None:
        return _linted(source, job, terms, exists)
    key = job.memory.key(source, terms.key)
    result = job.memory.result(key, source, exists)
    if result is None:
        result = _linted(source, job, terms, exists)
        job.memory.keep(key, result)
    return result


def _linted(source: Source, job: Job, terms: "Terms", exists: Exists) -> Result:
    """A document linted; where it takes too long, it is a problem."""
    from pmlint.engine import check  # what a memory knows needs no parser

    deadline = Deadline(job.seconds)

    def before(step: str) -> None:
        deadline.check(step)
        if job.timings:
            job.timings.begin(step)

    try:
        with deadline:
            return check(
                source,
                terms.rules,
                job.today,
                terms.options,
                terms.settings.conventions,
                terms.checks,
                exists,
                comments=job.comments,
                known=terms.known,
                before=before,
            )
    except OutOfTime:
        where = f"by {deadline.step}" if "/" in deadline.step else "before its rules"
        reason = f"the limit of {job.seconds:g} seconds of processor time was used up {where}: it was left unchecked"
        return Result(source, (), (Problem(source.path, reason, "raise it with --max-seconds"),))
    finally:
        if job.timings:
            job.timings.begin(REPORTING)
