"""Which rules a run applies."""

import pytest

from pmlint.errors import PmlintError
from pmlint.rulebook import read_rulebook

BOOK = read_rulebook()


def test_rules_are_sorted_by_name() -> None:
    names = [rule.name for rule in BOOK.rules]
    assert names == sorted(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("token", ["timeline", "timeline/"])
def test_a_family_selects_its_rules(token: str) -> None:
    assert {rule.family for rule in BOOK.select([token])} == {"timeline"}


def test_a_family_selects_its_default_rules_only() -> None:
    chosen = BOOK.select(["causes"])
    assert "causes/shallow-cause" in {rule.name for rule in chosen}
    assert all(rule.default for rule in chosen)
    assert BOOK.select(["causes/root-cause-term"])[0].default is False


def test_a_name_selects_one_rule() -> None:
    assert [rule.name for rule in BOOK.select(["timeline/out-of-order"])] == ["timeline/out-of-order"]


def test_all_selects_all_and_ignoring_wins() -> None:
    assert BOOK.select(["ALL"]) == BOOK.rules
    left = BOOK.select(["ALL"], ["timeline", "clarity/placeholder"])
    assert {rule.name for rule in BOOK.rules} - {rule.name for rule in left} == {
        "clarity/placeholder",
        *(rule.name for rule in BOOK.rules if rule.family == "timeline"),
    }


def test_without_a_choice_the_default_rules_apply() -> None:
    assert BOOK.select() == tuple(rule for rule in BOOK.rules if rule.default)


@pytest.mark.parametrize(
    ("token", "near"),
    [
        ("timeline/out-of-ordr", "timeline/out-of-order"),
        ("out-of-order", "timeline/out-of-order"),
        ("timelines", "timeline"),
    ],
)
def test_an_unknown_name_is_told_its_neighbour(token: str, near: str) -> None:
    with pytest.raises(PmlintError, match=f"did you mean .*{near}"):
        BOOK.select([token])


def test_every_unknown_name_is_told_at_once() -> None:
    with pytest.raises(PmlintError, match="zzz, qqq: no rule or family has that name"):
        BOOK.select(["zzz"], ["qqq"])


def test_a_rule_is_found_by_its_name() -> None:
    assert BOOK.rule("clarity/placeholder").title == "Placeholder left"
    with pytest.raises(PmlintError, match="did you mean clarity/placeholder"):
        BOOK.rule("clarity/placeholders")
