"""``pmlint init``: a configuration and a folder to begin with, and the lines for a hook."""

import os
import sys

import click

from pmlint.cli.console import DONE, print_lines
from pmlint.cli.new import FOLDER
from pmlint.errors import PmlintError, Problem

_CONFIG = """\
# `pmlint config` prints all settings that hold here, and where each comes from.
profile = "{profile}"

# [rules]
# "timeline/out-of-order" = "warning"
"""
_HOOK = """\
For a hook, add to .pre-commit-config.yaml:

repos:
  - repo: <the URL of pmlint's repository>
    rev: <a tag or commit of it>
    hooks:
      - id: pmlint
        files: ^{folder}/.*\\.md$
"""


@click.command()
@click.option("--profile", metavar="NAME", help="The standard to follow.  [default: google-sre, or asks on a terminal]")
@click.option("--folder", metavar="PATH", default=FOLDER, show_default=True, help="The folder of the postmortems.")
def command(profile: str | None, folder: str) -> int:
    """Write a pmlint.toml into the current folder, make the folder of the postmortems, and show the lines for a hook.

    Nothing is ever written over. It asks for the profile on a terminal only.
    """
    from pmlint.config import FILE, find_file
    from pmlint.profile import shipped_profiles
    from pmlint.writing import write_new

    there = find_file(".")
    if there and os.path.dirname(there) == os.getcwd():
        raise PmlintError(Problem(os.path.relpath(there), "there is a configuration already", "nothing was written"))
    names = shipped_profiles()
    if profile is None:
        profile = "google-sre"
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            profile = click.prompt(
                "Which standard do your postmortems follow?", type=click.Choice(names), default=profile
            )
    if profile not in names:
        raise click.BadParameter(f"{profile!r} is none of {', '.join(names)}.", param_hint="--profile")
    folder = folder.strip("/") or "."
    done = [f"made {folder}/"] if not os.path.isdir(folder) else []
    os.makedirs(folder, exist_ok=True)
    try:
        write_new(FILE, _CONFIG.format(profile=profile))
    except FileExistsError:
        raise PmlintError(Problem(FILE, "there is such a file already", "nothing was written")) from None
    done.append(f"wrote {FILE} (profile {profile})")
    print_lines([*done, "", _HOOK.format(folder=folder), f'Begin with: pmlint new "What happened" --folder {folder}'])
    return DONE
