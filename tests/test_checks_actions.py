"""Action items: who does them, what would be done, and whether they only ask for care."""

import pytest

from pmlint.checks.actions import missing_owner, vague_action
from pmlint.checks.tone import person_fix
from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(*lines: str, heading: str = "Action items") -> Postmortem:
    return understand(Source("example.md", "\n".join(["# 2026-03-04 Slow tiles", "", f"## {heading}", "", *lines, ""])))


def test_a_document_that_names_no_owner_gets_one_finding_at_its_first_open_item() -> None:
    found = postmortem("- [x] Add a cache", "- Add a second cache", "- Add a prompt (@mei)", "- Add a third cache")
    (mark,) = missing_owner(found)
    assert mark.message == "2 of 3 open actions have neither owner nor ticket"
    assert found.source.place(mark.span.start).line == 6


def test_a_document_without_actions_lacks_no_owner() -> None:
    assert list(missing_owner(postmortem("Nothing.", heading="Summary"))) == []


@pytest.mark.parametrize(
    "item", ["Improve alerting", "Look into the cache", "Consider a second region", "Investigate options for the queue"]
)
def test_an_action_without_an_end_is_vague(item: str) -> None:
    assert len(list(vague_action(postmortem(f"- {item}")))) == 1


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("Improve the p99 to 200 ms", id="a number"),
        pytest.param("Investigate why `gc.pause` rose", id="code"),
        pytest.param("Look into the cache until it holds a day", id="an end"),
        pytest.param("Evaluate Redis", id="a name"),
        pytest.param("Improve alerting (OPS-12)", id="a ticket"),
        pytest.param("[x] Improve alerting", id="done"),
        pytest.param("Revisit the rotation to make sure everybody can restart the builds", id="what to make sure of"),
        pytest.param("Add a second region", id="a plain verb"),
    ],
)
def test_an_action_with_something_to_tell_its_end_by_is_not_vague(item: str) -> None:
    assert list(vague_action(postmortem(f"- {item}"))) == []


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("Be more careful with the shell", "Be more careful"),
        ("Remind all engineers of the canary", "Remind all engineers"),
        ("Train humans not to run it", "Train humans not to"),
        ("Pay closer attention to the graph", "Pay closer attention"),
        ("More carefully review the change", "More carefully"),
    ],
)
def test_an_appeal_to_care_is_marked_at_its_words(item: str, words: str) -> None:
    found = postmortem(f"- {item}")
    assert [found.source.slice(mark.span) for mark in person_fix(found)] == [words]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("Plan a careful rollout", id="a careful thing"),
        pytest.param("Train the classifier on last year's alerts", id="a machine that is trained"),
        pytest.param("Make the tool safe instead of being more careful", id="denied"),
        pytest.param("Take care of the old index", id="to take care of"),
        pytest.param("Add a reminder to the deploy tool", id="a reminder by a tool"),
    ],
)
def test_a_change_of_the_system_is_no_appeal(item: str) -> None:
    assert list(person_fix(postmortem(f"- {item}"))) == []


def test_care_is_only_a_remedy_among_actions_and_lessons() -> None:
    assert list(person_fix(postmortem("Be careful when you upgrade.", heading="Background"))) == []
    assert len(list(person_fix(postmortem("- Be careful when you upgrade.", heading="Lessons learned")))) == 1
