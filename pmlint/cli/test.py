"""``pmlint test``: run the examples of rule pages."""

import sys

import click

from pmlint.cli.console import DONE, FOUND, NOT_DONE, complaint, print_lines, style_of
from pmlint.cli.options import colour
from pmlint.errors import Problem


@click.command(short_help="Run the examples of rule pages.")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@colour
def command(pages: tuple[str, ...], color: str) -> int:
    """Run the examples of rule pages: of the shipped ones, or of each PAGE.

    A good example has no findings; a bad one has just those that its page says.
    """
    from pmlint.examination import examined, read_pages
    from pmlint.page import PageError

    style, complain = style_of(sys.stdout, color), complaint(color)
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
            print_lines(failure.lines(style))
    outcome_line = f"{count} examples, {failures} failed" if failures else f"{count} examples, all as their pages say"
    print_lines([f"{outcome_line}; not tested: {unread}" if unread else outcome_line])
    return NOT_DONE if unread else FOUND if failures else DONE
