"""The options that say where reports go, and what writes and prints them at the end of a run."""

from typing import TYPE_CHECKING

import click

from pmlint.report.outputs import FORMS, Output

if TYPE_CHECKING:
    from collections.abc import Callable

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
    "--format",
    "form",
    metavar="FORM",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help=f"Form of the report on standard output: {', '.join(FORMS)}.",
)
outputs = click.option(
    "--output",
    "outputs",
    metavar="FORM=FILE",
    multiple=True,
    callback=_outputs,
    help="Write a report into a file as well; may be given several times.",
)


def write_reports(
    run: "Run", form: str, outputs: tuple[Output, ...], complain: "Callable[[Problem], None]"
) -> "list[Problem]":
    """Writes the reports that go into files, tells what could not be written, and returns it."""
    from pmlint.report.outputs import write_outputs, write_step_summary

    problems = write_outputs(outputs, run)
    if "github" in (form, *(output.form for output in outputs)):
        problems += write_step_summary(run)
    for problem in problems:
        complain(problem)
    return problems
