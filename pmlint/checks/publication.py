"""What a report that leaves the house has to tell: to the public, to customers, to an authority."""

import re
from collections.abc import Iterator, Sequence

from pmlint.model import Passage, Postmortem, Section
from pmlint.rule import Mark

_EXTERNAL = (
    r"(?i)\b(?:external|public|customer|client)\b"
    r".*\b(?:messag\w*|communicat\w*|statement|notifications?|notices?|updates?)\b"
)
_SENTENCES = r"[^\s.!?。！？][^.!?。！？]*(?:[.!?](?=\w)[^.!?。！？]*)*[.!?。！？]*"
_BORDERS = (
    r"(?i)\bcross[- ]?border\b|\bmember states?\b|\bother (?:EU )?countries\b"
    r"|\bgrenzüberschreitend|\btransfrontali|\btransfronteriz"
)
_OCCURRED = frozenset({"introduced", "started"})
_DETECTED = frozenset({"detected", "acknowledged", "declared"})
_OVER = frozenset({"mitigated", "resolved", "all_clear"})


def missing_external_message(pm: Postmortem, *, severities: Sequence[str]) -> Iterator[Mark]:
    """The severity is one of ``severities``, compared by their numbers, and no section holds what was told outside."""
    severity = pm.metadata.severity
    if severity is None or any(pm.concerning("communications")) or any(_external(pm)):
        return
    if _number(severity.text) in {_number(name) for name in severities} - {None}:
        yield Mark(pm.head, f"the severity is {severity.text[:20]}, and no section holds the message to customers")


def _number(severity: str) -> str | None:
    digits = re.search(r"\d", severity)
    return digits.group() if digits else None


def _external(pm: Postmortem) -> Iterator[Section]:
    """The sections that hold what was told outside."""
    return (section for section in pm.sections if re.search(_EXTERNAL, section.title))


def external_message_incomplete(pm: Postmortem, *, parts: Sequence[str]) -> Iterator[Mark]:
    """The message to customers lacks some of ``parts``: headings or labels with these words, ``a|b`` for either."""
    for section in _external(pm):
        inside = [other.title.casefold() for other in pm.sections if other.span in section.body]
        labels = [_opening(passage).casefold() for passage in pm.passages if passage.rendered.home in section.body]
        told = "\n".join((*inside, *labels))
        names = [part.split("|") for part in parts]
        lacking = [f'"{words[0]}"' for words in names if not any(word.casefold() in told for word in words)]
        if lacking and not section.empty:
            yield Mark(section.span, f"the message to customers has no part {_listed(lacking)}")
        return


def external_summary_too_long(pm: Postmortem, *, max_sentences: int) -> Iterator[Mark]:
    """The summary of the message to customers has more than ``max_sentences`` sentences."""
    for section in _external(pm):
        summary = next((s for s in pm.sections if s.span in section.body and "summary" in s.title.casefold()), None)
        if summary is None:
            continue
        texts = [p.rendered.text for p in pm.passages if p.rendered.home in summary.body and p.kind != "heading"]
        count = sum(1 for text in texts for _ in re.finditer(_SENTENCES, text))
        if count > max_sentences:
            yield Mark(summary.span, f"the summary for customers has {count} sentences")


def missing_customer_guidance(pm: Postmortem) -> Iterator[Mark]:
    """No section tells customers what they can do."""
    if not any(pm.concerning("customer_guidance")):
        yield Mark(pm.head, "no section tells customers what they can do")


def missing_regulatory_fields(pm: Postmortem) -> Iterator[Mark]:
    """Some of what a final report to an authority tells is nowhere: one mark that names all of it."""
    lacking = [name for name, told in _regulatory(pm) if not told]
    if lacking:
        yield Mark(pm.head, f"no section, field or timeline entry tells {_listed(lacking)}")


def _regulatory(pm: Postmortem) -> Iterator[tuple[str, bool]]:
    """What the final reports of NIS2 article 23(4)(d) and of DORA's templates ask for, and whether it is told."""
    reported = {milestone for event in pm.events for milestone in event.milestones}
    yield "the severity", pm.metadata.severity is not None
    yield "the impact", any(pm.concerning("impact"))
    yield (
        "the root cause or kind of threat",
        any(pm.concerning("root_cause", "contributing_factors", "trigger", "fault")),
    )
    yield "the measures taken and still going on", any(pm.concerning("mitigation", "resolution", "actions"))
    yield (
        "the cross-border impact (or that there is none)",
        any(re.search(_BORDERS, p.rendered.text) for p in pm.passages),
    )
    yield "when it occurred", pm.metadata.started is not None or not _OCCURRED.isdisjoint(reported)
    yield "when it was detected", not _DETECTED.isdisjoint(reported) or any(pm.concerning("detection"))
    yield "when it was over", pm.metadata.ended is not None or not _OVER.isdisjoint(reported)


def _opening(passage: Passage) -> str:
    """The label or the bold words that a passage begins with; empty if it begins with none."""
    bold = next((markup.end for markup in passage.rendered.of_kind("strong") if markup.start == 0), 0)
    return passage.rendered.text[: max(passage.label, bold)]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
