"""The command line: options in, exit code out. What a command needs it imports when it runs: ``--version`` is quick."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar

import click

from pmlint import __version__
from pmlint.cli.console import DONE, NOT_DONE, Stopped, flush, quiet, said, unwritten
from pmlint.errors import PmlintError

# How wide help may be, in characters.
_NARROWEST, _WIDEST = 50, 100


class _Commands(click.Group):
    """The commands, each a module of this package with a ``command``, imported when it is asked for."""

    summaries: ClassVar[Mapping[str, str]] = {
        "baseline": "Write, check or prune the baseline.",
        "cache": "Tell what is remembered, or forget it.",
        "check": "Report what the rules find.",
        "config": "Print the settings and where they come from.",
        "derive": "Derive a configuration from existing documents.",
        "files": "List the postmortems, and why other files are none.",
        "init": "Set pmlint up in this folder.",
        "model": "Print what pmlint understands.",
        "new": "Begin a postmortem from a profile's template.",
        "profile": "List the profiles or print a page.",
        "rule": "List the rules or print a page.",
        "test": "Run the examples of rule pages.",
    }

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.summaries)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.summaries:
            return None
        command = import_module(f"pmlint.cli.{name}").command
        assert isinstance(command, click.Command)
        command.name = name
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _WIDEST})
@click.version_option(__version__, prog_name="pmlint")
def cli() -> None:
    """Lint incident postmortems written in Markdown.

    Exit codes: 0 everything was checked and nothing was found, 1 there are findings, 2 the job could not be done in
    full, 130 and 143 interrupted.
    """


def main(arguments: Sequence[str]) -> int:
    """The exit code of a command line. Nothing but the codes that the help names ever comes out, and no traceback."""
    # What a run makes mostly lives until its end: looking for garbage less often saves a thirtieth of its time.
    gc.set_threshold(50_000)
    _stop_on_signals()
    if sys.stderr is None:  # closed: what is told there is not wanted
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stdout is None:
        return said("standard output is closed")
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")
    try:
        typed = tuple(arguments)
        code = cli.main([*typed], prog_name="pmlint", standalone_mode=False, obj=typed, terminal_width=_width())
        flush()
    except Stopped as stopped:
        return quiet(int(stopped.args[0]))
    except click.ClickException as error:
        error.show(sys.stderr)
        return NOT_DONE
    except PmlintError as error:
        return max(said(str(problem)) for problem in error.problems)
    except OSError as error:
        return unwritten(error)
    except Exception as error:
        if os.environ.get("PMLINT_DEBUG"):
            import traceback

            traceback.print_exc()
        return said(f"internal error: {type(error).__name__}: {error}; please report it (PMLINT_DEBUG=1 shows more)")
    return code if isinstance(code, int) else DONE


def _width() -> int:
    """How wide help is printed: as click has it, which would load all that packs archives to find out."""
    columns = os.environ.get("COLUMNS", "")
    try:
        wide = int(columns) if columns.isdecimal() else 0
        wide = wide or os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        wide = 0
    return max(min(wide or 80, _WIDEST) - 2, _NARROWEST)


def _stop_on_signals() -> None:
    import signal

    def stop(number: int, frame: object) -> None:
        raise Stopped(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
