"""The options with which a command line chooses and changes the configuration."""

from typing import TYPE_CHECKING

import click

from pmlint.cli.options import joined

if TYPE_CHECKING:
    from pmlint.config import Choice


def _pairs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for value in values:
        key, equals, written = value.partition("=")
        if not key.strip() or not equals:
            raise click.BadParameter(f"{value!r} is not of the form KEY=VALUE.")
        pairs.append((key.strip(), written.strip()))
    return tuple(pairs)


def _choice(
    config_file: str | None, isolated: bool, profile: str | None, sets: tuple[tuple[str, str], ...]
) -> "Choice":
    """What the options say. Raises UsageError where they contradict each other."""
    from pmlint.config import Choice

    if config_file and isolated:
        raise click.UsageError("--isolated reads no configuration file, and --config names one.")
    return Choice(config_file, isolated, profile, sets)


# What they choose is the command's ``choice``.
configured = joined(
    "choice",
    _choice,
    {
        "config_file": click.option(
            "--config", "config_file", metavar="FILE", help="Use this configuration file for all documents."
        ),
        "isolated": click.option("--isolated", is_flag=True, help="Read no configuration file."),
        "profile": click.option(
            "--profile", metavar="NAME", help="Check by this standard: `pmlint profile` lists them."
        ),
        "sets": click.option(
            "--set",
            "sets",
            metavar="KEY=VALUE",
            multiple=True,
            callback=_pairs,
            help="Change a setting: rules.timeline/out-of-order=warning.",
        ),
    },
)
