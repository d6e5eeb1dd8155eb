"""Whether action items will get done: who does them, and what exactly."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from pmlint.data import read_lexicon
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import ActionItem, Postmortem
from pmlint.phrases import Phrases
from pmlint.rule import Edit, Mark
from pmlint.source import Span
from pmlint.wording import Sentence, sentences


def missing_owner(pm: Postmortem) -> Iterator[Mark]:
    """Open action items without an owner and without a tracker item that would have one: one mark a document.

    Nineteen of twenty real documents name no owner at all; a finding for each item would only be noise. An item whose
    owner stands behind a label without its colon is a mark of its own, with the edit that puts it in.
    """
    unowned = [item for item in pm.actions if item.owner is None and item.ticket is None and item.is_open]
    labels = [(item, label) for item in unowned if (label := _label_without_colon(pm, item))]
    for _, label in labels:
        place = Span(label.start("label"), label.end("name"))
        edit = Edit(Span(*label.span("mark")), ": ")
        yield Mark(place, f'"{pm.source.slice(place)}" lacks the colon of a label', edits=(edit,))
    named = {item.span for item, _ in labels}
    unowned = [item for item in unowned if item.span not in named]
    for item in unowned[:1]:
        count, all_items = len(unowned), sum(1 for item in pm.actions if item.is_open)
        what = "the only open action has" if all_items == 1 else f"{count} of {all_items} open actions have"
        yield Mark(item.span, f"{what} neither owner nor ticket", places=tuple(one.span for one in unowned))


_LABEL = expression(
    r"(?:(?<=[(\[,;.|])|(?<=[(\[,;.|–—-] ))(?P<label>(?i:(?:action )?owner|assignee|assigned to|DRI))"
    r"(?P<mark> ?[-–—] ?)(?P<name>[^\W\d_][\w'’.]*(?: [^\W\d_][\w'’.]*){0,2})(?=[.*_\s]*(?:[)\],;|]|\Z))"
)


def _label_without_colon(pm: Postmortem, item: ActionItem) -> re.Match[str] | None:
    """A label for the owner, a dash and somebody's name at the end of an item or of a bracket: ``owner - Mei``."""
    known = {name.casefold() for name in (*pm.conventions.people, *pm.conventions.teams)}
    text, at, ticks = pm.source.text, item.span.start, 0
    for found in _LABEL.finditer(text, item.span.start, item.span.end):
        ticks += text.count("`", at, found.start())
        at = found.start()
        name = found["name"].rstrip(".")
        is_name = all(word[0].isupper() for word in name.split()) and name.casefold() not in _lexicon().nobody
        # Behind an odd number of ticks it is code.
        if ticks % 2 == 0 and (is_name or name.casefold() in known):
            return found
    return None


