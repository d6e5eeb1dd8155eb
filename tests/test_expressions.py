"""Expressions answer as compiled patterns do, and are compiled no earlier than needed."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.expressions import expression

TEXTS = st.text("a年月1 2b-")


@given(TEXTS, st.integers(0, 5), st.integers(0, 8))
@pytest.mark.parametrize("needs", ["", "年月", ("年", "月")])
def test_it_answers_as_a_compiled_pattern_does(needs: str, text: str, start: int, end: int) -> None:
    ours, theirs = expression(r"\d+[年月]|月b", re.I, needs), re.compile(r"\d+[年月]|月b", re.I)
    for _ in range(2):
        for name in ("match", "search", "fullmatch"):
            found, known = (getattr(one, name)(text, start, end) for one in (ours, theirs))
            assert (found and found.span()) == (known and known.span())
        assert [m.span() for m in ours.finditer(text, start)] == [m.span() for m in theirs.finditer(text, start)]
        assert ours.sub("x", text, 1) == theirs.sub("x", text, 1)
        assert ours.findall(text) == theirs.findall(text)
        assert ours.split(text) == theirs.split(text)


def test_nothing_is_compiled_before_it_is_needed() -> None:
    with patch("re.compile", side_effect=re.compile) as compile_:
        dated = expression(r"(\d)月", needs="月")
        plain = expression(r"a")
        assert dated.match("3 March") is None
        assert dated.search("3 mars à midi") is None
        assert list(dated.finditer("3")) == []
        assert dated.sub("", "3") == "3"
        assert dated.fullmatch("3") is None
        assert compile_.call_count == 0
        assert dated.match("3月")
        assert plain.match("a")
        assert plain.match("a")
        assert compile_.call_count == 2


def test_it_is_compiled_once() -> None:
    with patch("re.compile", side_effect=re.compile) as compile_:
        word = expression(r"b", needs="b")
        assert [bool(word.search(text)) for text in ("b", "ab", "c", "cb")] == [True, True, False, True]
        assert compile_.call_count == 1
