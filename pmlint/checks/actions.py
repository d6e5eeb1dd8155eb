"""Whether action items will get done: who does them, and what exactly."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pmlint.data import read_lexicon
from pmlint.model import ActionItem, Postmortem
from pmlint.rule import Mark
from pmlint.wording import Phrases, Sentence, sentences


def missing_owner(pm: Postmortem) -> Iterator[Mark]:
    """Open action items without an owner and without a tracker item that would have one: one mark a document.

    Nineteen of twenty real documents name no owner at all; a finding for each item would only be noise.
    """
    unowned = [item for item in pm.actions if item.owner is None and item.ticket is None and _is_open(item)]
    for item in unowned[:1]:
        count, all_items = len(unowned), sum(1 for item in pm.actions if _is_open(item))
        what = "the only open action has" if all_items == 1 else f"{count} of {all_items} open actions have"
        yield Mark(item.span, f"{what} neither owner nor ticket")


def _is_open(item: ActionItem) -> bool:
    return item.state not in ("done", "wontdo")


def vague_action(pm: Postmortem) -> Iterator[Mark]:
    """Open action items that begin with a vague verb and name nothing by which one would see that they are done."""
    for item, first in _with_passages(pm):
        if item.ticket is None and _is_open(item) and (shown := _vague_words(first)):
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


def _with_passages(pm: Postmortem) -> Iterator[tuple[ActionItem, Sentence]]:
    """The action items with the first sentence of their own text."""
    starts = [passage.rendered.home.start for passage in pm.passages]
    for item in pm.actions:
        inside = pm.passages[bisect_left(starts, item.span.start) : bisect_left(starts, item.span.end)]
        own = next((p for p in inside if " ".join(p.rendered.text.split()).endswith(item.text)), None)
        first = next(sentences(own), None) if own else None
        if first is not None:
            yield item, first


class _Lexicon(NamedTuple):
    vague: Phrases
    bounds: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table: Mapping[str, list[str]] = read_lexicon("actions")["vague"]
    return _Lexicon(
        vague=Phrases({"opening": "; ".join(table["openings"])}, {}),
        bounds=frozenset(table["bounds"]),
    )
