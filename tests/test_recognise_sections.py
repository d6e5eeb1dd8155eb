"""Which sections a postmortem has, which incidents, and what stands in which of them."""

import pytest

from tests.recognised import concepts, events, postmortem


class TestSections:
    @pytest.mark.parametrize(
        ("heading", "meant"),
        [
            ("## Summary", ("summary",)),
            ("## 3. Root Cause(s):", ("root_cause",)),
            ("## 🔥 **Impact**", ("impact",)),
            ("## Timeline (all times UTC)", ("timeline",)),
            ("## Root cause and resolution", ("root_cause", "resolution")),
            ("## Timeline of the outage", ("timeline",)),
            ("## Corrective & preventative measures ##", ("prevention", "actions")),
            ("## What went well?", ("went_well",)),
            ("## What’s next", ()),
            ("## The Five Whys", ("five_whys", "root_cause")),
            ("## 5 Whys", ("five_whys", "root_cause")),
            ("## What were the root causes?", ("root_cause",)),
            ("## Résumé de l’incident", ("summary",)),
            ("## 再発防止策", ("actions",)),
            ("## Incident on 3 March", ()),
            ("## Events & persons", ()),
            ("## Immediate actions (completed)", ("actions",)),
            ("## Timeline (UTC) 03/04/2024 - 03/05/2024. All times approximate", ("timeline",)),
            ("## Kafka", ()),
            ("## Timeilne", ("timeline",)),
            ("## Contributing Factros", ("contributing_factors",)),
            ("## Action Itmes", ("actions",)),
            ("## Atendees", ("responders",)),
            ("## Deletion", ()),
            ("## Instances", ()),
            ("## Conclusion", ()),
            ("## 1️⃣ Summary", ("summary",)),
            ("## Final resolution", ("resolution",)),
            ("## Detailed technical root cause", ("root_cause",)),
            ("## Known users", ()),
            ("## Ledger team response timeline", ("timeline",)),
            ("## Wie wir die Timeline gebaut haben", ()),
            ("## Timeline, all times in UTC", ("timeline",)),
            ("## How did we find out?", ("detection",)),
            ("## Why it took so long to notice", ("detection",)),
            ("## Why did the cache go cold?", ("root_cause",)),
            ("## What was affected?", ("impact",)),
            ("## How we brought it back", ()),
            ("## How we restored the queue", ("resolution",)),
            ("## What are we doing about it?", ("actions",)),
            ("## What happened and how was it fixed?", ("what_happened", "summary", "resolution")),
            ("## How does the scheduler work?", ("background",)),
            ("## How to deploy", ()),
            ("## Data loss", ("impact",)),
            ("## Details of the exploit", ("fault", "root_cause")),
            ("## 订单故障时间线", ("timeline",)),
            ("## 今回の教訓", ("lessons",)),
            ("## 対応の評価", ()),
            ("## Nächste Schritte", ("actions",)),
            ("## Ce qui s’est passé", ("what_happened", "summary")),
            ("## Causa-raiz", ("root_cause",)),
        ],
    )
    def test_a_heading_says_what_its_section_is_about(self, heading: str, meant: tuple[str, ...]) -> None:
        assert postmortem(f"# Title\n\n{heading}\n\nText.\n").sections[-1].concepts == meant

    def test_the_title_is_no_section_whatever_its_words(self) -> None:
        assert concepts("# Timeline of events\n\n## Summary\n\nText.\n") == [(3, ("summary",))]
        assert concepts("# Summary\n\nText.\n\n# Timeline\n\nText.\n") == [(1, ("summary",)), (5, ("timeline",))]

    def test_a_remediation_that_names_its_action_items_is_about_the_repair(self) -> None:
        text = """\
            ## Remediation

            The cache was emptied.

            ### Action items

            - Alert on disk space
            """
        assert concepts(text) == [(1, ("resolution",)), (5, ("actions",))]
        assert concepts("## Remediation\n\n- Alert on disk space\n") == [(1, ("resolution", "actions"))]

    def test_a_context_of_nothing_but_times_is_a_timeline(self) -> None:
        entries = "".join(f"  - 10:{minute}: the queue grew\n" for minute in range(10, 15))
        assert concepts(f"- **Context**:\n{entries}- **Impact**: Slow.\n")[0] == (1, ("timeline",))

    def test_a_list_of_log_lines_is_no_timeline(self) -> None:
        lines = "".join(f"- 10:{minute}:07 the pool is full\n" for minute in range(10, 15))
        assert events(f"## Log output\n\n{lines}") == []

    def test_labels_play_headings(self) -> None:
        text = """\
            # Title

            - **Key events**
              - First detected: 2024-07-25 12:10
              - Resolved 2024-07-25 16:19
            - **Impact**: Logins failed.
            - **Time to resolve**: 4h 9m

            **Root cause**

            The disk was full.
            """
        assert concepts(text) == [(3, ("timeline",)), (6, ("impact",)), (9, ("root_cause",))]

    def test_a_label_inside_a_section_about_something_is_content(self) -> None:
        text = """\
            ## Lessons learned

            - **Detection**: slow
            - **Response**: quick
            """
        assert concepts(text) == [(1, ("lessons",))]

    def test_sub_headings_of_action_items_sort_the_items(self) -> None:
        text = """\
            ## Action items

            ### Detection

            - Alert on disk space

            ## Lessons
            """
        assert concepts(text) == [(1, ("actions",)), (7, ("lessons",))]

    def test_a_list_of_times_under_any_heading_is_a_timeline(self) -> None:
        text = """\
            ### Friday night

            - 10:42: the site went away
            - 10:46: engineers were alerted
            - 10:56: the platform healed itself
            """
        assert concepts(text) == [(1, ("timeline",))]

    @pytest.mark.parametrize(
        ("body", "empty"),
        [
            ("", True),
            ("<!-- what happened -->\n", True),
            ("-\n-\n", True),
            ("| a | b |\n|---|---|\n", False),
            ("...\n", True),
            ("N/A: a planned test\n", False),
            ("![graph](g.png)\n", False),
        ],
    )
    def test_a_section_is_empty_when_nothing_can_be_read_in_it(self, body: str, empty: bool) -> None:
        assert postmortem(f"# T\n\n## Impact\n\n{body}\n## Lessons\n\nText.\n").sections[1].empty is empty

    def test_a_time_given_the_timelines_own_level_stays_in_it(self) -> None:
        text = """\
            ## Timeline

            ### 2024-03-06 23:21

            Seen.

            ## 23:27

            Found.

            ## Lessons
            """
        assert events(text) == [(3, "2024-03-06T23:21"), (7, "2024-03-06T23:27")]


