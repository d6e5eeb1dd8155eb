"""A worked example of a pmlint plug-in: one check, one page."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from pmlint.model import Postmortem
from pmlint.plugins import Plugin
from pmlint.rule import Mark


def unknown_service(pm: Postmortem, *, catalogue: Sequence[str]) -> Iterator[Mark]:
    """A service in the metadata that the catalogue does not know."""
    for field in pm.fields:
        if field.name.casefold() not in ("service", "services"):
            continue
        for name in (part.strip() for part in field.value.text.split(",")):
            if name and name not in catalogue:
                near = get_close_matches(name, catalogue, n=1)
                help_text = f"did you mean {near[0]}?" if near else ""
                yield Mark(field.value.span, f'the catalogue has no service "{name}"', help_text)


PLUGIN = Plugin(checks={"unknown_service": unknown_service}, rules=str(Path(__file__).parent / "rules"))
