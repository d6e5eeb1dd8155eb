"""Offsets, lines and columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.source import Place, Source, Span, Unit, decoded


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab", 2, 1, 3),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 2, 1, 2),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\n\nb", 2, 2, 1),
        ("😀 BAD", 2, 1, 3),
        ("a\u2028b\x0cc", 4, 1, 5),
    ],
)
def test_an_offset_has_a_line_and_a_column(text: str, offset: int, line: int, column: int) -> None:
    assert Source("pm.md", text).place(offset) == Place(line, column)


@given(st.text(alphabet="ab\r\n\u2028é", max_size=60))
def test_every_character_outside_line_ends_is_found_again_at_its_place(text: str) -> None:
    source = Source("pm.md", text)
    for offset, character in enumerate(text):
        if character not in "\r\n":
            place = source.place(offset)
            assert source.line_text(place.line)[place.column - 1] == character


@given(st.text(alphabet="ab\r\n\u2028", max_size=60))
def test_a_line_is_the_same_alone_and_among_all(text: str) -> None:
    source = Source("a.md", text)
    lines = [source.line_span(number) for number in range(1, source.line_number(len(text)) + 1)]
    assert lines == list(source.line_spans)


@given(st.text(alphabet="ab\r\n", max_size=60))
def test_places_grow_with_offsets(text: str) -> None:
    source = Source("pm.md", text)
    places = [source.place(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)


@pytest.mark.parametrize(("unit", "column"), [("code points", 4), ("utf-16", 5), ("utf-8", 8)])
def test_a_column_counts_the_unit_that_is_asked_for(unit: Unit, column: int) -> None:
    assert Source("pm.md", "a\n😀é BAD").place(5, unit) == Place(2, column)


@given(st.text(alphabet="a\r\n\u2028é😀", max_size=60), st.sampled_from(["utf-16-le", "utf-8"]))
def test_a_column_in_units_leads_back_to_the_offset(text: str, codec: str) -> None:
    source = Source("pm.md", text)
    size = 2 if codec == "utf-16-le" else 1
    for offset, character in enumerate(text):
        if character not in "\r\n":
            place = source.place(offset, "utf-16" if size == 2 else "utf-8")
            units = source.line_text(place.line).encode(codec)[: (place.column - 1) * size]
            assert len(units.decode(codec)) == source.place(offset).column - 1


@pytest.mark.parametrize(
    ("text", "edge"),
    [("", Place(1, 1)), ("a", Place(1, 2)), ("a\n", Place(2, 1)), ("a\r\n", Place(2, 1)), ("a\n\n", Place(3, 1))],
)
def test_behind_the_last_line_end_an_edit_has_a_line_of_its_own(text: str, edge: Place) -> None:
    assert Source("pm.md", text).edge(len(text)) == edge


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 2)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_holds_itself_and_what_lies_inside() -> None:
    assert Span(2, 4) in Span(2, 4)
    assert Span(3, 3) in Span(2, 4)
    assert Span(3, 5) not in Span(2, 4)
    assert Span(2, 3).covering(Span(5, 6)) == Span(2, 6)


def test_a_byte_order_mark_is_remembered_and_not_part_of_the_text() -> None:
    source, problem = decoded("pm.md", b"\xef\xbb\xbf# Title\n")
    assert (source.text, source.bom, problem) == ("# Title\n", True, None)


@pytest.mark.parametrize(
    ("data", "offset", "line"),
    [(b"# a\n\xff\xfe\n", 4, 2), (b"\xef\xbb\xbf\r\n\r\n\xe9", 7, 3), (b"caf\xe9", 3, 1)],
)
def test_bytes_that_are_no_text_are_described_and_replaced(data: bytes, offset: int, line: int) -> None:
    source, problem = decoded("pm.md", data)
    assert problem is not None
    assert (problem.offset, problem.line) == (offset, line)
    assert "\ufffd" in source.text
