"""``pmlint files``: list which files are postmortems, and why the others are not."""

import click

from pmlint.cli.console import DONE, NOT_DONE, complaint, print_lines
from pmlint.cli.options import colour
from pmlint.cli.settings import choice_of, configured


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Tell of every other Markdown file, not only of the near ones.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "paths"]),
    default="text",
    show_default=True,
    help="text: every file and why; json: the same for programs, with --all; paths: only what `pmlint check` takes.",
)
@configured
@colour
def command(
    paths: tuple[str, ...],
    everything: bool,
    form: str,
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    color: str,
) -> int:
    """List the files that `pmlint check` takes for postmortems in each PATH, and why others are none.

    Without a PATH, the current folder.
    """
    from pmlint.discover import find_postmortems
    from pmlint.report.files import files_json, files_lines
    from pmlint.terms import TermsOfRun

    run = TermsOfRun(choice_of(config_file, isolated, profile, sets))
    found = find_postmortems(paths or (".",), run.verdict, explain=True)
    complain = complaint(color)
    for problem in found.problems:
        complain(problem)
    if form == "json":
        print_lines([files_json(found.seen)], machine=True)
    elif form == "paths":
        from pmlint.report.escape import shown

        print_lines(map(shown, found.paths))
    else:
        print_lines(files_lines(found.seen, everything))
    return NOT_DONE if found.problems else DONE
