"""``pmlint check``: report what the rules find."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from pmlint.cli.console import DONE, FOUND, NOT_DONE, complaint, print_lines, style_of
from pmlint.cli.documents import named_paths, read_document
from pmlint.cli.options import SEVERITIES, colour, day, max_bytes, names, stdin_filename
from pmlint.cli.reports import form, outputs, print_report, write_reports
from pmlint.errors import Problem

if TYPE_CHECKING:
    from pmlint.report.outputs import Output
    from pmlint.rule import Finding, Rule

MANY_FILES = 20
# The findings in one file, None if it could not be read, and what could not be done.
_Outcome = tuple["Sequence[Finding] | None", list[Problem]]


@click.command(short_help="Report what the rules find.", context_settings={"allow_interspersed_args": False})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--select", metavar="RULES", multiple=True, callback=names, help="Apply only these rules: names, families or ALL."
)
@click.option(
    "--ignore", metavar="RULES", multiple=True, callback=names, help="Leave these rules out: names, families or ALL."
)
@click.option(
    "--level", type=click.Choice(SEVERITIES), default="warning", show_default=True, help="Lowest severity shown."
)
@click.option(
    "--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="warning", show_default=True,
    help="Lowest severity that makes the exit code 1.",
)  # fmt: skip
@form
@outputs
@click.option("--today", metavar="YYYY-MM-DD", callback=day, help="The day of the run.  [default: today in UTC]")
@click.option("--isolated", is_flag=True, help="Read no configuration file. (This version reads none in any case.)")
@stdin_filename
@max_bytes
@colour
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    fail_on: str,
    form: str,
    outputs: "tuple[Output, ...]",
    today: date,
    isolated: bool,
    stdin_filename: str | None,
    max_bytes: int,
    color: str,
) -> int:
    """Report what the rules find in postmortems.

    PATH is a file, a folder (its postmortems are found by name and by content) or `-` for standard input; without one,
    the current folder. What stands after the first PATH is a PATH, too: options come before.
    """
    from pmlint.discover import find_postmortems
    from pmlint.report.outputs import refuse_clashes
    from pmlint.report.run import Run
    from pmlint.report.text import report_lines, summary_line
    from pmlint.rule import Severity
    from pmlint.rulebook import read_rulebook

    rules = read_rulebook().select(select, ignore)
    found = find_postmortems(named_paths(paths, stdin_filename))
    refuse_clashes(outputs, found.paths)
    problems = list(found.problems)
    findings: list[Finding] = []
    lowest = Severity[level.upper()]
    style, complain = style_of(sys.stdout, color), complaint(color)
    for problem in problems:
        complain(problem)
    failed, hidden, files = False, 0, 0
    outcomes = (_outcome(path, rules, today, stdin_filename, max_bytes) for path in found.paths)
    for found_here, complaints in _behind_bar(outcomes, len(found.paths)):
        for problem in complaints:
            problems.append(problem)
            complain(problem)
        if found_here is None:
            continue
        files += 1
        failed = failed or any(_fails(finding, fail_on) for finding in found_here)
        seen = [finding for finding in found_here if finding.severity >= lowest]
        hidden += len(found_here) - len(seen)
        findings += seen
        if form == "text":
            print_lines(report_lines(seen, style))
    run = Run(files, findings, tuple(problems), rules, hidden)
    problems += write_reports(run, form, outputs, complain)
    if form != "text":
        print_report(run._replace(problems=problems), form)
    else:
        print_lines([summary_line(files, findings, hidden, len(problems), style)])
    return NOT_DONE if problems else FOUND if failed else DONE


def _fails(finding: "Finding", fail_on: str) -> bool:
    return fail_on != "never" and SEVERITIES.index(str(finding.severity)) <= SEVERITIES.index(fail_on)


def _outcome(path: str, rules: "Sequence[Rule]", today: date, stdin_filename: str | None, max_bytes: int) -> _Outcome:
    """What was found in a file, None if it could not be read, and what could not be done."""
    from pmlint.engine import check as checked

    source, unread = read_document(path, stdin_filename, max_bytes)
    complaints = [unread] if unread else []
    if source is None:
        return None, complaints
    result = checked(source, rules, today)
    return result.findings, [*complaints, *result.problems]


def _behind_bar(outcomes: Iterable[_Outcome], count: int) -> Iterable[_Outcome]:
    """The outcomes; many of them, on a terminal, are awaited behind a bar on standard error: both stay whole."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        return outcomes
    with click.progressbar(outcomes, length=count, label="checking", file=sys.stderr) as bar:
        return list(bar)
