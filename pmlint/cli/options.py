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


def names(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names that were given one by one or separated by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


colour = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set, and wherever FORCE_COLOR is.",
)  # fmt: skip
max_bytes = click.option(
    "--max-bytes", type=click.IntRange(min=1), default=1024 * 1024, show_default=True, help="Leave larger files out."
)
stdin_filename = click.option(
    "--stdin-filename", metavar="PATH", help="The name of what `-` reads from standard input."
)
