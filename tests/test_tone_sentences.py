"""Hundreds of invented sentences, those that judge people beside those that only look like it."""

import tomllib
from pathlib import Path

import pytest

from pmlint.engine import understand
from pmlint.judgement import judgements
from pmlint.source import Source

SENTENCES = tomllib.loads((Path(__file__).parent / "tone_sentences.toml").read_text(encoding="utf-8"))
BLAME = [(rules, sentence) for rules, text in SENTENCES["blame"].items() for sentence in text.splitlines()]
INNOCENT = SENTENCES["innocent"]["sentences"].splitlines()
# The parts of the lexicon whose findings are warnings or errors.
STRONG = frozenset(
    {
        "punishment",
        "fault",
        "negligence",
        "human-error",
        "person-as-cause",
        "person-blamed",
        "person-failed",
        "person-fix",
    }
)


def judged(sentence: str, heading: str = "What happened") -> list[str]:
    """The rules that judge a sentence as blame."""
    postmortem = understand(Source("example.md", f"# 2026-03-04 Slow tiles\n\n## {heading}\n\n{sentence}\n"))
    return [found.rule for found in judgements(postmortem) if found.rule in STRONG]


@pytest.mark.parametrize(("rules", "sentence"), BLAME)
def test_a_sentence_that_judges_people_is_found_by_its_rule(rules: str, sentence: str) -> None:
    assert judged(sentence) == rules.split()


@pytest.mark.parametrize("sentence", INNOCENT)
def test_a_sentence_that_only_looks_like_it_is_left_alone(sentence: str) -> None:
    assert judged(sentence) == []


@pytest.mark.parametrize("sentence", SENTENCES["remedies"]["care"].splitlines())
def test_a_remedy_that_asks_for_care_is_found(sentence: str) -> None:
    assert judged(f"- {sentence}", "Action items") == ["person-fix"]


@pytest.mark.parametrize("sentence", SENTENCES["remedies"]["controls"].splitlines())
def test_a_remedy_that_changes_the_system_is_left_alone(sentence: str) -> None:
    assert judged(f"- {sentence}", "Action items") == []


def test_there_are_hundreds_of_both() -> None:
    assert len(BLAME) > 200
    assert len(INNOCENT) > 250
