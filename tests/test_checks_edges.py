"""Action items as a plan: kinds, priorities, states, owners; causes and impact; what examples of pages do not show."""

import pytest

from pmlint.checks.actions import missing_due_date, missing_owner, no_verb, unbounded_action
from pmlint.checks.agenda import (
    broken_checkbox,
    equal_priority,
    invalid_state,
    invalid_type,
    no_preventive_action,
    team_owner,
    too_many_actions,
)
from pmlint.checks.causes import five_whys_incomplete, root_cause_term, shallow_cause, unknown_cause_without_followup
from pmlint.checks.clarity import image_without_text, leftover_example, log_dump, template_instructions
from pmlint.checks.impact import ambiguous_duration, outage_overstated, unquantified_impact, vague_quantity
from pmlint.checks.sections import duplicate_section, missing_title, nonpreferred_heading, pseudo_heading, section_order
from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.engine import understand
from pmlint.fix import fixed
from pmlint.model import Postmortem
from pmlint.source import Source


def document(*lines: str, conventions: Conventions = NO_CONVENTIONS) -> Postmortem:
    return understand(Source("example.md", "\n".join([*lines, ""])), conventions=conventions)


def actions(*lines: str, conventions: Conventions = NO_CONVENTIONS) -> Postmortem:
    return document("# Slow tiles on 2026-03-04", "", "## Action items", "", *lines, conventions=conventions)


def table(column: str, *values: str) -> Postmortem:
    rows = [f"| Add an alert {number} | {value} |" for number, value in enumerate(values)]
    return actions(f"| Action | {column} |", "|---|---|", *rows)


@pytest.mark.parametrize("owner", ["@acme/tiles", "platform team", "everyone", "Tile squad", "maps"])
def test_a_group_is_no_person(owner: str) -> None:
    pm = actions(
        "| Action | Owner |", "|---|---|", f"| Add an alert | {owner} |", conventions=Conventions(teams=("Maps",))
    )
    assert len(list(team_owner(pm, groups=["everyone"]))) == 1


@pytest.mark.parametrize("owner", ["@mei", "Mei Lin", "Teamleiter Kurz", ""])
def test_a_person_is_one(owner: str) -> None:
    pm = actions("| Action | Owner |", "|---|---|", f"| Add an alert | {owner} |")
    assert list(team_owner(pm, groups=["everyone"])) == []


def test_priorities_are_compared_where_all_have_one() -> None:
    assert len(list(equal_priority(table("Priority", "P2", "p2", "P2")))) == 1
    assert list(equal_priority(table("Priority", "P2", "P2", ""))) == []


def test_types_are_compared_by_the_beginnings_of_words() -> None:
    assert list(invalid_type(table("Type", "Prevention", "detect/mitigate", "検知"), types=["prevent", "detect"])) == []
    assert len(list(invalid_type(table("Type", "misc"), types=["prevent"]))) == 1
    assert len(list(no_preventive_action(table("Type", "Mitigation", "detect")))) == 1


def test_states_are_read_in_every_table_of_the_actions() -> None:
    first = ["| Action | Status |", "|---|---|", "| Add an alert | SOON |", ""]
    second = ["And later:", "", "| State | Action |", "|---|---|", "| DONE | Add a cache |", "| someday | Split it |"]
    marks = list(invalid_state(actions(*first, *second), states=["done"]))
    assert [mark.message.partition('"')[2].partition('"')[0] for mark in marks] == ["SOON", "someday"]


def test_many_actions_are_told_at_the_first_that_is_too_many() -> None:
    pm = actions(*(f"- Add alert number {number}" for number in range(5)))
    (mark,) = too_many_actions(pm, maximum=3)
    assert mark.message == "5 open actions"
    assert pm.source.line_number(mark.span.start) == 8


@pytest.mark.parametrize(
    ("box", "mended"), [("[]", "[ ]"), ("[  ]", "[ ]"), ("[ x]", "[x]"), ("[X ]", "[x]"), ("[ x ]", "[x]")]
)
def test_a_broken_box_is_mended(box: str, mended: str) -> None:
    pm = actions(f"- {box} Add an alert")
    assert f"- {mended} Add an alert" in fixed(pm.source.text, [mark.edits for mark in broken_checkbox(pm)])


@pytest.mark.parametrize("item", ["- [x] Add", "- [ ] Add", "- [x](https://example.org) Add", "- []() Add", "[] Add"])
def test_what_is_a_box_or_none_at_all_is_left_alone(item: str) -> None:
    assert list(broken_checkbox(actions(item))) == []


