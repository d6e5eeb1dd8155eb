"""``pmlint baseline``: write, check and prune the list of findings that are left for later."""

import os
from datetime import date
from functools import partial

import click

from pmlint.cli import options
from pmlint.cli.console import DONE, FOUND, NOT_DONE, complaint, print_lines
from pmlint.cli.documents import read_document
from pmlint.cli.settings import choice_of, configured


@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--check", "checks", is_flag=True, help="Change nothing; exit code 1 where entries are stale or expired.")
@click.option("--prune", is_flag=True, help="Take out what is stale or expired; add nothing.")
@click.option("--file", "file", metavar="FILE", default="pmlint-baseline.json", show_default=True, help="The baseline.")
@click.option("--expires", metavar="YYYY-MM-DD", callback=options.day_or_none, help="The last day of new entries.")
@click.option("--reason", default="", help="Why new entries are left for later.")
@options.select
@options.ignore
@options.no_inline_suppressions
@options.today
@configured
@options.max_bytes
@options.max_seconds
@options.colour
def command(
    paths: tuple[str, ...],
    checks: bool,
    prune: bool,
    file: str,
    expires: date | None,
    reason: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    no_inline_suppressions: bool,
    today: date,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    max_bytes: int,
    max_seconds: float,
    color: str,
) -> int:
    """Write the findings in each PATH into a baseline, or check or prune the one that is there.

    `pmlint check --baseline FILE` then reports only what is not in it. Entries of other files stay as they are.
    """
    from pmlint.baseline import Baseline, Ledger, read_baseline, recorded, write_baseline
    from pmlint.report.baseline import entry_line
    from pmlint.run import Job, outcomes
    from pmlint.selection import on_disk
    from pmlint.terms import TermsOfRun

    if checks and prune:
        raise click.UsageError("--check changes nothing and --prune does: give one of them.")
    there = os.path.lexists(file) or checks or prune
    baseline = read_baseline(file) if there else Baseline((), os.path.dirname(file) or os.curdir)
    run = TermsOfRun(choice_of(config_file, isolated, profile, sets), select, ignore)
    reader = partial(read_document, stdin_filename=None, max_bytes=max_bytes)
    selection = on_disk(paths or (".",), reader, run.verdict)
    terms = [run.terms_of(path) for path in selection.paths] or [run.terms_of(".")]
    ledger = Ledger(baseline, today, {rule.name for applied in terms for rule in applied.rules})
    job = Job(
        run.terms_of,
        today,
        comments=not no_inline_suppressions,
        mark=ledger.marked,
        seconds=max_seconds,
        max_findings=10**6,
    )
    complain, problems, found = complaint(color), list(selection.problems), {}
    for outcome in outcomes(selection, job):
        problems += outcome.problems
        if outcome.findings is not None:
            found[outcome.path] = outcome.findings
    for problem in problems:
        complain(problem)
    standing = ledger.standing()
    code = NOT_DONE if problems else DONE
    if checks or prune:
        print_lines(entry_line(entry, "no longer found") for entry in standing.stale)
        print_lines(entry_line(entry, "expired") for entry in standing.expired)
    over = {entry.key for entry in (*standing.stale, *standing.expired)}
    if checks:
        left = len(baseline.entries) - len(over)
        print_lines([f"{len(over)} stale or expired, {left} in use or not looked at"])
        return FOUND if over and not problems else code
    entries = (
        tuple(entry for entry in baseline.entries if entry.key not in over)
        if prune
        else recorded(baseline, found, standing, expires, reason)
    )
    write_baseline(file, entries)
    from pmlint.report.escape import shown

    print_lines([f"{shown(file)}: {len(entries)} left for later, {len(baseline.entries)} before"])
    return code
