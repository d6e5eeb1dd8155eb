"""The options that have documents mended, what they mean together, and what is printed then."""

import sys
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from pmlint.cli.console import flush, print_lines, tell
from pmlint.cli.options import joined

if TYPE_CHECKING:
    from pmlint.report.outputs import Output
    from pmlint.report.text import Style
    from pmlint.run import Fixing, Outcome


class Mode(NamedTuple):
    """What a run does about what can be mended.

    ``kind`` is ``report`` for nothing, ``fix`` for mending and reporting what is left, ``fix-only`` for mending and no
    more, ``diff`` for showing what mending would change. ``unsafe`` takes in edits that change more than the form.
    """

    kind: Literal["report", "fix", "fix-only", "diff"] = "report"
    unsafe: bool = False

    @property
    def reports(self) -> bool:
        """Whether findings are told."""
        return self.kind in ("report", "fix")

    def fixing(self, level: str | None) -> "Fixing | None":
        """The same as the run has it, for findings no less severe than ``level``."""
        from pmlint.run import Fixing

        return Fixing(level, self.unsafe, self.kind != "diff") if self.kind != "report" else None


def _mode(fix: bool, unsafe_fixes: bool, fix_only: bool, diff: bool) -> Mode:
    """What the options mean together. Raises UsageError where they mean nothing."""
    if unsafe_fixes and not (fix or fix_only or diff):
        raise click.UsageError("--unsafe-fixes changes nothing by itself: give --fix, --fix-only or --diff, too.")
    return Mode("diff" if diff else "fix-only" if fix_only else "fix" if fix else "report", unsafe_fixes)


# What they mean is the command's ``mode``.
fixes = joined(
    "mode",
    _mode,
    {
        "fix": click.option(
            "--fix", is_flag=True, help="Mend what is shown and can be mended; nothing but the form changes."
        ),
        "unsafe_fixes": click.option(
            "--unsafe-fixes", is_flag=True, help="With --fix, --fix-only or --diff: edits that change more, as well."
        ),
        "fix_only": click.option("--fix-only", is_flag=True, help="Mend, and report nothing of what is left."),
        "diff": click.option("--diff", is_flag=True, help="Change nothing; print what --fix would change."),
    },
)


def refuse_contradictions(mode: Mode, staged: bool, stdin: bool, form: str, outputs: "tuple[Output, ...]") -> None:
    """Raises UsageError for what cannot be had together with mending."""
    if staged and mode.kind in ("fix", "fix-only"):
        raise click.UsageError("--fix changes files, --staged looks into the index: fix without it, then `git add`.")
    if not mode.reports and (form != "text" or outputs):
        raise click.UsageError(f"--{mode.kind} makes no report: leave --format and --output out.")
    if mode.kind == "fix" and stdin and form != "text":
        raise click.UsageError("--fix prints the text that `-` reads: write the report with --output FORM=FILE.")


def print_rewriting(outcome: "Outcome", mode: Mode, style: "Style") -> None:
    """Prints what mending made of one document: the diff, or of standard input the new text, and in any case a line on
    standard error."""
    from pmlint.report.diff import diff_lines, fixed_line

    if mode.kind == "diff":
        print_lines(diff_lines(outcome.rewriting, style) if outcome.rewriting else ())
    elif outcome.path == "-" and outcome.source is not None:
        flush()
        sys.stdout.buffer.write(outcome.source.data)
    if outcome.rewriting:
        flush()
        tell(fixed_line(outcome.rewriting, "fixed" if mode.kind != "diff" else "to fix"))
