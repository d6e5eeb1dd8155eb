"""The options that say where reports go, and what prints them at the end of a run."""

import sys
from typing import TYPE_CHECKING

import click

from pmlint.cli.console import complaint, print_lines, style_of
from pmlint.report.outputs import FOR_PEOPLE, FORMS, Output

if TYPE_CHECKING:
    from pmlint.errors import Problem
    from pmlint.report.run import Run


def _outputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Output, ...]:
    return tuple(_output(value) for value in values)


def _output(value: str) -> Output:
    form, _, path = value.partition("=")
    if form not in FORMS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(FORMS)}; say FORM=FILE.")
    if path in ("", "-"):
        raise click.BadParameter(f"{value!r} names no file; --format prints on standard output.")
    return Output(form, path)


form = click.option(
    "--format", "form", metavar="FORM", type=click.Choice(FORMS), default="text", show_default=True,
    help=f"Form of the report on standard output: {', '.join(FORMS)}.",
)  # fmt: skip
outputs = click.option(
    "--output", "outputs", metavar="FORM=FILE", multiple=True, callback=_outputs,
    help="Write a report into a file as well; may be given several times.",
)  # fmt: skip


def print_report(run: "Run", form: str, outputs: tuple[Output, ...], color: str) -> "list[Problem]":
    """Prints what is left of the report, writes the others into their files, and returns what could not be written.

    Of the text all but the last line is on standard output already.
    """
    from pmlint.report.outputs import report, write_outputs, write_step_summary
    from pmlint.report.text import summary_line

    unwritten = write_outputs(outputs, run)
    if "github" in (form, *(output.form for output in outputs)):
        unwritten += write_step_summary(run)
    for problem in unwritten:
        complaint(color)(problem)
    run = run._replace(problems=(*run.problems, *unwritten))
    if form == "text":
        style = style_of(sys.stdout, color)
        print_lines([summary_line(run.files, run.findings, run.hidden, len(run.problems), style)])
    else:
        print_lines(report(form, run), machine=form not in FOR_PEOPLE)
    return unwritten
