"""The language of a document's prose."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pmlint.conventions import Conventions
from pmlint.data import read_lexicon
from pmlint.document import FrontMatter
from pmlint.model import Passage

# So many words are looked at, so many function words have to be among them, and the first language must have this many
# times those of the second: names, commands and headings in English stand in the documents of all languages.
_WORDS = 4000
_FEWEST = 6
_LEAD = 1.5
_KEYS = ("lang", "language", "locale")


def find_language(
    front_matter: FrontMatter | None, conventions: Conventions, passages: Sequence[Passage]
) -> str | None:
    """The BCP 47 tag that the front matter states, that the team has agreed on, or that the function words tell."""
    stated = (
        next((front_matter.values[key] for key in _KEYS if key in front_matter.values), None) if front_matter else None
    )
    if isinstance(stated, str) and _is_tag(stated):
        return stated.replace("_", "-")
    return conventions.language or _told(passages)


def _is_tag(text: str) -> bool:
    first, *rest = text.replace("_", "-").split("-")
    return (
        2 <= len(first) <= 3 and first.isascii() and first.isalpha() and all(p.isalnum() and p.isascii() for p in rest)
    )


def _told(passages: Sequence[Passage]) -> str | None:
    """The language whose function words or letters are the most; None if too few tell."""
    left, said = _WORDS, Counter[str]()
    letters = {"ja": 0, "zh": 0, "ko": 0, "ru": 0}
    for passage in passages:
        if left <= 0:
            break
        text = passage.rendered.text[: left * 8]
        words = text.lower().split()
        left -= len(words)
        said.update(words)
        if not text.isascii():
            for script, first, last in _SCRIPTS:
                letters[script] += sum(1 for letter in text if first <= letter <= last)
    by_word, counts = _by_word(), dict.fromkeys(_languages(), 0)
    for word, times in said.items():
        for language in by_word.get(word.strip(".,;:!?()\"“”'"), ()):
            counts[language] += times
    written = _script(letters)
    # A letter counts for half a word: such languages do not part words.
    if written and letters[written] > 2 * max(counts.values(), default=0) + _FEWEST:
        return written
    (most, count), (_, next_count) = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    return most if count >= _FEWEST and count >= _LEAD * next_count else None


_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7a3"),
    ("ru", "\u0400", "\u04ff"),
)


def _script(letters: dict[str, int]) -> str | None:
    """Japanese is written with Chinese letters as well, Chinese never with Japanese ones."""
    if letters["ja"] and letters["ja"] * 10 > letters["zh"]:
        return "ja"
    return max(letters, key=lambda script: letters[script]) if any(letters.values()) else None


@cache
def _languages() -> tuple[str, ...]:
    return tuple(read_lexicon("languages"))


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for language, words in read_lexicon("languages").items():
        for word in words.split():
            known[word] = (*known.get(word, ()), language)
    return known
