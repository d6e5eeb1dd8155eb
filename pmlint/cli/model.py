"""``pmlint model``: print what pmlint understands."""

import click

from pmlint.cli.console import DONE, NOT_DONE, complaint, print_lines
from pmlint.cli.documents import named_paths, read_document
from pmlint.cli.options import colour, max_bytes, stdin_filename
from pmlint.cli.settings import choice_of, configured


@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@configured
@stdin_filename
@max_bytes
@colour
def command(
    files: tuple[str, ...],
    config_file: str | None,
    isolated: bool,
    profile: str | None,
    sets: tuple[tuple[str, str], ...],
    stdin_filename: str | None,
    max_bytes: int,
    color: str,
) -> int:
    """Print what pmlint understands of each FILE, as one JSON object a line."""
    from pmlint.discover import find_postmortems
    from pmlint.engine import understood
    from pmlint.report.json import model_json
    from pmlint.terms import TermsOfRun

    run = TermsOfRun(choice_of(config_file, isolated, profile, sets))
    found = find_postmortems(named_paths(files, stdin_filename), run.verdict)
    conventions = [run.terms_of(path).settings.conventions for path in found.paths]
    complain = complaint(color)
    for problem in found.problems:
        complain(problem)
    complete = not found.problems
    for path, agreed in zip(found.paths, conventions, strict=True):
        source, unread = read_document(path, stdin_filename, max_bytes)
        if unread:
            complete = False
            complain(unread)
        if source:
            postmortem, doubts = understood(source, agreed)
            if postmortem:
                print_lines([model_json(postmortem)], machine=True)
            for doubt in doubts:
                complete = False
                complain(doubt)
    return DONE if complete else NOT_DONE
