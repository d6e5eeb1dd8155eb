"""``pmlint rule``: list the rules, or print a page."""

from typing import TYPE_CHECKING

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.options import list_form
from pmlint.cli.settings import configured

if TYPE_CHECKING:
    from pmlint.config import Choice


@click.command()
@click.argument("name", required=False)
@list_form("text", "json", "table")
@configured
def command(
    name: str | None,
    form: str,
    choice: "Choice",
) -> int:
    """List all rules as the configuration sets them, or print the page of the rule NAME."""
    from pmlint.report.rules import page_json, rule_list, rule_table, rules_json
    from pmlint.terms import TermsOfRun

    _, book = TermsOfRun(choice).settings_of(".")
    if name is None:
        listed = {"text": rule_list, "table": rule_table}.get(form)
        print_lines(listed(book.rules) if listed else [rules_json(book.rules)], machine=form == "json")
    else:
        known = book.rule(name)
        print_lines([page_json(known) if form == "json" else known.text.rstrip("\n")], machine=form == "json")
    return DONE
