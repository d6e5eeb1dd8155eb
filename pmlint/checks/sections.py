"""Whether the sections that readers look for are there, and hold something."""

from collections.abc import Iterator, Sequence

from pmlint.model import Postmortem, Section
from pmlint.rule import Mark

# Sections about these may stay empty: a form keeps the place for them.
_MAY_BE_EMPTY = frozenset({"glossary", "appendix", "references", "approval", "open_questions"})


def missing_section(
    pm: Postmortem, *, name: str, concepts: Sequence[str], lead_counts: bool, statements: Sequence[str]
) -> Iterator[Mark]:
    """Nothing in the document is about any of ``concepts``.

    With ``lead_counts`` a paragraph right under the title does as well; so does a sentence that begins with one of
    ``statements`` (compared case-folded).
    """
    if any(pm.concerning(*concepts)) or (lead_counts and _has_lead(pm)) or _says(pm, statements):
        return
    yield Mark(pm.head, f"no section tells {name}")


def _has_lead(pm: Postmortem) -> bool:
    """Whether a paragraph stands under the title, before the first section and outside any label."""
    title = pm.title.span.start if pm.title else -1
    first = next((s.span.start for s in pm.sections if s.span.start > title and s.concepts), len(pm.source.text))
    return any(
        passage.kind == "paragraph" and not passage.label and len(passage.rendered.text.split()) >= 5
        for passage in pm.passages
        if title < passage.rendered.home.start < first
    )


def _says(pm: Postmortem, statements: Sequence[str]) -> bool:
    begun = tuple(statement.casefold() for statement in statements)
    return bool(begun) and any(
        line.strip().casefold().startswith(begun)
        for passage in pm.passages
        for line in passage.rendered.text.replace(". ", ".\n").splitlines()
    )


def empty_section(pm: Postmortem) -> Iterator[Mark]:
    """A section about something known has nothing in it: no text, no image, no filled cell."""
    for section in pm.sections:
        if section.empty and section.concepts and _MAY_BE_EMPTY.isdisjoint(section.concepts):
            yield Mark(section.span, f'"{_shown(section)}" is empty')


def _shown(section: Section) -> str:
    return section.title.rstrip(" :") or section.concepts[0]
