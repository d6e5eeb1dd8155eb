"""What a team's documents have in common, as a configuration file with comments."""

from collections.abc import Iterator

from pmlint.brevity import shortened
from pmlint.habits import Habits
from pmlint.report.escape import shown
from pmlint.report.settings import toml


def habits_lines(habits: Habits) -> Iterator[str]:
    """A valid ``pmlint.toml``: what is sure is set, what is a choice is a comment."""
    number = habits.documents
    yield f"# Derived from {number} postmortem{'' if number == 1 else 's'}."
    yield "#"
    yield "# Sections, and in how many documents they stand:"
    for concept, count in habits.sections:
        yield f"#   {count:>4}  {concept:<22}  {_comment(', '.join(habits.headings[concept]))}"
    if habits.unknown:
        yield "#"
        yield "# Headings that pmlint does not know; name those that are sections under [sections]:"
        for heading, count in habits.unknown:
            yield f"#   {count:>4}  {_comment(heading)}"
    if habits.severities:
        yield ""
        yield "# Order them from the highest:"
        yield f"# severities = {toml(list(habits.severities))}"
    if habits.statuses:
        yield f"# statuses = {toml(list(habits.statuses))}"
    if habits.aliases:
        yield ""
        yield "[sections]"
        for concept, found in habits.aliases.items():
            counts = ", ".join(str(count) for _, count in found)
            yield f"{concept} = {toml([heading for heading, _ in found])}  # in {counts} of {number}"
    yield ""
    yield "[rules]"
    if habits.fired:
        yield "# What the rules would find; take the number sign away from those that are to be quiet:"
    for name, severity, documents, findings in habits.fired:
        level = '"info"' if severity > 1 else '"off"'
        said = f"{severity}: {findings} in {documents} of {number}"
        yield f"# {toml(name)} = {level}  # {said}"


def _comment(text: str) -> str:
    """Text that may stand in a comment of TOML, shortened."""
    return shortened(shown(text), 80)
