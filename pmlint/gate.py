"""A run as it was asked for, made ready: what it looks at, on which terms, and what then counts."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmlint.config import Choice
from pmlint.errors import PmlintError, Problem
from pmlint.memory import Memory
from pmlint.report.run import Run, Sums
from pmlint.rule import Finding, Rule, Severity
from pmlint.run import Fixing, Job, Outcome
from pmlint.selection import Reading, Selection, files_in_commit, in_index, on_disk, past_texts
from pmlint.terms import Terms, TermsOfRun
from pmlint.timings import Timings

if TYPE_CHECKING:
    from pmlint.baseline import Ledger
    from pmlint.cache import Cache


class Request(NamedTuple):
    """What somebody asks of a run.

    ``paths`` are files and folders; ``named`` gives the name of what a path leads to, for standard input has none.
    ``staged`` looks into the index, ``since`` reports only what was brought in since a revision, with
    ``changed_lines`` only on lines that changed. ``baseline`` is a file; with ``config_from`` it and the
    configuration are read as that commit has them. ``max_bytes``, ``max_seconds`` of processor time and
    ``max_findings`` are limits for each document. ``level`` and ``fail_on`` take the place of those of the settings.
    ``cache`` holds results of former runs, none where they are not wanted; so many ``workers`` may share the documents;
    ``timings`` are told what the run does.
    """

    paths: tuple[str, ...]
    choice: Choice
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    level: str | None
    fail_on: str | None
    staged: bool
    since: str | None
    changed_lines: bool
    baseline: str | None
    config_from: str | None
    comments: bool
    today: date
    max_bytes: int
    max_seconds: float
    max_findings: int
    fixing: Fixing | None
    named: Callable[[str], str]
    cache: "Cache"
    workers: int = 1
    timings: Timings | None = None


class Gate(NamedTuple):
    """A run that can begin: its texts, the terms for each, the job, and what could not be looked at already."""

    selection: Selection
    terms: tuple[Terms, ...]
    job: Job
    ledger: "Ledger | None"
    problems: tuple[Problem, ...]
    memory: Memory

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules of the run, each once."""
        return tuple({rule.name: rule for applied in self.terms for rule in applied.rules}.values())


def gate(request: Request, read: Callable[[str], Reading]) -> Gate:
    """A run made ready; ``read`` reads one path. Raises PmlintError: with half a configuration nothing is checked."""
    if request.config_from is not None:
        request = request._replace(choice=request.choice._replace(committed=files_in_commit(request.config_from)))
    run = TermsOfRun(request.choice, request.select, request.ignore)
    memory = Memory(request.cache, request.today, request.comments)
    named = request.named
    if request.staged:
        selection = in_index(request.paths, request.max_bytes, lambda path: run.verdict(named(path)))
    else:
        selection = on_disk(request.paths, read, lambda path: run.verdict(named(path)), memory)
        memory.rest()
    terms = tuple(run.terms_of(named(path)) for path in selection.paths) or (run.terms_of("."),)
    ledger = _ledger(request, terms)
    past, unknown = past_texts(selection, request.since, request.max_bytes) if request.since is not None else (None, ())
    job = Job(
        run.terms_of,
        request.today,
        comments=request.comments,
        past=past,
        changed_lines=request.changed_lines,
        mark=ledger.marked if ledger else None,
        fixing=request.fixing,
        seconds=request.max_seconds,
        max_findings=request.max_findings,
        memory=memory,
        workers=request.workers,
        timings=request.timings,
    )
    return Gate(selection, terms, job, ledger, (*selection.problems, *unknown), memory)


def _ledger(request: Request, terms: tuple[Terms, ...]) -> "Ledger | None":
    """The baseline of a run, read from disk or from a commit that can be trusted."""
    path, committed = request.baseline, request.choice.committed
    if path is None:
        return None
    from pmlint.baseline import Ledger, parse_baseline, read_baseline

    rules = {rule.name for applied in terms for rule in applied.rules}
    if committed is None:
        return Ledger(read_baseline(path), request.today, rules)
    data = committed(path)
    if data is None:
        problem = Problem(
            path, f"{request.config_from} has no such file", "commit it there, or leave --config-from out"
        )
        raise PmlintError(problem)
    return Ledger(parse_baseline(data.decode("utf-8-sig", "replace"), path), request.today, rules)


class Tally:
    """What a run has come to so far, outcome by outcome.

    Findings are held only where somebody ``reports`` them at the end: each holds its document.
    """

    def __init__(
        self, gate: Gate, level: str | None, fail_on: str | None, show_suppressed: bool, reports: bool = True
    ) -> None:
        self._gate, self._level, self._fail_on, self._show_suppressed = gate, level, fail_on, show_suppressed
        self._reports, self._sums = reports, Sums()
        self._files, self._hidden, self._fixed = 0, 0, 0
        self._findings: list[Finding] = []
        self._suppressed: list[Finding] = []
        self.problems = list(gate.problems)
        self.failed = False

    def add(self, outcome: Outcome, terms: Terms) -> list[Finding]:
        """Takes in what came of one path, and returns the findings that are to be shown."""
        self.problems += outcome.problems
        if outcome.findings is None:
            return []
        self._files += 1
        self._fixed += len(outcome.rewriting.rules) if outcome.rewriting else 0
        lowest = Severity[(self._level or terms.settings.level).upper()]
        bar = self._fail_on or terms.settings.fail_on
        open_ones = [finding for finding in outcome.findings if not finding.suppression]
        self.failed = self.failed or any(bar != "never" and f.severity >= Severity[bar.upper()] for f in open_ones)
        suppressed = [finding for finding in outcome.findings if finding.suppression]
        shown = outcome.findings if self._show_suppressed else open_ones
        seen = [finding for finding in shown if finding.severity >= lowest]
        self._hidden += len(shown) - len(seen)
        self._sums.add(seen, suppressed)
        if self._reports:
            self._findings += seen
            self._suppressed += suppressed
        return seen

    @property
    def run(self) -> Run:
        """The run as reports tell of it."""
        return Run(
            self._files,
            self._findings,
            tuple(self.problems),
            self._gate.rules,
            hidden=self._hidden,
            excluded=self._gate.selection.excluded,
            suppressed=self._suppressed,
            fixed=self._fixed,
            added=self._sums,
        )
