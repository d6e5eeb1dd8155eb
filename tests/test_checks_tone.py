"""Wording that judges people: who counts as one, what excuses a sentence, and where a finding points."""

import time
from collections.abc import Callable, Iterator

import pytest

from pmlint.checks.tone import (
    animated,
    blame_in_title,
    counterfactual,
    evasive_passive,
    fault,
    hindsight,
    human_error_as_cause,
    minimising,
    negligence,
    normative,
    person_as_cause,
    person_blamed,
    person_failed,
    punishment,
    rote_apology,
    speculation,
    who_question,
)
from pmlint.checks.voice import (
    exclamation,
    first_person_singular,
    gendered_pronoun,
    named_individual,
    sarcasm_emoji,
    shouting_caps,
)
from pmlint.conventions import NO_CONVENTIONS, Conventions
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


def test_a_link_and_a_wrapped_line_hide_nothing() -> None:
    assert marked("The [on-call engineer](https://example.org) **failed**\nto [acknowledge](#page) the page.") == [
        "failed**\nto [acknowledge"
    ]


def test_a_question_names_no_cause() -> None:
    assert marked("Was it human error?") == []


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


PLAIN = "The engineer looked at the graph and restarted the node, but nobody noticed. "
HOSTILE = (
    "and forgot ",
    '"a ',
    "'a ",
    "(",
    "the engineer, who ",
    "of the engineer ",
    "should have been ",
    "https://a ",
)


@pytest.mark.parametrize(("unit", "length"), [(PLAIN, 100_000), *((unit, 20_000) for unit in HOSTILE)])
def test_the_time_grows_with_the_length_of_a_paragraph_not_its_square(unit: str, length: int) -> None:
    def seconds(length: int) -> float:
        postmortem = understand(Source("example.md", f"## What happened\n\n{unit * (length // len(unit))}\n"))
        begin = time.process_time()
        list(person_failed(postmortem))
        return time.process_time() - begin

    # 2.2 times is the promise; the addend covers the garbage collector and a loaded machine.
    assert seconds(2 * length) < 2.2 * min(seconds(length) for _ in range(2)) + 0.05


def hints(
    check: ToneCheck, text: str, conventions: Conventions = NO_CONVENTIONS, path: str = "example.md"
) -> list[str]:
    """The words that one check points at in a text under a heading."""
    source = Source(path, f"# 2026-03-04 Slow tiles\n\n## What happened\n\n{text}\n")
    return [source.slice(mark.span) for mark in check(understand(source, conventions=conventions))]


@pytest.mark.parametrize(
    ("check", "sentence", "words"),
    [
        (counterfactual, "The on-call engineer could have noticed it.", "could have noticed"),
        (counterfactual, "We could have found it sooner.", "could have found"),
        (counterfactual, "If the operator had read it, nothing would have happened.", "If"),
        (counterfactual, "Had the on-call looked, they would have seen it.", "Had"),
        (counterfactual, "The engineer was supposed to drain the node.", "supposed to"),
        (counterfactual, "The change should have been tested more thoroughly.", "should have been tested"),
        (hindsight, "Of course the failover did not work.", "Of course"),
        (hindsight, "In hindsight we should have waited.", "In hindsight"),
        (minimising, "All they had to do was to read the line.", "All they had to do"),
        (animated, "The dashboards were a complete joke.", "complete joke"),
        (who_question, "Whose fault was it?", "Whose fault"),
        (who_question, "Why did the engineer not wait?", "Why did"),
        (normative, "The team acted improperly.", "acted improperly"),
        (speculation, "It was probably DNS.", "probably"),
        (evasive_passive, "Mistakes were made.", "Mistakes were made"),
        (rote_apology, "We apologise for any inconvenience.", "any inconvenience"),
        (first_person_singular, "The node was slow, so I restarted it.", "I"),
        (gendered_pronoun, "The engineer found her notes.", "her"),
        (exclamation, "It was back! Then it went.", "!"),
        (shouting_caps, "Then NEVER RUN THIS AGAIN was in the log.", "NEVER RUN THIS AGAIN"),
        (sarcasm_emoji, "It was gone 🔥🔥.", "🔥"),
    ],
)
def test_wording_that_bends_the_view_is_a_hint(check: ToneCheck, sentence: str, words: str) -> None:
    assert hints(check, sentence) == [words]


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        pytest.param(counterfactual, "The alert should have fired.", id="what a system was to do"),
        pytest.param(counterfactual, "We should have an alert.", id="a duty"),
        pytest.param(counterfactual, "I should have looked.", id="testimony"),
        pytest.param(hindsight, "In hindsight, the pod was slow because of its limit.", id="new facts"),
        pytest.param(hindsight, "The obvious cause was the disk.", id="an obvious cause"),
        pytest.param(minimising, "The cache simply returns the last value.", id="what a system simply does"),
        pytest.param(animated, "The disaster recovery plan worked.", id="a term"),
        pytest.param(who_question, "Why did the job fail?", id="about a system"),
        pytest.param(who_question, "The engineer who merged it is on leave.", id="no question"),
        pytest.param(who_question, "Q: Why did you not test this?", id="a reader's question"),
        pytest.param(normative, "The timeout was inadequate.", id="a system"),
        pytest.param(first_person_singular, "The I/O of phase I stopped.", id="letters"),
        pytest.param(gendered_pronoun, "They restarted it.", id="they"),
        pytest.param(exclamation, "The check `!x` and x != y passed.", id="code and operators"),
        pytest.param(shouting_caps, "The DNS TTL and the API SLO in the EU.", id="abbreviations"),
        pytest.param(sarcasm_emoji, "All green ✓ and A → B (see 3:4).", id="typography"),
    ],
)
def test_what_only_looks_like_it_is_no_hint(check: ToneCheck, sentence: str) -> None:
    assert hints(check, sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("10:02 <rosa> the engineer forgot the flag", id="a line of IRC"),
        pytest.param("rosa [9:28 AM] the engineer forgot the flag", id="a line of Slack"),
        pytest.param("The chat said 'the engineer forgot the flag' at once.", id="single marks"),
        pytest.param("The log said „the engineer forgot the flag“.", id="German marks"),
        pytest.param("```\nThe engineer forgot the flag.\n```", id="a code block"),
        pytest.param("<!-- The engineer forgot the flag. -->", id="a comment"),
    ],
)
def test_what_is_not_the_writers_own_wording_is_not_judged(text: str) -> None:
    assert marked(text) == []


