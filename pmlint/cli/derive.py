"""``pmlint derive``: a configuration from a team's existing documents."""

from datetime import date
from typing import TYPE_CHECKING

import click

from pmlint.cli.console import DONE, NOT_DONE, complaint, print_lines
from pmlint.cli.documents import read_document
from pmlint.cli.options import colour, day, max_bytes

if TYPE_CHECKING:
    from pmlint.source import Source


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--today", metavar="YYYY-MM-DD", callback=day, help="The day of the run.  [default: today in UTC]")
@max_bytes
@colour
def command(paths: tuple[str, ...], today: date, max_bytes: int, color: str) -> int:
    """Print a configuration that fits the postmortems at each PATH: the sections that they use and how often, headings
    that name a section in words of the team's own, and what the rules would find.

    Nothing is written: send the output to pmlint.toml.
    """
    from pmlint.discover import find_postmortems
    from pmlint.habits import habits_of
    from pmlint.report.habits import habits_lines
    from pmlint.rulebook import read_rulebook

    found = find_postmortems(paths)
    complain = complaint(color)
    problems = list(found.problems)
    sources: list[Source] = []
    for path in found.paths:
        source, unread = read_document(path, None, max_bytes)
        problems += [unread] if unread else []
        sources += [source] if source else []
    for problem in problems:
        complain(problem)
    print_lines(habits_lines(habits_of(sources, read_rulebook().select(), today)), machine=True)
    return NOT_DONE if problems else DONE
