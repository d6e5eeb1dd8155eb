"""The options that several commands share, and the values that they take."""

from datetime import UTC, date, datetime

import click

SEVERITIES = ("error", "warning", "info")


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> date:
    """The day of the run: the one that was given, else today in UTC. Raises BadParameter for what is no day."""
    try:
        return date.fromisoformat(value) if value else datetime.now(UTC).date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day like 2026-03-31.") from None


def day_or_none(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A day that may be left open. Raises BadParameter for what is no day."""
    return day(context, parameter, value) if value else None


def names(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names that were given one by one or separated by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


colour = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set, and wherever FORCE_COLOR is.",
)
max_bytes = click.option(
    "--max-bytes", type=click.IntRange(min=1), default=1024 * 1024, show_default=True, help="Leave larger files out."
)
max_seconds = click.option(
    "--max-seconds",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    help="Stop checking a file after so many seconds of processor time.",
)
max_findings = click.option(
    "--max-findings",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Report at most so many findings of a file.",
)
no_cache = click.option("--no-cache", is_flag=True, help="Take no result of a former run, and keep none.")
jobs = click.option(
    "--jobs",
    "workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Share many files among so many processes.  [default: one for each processor]",
)
stdin_filename = click.option(
    "--stdin-filename", metavar="PATH", help="The name of what `-` reads from standard input."
)

# What is looked at.
staged = click.option(
    "--staged", is_flag=True, help="Check what is staged for the next commit instead of the files on disk."
)
since = click.option(
    "--since", metavar="REV", help="Report only what was brought in since HEAD and REV parted: a branch, tag or commit."
)
changed_lines = click.option(
    "--changed-lines",
    is_flag=True,
    help="With --since: only on lines that changed, and what concerns the whole document.",
)

# What is left for later, or allowed.
select = click.option(
    "--select", metavar="RULES", multiple=True, callback=names, help="Apply only these rules: names, families or ALL."
)
ignore = click.option(
    "--ignore", metavar="RULES", multiple=True, callback=names, help="Leave these rules out: names, families or ALL."
)
today = click.option("--today", metavar="YYYY-MM-DD", callback=day, help="The day of the run.  [default: today in UTC]")
baseline = click.option("--baseline", metavar="FILE", help="Leave the findings in this baseline for later.")
show_suppressed = click.option(
    "--show-suppressed", is_flag=True, help="Show the findings that comments or the baseline suppress, too."
)
no_inline_suppressions = click.option(
    "--no-inline-suppressions", is_flag=True, help="Take no notice of comments in documents that allow findings."
)
config_from = click.option(
    "--config-from",
    metavar="REV",
    help="Read configuration and baseline as they are in this commit: for gates on changes from forks.",
)
