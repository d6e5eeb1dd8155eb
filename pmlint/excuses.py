"""What takes the sting out of a phrase: a denial, a definition, a purpose, a term that only looks alike."""

from pmlint.phrases import Match
from pmlint.wording import Sentence, before_in_thought, function_words, is_adverb, tone_words

# How far from an act a purpose is looked for, and how far before a phrase what denies it.
_NEAR = 15
_DENIED_WITHIN = 6
_REJECTED_WITHIN = 8
_REMEDIES = frozenset({"actions", "prevention", "lessons", "went_wrong"})
# Groups whose words say by themselves that somebody failed: what stands before them may deny it.
_DENIABLE = frozenset({"agent", "alone", "caused", "owned", "quality"})


def is_excused(sentence: Sentence, match: Match) -> bool:
    """Whether the words are denied, feared, defined or talked about, or say an act that had a purpose."""
    texts, passage = sentence.texts, sentence.passage
    rule, _, group = match.group.partition("/")
    before = before_in_thought(texts, match.start, _DENIED_WITHIN)
    words, after = texts[match.start : match.end], texts[match.end : match.end + 1]
    if rule == "person-fix":
        noun = words[0].startswith("need") and before[-1:] in (("the",), ("a",), ("no",), ("any",))
        return noun or passage.concepts.isdisjoint(_REMEDIES) or not tone_words("denials").isdisjoint(before[-3:])
    if rule == "punishment":
        own = texts[match.end : match.end + _NEAR]
        return (words[-1] == "warning" and not _ends_here(texts, match.end)) or (
            "own" in own and not tone_words("wishes").isdisjoint(own)
        )
    if rule == "human-error":
        return "actions" in passage.concepts or texts[-1] == "?" or _is_term(texts, match)
    if rule == "animated":
        return not tone_words("terms").isdisjoint(texts[match.start - 1 : match.end + 1])
    if group in _DENIABLE and not tone_words("denials").isdisjoint(before):
        return True
    if (
        words[0] not in ("was", "is", "has", "does", "this")
        and words[0].endswith("s")
        and not tone_words("conditions").isdisjoint(before)
    ):
        return True
    # "The alert, ignored by the filter, …"
    if group in ("direct", "person") and len(words) == 1 and after == ("by",):
        return True
    if words[-1] in tone_words("harms") and not _ends_here(texts, match.end):
        return True
    if words[:2] in (("failed", "to"), ("fails", "to"), ("failing", "to")):
        deed = next((word for word in texts[match.start + 2 :][:3] if not is_adverb(word)), "")
        return deed in tone_words("attempts")
    if words[0] in tone_words("purposeful"):
        return not tone_words("purposes").isdisjoint(texts[max(match.start - _NEAR, 0) : match.end + _NEAR])
    if words[0] in tone_words("decided"):
        near = texts[max(match.start - _NEAR, 0) : match.end + _NEAR]
        return after in (("to",), ("ahead",)) or not tone_words("intents").isdisjoint(near)
    if words[0] in ("lies", "rests", "lays", "lie", "rest"):
        return tone_words("burdens").isdisjoint(texts[max(match.start - _NEAR, 0) : match.start])
    if words[-1] in ("wait", "waited"):
        return tone_words("awaited").isdisjoint(texts[match.end : match.end + _REJECTED_WITHIN])
    if words[0] in ("missed", "overlooked"):
        return not tone_words("misses").isdisjoint(texts[match.end : match.end + 2])
    if words[0].startswith("forg"):
        return not tone_words("passwords").isdisjoint(texts[match.end : match.end + 4])
    return after == ("rate",)


def _ends_here(texts: tuple[str, ...], end: int) -> bool:
    """Whether the noun before the word number ``end`` is the last of its phrase: not "the incident response"."""
    after = texts[end] if end < len(texts) else "."
    grammar = ("prepositions", "subordinators", "conjunctions", "finite", "after_agent", "between", "outside")
    return not after[0].isalpha() or any(after in function_words(kind) for kind in grammar) or is_adverb(after)


def _is_term(texts: tuple[str, ...], match: Match) -> bool:
    """Whether the words reject, fear or define human error, or name something else."""
    before = before_in_thought(texts, match.start, _REJECTED_WITHIN)
    if not tone_words("rejected_before").isdisjoint(before):
        return True
    if not tone_words("rejected_after").isdisjoint(texts[match.end : match.end + 1]):
        return True
    after = texts[match.end : match.end + 2]
    return after in (("is", "not"), ("was", "not"), ("is", "never"), ("is", "a"), ("is", "an"), ("is", "inevitable"))
