"""Whether the sections that readers look for are there, and hold something."""

from collections.abc import Iterator, Sequence

from pmlint.model import Postmortem, Section
from pmlint.rule import Mark

# Sections about these may stay empty: a form keeps the place for them.
_MAY_BE_EMPTY = frozenset({"glossary", "appendix", "references", "approval", "open_questions"})


_SUMMARIES = frozenset({"summary", "what_happened", "background"})


def missing_section(
    pm: Postmortem,
    *,
    name: str,
    concepts: Sequence[str],
    lead_counts: bool,
    statements: Sequence[str],
    summary_words: Sequence[str],
) -> Iterator[Mark]:
    """Nothing in the document is about any of ``concepts``.

    With ``lead_counts`` a paragraph right under the title does as well; so does a sentence that begins with one of
    ``statements``, or one of ``summary_words`` in the summary or in the prose before the first section (both compared
    case-folded, as whole words).
    """
    if any(pm.concerning(*concepts)) or (lead_counts and _has_lead(pm)):
        return
    if _says(pm, statements) or _tells_in_summary(pm, summary_words):
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


def _tells_in_summary(pm: Postmortem, words: Sequence[str]) -> bool:
    if not words:
        return False
    folded = [f" {word.casefold()} " for word in words]
    first = next((s.span.start for s in pm.sections if s.concepts and s.form == "heading"), len(pm.source.text))
    for passage in pm.passages:
        if passage.concepts.isdisjoint(_SUMMARIES) and (passage.concepts or passage.rendered.home.start > first):
            continue
        text = "".join(c if c.isalnum() or c in "%'" else " " for c in passage.rendered.text.casefold())
        padded = f" {' '.join(text.split())} "
        if any(word in padded for word in folded):
            return True
    return False


def empty_section(pm: Postmortem) -> Iterator[Mark]:
    """A section about something known has nothing in it: no text, no image, no filled cell."""
    for section in pm.sections:
        if section.empty and section.concepts and _MAY_BE_EMPTY.isdisjoint(section.concepts):
            yield Mark(section.span, f'"{_shown(section)}" is empty')


def _shown(section: Section) -> str:
    return section.title.rstrip(" :") or section.concepts[0]
