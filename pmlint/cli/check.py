"""``pmlint check``: report what the rules find, and mend what can be mended."""

import os
import sys
import time
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from pmlint.cli import options
from pmlint.cli.console import DONE, FOUND, NOT_DONE, Printed, complaint, flush, style_of, tell, tell_lines
from pmlint.cli.documents import named_paths, read_document
from pmlint.cli.fixing import Mode, fixes, print_rewriting, refuse_contradictions
from pmlint.cli.options import SEVERITIES
from pmlint.cli.reports import form, outputs, write_reports
from pmlint.cli.settings import configured

if TYPE_CHECKING:
    from pmlint.config import Choice
    from pmlint.gate import Gate, Request
    from pmlint.report.outputs import Output
    from pmlint.run import Outcome

MANY_FILES = 20
_HEADINGS = {
    "What is checked": ("--staged", "--since", "--changed-lines", "--stdin-filename"),
    "By which rules": (
        "--select",
        "--ignore",
        "--config",
        "--isolated",
        "--profile",
        "--set",
        "--config-from",
        "--today",
    ),
    "Which findings": ("--level", "--fail-on", "--baseline", "--show-suppressed", "--no-inline-suppressions"),
    "Fixing": ("--fix", "--unsafe-fixes", "--fix-only", "--diff"),
    "Report": ("--format", "--output", "--color"),
    "Limits": ("--max-bytes", "--max-seconds", "--max-findings"),
    "Speed": ("--jobs", "--no-cache", "--timings"),
    "Help": ("--help",),
}


class _Check(click.Command):
    """The command whose help lists its many options under headings."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        options = {option.opts[-1]: option.get_help_record(context) for option in self.get_params(context)}
        for heading, names in _HEADINGS.items():
            with formatter.section(heading):
                formatter.write_dl([record for name in names if (record := options[name])])


@click.command(cls=_Check, context_settings={"allow_interspersed_args": False})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@options.select
@options.ignore
@click.option("--level", type=click.Choice(SEVERITIES), help="Lowest severity shown.  [default: warning]")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="Lowest severity that makes the exit code 1.  [default: warning]",
)
@fixes
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
@options.jobs
@options.no_cache
@options.timings
@options.colour
@click.pass_obj
def command(
    arguments: tuple[str, ...],
    /,
    mode: Mode,
    form: str,
    outputs: "tuple[Output, ...]",
    show_suppressed: bool,
    color: str,
    **asked: Any,
) -> int:
    """Report what the rules find in postmortems.

    PATH is a file, a folder (its postmortems are found by name and by content) or `-` for standard input; without one,
    the current folder. What stands after the first PATH is a PATH, too: options come before.
    """
    from pmlint.gate import Tally, gate
    from pmlint.packed import Packing
    from pmlint.recording import record
    from pmlint.report.outputs import FOR_PEOPLE, refuse_clashes, report
    from pmlint.report.text import report_lines, summary_line
    from pmlint.report.timings import timing_lines
    from pmlint.run import outcomes

    began = time.time_ns()
    reader = partial(read_document, stdin_filename=asked["stdin_filename"], max_bytes=asked["max_bytes"])
    request = _request(mode, **asked)
    prints_text = mode.kind in ("fix", "fix-only") and "-" in request.paths
    refuse_contradictions(mode, request.staged, prints_text, form, outputs)
    ready = gate(request, reader)
    refuse_clashes(outputs, [*ready.selection.paths, *filter(None, [request.baseline, request.choice.file])])
    # What is printed as it comes need not be held.
    held = mode.reports and (form != "text" or bool(outputs))
    tally = Tally(ready, request.level, request.fail_on, show_suppressed, held)
    # Where the text itself goes to standard output, nothing else does.
    packing = Packing() if request.cache.is_wanted and not outputs and form != "github" else None
    printed = Printed(packing)
    stream, say = (sys.stderr, tell_lines) if prints_text else (sys.stdout, printed.say)
    style, complain = style_of(stream, color), complaint(color)
    for problem in ready.problems:
        complain(problem)
    asked_of_folders = {}
    done = _behind_bar(outcomes(ready.selection, ready.job), len(ready.selection.paths))
    for terms, outcome in zip(ready.terms, done, strict=False):
        for problem in outcome.problems:
            complain(problem)
        seen = tally.add(outcome, terms)
        asked_of_folders[outcome.path] = outcome.asked
        if mode.kind != "report":
            print_rewriting(outcome, mode, style)
        if form == "text" and mode.reports:
            say(report_lines(seen, style))
    ready.memory.close()
    if not mode.reports:
        return NOT_DONE if tally.problems else FOUND if mode.kind == "diff" and tally.run.fixed else DONE
    tally.problems += write_reports(tally.run, form, outputs, complain)
    if form == "text":
        say([summary_line(tally.run, style)])
    else:
        printed.say(report(form, tally.run), machine=form not in FOR_PEOPLE)
    _tell_of_baseline(ready, request)
    if request.timings:
        tell_lines(timing_lines(request.timings))
    code = NOT_DONE if tally.problems else FOUND if tally.failed else DONE
    if packing and code != NOT_DONE:
        record(request, ready, asked_of_folders, began, arguments, packing, code)
    return code


def _request(
    mode: Mode,
    *,
    paths: tuple[str, ...],
    choice: "Choice",
    no_inline_suppressions: bool,
    stdin_filename: str | None,
    workers: int | None,
    no_cache: bool,
    timings: bool,
    **asked: Any,
) -> "Request":
    """What the options ask for. Raises UsageError where some of them contradict each other."""
    from pmlint.cache import Cache, cache_path
    from pmlint.gate import Request
    from pmlint.timings import Timings

    if asked["changed_lines"] and asked["since"] is None:
        raise click.UsageError("--changed-lines needs --since REV: lines have changed since a commit.")
    if asked["config_from"] is not None and choice.isolated and asked["baseline"] is None:
        raise click.UsageError("--config-from has nothing to read: --isolated reads no configuration.")
    return Request(
        paths=tuple(named_paths(paths, stdin_filename)),
        choice=choice,
        comments=not no_inline_suppressions,
        fixing=mode.fixing(asked["level"]),
        workers=1 if timings else workers or _processors(),
        # Whoever asks for the configuration of a commit distrusts what lies about.
        cache=Cache(None if no_cache or timings or asked["config_from"] is not None else cache_path()),
        timings=Timings() if timings else None,
        named=lambda path: (stdin_filename or path) if path == "-" else path,
        **asked,
    )


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell_of_baseline(ready: "Gate", request: "Request") -> None:
    """Tells which entries of the baseline are stale or have expired."""
    if ready.ledger:
        from pmlint.report.baseline import standing_lines

        flush()
        for line in standing_lines(ready.ledger.standing(), request.baseline or ""):
            tell(f"pmlint: note: {line}")


def _behind_bar(outcomes: "Iterable[Outcome]", count: int) -> "Iterable[Outcome]":
    """The outcomes; many of them, on a terminal, are awaited behind a bar on standard error: both stay whole."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        return outcomes
    with click.progressbar(outcomes, length=count, label="checking", file=sys.stderr) as bar:
        return list(bar)
