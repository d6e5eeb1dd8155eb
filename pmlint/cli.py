"""The command line: options in, exit code out. What a command needs it imports when it runs: ``--version`` is quick."""

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING

import click

from pmlint import __version__
from pmlint.errors import PmlintError, Problem

if TYPE_CHECKING:
    from pmlint.report.text import Style
    from pmlint.rule import Finding, Rule
    from pmlint.source import Source

DONE, FOUND, NOT_DONE = 0, 1, 2
# Nobody reads on: what a shell says of a program that SIGPIPE ended. Neither "nothing found" nor "found".
UNREAD = 141
MANY_FILES = 20
# The findings in one file, None if it could not be read, and what could not be done.
_Outcome = tuple["Sequence[Finding] | None", list[Problem]]
_SEVERITIES = ("error", "warning", "info")


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date:
    """The day of the run: the one that was given, else today in UTC."""
    try:
        return date.fromisoformat(value) if value else datetime.now(UTC).date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day like 2026-03-31.") from None


def _names(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names that were given one by one or separated by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pmlint")
def cli() -> None:
    """Lint incident postmortems written in Markdown.

    Exit codes: 0 everything was checked and nothing was found, 1 there are findings, 2 the job could not be done in
    full, 130 and 143 interrupted.
    """


_colour = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set, and wherever FORCE_COLOR is.",
)  # fmt: skip
_max_bytes = click.option(
    "--max-bytes", type=click.IntRange(min=1), default=1024 * 1024, show_default=True, help="Leave larger files out."
)
_stdin_filename = click.option(
    "--stdin-filename", metavar="PATH", help="The name of what `-` reads from standard input."
)


@cli.command(short_help="Report what the rules find.", context_settings={"allow_interspersed_args": False})
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option(
    "--select", metavar="RULES", multiple=True, callback=_names, help="Apply only these rules: names, families or ALL."
)
@click.option(
    "--ignore", metavar="RULES", multiple=True, callback=_names, help="Leave these rules out: names, families or ALL."
)
@click.option(
    "--level", type=click.Choice(_SEVERITIES), default="warning", show_default=True, help="Lowest severity shown."
)
@click.option(
    "--fail-on", type=click.Choice([*_SEVERITIES, "never"]), default="warning", show_default=True,
    help="Lowest severity that makes the exit code 1.",
)  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--today", metavar="YYYY-MM-DD", callback=_day, help="The day of the run.  [default: today in UTC]")
@click.option("--isolated", is_flag=True, help="Read no configuration file. (This version reads none in any case.)")
@_stdin_filename
@_max_bytes
@_colour
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    fail_on: str,
    form: str,
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
    from pmlint.report.text import report_lines, summary_line
    from pmlint.rule import Severity
    from pmlint.rulebook import read_rulebook

    rules = read_rulebook().select(select, ignore)
    found = find_postmortems(paths or (".",))
    problems = list(found.problems)
    findings: list[Finding] = []
    lowest = Severity[level.upper()]
    style, complain = _style(sys.stdout, color), _complaint(color)
    for problem in problems:
        complain(problem)
    failed, hidden, files = False, 0, 0
    outcomes = (_outcome(path, rules, today, stdin_filename, max_bytes) for path in found.paths)
    for found_here, complaints in _behind_bar(outcomes, len(found.paths)):
        for complaint in complaints:
            problems.append(complaint)
            complain(complaint)
        if found_here is None:
            continue
        files += 1
        failed = failed or any(_fails(finding, fail_on) for finding in found_here)
        seen = [finding for finding in found_here if finding.severity >= lowest]
        hidden += len(found_here) - len(seen)
        findings += seen
        if form == "text":
            _print(report_lines(seen, style))
    if form == "json":
        from pmlint.report.json import report_json  # people do not need it

        _print([report_json(files, findings, problems)], machine=True)
    else:
        _print([summary_line(files, findings, hidden, len(problems), style)])
    return NOT_DONE if problems else FOUND if failed else DONE


@cli.command(short_help="Print what pmlint understands.", context_settings={"allow_interspersed_args": False})
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@_stdin_filename
@_max_bytes
@_colour
def model(files: tuple[str, ...], stdin_filename: str | None, max_bytes: int, color: str) -> int:
    """Print what pmlint understands of each FILE, as one JSON object a line."""
    from pmlint.discover import find_postmortems
    from pmlint.engine import understood
    from pmlint.report.json import model_json

    found = find_postmortems(files)
    complain = _complaint(color)
    for problem in found.problems:
        complain(problem)
    complete = not found.problems
    for path in found.paths:
        source, unread = _read(path, stdin_filename, max_bytes)
        if unread:
            complete = False
            complain(unread)
        if source:
            postmortem, doubts = understood(source)
            if postmortem:
                _print([model_json(postmortem)], machine=True)
            for doubt in doubts:
                complete = False
                complain(doubt)
    return DONE if complete else NOT_DONE


@cli.command(short_help="List the rules or print a page.")
@click.argument("name", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the list."
)
def rule(name: str | None, form: str) -> int:
    """List all rules, or print the page of the rule NAME."""
    from pmlint.report.rules import page_json, rule_list, rules_json
    from pmlint.rulebook import read_rulebook

    book = read_rulebook()
    if name is None:
        _print([rules_json(book.rules)] if form == "json" else rule_list(book.rules), machine=form == "json")
    else:
        known = book.rule(name)
        _print([page_json(known) if form == "json" else known.text.rstrip("\n")], machine=form == "json")
    return DONE