def test_only_short_items_without_a_verb_lack_one() -> None:
    assert len(list(no_verb(actions("- Better graphs"), maximum_words=3))) == 1
    for item in (
        "Draw graphs",
        "Better graphs (OPS-12)",
        "A better set of graphs",
        "[x] Better graphs",
        "もっとグラフ",
    ):
        assert list(no_verb(actions(f"- {item}"), maximum_words=3)) == []


@pytest.mark.parametrize(
    "item", ["Keep an eye on it until May", "Continue by 2026-05-01", "Always", "Keep the old index"]
)
def test_what_ends_is_not_unbounded(item: str) -> None:
    assert len(list(unbounded_action(actions(f"- {item}")))) == (1 if item == "Always" else 0)


def test_the_only_action_is_called_so() -> None:
    (mark,) = missing_due_date(actions("- Add an alert"))
    assert mark.message == "the only open action has no due date"


@pytest.mark.parametrize(
    "text", ["Platte voll – nachts.", "See the [graph](g).", "Disk full because of logs.", "- A\n- B"]
)
def test_a_cause_that_cannot_be_judged_is_not_shallow(text: str) -> None:
    assert list(shallow_cause(document("# T", "", "## Root cause", "", text), connectives=["because"])) == []


def test_an_action_of_the_type_investigate_follows_up() -> None:
    lines = ["# T", "", "## Root cause", "", "The cause is unknown.", "", "## Action items", ""]
    rows = ["| Action | Type |", "|---|---|", "| Read the dump | investigate |"]
    found = unknown_cause_without_followup(document(*lines, *rows), unknown=["cause is unknown"], followups=["find"])
    assert list(found) == []


def test_a_heading_that_says_more_keeps_its_words() -> None:
    (mark,) = root_cause_term(document("# T", "", "## Root cause of the outage", "", "Logs."))
    assert mark.edits == ()
    (mark,) = root_cause_term(
        document("# T", "", "## Root cause", "", "Logs.", "", "## Contributing factors", "", "B.")
    )
    assert mark.edits == ()


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        (["- A", "- B"], 2),
        (["### Why was it slow?", "", "A.", "", "### Why was it cold?", "", "B."], 2),
        (["Why was it slow? A."], 1),
        (["A story."], 0),
    ],
)
def test_whys_are_counted_in_every_form(lines: list[str], steps: int) -> None:
    marks = list(five_whys_incomplete(document("# T", "", "## Five whys", "", *lines), minimum=3))
    assert [mark.message for mark in marks] == ([f'"Five whys" has {steps} of 3 steps'] if steps else [])


@pytest.mark.parametrize(
    "text", ["Nobody.", "Half of them.", "43 %", "Unknown, the logs are gone.", "Aucun.", "影響なし", "![](g)"]
)
def test_quantities_in_many_words(text: str) -> None:
    pm = document("# T", "", "## Impact", "", text)
    assert list(unquantified_impact(pm, concepts=["impact"])) == []


def test_a_number_in_the_sentence_makes_many_exact() -> None:
    assert len(list(vague_quantity(document("# T", "", "Many of our users saw it.")))) == 1
    assert list(vague_quantity(document("# T", "", "Many users, twelve of them in Oslo, saw it."))) == []


def test_a_full_outage_is_one() -> None:
    assert (
        list(outage_overstated(document("# T", "", "In the outage 100% of calls failed."), degraded=["partial"])) == []
    )
    (mark,) = outage_overstated(document("# T", "", "A partial outage."), degraded=["partial"])
    assert mark.message == '"outage" stands beside "partial"'


def test_an_exact_duration_anywhere_is_enough() -> None:
    pm = document("# T", "", "It lasted a while.", "", "**Duration:** 40 minutes")
    assert list(ambiguous_duration(pm, phrases=["lasted a while"])) == []


def test_a_long_listing_is_one_mark_outside_the_appendix() -> None:
    listing = ["```", *("x" for _ in range(4)), "```", ""]
    (mark,) = log_dump(document("# T", "", *listing, "## Appendix", "", *listing), maximum_lines=3)
    assert mark.message == "4 lines of code or logs stand here"


def test_an_image_in_a_cell_or_beside_words_has_text() -> None:
    assert list(image_without_text(document("| a |", "|---|", "| ![](a.png) |"))) == []
    assert list(image_without_text(document("# T", "", "Seen here: ![](a.png)"))) == []
    assert len(list(image_without_text(document("# T", "", "![](a.png)", "", "## B")))) == 1


