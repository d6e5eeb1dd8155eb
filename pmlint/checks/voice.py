"""The voice that a document speaks in: who is named, who speaks, and how loudly."""

from collections.abc import Iterator

from pmlint.brevity import shortened
from pmlint.judgement import is_account, is_english
from pmlint.model import Passage, Postmortem
from pmlint.rule import Mark
from pmlint.wording import Sentence, sentences, without_code

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
_GENDERED = frozenset({"he", "she", "him", "his", "her", "hers", "himself", "herself"})
# Names stand here by right.
_NAMING = frozenset({"timeline", "actions", "metadata", "responders", "approval", "references", "appendix", "glossary"})
_LONGEST_SHOWN = 40
_LONGEST_VALUE = 8
# So many words in capitals in a row, one of them this long, are a shout and no abbreviation.
_SHOUT = 3
_LONG = 4
# Pictures and symbols of the emoji blocks; arrows and check marks are typography.
_EMOJI = (("\U0001f300", "\U0001faff"), ("\u2620", "\u2623"), ("\u2639", "\u263b"))
_FACES = (":-)", ":)", ":-(", ":(", ";-)", ";)", ":D", ":-D", ":P", ":-P", "¯\\_(ツ)_/¯")


def named_individual(pm: Postmortem) -> Iterator[Mark]:
    """People who are named where what happened is told and explained: the first naming of each."""
    names = dict.fromkeys(name.text for name in pm.names if name.kind in ("person", "handle"))
    seen: set[str] = set()
    for passage in _told(pm):
        if _NAMING.isdisjoint(passage.concepts) and not _is_field(passage):
            text = without_code(passage)
            for name, first in ((name, text.find(name, passage.label)) for name in names if name not in seen):
                if first >= 0 and _is_word(text, first, first + len(name)):
                    seen.add(name)
                    span = passage.rendered.span(first, first + len(name))
                    yield Mark(span, f'"{shortened(name, _LONGEST_SHOWN)}" is named')


def _is_field(passage: Passage) -> bool:
    """Whether a passage is a labelled value: "Author: Priya Raman"."""
    return passage.label > 0 and len(passage.rendered.text[passage.label :].split()) <= _LONGEST_VALUE


def first_person_singular(pm: Postmortem) -> Iterator[Mark]:
    """The first "I" or "my" of each passage."""
    yield from _pronouns(pm, _FIRST_PERSON, "speaks for one person")


def gendered_pronoun(pm: Postmortem) -> Iterator[Mark]:
    """The first "he" or "her" of each passage."""
    yield from _pronouns(pm, _GENDERED, "tells more of somebody than the incident needs")


def exclamation(pm: Postmortem) -> Iterator[Mark]:
    """Sentences that end in an exclamation mark: at their first mark."""
    for passage in _told(pm):
        for sentence in sentences(passage):
            ends = _exclaimed(sentence)
            if ends:
                shown = shortened(sentence.shown(max(ends[0] - 1, 0), ends[1]), _LONGEST_SHOWN)
                yield Mark(sentence.span(*ends), f'"{shown}" exclaims')


def shouting_caps(pm: Postmortem) -> Iterator[Mark]:
    """Three words or more in capitals: at the first of them in each sentence."""
    for passage in _told(pm):
        if passage.kind != "cell":
            for sentence in sentences(passage):
                if run := _shout(sentence):
                    yield Mark(sentence.span(*run), f'"{shortened(sentence.shown(*run), _LONGEST_SHOWN)}" shouts')


def sarcasm_emoji(pm: Postmortem) -> Iterator[Mark]:
    """The first emoji or emoticon of each passage."""
    for passage in _told(pm):
        text = without_code(passage)
        found = [at for at, letter in enumerate(text) if letter > "\u2600" and _is_emoji(letter)][:1]
        found += [at for face in _FACES if (at := text.find(face)) >= 0 and _is_apart(text, at, at + len(face))]
        if found:
            at = min(found)
            end = next((at + len(face) for face in _FACES if text.startswith(face, at)), at + 1)
            yield Mark(passage.rendered.span(at, end), f'"{text[at:end]}" shows a mood')


def _told(pm: Postmortem) -> Iterator[Passage]:
    """The passages in which the writer tells; none where the language has other pronouns and customs."""
    return (passage for passage in pm.passages if is_account(passage)) if is_english(pm) else iter(())


def _pronouns(pm: Postmortem, pronouns: frozenset[str], reading: str) -> Iterator[Mark]:
    for passage in _told(pm):
        for sentence in sentences(passage):
            at = next(
                (at for at, text in enumerate(sentence.texts) if text in pronouns and _stands(sentence, at)), None
            )
            if at is not None:
                yield Mark(sentence.span(at, at + 1), f'"{sentence.written(at)}" {reading}')
                break


def _stands(sentence: Sentence, at: int) -> bool:
    """Whether a word is a pronoun: not the I of "I/O", "Phase I" or "i."."""
    around = sentence.texts[max(at - 1, 0) : at] + sentence.texts[at + 1 : at + 2]
    written = sentence.written(at)
    return not {"/", "&", "phase", "type", "part", "tier"}.intersection(around) and written != "i"


def _exclaimed(sentence: Sentence) -> tuple[int, int] | None:
    end = len(sentence.texts)
    while end and sentence.texts[end - 1] in (")", '"', "”", "*"):
        end -= 1
    start = end
    while start and sentence.texts[start - 1] == "!":
        start -= 1
    # "!important" and "x != y" end no sentence.
    return (start, end) if 0 < start < end and sentence.texts[start - 1][0].isalpha() else None


def _shout(sentence: Sentence) -> tuple[int, int] | None:
    start = end = 0
    for at in range(len(sentence.texts) + 1):
        written = sentence.written(at) if at < len(sentence.texts) else ""
        if written.isupper() and written.isalpha():
            end = at + 1
            continue
        words = [sentence.written(place) for place in range(start, end)] if end > start else []
        if len(words) >= _SHOUT and sum(1 for word in words if len(word) >= _LONG) >= 2:
            return start, end
        start = at + 1
    return None


def _is_emoji(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _EMOJI)


def _is_apart(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or not text[end].isalnum())


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before in ("@", "/", "-")) and not (after.isalnum() or after in ("@", "/"))
