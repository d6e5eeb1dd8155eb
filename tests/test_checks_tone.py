"""Wording that judges people: who counts as one, what excuses a sentence, and where a finding points."""

import time
from collections.abc import Callable, Iterator

import pytest

from pmlint.checks.tone import (
    fault,
    human_error_as_cause,
    negligence,
    person_as_cause,
    person_blamed,
    person_failed,
    punishment,
)
from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.rule import Mark
from pmlint.source import Source

ToneCheck = Callable[[Postmortem], Iterator[Mark]]
CHECKS: tuple[ToneCheck, ...] = (
    person_failed,
    person_blamed,
    negligence,
    fault,
    punishment,
    human_error_as_cause,
    person_as_cause,
)


def marked(text: str, heading: str = "What happened") -> list[str]:
    """The words that the tone checks point at in a text under a heading."""
    source = Source("example.md", f"# 2026-03-04 Slow tiles\n\n## {heading}\n\n{text}\n")
    postmortem = understand(source)
    return [source.slice(mark.span) for check in CHECKS for mark in check(postmortem)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The on-call engineer failed to read the page.", "failed to read"),
        ("Our two reviewers overlooked the missing index.", "overlooked"),
        ("The SRE on duty forgot the second step.", "forgot"),
        ("One of the engineers did not check the lag.", "did not check"),
        ("@rosa skipped the dry run.", "skipped"),
        ("Priya had not tested the restore.", "had not tested"),
        ("She looked at the graph but forgot the second one.", "forgot"),
        ("The platform team never told anyone.", "never told"),
        ("It was missed by the reviewers.", "missed by"),
        ("The engineer didn't notice the alert.", "didn't notice"),
        ("The engineer didn’t notice the alert.", "didn’t notice"),
        ("An admin fat-fingered the rule.", "fat-fingered"),
        ("Engineers deleted the index by accident.", "by accident"),
        ("The developer inadvertently removed the route.", "inadvertently removed"),
        ("It was caused by an engineer who ran the script.", "caused by"),
        ("The billing team is to blame.", "to blame"),
        ("It was due to user error.", "user error"),
        ("This was Mia's mistake.", "mistake"),
    ],
)
def test_a_judgement_of_a_person_is_marked_at_the_words_to_change(sentence: str, words: str) -> None:
    assert marked(sentence) == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The health check failed to read the page.", id="a system"),
        pytest.param("The developer portal forgot the session.", id="a person's word in a system's name"),
        pytest.param("The Kubernetes operator did not update the pods.", id="an operator that is software"),
        pytest.param("The laptop of the engineer forgot its keys.", id="what belongs to a person"),
        pytest.param("@tiles-bot skipped the dry run.", id="a bot"),
        pytest.param("We missed the alert because it went to a muted channel.", id="we"),
        pytest.param("I did not see the warning; it scrolled past.", id="I"),
        pytest.param("Nobody noticed, because no alert was configured.", id="nobody"),
        pytest.param("No engineer forgot anything.", id="no engineer"),
        pytest.param("If an engineer forgot the flag, the tool would ask.", id="supposed"),
        pytest.param("It would be wrong to say that the engineer forgot the flag.", id="denied"),
        pytest.param("The engineers failed to reproduce it.", id="an attempt without success"),
        pytest.param("The on-call engineer failed over the database.", id="failing over"),
        pytest.param("The index was accidentally deleted.", id="nobody named"),
        pytest.param("An engineer took down the cluster for maintenance.", id="taken down for a reason"),
        pytest.param('The ticket said "the engineer forgot the flag".', id="quoted"),
        pytest.param("The log said `the engineer forgot the flag`.", id="code"),
        pytest.param("> The engineer forgot the flag.", id="a block quote"),
        pytest.param("See https://example.org/the/engineer-forgot/human-error for more.", id="an address"),
        pytest.param("Human error is not a root cause.", id="rejected"),
        pytest.param("The prompt reduces the risk of human error.", id="feared"),
        pytest.param("The user error rate rose to 4 %.", id="a rate"),
        pytest.param("Alice rolled back the deploy at 15:07.", id="a helpful act"),
    ],
)
def test_a_sentence_that_judges_nobody_is_left_alone(sentence: str) -> None:
    assert marked(sentence) == []


def test_a_sentence_runs_on_over_a_line_break() -> None:
    assert marked("The on-call engineer\nforgot the flag.") == ["forgot"]


def test_emphasis_between_the_words_hides_nothing() -> None:
    assert marked("The *on-call* engineer **forgot** the flag.") == ["forgot"]


def test_one_sentence_is_marked_once() -> None:
    assert marked("The engineer forgot the flag and the reviewer overlooked it.") == ["forgot"]


@pytest.mark.parametrize("heading", ["Glossary", "References", "Responders"])
def test_sections_that_tell_nothing_are_not_judged(heading: str) -> None:
    assert marked("The engineer forgot the flag.", heading) == []


def test_headings_are_not_judged() -> None:
    assert marked("### The engineer forgot the flag") == []


def test_the_people_whom_the_document_names_are_known() -> None:
    sentence = "Quillan forgot the flag."
    assert marked(sentence) == []
    assert marked(f"{sentence}\n\n## Action items\n\n| Action | Owner |\n|---|---|\n| Add a prompt | Quillan |") == [
        "forgot"
    ]


@pytest.mark.parametrize(
    "unit",
    ["and forgot ", "took down prod ", "the team and forgot it ", '"a ', "(", ") forgot ", "caused by the ", "very "],
)
def test_the_time_grows_with_the_length_of_a_hostile_sentence_not_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        postmortem = understand(Source("example.md", f"## What happened\n\n{unit * (length // len(unit))}\n"))
        begin = time.perf_counter()
        for check in CHECKS:
            list(check(postmortem))
        return time.perf_counter() - begin

    # Four times the length: linear work takes four times as long, quadratic sixteen; the addend covers a slow start.
    assert seconds(40_000) < 9 * seconds(10_000) + 0.1
