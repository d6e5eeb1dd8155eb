"""``pmlint check``: report what the rules find."""

import sys
from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from pmlint.cli import options
from pmlint.cli.console import DONE, FOUND, NOT_DONE, complaint, flush, print_lines, style_of, tell
from pmlint.cli.documents import named_paths, read_document
from pmlint.cli.options import SEVERITIES
from pmlint.cli.reports import form, outputs, print_report, write_reports
from pmlint.cli.settings import choice_of, configured

if TYPE_CHECKING:
    from pmlint.baseline import Ledger
    from pmlint.discover import Verdict
    from pmlint.report.outputs import Output
    from pmlint.rule import Finding
    from pmlint.run import Outcome

MANY_FILES = 20


@click.command(short_help="Report what the rules find.", context_settings={"allow_interspersed_args": False})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@options.select
@options.ignore
@click.option("--level", type=click.Choice(SEVERITIES), help="Lowest severity shown.  [default: warning]")
@click.option(
    "--fail-on", type=click.Choice([*SEVERITIES, "never"]),
    help="Lowest severity that makes the exit code 1.  [default: warning]",
)  # fmt: skip
@form
@outputs
@options.staged
@options.since
@options.changed_lines
@options.baseline
@options.show_suppressed
@options.no_inline_suppressions
@options.config_from
@options.today
@configured
@options.stdin_filename
@options.max_bytes
@options.max_seconds
@options.max_findings
@options.colour
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str | None,
    fail_on: str | None,
    form: str,
    outputs: "tuple[Output, ...]",
    staged: bool,
    since: str | None,
    changed_lines: bool,
    baseline: str | None,
    show_suppressed: bool,
    no_inline_suppressions: bool,
    config_from: str | None,
    today: date,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    stdin_filename: str | None,
    max_bytes: int,
    max_seconds: float,
    max_findings: int,
    color: str,
) -> int:
    """Report what the rules find in postmortems.

    PATH is a file, a folder (its postmortems are found by name and by content) or `-` for standard input; without one,
    the current folder. What stands after the first PATH is a PATH, too: options come before.
    """
    from pmlint.report.outputs import refuse_clashes
    from pmlint.report.run import Run
    from pmlint.report.text import report_lines, summary_line
    from pmlint.rule import Severity
    from pmlint.run import Job, outcomes
    from pmlint.selection import in_index, on_disk, past_texts
    from pmlint.terms import TermsOfRun

    if changed_lines and since is None:
        raise click.UsageError("--changed-lines needs --since REV: lines have changed since a commit.")
    if config_from is not None and baseline is None:
        raise click.UsageError("--config-from needs --baseline FILE: nothing else is read from a commit.")
    run = TermsOfRun(choice_of(config_file, isolated, profile, sets), select, ignore)

    def named(path: str) -> str:
        return (stdin_filename or path) if path == "-" else path

    def says(path: str) -> "Verdict":
        return run.verdict(named(path))

    reader = partial(read_document, stdin_filename=stdin_filename, max_bytes=max_bytes)
    wanted = named_paths(paths, stdin_filename)
    selection = in_index(wanted, max_bytes, says) if staged else on_disk(wanted, reader, says)
    refuse_clashes(outputs, [*selection.paths, *filter(None, [baseline, config_file])])
    # All of them first: with half a configuration nothing is checked.
    terms = [run.terms_of(named(path)) for path in selection.paths] or [run.terms_of(".")]
    rules = tuple({rule.name: rule for applied in terms for rule in applied.rules}.values())
    ledger = _ledger(baseline, config_from, today, {rule.name for rule in rules})
    past, unknown = past_texts(selection, since, max_bytes) if since is not None else (None, ())
    job = Job(
        run.terms_of,
        today,
        comments=not no_inline_suppressions,
        past=past,
        changed_lines=changed_lines,
        mark=ledger.marked if ledger else None,
        seconds=max_seconds,
        max_findings=max_findings,
    )
    problems = [*selection.problems, *unknown]
    findings: list[Finding] = []
    style, complain = style_of(sys.stdout, color), complaint(color)
    for problem in problems:
        complain(problem)
    failed, hidden, files = False, 0, 0
    suppressed: list[Finding] = []
    done = _behind_bar(outcomes(selection, job), len(selection.paths))
    for applied, outcome in zip(terms, done, strict=False):
        for problem in outcome.problems:
            problems.append(problem)
            complain(problem)
        if outcome.findings is None:
            continue
        files += 1
        bar = fail_on or applied.settings.fail_on
        lowest = Severity[(level or applied.settings.level).upper()]
        failed = failed or any(_fails(finding, bar) for finding in outcome.findings if not finding.suppression)
        suppressed += [finding for finding in outcome.findings if finding.suppression]
        shown = outcome.findings if show_suppressed else [f for f in outcome.findings if not f.suppression]
        seen = [finding for finding in shown if finding.severity >= lowest]
        hidden += len(shown) - len(seen)
        findings += seen
        if form == "text":
            print_lines(report_lines(seen, style))
    told = Run(files, findings, tuple(problems), rules, hidden, selection.excluded, suppressed)
    problems += write_reports(told, form, outputs, complain)
    if form == "text":
        print_lines([summary_line(told._replace(problems=problems), style)])
    else:
        print_report(told._replace(problems=problems), form)
    if ledger:
        from pmlint.report.baseline import standing_lines

        flush()
        for line in standing_lines(ledger.standing(), baseline or ""):
            tell(f"pmlint: note: {line}")
    return NOT_DONE if problems else FOUND if failed else DONE


def _ledger(baseline: str | None, revision: str | None, today: date, rules: Collection[str]) -> "Ledger | None":
    """The baseline of this run, read from disk or from a commit that can be trusted."""
    if baseline is None:
        return None
    from pmlint.baseline import Ledger, parse_baseline, read_baseline

    if revision is None:
        return Ledger(read_baseline(baseline), today, rules)
    from pmlint.selection import text_in_commit

    return Ledger(parse_baseline(text_in_commit(baseline, revision), baseline), today, rules)


def _fails(finding: "Finding", fail_on: str) -> bool:
    return fail_on != "never" and SEVERITIES.index(str(finding.severity)) <= SEVERITIES.index(fail_on)


def _behind_bar(outcomes: "Iterable[Outcome]", count: int) -> "Iterable[Outcome]":
    """The outcomes; many of them, on a terminal, are awaited behind a bar on standard error: both stay whole."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        return outcomes
    with click.progressbar(outcomes, length=count, label="checking", file=sys.stderr) as bar:
        return list(bar)
