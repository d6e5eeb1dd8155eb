"""Whether the sections that readers look for are there, and hold something."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from pmlint.excerpts import (
    Prose,
    is_among,
    labelled,
    lead,
    name_of,
    only_words,
    replaced,
    says,
    targets_of,
    unfilled,
    words,
)
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import Passage, Postmortem, Section
from pmlint.rule import Edit, Mark
from pmlint.source import Span

# Short reports tell what others have sections for in these.
_SUMMARIES = frozenset({"summary", "what_happened", "background", "impact", "detection"})


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
    yield Mark(pm.head, f"no section tells {name}", edits=_skeleton(pm, concepts))


# What sections are called, in the order in which a postmortem has them, unless the team calls them otherwise.
_CANONICAL: Mapping[str, str] = MappingProxyType(
    {
        "summary": "Summary",
        "impact": "Impact",
        "timeline": "Timeline",
        "detection": "Detection",
        "root_cause": "Root cause",
        "contributing_factors": "Contributing factors",
        "resolution": "Resolution",
        "lessons": "Lessons learned",
        "actions": "Action items",
    }
)
_HEADING = expression(r"(#{1,6}) ")


def _skeleton(pm: Postmortem, concepts: Sequence[str]) -> tuple[Edit, ...]:
    """The edit that puts in the heading of a missing section, in the document's own level, before the first section
    that comes later; none where the document does not show where it would go."""
    concept = next((concept for concept in concepts if concept in _CANONICAL), None)
    named = pm.conventions.sections.get(concept or "", ())
    title = named[0] if named else _CANONICAL.get(concept or "") if is_english(pm) else None
    headings = [
        s for s in pm.sections if s.form == "heading" and s.concepts and _HEADING.match(pm.source.slice(s.span))
    ]
    level = next((section.level for section in headings if section.level > 1), None)
    if concept is None or title is None or level is None or not _is_whole(pm):
        return ()
    order = list(_CANONICAL)
    later = frozenset(order[order.index(concept) + 1 :])
    after = next((s for s in headings if s.level == level and not later.isdisjoint(s.concepts)), None)
    heading = f"{'#' * level} {title}\n"
    if after is not None:
        return (Edit(Span(after.span.start, after.span.start), f"{heading}\n", safe=False),)
    text = pm.source.text
    blank = "" if text.endswith(("\n\n", "\r\n\r\n")) else "\n" if text.endswith(("\n", "\r")) else "\n\n"
    return (Edit(Span(len(text), len(text)), f"{blank}{heading}", safe=False),)


def _is_whole(pm: Postmortem) -> bool:
    """Whether the document tells one incident and nothing in it stays open at its end: code, or a comment."""
    text = pm.source.text
    end = len(text.rstrip())
    is_open = any(listing.end >= end for listing in pm.listings[-1:]) or text.rfind("<!--") > text.rfind("-->")
    return not pm.is_part and not is_open


def _has_lead(pm: Postmortem) -> bool:
    """Whether a paragraph stands under the title, before the first section and outside any label."""
    return any(len(passage.rendered.text.split()) >= 5 for passage in lead(pm))


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
        if passage.kind == "heading":
            continue
        if passage.concepts.isdisjoint(_SUMMARIES) and (passage.concepts or passage.rendered.home.start > first):
            continue
        text = only_words(passage.rendered.text.casefold(), "%'")
        padded = f" {' '.join(text.split())} "
        if any(word in padded for word in folded):
            return True
    return False


def empty_section(pm: Postmortem) -> Iterator[Mark]:
    """A section about something known has nothing in it: no text, no image, no filled cell."""
    for section in unfilled(pm):
        yield Mark(section.span, f'"{name_of(section)}" is empty')


def missing_title(pm: Postmortem) -> Iterator[Mark]:
    """No level-1 heading with text, no ``title`` in the front matter, and nothing that opens the document like one."""
    first = pm.passages[0] if pm.passages else None
    if pm.title is None and first is not None and not _opens(pm, first):
        yield Mark(pm.head, "the document has no title")


def _opens(pm: Postmortem, first: Passage) -> bool:
    """Whether a heading of a lower level or a bold line stands first and names no usual section."""
    text = first.rendered.text
    bold = any(m.start == 0 and m.end == len(text) for m in first.rendered.of_kind("strong"))
    if first.kind != "heading" and not (bold and first.kind == "paragraph"):
        return False
    return not any(section.concepts for section in pm.sections if section.span == first.rendered.home)


def missing_topic(
    pm: Postmortem,
    *,
    topic: str,
    concepts: Sequence[str],
    milestones: Sequence[str],
    labels: Sequence[str],
    phrases: Sequence[str],
) -> Iterator[Mark]:
    """Nothing tells ``topic``: no section, timeline entry, label or phrase that would."""
    if any(pm.concerning(*concepts)) or any(not set(milestones).isdisjoint(event.milestones) for event in pm.events):
        return
    if any(labelled(pm, labels)) or says(pm.passages, phrases):
        return
    yield Mark(pm.head, f"nothing tells {topic}")


_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "actions": "what will be done",
        "got_lucky": "where we got lucky",
        "root_cause": "the root cause",
        "went_well": "what went well",
        "went_wrong": "what went wrong",
    }
)


def missing_parts(pm: Postmortem, *, concepts: Sequence[str]) -> Iterator[Mark]:
    """Some of ``concepts`` have no section: one mark that names all of them."""
    called = {concept: _CALLED.get(concept, f"the {concept.replace('_', ' ')}") for concept in concepts}
    missing = [
        name for concept, name in called.items() if not any(pm.concerning(concept)) and not any(labelled(pm, [name]))
    ]
    if missing:
        yield Mark(pm.head, f"no section tells {', '.join(missing)}")


def forbidden_section(pm: Postmortem, *, concepts: Sequence[str]) -> Iterator[Mark]:
    """A heading about one of ``concepts``, which the team does without."""
    for section in pm.concerning(*concepts):
        if section.form == "heading":
            yield Mark(section.span, f'"{name_of(section)}" is a section')


# What a document has once.
_SINGLE = frozenset({"summary", "timeline", "root_cause", "detection", "resolution", "lessons"})


def duplicate_section(pm: Postmortem) -> Iterator[Mark]:
    """A heading that repeats an earlier one of the same level under the same heading, about something told once."""
    seen: dict[tuple[int, int, str], Section] = {}
    parents: list[Section] = []
    for section in pm.sections:
        if section.form != "heading":
            continue
        while parents and parents[-1].level >= section.level:
            parents.pop()
        parent = parents[-1].span.start if parents else -1
        parents.append(section)
        title = " ".join(section.title.casefold().split())
        first = seen.setdefault((parent, section.level, title), section)
        if first is not section and not _SINGLE.isdisjoint(section.concepts) and not first.empty and not section.empty:
            line = pm.source.line_number(first.span.start)
            yield Mark(section.span, f'"{name_of(section)}" is a section in line {line} as well')


# What a summary comes before.
_LATER = frozenset(
    {"impact", "timeline", "root_cause", "contributing_factors", "detection", "resolution", "lessons", "actions"}
)


def summary_not_first(pm: Postmortem) -> Iterator[Mark]:
    """A summary below the sections that it sums up."""
    for section in pm.sections:
        if section.form == "heading" and {"summary", "what_happened"}.isdisjoint(section.concepts):
            if not _LATER.isdisjoint(section.concepts):
                below = next((s for s in pm.concerning("summary") if _is_summary_below(s, section)), None)
                if below:
                    yield Mark(below.span, f'"{name_of(below)}" comes after "{name_of(section)}"')
                return
        elif "summary" in section.concepts:
            return


def _is_summary_below(summary: Section, other: Section) -> bool:
    return (
        summary.form == "heading"
        and "what_happened" not in summary.concepts
        and summary.span.start > other.span.start
        and summary.level <= other.level
    )


def section_order(pm: Postmortem, *, order: Sequence[str]) -> Iterator[Mark]:
    """A section that comes after one which ``order`` (concepts of the lexicon) names later."""
    places = {concept: place for place, concept in enumerate(order)}
    furthest: tuple[int, Section] | None = None
    seen: set[int] = set()
    for section in pm.sections:
        place = min((places[concept] for concept in section.concepts if concept in places), default=None)
        if place is None or place in seen:
            continue
        seen.add(place)
        if furthest and place < furthest[0]:
            yield Mark(section.span, f'"{name_of(section)}" comes after "{name_of(furthest[1])}"')
        elif furthest is None or place > furthest[0]:
            furthest = (place, section)


def pseudo_heading(pm: Postmortem) -> Iterator[Mark]:
    """A bold line that plays a heading where the document has real ones or could have them."""
    level = next((s.level for s in pm.sections if s.form == "heading" and s.concepts and s.level > 1), 2)
    found: list[tuple[Section, tuple[Edit, ...]]] = []
    for section in pm.sections:
        if section.form != "label" or _PLAYED.isdisjoint(section.concepts):
            continue
        line = pm.source.line_number(section.span.start)
        whole = pm.source.line_spans[line - 1]
        raw = pm.source.slice(whole)
        if not raw.startswith(("**", "__")) or raw.strip("*_ \t:：") != section.title.strip(" :："):
            continue
        if line > 1 and pm.source.line_text(line - 1).strip():
            continue
        below = pm.source.line_text(line + 1) if line < len(pm.source.line_spans) else ""
        edit = Edit(whole, f"{'#' * level} {section.title.strip(' :：')}")
        found.append((section, () if _TEXT_BELOW_TEXT.match(below) else (edit,)))
    # Labels are told by their like: where one is made a heading, another one that stays would be no section any more.
    labels = {section.span for section in pm.sections if section.form == "label" and section.concepts}
    together = labels == {section.span for section, edits in found if edits}
    for section, edits in found:
        message = f'"{name_of(section)}" is bold text in place of a heading'
        yield Mark(section.span, message, edits=edits if together else ())


# What goes on with a paragraph, and below a heading is code, a list, HTML or a definition that nobody sees.
_TEXT_BELOW_TEXT = expression(r" {4}| {0,3}(?:\t|(?!1[.)])\d{1,9}[.)][ \t]|[-+*][ \t]*$|\[[^\]]*\]:|<)")

_PLAYED = _LATER | {"summary", "went_well", "went_wrong", "got_lucky", "trigger"}


def nonpreferred_heading(pm: Postmortem, *, headings: Sequence[str]) -> Iterator[Mark]:
    """A heading in other words than the team's. ``headings`` are ``concept: Heading``.

    A heading about several things is left alone, and so is one that begins with the team's words or is in another
    language than English.
    """
    if not is_english(pm):
        return
    preferred = {concept.strip(): heading.strip() for concept, _, heading in (h.partition(":") for h in headings)}
    targets, kinds = targets_of(pm), {action.type.text for action in pm.actions if action.type}
    for section in pm.sections:
        if section.form != "heading" or not section.concepts or section.concepts[0] not in preferred:
            continue
        if sum(1 for concept in section.concepts if concept in preferred) > 1:
            continue
        wanted = preferred[section.concepts[0]]
        if section.title.startswith(wanted) or not any(c.isascii() and c.isalpha() for c in section.title):
            continue
        edits: tuple[Edit, ...] = ()
        # Of several sections about the same each has a name of its own, and groups of actions are named by kind.
        alone = not any(other is not section for other in pm.concerning(section.concepts[0]))
        is_taken = section.title in kinds or is_among(section, targets)
        if alone and not is_taken and _NAMES_ONLY.fullmatch(section.title):
            edits = replaced(pm.source, section.span, section.title, wanted)
        yield Mark(section.span, f'"{name_of(section)}" is called "{wanted}" here', edits=edits)


# A heading that says more than what the section is about keeps it: "Timeline of 3 March (UTC)".
_NAMES_ONLY = expression(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,3}[:?]?")


def thin_section(pm: Postmortem, *, concepts: Sequence[str], minimum_words: int) -> Iterator[Mark]:
    """A section about one of ``concepts`` with fewer than ``minimum_words`` words and without a link to more."""
    prose = Prose(pm)
    for section in pm.concerning(*concepts):
        if section.form != "heading" or section.empty:
            continue
        passages = prose.inside(section.body)
        linked = any(True for p in passages for _ in p.rendered.of_kind("link", "image", "code"))
        count = words(passages)
        if 0 < count < minimum_words and not linked:
            yield Mark(section.span, f'"{name_of(section)}" has {count} words')