def test_a_passage_knows_the_sections_around_it_and_its_label() -> None:
    text = "# T\n\n## Impact\n\nScope: all\n\n> quoted\n"
    passages = {p.rendered.text: p for p in postmortem(text).passages}
    assert passages["Scope: all"].concepts == {"impact"}
    assert passages["Scope: all"].label == len("Scope: ")
    assert passages["quoted"].quoted


ONE = "# First\n\n## Timeline\n\n- 10:00 UTC a\n\n## Impact\n\nSlow.\n\n"
OTHER = ONE.replace("First", "Second")
NESTED = "# March\n\nTwo outages.\n\n" + (ONE + OTHER).replace("# ", "## ") + "## Lessons\n\nAlert earlier.\n"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(ONE + OTHER, ["First", "Second"], id="each under a title of its own"),
        pytest.param(NESTED, ["First", "Second"], id="both under one title"),
        pytest.param(ONE, [], id="one"),
        pytest.param(ONE * 21, [], id="too many to be more than a log"),
        pytest.param("# T\n\n## Timeline\n\n- 10:00 a\n\n### Friday\n\n- 11:00 b\n", [], id="one, over two days"),
        pytest.param("# A\n\n## Impact\n\nSlow.\n\n# B\n\n## Impact\n\nSlow.\n", [], id="no timelines"),
    ],
)
def test_several_incidents_in_one_file_have_headings_of_their_own(text: str, titles: list[str]) -> None:
    assert [incident.title for incident in postmortem(text).incidents] == titles


def test_each_incident_is_a_postmortem_with_its_own_lines_and_what_all_share() -> None:
    first, second = postmortem(NESTED).parts
    assert [section.title for section in first.sections] == ["March", "First", "Timeline", "Impact", "Lessons"]
    assert [first.source.place(event.span.start).line for event in first.events] == [9]
    assert [second.source.place(event.span.start).line for event in second.events] == [19]
    assert second.title is not None
    assert second.title.text == "Second"
