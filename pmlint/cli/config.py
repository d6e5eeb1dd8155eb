"""``pmlint config``: print the effective settings and where each comes from."""

import os
from typing import TYPE_CHECKING

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.options import list_form
from pmlint.cli.settings import configured

if TYPE_CHECKING:
    from pmlint.config import Choice


@click.command()
@click.argument("path", default=".")
@configured
@list_form("text", "json")
def command(
    path: str,
    choice: "Choice",
    form: str,
) -> int:
    """Print the settings that hold for the file or folder PATH, and where each of them comes from."""
    from pmlint.report.settings import settings_json, settings_lines
    from pmlint.terms import TermsOfRun

    run = TermsOfRun(choice)
    settings, book = run.settings_of(path if os.path.isdir(path) else os.path.dirname(path))
    if form == "json":
        print_lines([settings_json(settings, book)], machine=True)
    else:
        print_lines(settings_lines(settings, book))
    return DONE
