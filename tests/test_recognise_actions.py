"""Action items, form by form: who does them, until when, where they are tracked, of what sort they are."""

from textwrap import dedent

import pytest

from pmlint.engine import understand
from pmlint.model import ActionItem
from pmlint.source import Source


def actions(text: str) -> tuple[ActionItem, ...]:
    return understand(Source("2026-03-04-outage.md", dedent(text))).actions


def action(item: str) -> ActionItem:
    (found,) = actions(f"# T\n\n## Action items\n\n{item}\n")
    return found


@pytest.mark.parametrize(
    ("item", "owner"),
    [
        ("- Alert on disk space (@mei)", "@mei"),
        ("- Alert on disk space (Mei, OPS-12)", "Mei"),
        ("- Alert on disk space (Mei Lin, 31 March)", "Mei Lin"),
        ("- Alert on disk space — Mei", "Mei"),
        ("- Alert on disk space — Mei Lin — OPS-12 — P1", "Mei Lin"),
        ("- Alert on disk space -- ML -- 31/3", "ML"),
        ("- Alert on disk space (Mei) — due 3/31", "Mei"),
        ("- Alertar sobre o disco. Responsável: Mei", "Mei"),
        ("- Alert on disk space — Grafana — and on memory", None),
        ("- Alert on disk space (Mei) OPS-12", "Mei"),
        ("- Alert on disk space — storage — Q1", None),
        ("| Action | Owner |\n|---|---|\n| Alert on disk space | (none) |", None),
        ("- [Storage] Alert on disk space", "Storage"),
        ("- Alert on disk space. Owner: Mei - Due: 31 March", "Mei"),
        ("- Alert on disk space. **Assignee:** Mei", "Mei"),
        ("- 为磁盘空间增加告警，负责人：梅林", "梅林"),
        ("- 为磁盘空间增加告警（梅林，3月31日）", "梅林"),
        ("- 为磁盘空间增加告警（已完成）", None),
        ("- The storage team will alert on disk space", "storage team"),
        ("- SRE to alert on disk space", "SRE"),
        ("- Alert on disk space. Owner: TBD", None),
        ("- Alert on disk space ([Grafana](https://example.org/d))", None),
        ("- Alert on disk space (High)", None),
        ("- [Prevent] Alert on disk space", None),
        ("- Grafana will alert on disk space", None),
        ("- Need to alert on disk space", None),
        ("- Alert on disk space (Slack and mail)", None),
    ],
)
def test_who_does_it(item: str, owner: str | None) -> None:
    found = action(item).owner
    assert (found.text if found else None) == owner


@pytest.mark.parametrize(
    ("item", "due"),
    [
        ("- Alert on disk space by 31 March", "2026-03-31"),
        ("- Alert on disk space (due 2026-04-01)", "2026-04-01"),
        ("- Alert on disk space (@mei, 2026-04-01)", "2026-04-01"),
        ("- Alert on disk space. Target date: April 1", "2026-04-01"),
        ("- Alert on disk space — due 3/31", "2026-03-31"),
        ("- Alert on disk space @mei 2026-04-01", "2026-04-01"),
        ("- Alert on disk space — Mei — 31/03/2026", "2026-03-31"),
        ("- Alert on disk space, due 04/Apr/26", "2026-04-04"),
        ("- Alertar del disco. Fecha límite: 31/03/2026", "2026-03-31"),
        ("- Shrink the disk by 1/3", None),
        ("- Alert on disk space, due 4/1", None),
        ("- Compare with the outage of 2026-02-01", None),
        ("- 为磁盘空间增加告警，截止：2026-04-01", "2026-04-01"),
        ("- 为磁盘空间增加告警（梅林，3月31日）", "2026-03-31"),
        ("- Write down what happened on 31 March", None),
        ("- Alert on disk space (as on 31 March)", None),
    ],
)
def test_until_when(item: str, due: str | None) -> None:
    found = action(item).due
    assert (found.isoformat() if found else None) == due


@pytest.mark.parametrize(
    ("item", "ticket"),
    [
        ("- Alert on disk space [issue](https://example.org/a/b/issues/7)", "https://example.org/a/b/issues/7"),
        ("- Ask the vendor. Case ID: 17429643", "17429643"),
        ("- Alert on disk space #12", "#12"),
        (
            "- Alert on disk space\n\n  See [this](https://example.org/a/b/issues/7).",
            "https://example.org/a/b/issues/7",
        ),
        ("- Support UTF-8 in names", None),
        ("- Keep 30000 messages", None),
    ],
)
def test_where_it_is_tracked(item: str, ticket: str | None) -> None:
    assert action(item).ticket == ticket


