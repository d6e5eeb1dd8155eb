"""Whatever words follow each other: the tone rules never fail, and point into the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.checks.tone import blame_in_title
from pmlint.checks.voice import (
    exclamation,
    first_person_singular,
    gendered_pronoun,
    named_individual,
    sarcasm_emoji,
    shouting_caps,
)
from pmlint.data import read_lexicon
from pmlint.engine import understand
from pmlint.judgement import judgements
from pmlint.source import Source

_TABLES = read_lexicon("tone")
_PHRASES = [
    word.strip("()<>*")
    for table in _TABLES.values()
    for text in table.values()
    for word in text.replace("/", " ").split()
]
_GRAMMAR = [word for text in read_lexicon("grammar").values() for word in text.split()]
_PEOPLE = [word for text in read_lexicon("people").values() for word in text.split()]
_MARKS = [
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    '"',
    "'",
    "’s",
    "n't",
    "—",
    "-",
    "!",
    "?",
    "`x`",
    "**",
    "@bo",
    "\n",
    "1",
    "é",
    "人",
    "https://a.b",
]
words = st.lists(
    st.sampled_from(_PHRASES) | st.sampled_from(_GRAMMAR) | st.sampled_from(_PEOPLE) | st.sampled_from(_MARKS)
)


@settings(deadline=None)
@given(words, st.sampled_from(["What happened", "Action items", "Timeline"]))
def test_any_row_of_words_is_judged_without_failing(row: list[str], heading: str) -> None:
    text = f"# {' '.join(row[:8])}\n\n## {heading}\n\n{' '.join(row)}\n"
    source = Source("docs/" + "-".join(word for word in row[:5] if word.isalpha()) + ".md", text)
    postmortem = understand(source)
    for found in judgements(postmortem):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.sentence.shown(found.start, found.end)
    checks = (exclamation, first_person_singular, gendered_pronoun, named_individual, sarcasm_emoji, shouting_caps)
    for check in (*checks, blame_in_title):
        for mark in check(postmortem):
            assert 0 <= mark.span.start <= mark.span.end <= len(text)
            assert mark.message


@given(words)
def test_judging_twice_gives_the_same(row: list[str]) -> None:
    text = f"## What happened\n\n{' '.join(row)}\n"
    first, second = (judgements(understand(Source("example.md", text))) for _ in range(2))
    assert [(found.rule, found.span) for found in first] == [(found.rule, found.span) for found in second]