def test_an_apostrophe_opens_no_quotation() -> None:
    assert marked("The engineers' tool was slow, and the engineer didn't check it.") == ["didn't check"]


def test_a_label_that_judges_is_read_with_what_follows() -> None:
    assert marked("**Human error:** the wrong file.") == ["Human error"]
    assert marked("The incident was caused by human error: a file was gone.") == ["human error"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Operator error takes down checkout", "Operator error"),
        ("DBA deletes production database", "DBA deletes production"),
        ("Human error in the data centre", "Human error"),
        ("Dana broke the build", "Dana broke the build"),
    ],
)
def test_a_title_that_blames_is_found(title: str, shown: str) -> None:
    (mark,) = blame_in_title(understand(Source("a.md", f"# {title}\n")))
    assert mark.message == f'"{shown}" in the title blames before the first line'


def test_a_file_name_that_blames_is_found_at_the_title() -> None:
    source = Source("docs/2026-03-04-dana-broke-prod.md", "# Checkout unavailable\n")
    (mark,) = blame_in_title(understand(source))
    assert mark.message == '"Dana broke prod" in the file name blames before the first line'
    assert source.slice(mark.span) == "# Checkout unavailable"


@pytest.mark.parametrize(
    "name", ["2026-03-04-checkout.md", "operator-upgrade.md", "README.md", "-", "user-error-rate.md"]
)
def test_a_plain_file_name_blames_nobody(name: str) -> None:
    assert list(blame_in_title(understand(Source(name, "# Checkout unavailable\n")))) == []


def test_people_are_named_once_and_only_where_it_is_told_and_explained() -> None:
    told = "Mei Chen restarted it. Mei Chen saw it."
    assert hints(
        named_individual, f"{told}\n\n## Timeline\n\n- 10:02 @bo restarts it\n\n## Owner\n\nAuthor: Mei Chen"
    ) == ["Mei Chen"]


class TestConventions:
    def test_agreed_people_and_teams_are_actors(self) -> None:
        agreed = Conventions(people=("Quillan",), teams=("Phoenix",))
        sentences = "Quillan forgot the flag.\n\nPhoenix ignored the alert."
        assert hints(person_failed, sentences) == []
        assert hints(person_failed, sentences, agreed) == ["forgot", "ignored"]

    @pytest.mark.parametrize("rule", ["tone/human-error-as-cause", "human-error-as-cause", "tone"])
    def test_allowed_wording_is_left_alone(self, rule: str) -> None:
        agreed = Conventions(allowed_wording={rule: ("operator error",)})
        sentence = "Root cause: operator error.\n\nRoot cause: human error."
        assert hints(human_error_as_cause, sentence, agreed) == ["human error"]

    def test_extra_wording_is_found(self) -> None:
        agreed = Conventions(extra_wording={"tone/negligence": ("cowboy style",), "tone": ("yolo",)})
        assert hints(negligence, "It was merged cowboy style.", agreed) == ["cowboy style"]
        assert hints(person_blamed, "It was merged YOLO.", agreed) == ["YOLO"]

    def test_a_teams_phrase_means_what_it_says(self) -> None:
        agreed = Conventions(extra_wording={"tone/negligence": ("[x] (a) *; b/c", "")})
        assert hints(negligence, "It was [x] (a) *; b/c.", agreed) == ["[x] (a) *; b/c"]
        assert hints(negligence, "It was b.", agreed) == []