@pytest.mark.parametrize(
    ("item", "state"),
    [
        ("- [x] Alert on disk space", "done"),
        ("- [ ] Alert on disk space", "open"),
        ("- ~~Alert on disk space~~", "done"),
        ("- Alert on disk space [done]", "done"),
        ("- Added an alert on disk space", "done"),
        ("- The team rotated all keys", "done"),
        ("- Raise the limit - this has already been done", "done"),
        ("- Support ticket raised with the vendor", "done"),
        ("- Alert on disk space (status: in progress)", "open"),
        ("- Move the files out of the database. Work has begun", "open"),
        ("- Alert on disk space (wontfix)", "wontdo"),
        ("- Add an alert on disk space", None),
        ("- Improved alerts on disk space", None),
        ("- Alert on disk space — Mei — *Done*", "done"),
        ("- We have for several years used signed commits.", "done"),
        ("- We have to be prepared for more load.", None),
        ("- Signing every commit was proposed and was rejected by the maintainers.", "wontdo"),
    ],
)
def test_how_far_it_is(item: str, state: str | None) -> None:
    assert action(item).state == state


@pytest.mark.parametrize(
    ("item", "priority", "kind"),
    [
        ("- [P1] Alert on disk space", "P1", None),
        ("- **HIGH** Alert on disk space", "HIGH", None),
        ("- (low) Alert on disk space", "low", None),
        ("- High: alert on disk space", "High", None),
        ("- Alert on disk space (medium priority)", "medium", None),
        ("- Alert on disk space. Priority: P2", "P2", None),
        ("- [Prevent] Alert on disk space", None, "Prevent"),
        ("- **Detection:** alert on disk space", None, "Detection"),
        ("- High availability for the database", None, None),
        ("- Database: alert on disk space", None, None),
    ],
)
def test_its_priority_and_sort(item: str, priority: str | None, kind: str | None) -> None:
    found = action(item)
    assert (found.priority and found.priority.text, found.type and found.type.text) == (priority, kind)


def test_labels_in_a_list_below_an_item_are_about_the_item() -> None:
    (found,) = actions("""\
        ## Action items

        - Alert on disk space
          - Owner: Mei
          - Due: 2026-04-01
          - Ticket: [OPS-12](https://example.org/browse/OPS-12)
          - Status: In progress
          - Priority: P1
          - Type: Prevent
        """)
    assert found.owner is not None
    assert found.priority is not None
    assert found.type is not None
    assert (found.owner.text, str(found.due), found.state) == ("Mei", "2026-04-01", "open")
    assert (found.ticket, found.priority.text, found.type.text) == (
        "https://example.org/browse/OPS-12",
        "P1",
        "Prevent",
    )


def test_a_heading_with_labels_below_it_is_an_item() -> None:
    first, second = actions("""\
        ## Action items

        ### Alert on disk space

        **Owner:** Mei
        **Due:** 2026-04-01

        It filled up unseen.

        ### Double the disk

        - **Owner**: Tomás
        - **Priority**: High
        """)
    assert (first.text, second.text) == ("Alert on disk space", "Double the disk")
    assert (str(first.due), second.priority and second.priority.text) == ("2026-04-01", "High")


def test_what_explains_the_sorts_in_a_table_is_no_item() -> None:
    items = actions("""\
        ## Action items

        | Action | Type | Owner |
        |---|---|---|
        | Alert on disk space | Detect | Mei |

        ### What the types mean

        - **Prevent:** it cannot come again
        - **Detect:** it is seen earlier
        """)
    assert [item.text for item in items] == ["Alert on disk space"]


def test_a_table_has_columns_for_all_of_it() -> None:
    (found,) = actions("""\
        ## Action items

        ### Prevention

        | Action | Responsible party | Target date | Priority | JIRA | Progress |
        |---|---|---|---|---|---|
        | Alert on disk space | Mei | 1 April | P1 | OPS-12 | Done |
        """)
    assert found.owner is not None
    assert found.type is not None
    assert (found.owner.text, str(found.due), found.ticket, found.state) == ("Mei", "2026-04-01", "OPS-12", "done")
    assert found.type.text == "Prevention"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        pytest.param("- Raise the quota\n  - for team a\n  - for team b\n", ["Raise the quota"], id="details"),
        pytest.param(
            "- Alert on lag:\n  - of the queue\n  - of the replica\n", ["of the queue", "of the replica"], id="a group"
        ),
        pytest.param(
            "- Talk to the vendor\n  - Ask for limits\n  - Review the contract\n",
            ["Talk to the vendor", "Ask for limits", "Review the contract"],
            id="steps that begin with a verb",
        ),
        pytest.param("- None\n", [], id="none"),
    ],
)
def test_what_a_nested_list_holds(text: str, items: list[str]) -> None:
    assert [item.text for item in actions(f"## Action items\n\n{text}")] == items
