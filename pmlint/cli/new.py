"""``pmlint new``: a dated postmortem from a profile's template."""

import os
from datetime import date

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.options import day
from pmlint.cli.settings import choice_of, configured
from pmlint.errors import PmlintError, Problem

_PROFILE = "google-sre"
FOLDER = "docs/postmortems"


@click.command()
@click.argument("title")
@configured
@click.option("--severity", metavar="TEXT", help="The severity, a word of the profile's scale if it has one.")
@click.option("--folder", metavar="PATH", help=f"Where the file goes.  [default: {FOLDER} if it is there, else here]")
@click.option("--today", metavar="YYYY-MM-DD", callback=day, help="The day of the incident.  [default: today in UTC]")
def command(
    title: str,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    severity: str | None,
    folder: str | None,
    today: date,
) -> int:
    """Write a postmortem called TITLE from the template of a profile. What is not known yet keeps a placeholder, which
    `pmlint check` finds.

    Nothing is ever written over. Prints the path of the new file.
    """
    from pmlint.drafts import file_name, filled
    from pmlint.profile import Profile, lineage
    from pmlint.terms import TermsOfRun
    from pmlint.writing import write_new

    folder = folder or (FOLDER if os.path.isdir(FOLDER) else ".")
    settings, book = TermsOfRun(choice_of(config_file, isolated, profile, sets)).settings_of(folder)
    pages = [page for page in lineage(settings.profile or _PROFILE, book.profiles) if isinstance(page, Profile)]
    template = next(page.template for page in pages if page.template)
    path = os.path.normpath(os.path.join(folder, file_name(title, today)))
    try:
        write_new(path, filled(template, title, today, _known(severity, settings.conventions.severities)))
    except FileExistsError:
        raise PmlintError(Problem(path, "there is such a file already", "nothing was written")) from None
    print_lines([path])
    return DONE


def _known(severity: str | None, scale: tuple[str, ...]) -> str | None:
    """The severity as the scale spells it. Raises BadParameter for a word that the scale does not have."""
    if severity is None or not scale:
        return severity
    for word in scale:
        if word.casefold() == severity.casefold():
            return word
    raise click.BadParameter(f"{severity!r} is none of {', '.join(scale)}.", param_hint="--severity")