def missing_ticket(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that neither link nor name a tracker item: one mark a document."""
    yield from _lacking(pm, "ticket", lambda item: item.ticket is not None)


def missing_due_date(pm: Postmortem) -> Iterator[Mark]:
    """Open action items without a date by which they are done: one mark a document."""
    yield from _lacking(pm, "due date", lambda item: item.due is not None)


def missing_priority(pm: Postmortem) -> Iterator[Mark]:
    """Open action items without a priority: one mark a document."""
    yield from _lacking(pm, "priority", lambda item: item.priority is not None)


def missing_type(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that do not say whether they prevent, detect or mitigate: one mark a document."""
    yield from _lacking(pm, "type", lambda item: item.type is not None)


def _lacking(pm: Postmortem, what: str, has: Callable[[ActionItem], bool]) -> Iterator[Mark]:
    items = [item for item in pm.actions if item.is_open]
    without = [item for item in items if not has(item)]
    for item in without[:1]:
        count = "the only open action has" if len(items) == 1 else f"{len(without)} of {len(items)} open actions have"
        yield Mark(item.span, f"{count} no {what}", places=tuple(one.span for one in without))


def vague_action(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that begin with a vague verb and name nothing by which one would see that they are done."""
    for item, first in _with_passages(pm):
        if item.ticket is None and item.is_open and (shown := _vague_words(first)):
            yield Mark(first.span(0, shown), f'"{first.shown(0, shown)}" has no end that one would recognise')


def _vague_words(first: Sentence) -> int:
    """How many words a vague opening takes; 0 if the item is not vague."""
    lexicon = _lexicon()
    opening = next((match.end for match in lexicon.vague.find(first.texts) if match.start == 0), 0)
    if not opening:
        return 0
    rest = first.texts[opening:]
    bounded = any(word in lexicon.bounds or any(c.isdigit() for c in word) or "\ufffc" in word for word in rest)
    named = any(word != first.written(opening + number) for number, word in enumerate(rest))
    return 0 if bounded or named else opening


def unbounded_action(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that go on for ever, with nothing by which one would see that they are done."""
    for item, first in _with_passages(pm):
        if item.ticket or item.due or not item.is_open or any(_is_bound(word) for word in first.texts):
            continue
        match = next((m for m in _lexicon().unbounded.find(first.texts) if m.group == "anywhere" or m.start == 0), None)
        if match:
            yield Mark(first.span(match.start, match.end), f'"{first.shown(match.start, match.end)}" never ends')


def _is_bound(word: str) -> bool:
    return word in ("until", "till", "once", "within", "daily", "weekly", "monthly", "quarterly") or any(
        c.isdigit() for c in word
    )


def hedged_action(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that begin with a word for perhaps: should, could, maybe."""
    for item, first in _with_passages(pm):
        match = next((m for m in _lexicon().hedged.find(first.texts) if m.start == 0), None)
        if match and item.is_open:
            shown = first.shown(match.start, match.end)
            yield Mark(first.span(match.start, match.end), f'"{shown}" leaves open whether it will be done')


def no_verb(pm: Postmortem, *, maximum_words: int) -> Iterator[Mark]:
    """Open action items of at most ``maximum_words`` words that hold no verb: the thing alone."""
    if not is_english(pm):
        return
    for item, first in _with_passages(pm):
        texts = [text for text in first.texts if text[0].isalpha()]
        if _is_indented(pm, item):
            # A detail of the item above.
            continue
        if not item.is_open or item.ticket or not 0 < len(texts) <= maximum_words or not item.text.isascii():
            continue
        if len(texts) != len(item.text.split()) or any(_is_verb(text) for text in texts):
            continue
        yield Mark(first.span(0, len(first.texts)), f'"{" ".join(item.text.split())}" does not say what will be done')


def _is_indented(pm: Postmortem, item: ActionItem) -> bool:
    line = pm.source.line_text(pm.source.line_number(item.span.start))
    return line[:1] in (" ", "\t")


def _is_verb(word: str) -> bool:
    return word in _lexicon().verbs or word.endswith(("ing", "ed", "ize", "ise", "ify")) or word[:2] == "re"


def _with_passages(pm: Postmortem) -> Iterator[tuple[ActionItem, Sentence]]:
    """The action items with the first sentence of their own text."""
    starts = [passage.rendered.home.start for passage in pm.passages]
    for item in pm.actions:
        inside = pm.passages[bisect_left(starts, item.span.start) : bisect_left(starts, item.span.end)]
        own = next((p for p in inside if " ".join(p.rendered.text.split()).endswith(item.text)), None)
        first = next(iter(sentences(own)), None) if own else None
        if first is not None:
            yield item, first


class _Lexicon(NamedTuple):
    vague: Phrases
    bounds: frozenset[str]
    unbounded: Phrases
    hedged: Phrases
    verbs: frozenset[str]
    nobody: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    tables = read_lexicon("actions")
    return _Lexicon(
        vague=Phrases.of(tables["vague"]["openings"]),
        bounds=frozenset(tables["vague"]["bounds"]),
        unbounded=Phrases(
            {
                "opening": "; ".join(tables["unbounded"]["openings"]),
                "anywhere": "; ".join(tables["unbounded"]["anywhere"]),
            },
            {},
        ),
        hedged=Phrases.of(tables["hedged"]["openings"]),
        verbs=frozenset((tables["imperatives"]["verbs"] + " " + tables["auxiliaries"]["verbs"]).split()),
        nobody=frozenset(read_lexicon("fields")["nobody"]["names"]),
    )
