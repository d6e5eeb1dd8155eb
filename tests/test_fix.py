"""Edits applied to a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.fix import fixed
from pmlint.rule import Edit
from pmlint.source import Span

TEXT = "one two three"


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(start, end), text)


@pytest.mark.parametrize(
    ("groups", "result"),
    [
        pytest.param([], TEXT, id="nothing to do"),
        pytest.param([[edit(0, 3, "1")], [edit(8, 13, "3")]], "1 two 3", id="two places"),
        pytest.param([[edit(8, 13, "3")], [edit(0, 3, "1")]], "1 two 3", id="in any order"),
        pytest.param([[edit(0, 3, "1"), edit(8, 13, "3")]], "1 two 3", id="two edits of one finding"),
        pytest.param([[edit(0, 7, "12")], [edit(4, 13, "23")]], "12 three", id="the first of two that overlap"),
        pytest.param([[edit(0, 3, "1")], [edit(0, 3, "1")]], "1 two three", id="the same edit twice"),
        pytest.param([[edit(4, 4, "1 ")], [edit(4, 4, "2 ")]], "one 1 two three", id="one insertion at a place"),
        pytest.param([[edit(4, 4, "a ")], [edit(4, 7, "2")]], "one a 2 three", id="an insertion before a replacement"),
        pytest.param([[edit(4, 7, "2")], [edit(7, 7, ",")]], "one 2, three", id="an insertion after a replacement"),
        pytest.param([[edit(0, 3, "1")], [edit(3, 7, "+2")]], "1+2 three", id="side by side"),
        pytest.param([[edit(8, 20, "3")]], TEXT, id="outside the text"),
        pytest.param([[]], TEXT, id="a finding without edits"),
    ],
)
def test_edits_are_made_where_they_do_not_collide(groups: list[list[Edit]], result: str) -> None:
    assert fixed(TEXT, groups) == result


def test_all_edits_of_a_finding_are_made_or_none() -> None:
    assert fixed(TEXT, [[edit(4, 7, "2")], [edit(0, 3, "1"), edit(5, 6, "x")]]) == "one 2 three"


def test_edits_of_one_finding_that_collide_are_not_made() -> None:
    assert fixed(TEXT, [[edit(0, 5, "1"), edit(4, 7, "2")]]) == TEXT


@st.composite
def groups_of_edits(draw: st.DrawFn) -> list[list[Edit]]:
    spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 4))
    one = st.builds(
        lambda span, text: edit(span[0], min(sum(span), len(TEXT)), text), spans, st.sampled_from(["", "X", "YZ"])
    )
    return draw(st.lists(st.lists(one, max_size=3), max_size=6))


@given(groups_of_edits())
def test_each_finding_is_mended_as_a_whole_and_nothing_else_changes(groups: list[list[Edit]]) -> None:
    made: list[Edit] = []
    for group in groups:
        whole = fixed(TEXT, [made, group])
        if whole == by_hand([*made, *group]):
            made += group
    assert fixed(TEXT, groups) == by_hand(made)


def by_hand(edits: list[Edit]) -> str | None:
    """The text with these edits made one after the other; None if two of them collide."""
    different = sorted(set(edits), key=lambda e: (e.span.start, e.span.end, e.text))
    result, at = "", 0
    before: Edit | None = None
    for one in different:
        twice = before and before.span == one.span and one.span.start == one.span.end
        if one.span.start < at or twice:
            return None
        result += TEXT[at : one.span.start] + one.text
        at, before = one.span.end, one
    return result + TEXT[at:]


@given(st.text(max_size=30), st.data())
def test_text_outside_the_edits_stays(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = data.draw(st.text(max_size=5))
    assert fixed(text, [[edit(start, end, new)]]) == text[:start] + new + text[end:]
