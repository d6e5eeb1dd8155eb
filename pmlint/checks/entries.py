"""How the entries of a timeline are written: short, with a time and its source, and without judging."""

from collections.abc import Iterator, Sequence

from pmlint.excerpts import Prose, folded, sought
from pmlint.model import Event, Postmortem
from pmlint.phrases import Phrases
from pmlint.rule import Mark
from pmlint.wording import sentences

_ENDS = (".", "!", "?", "。")
# "e.g." and shorter words end no sentence.
_ABBREVIATION = 4


def entry_too_long(pm: Postmortem, *, maximum_words: int, maximum_sentences: int) -> Iterator[Mark]:
    """An entry of more than ``maximum_words`` words or ``maximum_sentences`` sentences; 0 sets no limit.

    Entries under headings of their own are left alone: that form is made for telling at length.
    """
    for event in pm.events:
        if pm.source.text[event.span.start : event.span.start + 1] == "#":
            continue
        texts = event.text.split()
        count = len(texts)
        told = 1 + sum(1 for word in texts[:-1] if word.endswith(_ENDS) and len(word) > _ABBREVIATION)
        if maximum_words and count > maximum_words:
            yield Mark(event.stamp.span if event.stamp else event.span, f"this entry has {count} words")
        elif maximum_sentences and told > maximum_sentences:
            yield Mark(event.stamp.span if event.stamp else event.span, f"this entry has {told} sentences")


def vague_time(pm: Postmortem, *, openings: Sequence[str]) -> Iterator[Mark]:
    """An entry that begins with words such as "later" where most others have a time."""
    begun = tuple(sought(opening) for opening in openings)
    for timeline in pm.timelines:
        if len(timeline.timed) * 2 <= len(timeline.events):
            continue
        for event in timeline.events:
            said = event.instead or event.text
            if event.stamp is None and folded(said).startswith(begun):
                shown = " ".join(said.split()[:4])
                yield Mark(event.span, f'"{shown}" stands in place of a time')


def entry_without_evidence(pm: Postmortem) -> Iterator[Mark]:
    """Entries without a link, an image or code: one mark a timeline, at the first of them."""
    prose = Prose(pm)
    for timeline in pm.timelines:
        bare = [event for event in timeline.events if not _has_evidence(prose, event)]
        for event in bare[:1]:
            count = f"{len(bare)} of {len(timeline.events)} entries have"
            yield Mark(event.span, f"{count} no link, image or command", places=tuple(one.span for one in bare))


def _has_evidence(prose: Prose, event: Event) -> bool:
    passages = prose.inside(event.span)
    shown = any(True for passage in passages for _ in passage.rendered.of_kind("link", "image", "code"))
    return shown or any("http" in passage.rendered.text for passage in passages)


def evaluative_language(pm: Postmortem, *, phrases: Sequence[str]) -> Iterator[Mark]:
    """Words that judge in an entry; quotations and code are left alone. ``phrases`` are written as for ``Phrases``."""
    judging = Phrases.of(phrases)
    prose = Prose(pm)
    for event in pm.events:
        for passage in prose.inside(event.span):
            for sentence in sentences(passage):
                for match in judging.find(sentence.texts):
                    shown = sentence.shown(match.start, match.end)
                    yield Mark(sentence.span(match.start, match.end), f'"{shown}" judges instead of telling')