@cli.command(short_help="Run the examples of rule pages.")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@_colour
def test(pages: tuple[str, ...], color: str) -> int:
    """Run the examples of rule pages: of the shipped ones, or of each PAGE.

    A good example has no findings; a bad one has just those that its page says.
    """
    from pmlint.examination import examined, read_pages
    from pmlint.page import PageError

    style, complain = _style(sys.stdout, color), _complaint(color)
    unread, failures, count = 0, 0, 0
    for page in read_pages(pages):
        try:
            outcome = examined(page)
        except PageError as error:
            unread += 1
            for line, reason in error.reasons:
                complain(Problem(error.path, reason, line=line))
            continue
        count += outcome.examples
        failures += len(outcome.failures)
        for failure in outcome.failures:
            _print(failure.lines(style))
    outcome_line = f"{count} examples, {failures} failed" if failures else f"{count} examples, all as their pages say"
    _print([f"{outcome_line}; not tested: {unread}" if unread else outcome_line])
    return NOT_DONE if unread else FOUND if failures else DONE


def _fails(finding: "Finding", fail_on: str) -> bool:
    return fail_on != "never" and _SEVERITIES.index(str(finding.severity)) <= _SEVERITIES.index(fail_on)


def _outcome(path: str, rules: "Sequence[Rule]", today: date, stdin_filename: str | None, max_bytes: int) -> _Outcome:
    """What was found in a file, None if it could not be read, and what could not be done."""
    from pmlint.engine import check as checked

    source, unread = _read(path, stdin_filename, max_bytes)
    complaints = [unread] if unread else []
    if source is None:
        return None, complaints
    result = checked(source, rules, today)
    return result.findings, [*complaints, *result.problems]


def _read(path: str, stdin_filename: str | None, max_bytes: int) -> "tuple[Source | None, Problem | None]":
    from pmlint.files import read_source, source_of

    if path != "-":
        return read_source(path, max_bytes)
    name = stdin_filename or "-"
    if sys.stdin is None:
        return None, Problem(name, "standard input is closed")
    data = sys.stdin.buffer.read(max_bytes + 1)
    if len(data) > max_bytes:
        return None, Problem(name, f"standard input has more than {max_bytes:,} bytes", "raise it with --max-bytes")
    return source_of(name, data)


def _complaint(color: str) -> Callable[[Problem], None]:
    from pmlint.report.text import problem_line

    style = _style(sys.stderr, color)

    def complain(problem: Problem) -> None:
        _flush()
        _tell(problem_line(problem, style))

    return complain


def _style(stream: IO[str], color: str) -> "Style":
    from pmlint.report.text import Style

    wanted = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    wanted = wanted or bool(os.environ.get("FORCE_COLOR"))
    colour = {"always": True, "never": False, "auto": wanted}[color]
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except OSError:  # not a terminal
        width = 0
    return Style(colour, width or 100)


def _behind_bar(outcomes: Iterable[_Outcome], count: int) -> Iterable[_Outcome]:
    """The outcomes; many of them, on a terminal, are awaited behind a bar on standard error: both stay whole."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        return outcomes
    with click.progressbar(outcomes, length=count, label="checking", file=sys.stderr) as bar:
        return list(bar)


def _print(lines: Iterable[str], machine: bool = False) -> None:
    """Lines on standard output: for programs in UTF-8, for people with escapes for letters that the terminal lacks."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8", "newline": "\n"} if machine else {}))
    try:
        for line in lines:
            stream.write(f"{line}\n")
    except BrokenPipeError:  # click would end the process with a code that means something else
        raise _Stopped(UNREAD) from None


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise _Stopped(UNREAD) from None


def run() -> int:
    """The console script: the exit code of the command line that was typed."""
    return main(sys.argv[1:])


class _Stopped(BaseException):
    """A signal arrived or nobody reads on; carries the exit code. Nothing that isolates rules catches it."""


def main(arguments: Sequence[str]) -> int:
    """The exit code of a command line. Nothing but the codes that the help names ever comes out, and no traceback."""
    # What a run makes mostly lives until its end: looking for garbage less often saves a thirtieth of its time.
    gc.set_threshold(50_000)
    _stop_on_signals()
    if sys.stderr is None:  # closed: what is told there is not wanted
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stdout is None:
        return _said("standard output is closed")
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=list(arguments), prog_name="pmlint", standalone_mode=False)
        _flush()
    except _Stopped as stopped:
        return _quiet(stopped.args[0])
    except click.ClickException as error:
        error.show(sys.stderr)
        return NOT_DONE
    except PmlintError as error:
        return _said(str(error.problem))
    except OSError as error:
        place = error.filename or ("standard output" if error.errno in _WRITING else "")
        return _quiet(_said(f"{place}: " * bool(place) + (error.strerror or str(error)).lower()))
    except Exception as error:
        if os.environ.get("PMLINT_DEBUG"):
            import traceback

            traceback.print_exc()
        return _said(f"internal error: {type(error).__name__}: {error}; please report it (PMLINT_DEBUG=1 shows more)")
    return code if isinstance(code, int) else DONE


_WRITING = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)})


def _stop_on_signals() -> None:
    import signal

    def stop(number: int, frame: object) -> None:
        raise _Stopped(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _said(message: str) -> int:
    from pmlint.report.escape import shown

    _tell(f"pmlint: error: {shown(message)}")
    return NOT_DONE


def _tell(line: str) -> None:
    """A line on standard error; where that cannot be written, the exit code still tells."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _quiet(code: int) -> int:
    """The code, with what is left in the buffers thrown away: it could not be written, or nobody wants it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code
