"""Whether the summary and the impact say who was affected, how much and for how long, in figures."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.excerpts import Prose, folded, says, summary, told, words
from pmlint.expressions import expression
from pmlint.judgement import is_english
from pmlint.model import Passage, Postmortem
from pmlint.phrases import Phrases
from pmlint.rule import Mark
from pmlint.wording import Sentence, sentences


def summary_too_long(pm: Postmortem, *, maximum_words: int) -> Iterator[Mark]:
    """A summary section of more than ``maximum_words`` words; an account of what happened is none."""
    prose = Prose(pm)
    for section in pm.concerning("summary"):
        if section.form != "heading" or "what_happened" in section.concepts or len(section.concepts) > 1:
            continue
        count = words(prose.inside(section.body))
        if count > maximum_words:
            yield Mark(section.span, f"the summary has {count} words")
        return


def summary_too_short(pm: Postmortem, *, minimum_words: int) -> Iterator[Mark]:
    """A summary section of fewer than ``minimum_words`` words, and no lead that says more."""
    prose = Prose(pm)
    for section in pm.concerning("summary"):
        if section.form != "heading" or section.empty:
            continue
        inside = prose.inside(section.body)
        count = words(inside)
        if 0 < count < minimum_words and not any(True for p in inside for _ in p.rendered.of_kind("link")):
            yield Mark(section.span, f"the summary has {count} words")
        return


_DATE_OR_CLOCK = expression(
    r"\d\d?[:h]\d\d|\d{4}-\d\d|\b\d\d?(?:st|nd|rd|th)?(?: of)? ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\d\d?/\d\d?/\d\d|\b(?:yesterday|today|morning|afternoon|evening|night|noon)\b",
    re.I,
)
_LENGTH = expression(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|several|half|couple of)[ -]?"
    r"(?:s|sec|seconds?|m|min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?)\b",
    re.I,
)


def summary_missing_elements(
    pm: Postmortem, *, least: int, affected: Sequence[str], reasons: Sequence[str]
) -> Iterator[Mark]:
    """A summary that tells fewer than ``least`` of four things: when, for how long, who was affected, and why.

    The metadata tell when and how long as well. English summaries only.
    """
    passages = list(told(pm, "summary"))
    if not passages or not is_english(pm) or not says(passages, ("the",)):
        return
    text = " ".join(passage.rendered.text for passage in passages)
    known = {
        "when": bool(pm.metadata.date or _DATE_OR_CLOCK.search(text)),
        "for how long": bool(pm.metadata.duration or pm.claims or _LENGTH.search(text)),
        "who was affected": says(passages, affected),
        "why": says(passages, reasons),
    }
    missing = [name for name, there in known.items() if not there]
    if len(known) - len(missing) < least:
        yield Mark(next(pm.concerning("summary")).span, f"the summary does not tell {', '.join(missing)}")


# "All", "none" and "unknown" are quantities, too.
_QUANTITIES = expression(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half"
    r"|third|quarter|all|every|everyone|everybody|any|none|nobody|no|no-one|zero|entire\w*|whole|full|fully|complete\w*"
    r"|total|totally|only|single|each|both|unknown|not known|not affected|unaffected|negligible|potential\w*|aucun\w*"
    r"|tous|toutes|keine?r?|alle|todos|todas|ningun\w*|nenhum\w*)\b|全|なし|無し|ない|无|所有",
    re.I,
)


def unquantified_impact(pm: Postmortem, *, concepts: Sequence[str]) -> Iterator[Mark]:
    """An impact without any number that counts something: no share, no count, no amount, no length of time.

    "All", "none" and "unknown" are quantities, too.
    """
    prose = Prose(pm)
    for section in pm.concerning(*concepts):
        if section.form != "heading" or section.empty:
            continue
        passages = prose.inside(section.body)
        if any(_is_quantified(passage) for passage in passages) or not words(passages):
            continue
        if not any(True for p in passages for _ in p.rendered.of_kind("link", "image")):
            yield Mark(section.span, f'"{section.title.strip(" :")}" holds no figure')
        return


def _is_quantified(passage: Passage) -> bool:
    text = passage.rendered.text
    return any(c.isnumeric() for c in text) or bool(_QUANTITIES.search(text) or _LENGTH.search(text))


_COUNTED = ("users", "user", "customers", "clients", "requests", "people", "visitors", "accounts", "orders", "members")
_VAGUE = (
    "some",
    "many",
    "several",
    "most",
    "numerous",
    "various",
    "lots of",
    "a lot of",
    "a number of",
    "a few",
    "plenty of",
    "countless",
)


def vague_quantity(pm: Postmortem) -> Iterator[Mark]:
    """Some, many or several of those who are counted, in a sentence of the summary or impact without any number."""
    for sentence in _impact_sentences(pm):
        if any(any(c.isdigit() for c in text) or text in _NUMERALS for text in sentence.texts):
            continue
        if said := _vague_phrases().first(sentence):
            yield Mark(said.span, f'"{said.text}" gives no number')


_NUMERALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty"),
    *("thirty", "fifty", "hundred", "thousand", "million"),
)


@cache
def _vague_phrases() -> Phrases:
    counted = "/".join(_COUNTED)
    return Phrases.of(f"{vague} (of) (the/our) {counted}" for vague in _VAGUE)


def _impact_sentences(pm: Postmortem) -> Iterator[Sentence]:
    seen: set[int] = set()
    for passage in (*summary(pm), *told(pm, "impact")):
        if passage.rendered.home.start not in seen:
            seen.add(passage.rendered.home.start)
            yield from sentences(passage)


def minimising_language(pm: Postmortem, *, phrases: Sequence[str]) -> Iterator[Mark]:
    """Words that make the impact look small, in a sentence of the summary or impact without any number."""
    small = Phrases.of(phrases)
    for sentence in _impact_sentences(pm):
        if any(any(c.isdigit() for c in text) for text in sentence.texts):
            continue
        if said := small.first(sentence):
            yield Mark(said.span, f'"{said.text}" makes it look small and gives no number')


_SHARE = expression(r"(?<![\d.])(\d{1,2}(?:[.,]\d+)?)\s?(?:%|percent\b|per cent\b)")


def outage_overstated(pm: Postmortem, *, degraded: Sequence[str]) -> Iterator[Mark]:
    """A sentence of the summary or impact that says "outage" of what was slow, partial or hit less than everybody."""
    for sentence in _impact_sentences(pm):
        if "outage" not in sentence.texts:
            continue
        text = folded(sentence.shown(0, len(sentence.texts)))
        cue = next((word for word in degraded if folded(word) in text), None)
        share = _SHARE.search(sentence.shown(0, len(sentence.texts)))
        if cue or share:
            at = sentence.texts.index("outage")
            yield Mark(sentence.span(at, at + 1), f'"outage" stands beside "{share.group() if share else cue}"')


def ambiguous_duration(pm: Postmortem, *, phrases: Sequence[str]) -> Iterator[Mark]:
    """A vague length of time in the summary or impact of a document that states no exact one and no window."""
    data = pm.metadata
    if pm.claims or pm.windows or data.duration or (data.start and data.end):
        return
    vague = Phrases.of(phrases)
    for sentence in _impact_sentences(pm):
        if said := vague.first(sentence):
            yield Mark(said.span, f'"{said.text}" is no duration that one could add up')
            return