def test_an_instruction_at_the_end_takes_the_blank_line_above_with_it() -> None:
    pm = document("# T", "", "It was slow.", "", "*Describe what you saw here.*")
    assert fixed(pm.source.text, [mark.edits for mark in template_instructions(pm)]) == "# T\n\nIt was slow.\n"


ASKED = "- *List anything you learned.*"


@pytest.mark.parametrize(
    ("before", "left"),
    [
        (["## Lessons", "", ASKED], ["## Lessons", ""]),
        (["## Lessons", ASKED, "- It was slow."], ["## Lessons", "- It was slow."]),
        (["- First", "", ASKED, "", "- Third"], ["- First", "", "- Third"]),
        (["Text", "- *List anything", "  you learned.*", "", "More"], ["Text", "", "More"]),
        (["- [ ] *List anything you learned.*", "# End"], ["# End"]),
    ],
)
def test_an_instruction_that_is_a_bullet_goes_as_a_whole(before: list[str], left: list[str]) -> None:
    pm = document("# T", "", *before)
    assert fixed(pm.source.text, [m.edits for m in template_instructions(pm)]) == document("# T", "", *left).source.text


@pytest.mark.parametrize(
    "lines",
    [
        [ASKED, "  - It was slow."],
        [ASKED, "", "  It was slow."],
        [ASKED.replace("- ", "1. ")],
        ["Text", ASKED, "---"],
        ["Text", ASKED, "-"],
        ["## Timeline", "", ASKED],
        ["## Action items", "", ASKED],
        [f"> {ASKED}"],
    ],
)
def test_an_instruction_with_which_more_would_go_is_only_told(lines: list[str]) -> None:
    (mark,) = template_instructions(document("# T", "", *lines))
    assert mark.edits == ()


@pytest.mark.parametrize(
    ("item", "mended"),
    [
        ("Alert, owner - Mei", "Alert, owner: Mei"),
        ("Alert (Assignee – Mei Lin)", "Alert (Assignee: Mei Lin)"),
        ("Alert. Owner - Mei.", "Alert. Owner: Mei."),
        ("Alert (owner - storage)", "Alert (owner: storage)"),
        ("Alert (owner - nobody)", None),
        ("Alert (owner - TBD)", None),
        ("Tell the product owner - Mei", None),
        ("Alert, owner - who knows", None),
        ("Alert, owner-Mei-handover", None),
        ("Alert `(owner - Mei)`", None),
    ],
)
def test_a_label_of_an_owner_gets_its_colon(item: str, mended: str | None) -> None:
    source = Source("a.md", f"# T\n\n## Action items\n\n- {item}\n")
    pm = understand(source, conventions=Conventions(teams=("Storage",)))
    assert fixed(source.text, [mark.edits for mark in missing_owner(pm)]).splitlines()[-1] == f"- {mended or item}"


def test_one_word_of_a_sample_is_no_copy() -> None:
    assert list(leftover_example(document("# Sonnet", "", "A sonnet, a SONNET."), samples=[])) == []


def test_the_same_heading_twice_counts_for_what_is_told_once() -> None:
    twice = ["## Notes", "", "a", "", "## Notes", "", "b", "", "## Summary", "", "a", "", "## SUMMARY", "", "b"]
    assert len(list(duplicate_section(document("# T", "", *twice)))) == 1


def test_a_document_without_text_has_no_title_to_miss() -> None:
    assert list(missing_title(document(""))) == []
    assert len(list(missing_title(document("It was slow.")))) == 1


def test_a_bold_line_gets_the_level_of_its_neighbours() -> None:
    pm = document("# T", "", "### Summary", "", "Slow.", "", "**Impact**", "", "All of them.")
    assert "\n### Impact\n" in fixed(pm.source.text, [mark.edits for mark in pseudo_heading(pm)])


def test_a_preferred_heading_keeps_what_it_says_besides() -> None:
    pm = document("## Timeline of the outage (UTC)", "", "a", "", "## RCA (draft)", "", "b", "", "## まとめ", "", "c")
    marks = list(
        nonpreferred_heading(pm, headings=["timeline: Timeline", "root_cause: Root cause", "summary: Summary"])
    )
    assert [(mark.message, mark.edits) for mark in marks] == [('"RCA (draft)" is called "Root cause" here', ())]


def test_sections_that_no_order_names_may_stand_anywhere() -> None:
    pm = document("## Action items", "", "- a", "", "## Background", "", "b")
    assert list(section_order(pm, order=["summary", "actions"])) == []
