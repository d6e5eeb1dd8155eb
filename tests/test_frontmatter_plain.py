"""Front matter of plain lines: read without the parser of YAML, and read as it would be."""

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from pmlint.frontmatter import _read_plain_lines, _read_yaml, _Reading
from pmlint.source import Source, Span


def reading(text: str) -> _Reading:
    return _Reading(Source("pm.md", text), Span(0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "title: Logins failed for 12 minutes\n",
        "date: 2026-03-04\nstart: 10:42 UTC\nseverity: 2\ndraft: true\nteam:\n",
        'title: "Logins failed: twice #2"\ntags: [auth, eu-west, 2026]\n',
        "Date of incident: 4. März 2026\nOwner: it's @mei's, Piotr (SRE)\n",
    ],
)
def test_most_front_matter_is_read_without_yaml(text: str) -> None:
    plainly, in_yaml = reading(text), reading(text)
    assert _read_plain_lines(plainly)
    assert _read_yaml(in_yaml)
    assert plainly.values == in_yaml.values != {}
    assert plainly.spans == in_yaml.spans


@pytest.mark.parametrize(
    "text",
    [
        *("a: b: c\n", "a: b:\n", "a: |\n  b\n", "a:\n  b\n", "a: 'b'\n", "a: &b c\n", "a: *b\n", "a: !!str b\n"),
        *("a: b #c\n", "# a\n", "a: [b: c]\n", "a: [[b]]\n", "a: []\n", "a: {b: c}\n", 'a: "b\\n"\n', 'a: "b" c\n'),
        *("a: b\n c\n", "a: b\na: c\n", "a:\tb\n", "a: b\r\n", "- a\n", "a: - b\n", "1: a\n", "a : b\n", "a: ? b\n"),
        *("a: ,b\n", "a: %b\n", "a: @b\n", "a: b\x85c\n", "a: [b, ]\n", "a: b\n--- \n", "<<: a\n", "a\n", "\n", ""),
        "a: " + "b" * 1_000 + "\n",
    ],
)
def test_what_is_more_than_plain_lines_is_left_to_yaml(text: str) -> None:
    plainly = reading(text)
    assert not _read_plain_lines(plainly)
    assert (plainly.values, plainly.spans) == ({}, {})


PLAIN = [
    "a", "b c", "Ž", "9", "true", "null", "2026-03-04", "10:42", "010", "-", "_", ".5", "1.5", "it's", "@", "%", "²",
]  # fmt: skip
MARKS = [
    ": ", ":", " ", "\n", ", ", ",", "[", "]", '"', "#", " #", "&", "!", "?", "- ", "\t", "\r", "---", "...", "\x85",
]  # fmt: skip


@settings(max_examples=1000)
@given(st.lists(st.sampled_from([*PLAIN, *PLAIN, *MARKS, ": ", "\nk: ", "\nl: [", '\nm: "']), max_size=12).map("".join))
def test_plain_lines_say_what_they_say_in_yaml(text: str) -> None:
    written = f"a: {text}\n"
    plainly, in_yaml = reading(written), reading(written)
    if _read_plain_lines(plainly):
        event("read plainly")
        assert _read_yaml(in_yaml)
        assert (plainly.values, plainly.spans, []) == (in_yaml.values, in_yaml.spans, in_yaml.faults)
    else:
        assert (plainly.values, plainly.spans) == ({}, {})
