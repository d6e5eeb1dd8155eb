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
from pmlint.cli.settings import choice_of, configured
from pmlint.errors import Problem

if TYPE_CHECKING:
    from pmlint.report.outputs import Output
    from pmlint.rule import Finding
    from pmlint.terms import Terms

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
@click.option("--level", type=click.Choice(SEVERITIES), help="Lowest severity shown.  [default: warning]")
@click.option(
    "--fail-on", type=click.Choice([*SEVERITIES, "never"]),
    help="Lowest severity that makes the exit code 1.  [default: warning]",
)  # fmt: skip
@form
@outputs
@click.option("--today", metavar="YYYY-MM-DD", callback=day, help="The day of the run.  [default: today in UTC]")
@configured
@stdin_filename
@max_bytes
@colour
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str | None,
    fail_on: str | None,
    form: str,
    outputs: "tuple[Output, ...]",
    today: date,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
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
    from pmlint.terms import TermsOfRun

    selection = TermsOfRun(choice_of(config_file, isolated, profile, sets), select, ignore)
    found = find_postmortems(
        named_paths(paths, stdin_filename), lambda path: selection.verdict(_named(path, stdin_filename))
    )
    refuse_clashes(outputs, found.paths)
    # All of them first: with half a configuration nothing is checked.
    terms = [selection.terms_of(_named(path, stdin_filename)) for path in found.paths] or [selection.terms_of(".")]
    problems = list(found.problems)
    findings: list[Finding] = []
    style, complain = style_of(sys.stdout, color), complaint(color)
    for problem in problems:
        complain(problem)
    failed, hidden, files = False, 0, 0
    outcomes = (
        _outcome(path, applied, today, stdin_filename, max_bytes)
        for path, applied in zip(found.paths, terms, strict=False)
    )
    for applied, (found_here, complaints) in zip(terms, _behind_bar(outcomes, len(found.paths)), strict=False):
        for problem in complaints:
            problems.append(problem)
            complain(problem)
        if found_here is None:
            continue
        files += 1
        bar = fail_on or applied.settings.fail_on
        failed = failed or any(_fails(finding, bar) for finding in found_here)
        lowest = Severity[(level or applied.settings.level).upper()]
        seen = [finding for finding in found_here if finding.severity >= lowest]
        hidden += len(found_here) - len(seen)
        findings += seen
        if form == "text":
            print_lines(report_lines(seen, style))
    rules = tuple({rule.name: rule for applied in terms for rule in applied.rules}.values())
    run = Run(files, findings, tuple(problems), rules, hidden, found.excluded)
    problems += write_reports(run, form, outputs, complain)
    if form != "text":
        print_report(run._replace(problems=problems), form)
    else:
        print_lines([summary_line(files, findings, hidden, len(problems), style, found.excluded)])
    return NOT_DONE if problems else FOUND if failed else DONE


def _fails(finding: "Finding", fail_on: str) -> bool:
    return fail_on != "never" and SEVERITIES.index(str(finding.severity)) <= SEVERITIES.index(fail_on)


def _named(path: str, stdin_filename: str | None) -> str:
    """The path that the configuration goes by; standard input has the one that it is given."""
    return (stdin_filename or path) if path == "-" else path


def _outcome(path: str, terms: "Terms", today: date, stdin_filename: str | None, max_bytes: int) -> _Outcome:
    """What was found in a file, None if it could not be read, and what could not be done."""
    from pmlint.engine import check as checked
    from pmlint.neighbours import on_disk

    source, unread = read_document(path, stdin_filename, max_bytes)
    complaints = [unread] if unread else []
    if source is None:
        return None, complaints
    conventions = terms.settings.conventions
    result = checked(source, terms.rules, today, terms.options, conventions, terms.checks, on_disk(path))
    return result.findings, [*complaints, *result.problems]


def _behind_bar(outcomes: Iterable[_Outcome], count: int) -> Iterable[_Outcome]:
    """The outcomes; many of them, on a terminal, are awaited behind a bar on standard error: both stay whole."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        return outcomes
    with click.progressbar(outcomes, length=count, label="checking", file=sys.stderr) as bar:
        return list(bar)
