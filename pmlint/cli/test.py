"""``pmlint test``: run the examples of rule pages."""

import sys

import click

from pmlint.cli.console import DONE, FOUND, NOT_DONE, complaint, print_lines, style_of
from pmlint.cli.options import colour
from pmlint.cli.settings import choice_of, configured
from pmlint.errors import Problem


@click.command()
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@configured
@colour
def command(
    pages: tuple[str, ...],
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    color: str,
) -> int:
    """Run the examples of rule pages: of all that the configuration knows, or of each PAGE.

    A good example has no findings; a bad one has just those that its page says.
    """
    from pmlint.examination import examined, read_pages
    from pmlint.page import PageError
    from pmlint.terms import TermsOfRun

    _, book = TermsOfRun(choice_of(config_file, isolated, profile, sets)).settings_of(".")
    style, complain = style_of(sys.stdout, color), complaint(color)
    unread, failures, count = 0, 0, 0
    for page in read_pages(pages) if pages else book.rules:
        try:
            outcome = examined(page, book.checks)
        except PageError as error:
            unread += 1
            for line, reason in error.reasons:
                complain(Problem(error.path, reason, line=line))
            continue
        count += outcome.examples
        failures += len(outcome.failures)
        for failure in outcome.failures:
            print_lines(failure.lines(style))
    outcome_line = f"{count} examples, {failures} failed" if failures else f"{count} examples, all as their pages say"
    print_lines([f"{outcome_line}; not tested: {unread}" if unread else outcome_line])
    return NOT_DONE if unread else FOUND if failures else DONE
