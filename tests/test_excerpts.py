"""What stands where: prose by section, phrases, labelled values."""

import pytest

from pmlint.engine import understand
from pmlint.excerpts import Prose, folded, labelled, lead, says, summary, told, words
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(text: str) -> Postmortem:
    return understand(Source("example.md", text))


TEXT = """\
# Slow tiles

Tiles were slow for a while.

## Summary

A cache was cold.

> Quoted: it was hot.

## Timeline

- 10:02 UTC Alert
"""


def test_prose_is_found_by_section_without_headings_and_quotations() -> None:
    pm = postmortem(TEXT)
    assert [p.rendered.text for p in told(pm, "summary")] == ["A cache was cold."]
    (section,) = pm.concerning("summary")
    assert [p.rendered.text for p in Prose(pm).inside(section.body)] == ["A cache was cold."]


def test_without_a_summary_the_lead_is_the_summary() -> None:
    assert [p.rendered.text for p in lead(postmortem(TEXT))] == ["Tiles were slow for a while."]
    assert [p.rendered.text for p in summary(postmortem(TEXT))] == ["A cache was cold."]
    assert [p.rendered.text for p in summary(postmortem("# T\n\nA cache was cold.\n"))] == ["A cache was cold."]


@pytest.mark.parametrize(
    ("text", "count"),
    [("one two-fold three", 3), ("**Impact:** one two", 2), ("証明書の期限", 3), ("don't `run this`", 3), ("—", 0)],
)
def test_words_are_counted_as_readers_count_them(text: str, count: int) -> None:
    assert words(postmortem(f"{text}\n").passages) == count


def test_phrases_are_whole_words_whatever_their_case() -> None:
    passages = postmortem("It was ROLLED  back; 43% failed.\n").passages
    assert says(passages, ["rolled back"])
    assert says(passages, ["%"])
    assert not says(passages, ["roll", "back it"])
    assert not says(passages, [])
    assert folded("Isn’t 5%!") == " isn't 5 % "


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("---\ncause_category: change\n---\n", "change"),
        ("- **Cause category:** change\n", "change"),
        ("| Cause category | change |\n", "change"),
        ("## Cause category\n\nChange.\n", ""),
        ("## Cause category ##\n\nChange.\n", ""),
        ("> CAUSE CATEGORY: change\n", "change"),
    ],
)
def test_a_value_is_found_behind_its_label(text: str, value: str) -> None:
    assert [found.text for found in labelled(postmortem(text), ["cause category"])] == [value]


@pytest.mark.parametrize(
    "text", ["The cause category: change\n", "Cause category is change\n", "Cause categories: two\n"]
)
def test_a_word_in_passing_is_no_label(text: str) -> None:
    assert list(labelled(postmortem(text), ["cause category"])) == []


def test_a_label_has_a_place() -> None:
    pm = postmortem("# T\n\n- **Cause category:** change\n")
    (found,) = labelled(pm, ["cause category"])
    assert pm.source.slice(found.span) == "Cause category:** change"
