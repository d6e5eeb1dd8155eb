"""``pmlint config``: print the effective settings and where each comes from."""

import os

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.settings import choice_of, configured


@click.command()
@click.argument("path", default=".")
@configured
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the list."
)
def command(
    path: str,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    form: str,
) -> int:
    """Print the settings that hold for the file or folder PATH, and where each of them comes from."""
    from pmlint.report.settings import settings_json, settings_lines
    from pmlint.terms import TermsOfRun

    run = TermsOfRun(choice_of(config_file, isolated, profile, sets))
    settings, book = run.settings_of(path if os.path.isdir(path) else os.path.dirname(path))
    if form == "json":
        print_lines([settings_json(settings, book)], machine=True)
    else:
        print_lines(settings_lines(settings, book))
    return DONE
