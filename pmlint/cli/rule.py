"""``pmlint rule``: list the rules, or print a page."""

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.settings import choice_of, configured


@click.command()
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "table"]),
    default="text",
    show_default=True,
    help="Form of the list.",
)
@configured
def command(
    name: str | None,
    form: str,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
) -> int:
    """List all rules as the configuration sets them, or print the page of the rule NAME."""
    from pmlint.report.rules import page_json, rule_list, rule_table, rules_json
    from pmlint.terms import TermsOfRun

    _, book = TermsOfRun(choice_of(config_file, isolated, profile, sets)).settings_of(".")
    if name is None:
        listed = {"text": rule_list, "table": rule_table}.get(form)
        print_lines(listed(book.rules) if listed else [rules_json(book.rules)], machine=form == "json")
    else:
        known = book.rule(name)
        print_lines([page_json(known) if form == "json" else known.text.rstrip("\n")], machine=form == "json")
    return DONE
