"""``pmlint profile``: list the profiles, or print a page."""

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.errors import PmlintError, Problem


@click.command()
@click.argument("name", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form of the list."
)
def command(name: str | None, form: str) -> int:
    """List all profiles, or print the page of the profile NAME: what it turns on and off, why, and its template."""
    from pmlint.profile import read_profile, shipped_profiles
    from pmlint.report.profiles import profile_json, profile_list, profiles_json

    machine = form == "json"
    if name is None:
        profiles = [profile for known in shipped_profiles() if (profile := read_profile(known, {}))]
        print_lines([profiles_json(profiles)] if machine else profile_list(profiles), machine=machine)
        return DONE
    profile = read_profile(name, {})
    if profile is None:
        from difflib import get_close_matches  # needed by nobody who spells right

        near = get_close_matches(name, shipped_profiles(), n=1)
        advice = f"did you mean {near[0]}?" if near else "`pmlint profile` lists them"
        raise PmlintError(Problem(name, "no profile has that name", advice))
    print_lines([profile_json(profile) if machine else profile.text.rstrip("\n")], machine=machine)
    return DONE
