"""Front matter: what is read, what is refused, and where."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document import FrontMatter
from pmlint.frontmatter import MAX_CHARACTERS, parse_front_matter
from pmlint.source import Source, Span


def read(text: str) -> FrontMatter:
    front = parse_front_matter(Source("pm.md", text))
    assert front is not None
    return front


def faults(text: str) -> list[tuple[int, str]]:
    """The 1-based line and the message of each fault."""
    source = Source("pm.md", text)
    return [(source.place(fault.span.start).line, fault.message) for fault in read(text).faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Logins failed", "Logins failed"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T09:12:00Z", "2026-03-04T09:12:00Z"),
        ("2026-13-45", "2026-13-45"),
        ("12:30", "12:30"),
        ("22:30:10", "22:30:10"),
        ("no", "no"),
        ("on", "on"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("=", "="),
        ("9" * 10_000, "9" * 10_000),
        ("42", 42),
        ("-2.5", -2.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("", None),
        ("'42'", "42"),
        ("[a, 2, [b]]", ["a", 2, ["b"]]),
        ("{a: {b: c}}", {"a": {"b": "c"}}),
        ("|\n  two\n  lines", "two\nlines\n"),
    ],
)
def test_yaml_values_are_what_was_written(written: str, value: Any) -> None:
    front = read(f"---\nkey: {written}\nnext: 1\n---\n")
    assert front.faults == ()
    assert front.values == {"key": value, "next": 1}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'Logins failed'", "Logins failed"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T09:12:00Z # UTC", "2026-03-04T09:12:00Z"),
        ("12:30:00", "12:30:00"),
        ("42", 42),
        ("true", True),
        ("['a', 'b']", ["a", "b"]),
        ("{ a = 1 }", {"a": 1}),
    ],
)
def test_toml_values_are_what_was_written(written: str, value: Any) -> None:
    front = read(f"+++\nkey = {written}\n+++\n")
    assert front.faults == ()
    assert front.values == {"key": value}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_values_know_where_they_stand_and_the_body_comes_after(line_end: str, start: str) -> None:
    text = start + line_end.join(["---  ", "title: Logins failed", "tags: [a,", "  b]", "---", "# Body"])
    front = read(text)
    assert {key: text[span.start : span.end] for key, span in front.spans.items()} == {
        "title": "Logins failed",
        "tags": f"[a,{line_end}  b]",
    }
    assert text[front.span.end :] == "# Body"


def test_toml_values_know_where_they_stand() -> None:
    text = "+++\ntitle = 'Logins'\n[extra]\ntitle = 'other'\n+++\nbody"
    front = read(text)
    assert text[front.spans["title"].start : front.spans["title"].end] == "'Logins'"
    assert text[front.span.end :] == "body"
    assert front.values == {"title": "Logins", "extra": {"title": "other"}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title\n",
        "text\n---\na: b\n---\n",
        "---\n",
        "---\n\nA thematic break, then prose.\n\n---\n\nMore.\n",
        "---\nProse without an end\n",
        "----\na: b\n----\n",
        " ---\na: b\n---\n",
        "+++\nnever closed = 1\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert parse_front_matter(Source("pm.md", text)) is None


def test_dots_may_close_yaml_and_the_first_end_counts() -> None:
    text = "---\na: b\n...\nc: d\n---\n"
    assert read(text).values == {"a": "b"}
    assert text[read(text).span.end :] == "c: d\n---\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, 'the key "a" stands on line 2 already; the first one counts'),
        ("---\na: &x 1\nb: *x\n---\n", 2, "the anchor &x is not read; the front matter is read up to here"),
        ("---\na: 1\nb: *x\n---\n", 3, "the alias *x is not read; the front matter is read up to here"),
        ("---\na: {<<: {b: c}}\n---\n", 2, "the merge key << is not read"),
        ("---\na: !!python/object/apply:os.system [ls]\n---\n", 2, "the tag tag:yaml.org,2002:python"),
        ("---\na: !!binary aGk=\n---\n", 2, "the tag tag:yaml.org,2002:binary is not read"),
        ("---\na: !own x\n---\n", 2, "the tag !own is not read"),
        ('---\na: "\\ud800"\n---\n', 2, "half a character is written here, as an escape"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "the front matter breaks off here"),
        ("---\na: 'open\n---\n", 3, "the front matter breaks off here"),
        ("---\na: \x07\n---\n", 2, "this character has no place in YAML"),
        ("---\n- a\n---\n", 2, "the front matter is no list of keys and values"),
        ("---\ntitle: x\ndate: y\n\n# Body\n", 1, "the front matter that begins here is never closed"),
        ("+++\na = \n+++\n", 2, "the front matter breaks off here: invalid value"),
        ("+++\na = 1\na = 2\n+++\n", 3, "the front matter breaks off here: cannot overwrite a value"),
        ("+++\n" + "a." * 40 + "a = 1\n+++\n", 2, "keys are nested deeper than 32"),
        ("+++\na = " + "[" * 30_000 + "\n+++\n", 2, "values are nested too deep"),
    ],
)
def test_a_fault_has_a_place_and_a_reason(text: str, line: int, message: str) -> None:
    (fault,) = faults(text)
    assert fault[0] == line
    assert fault[1].startswith(message)


def test_what_stands_before_a_fault_is_kept() -> None:
    assert read("---\na: 1\nb: &x 2\nc: 3\n---\n").values == {"a": 1}


BOMBS = {
    "merge keys": "\n".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)),
    "billion laughs": "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(40)),
    "brackets": "a: " + "[" * 60_000,
    "braces": "a: " + "{" * 60_000,
    "more brackets than fit": "a: " + "[" * 200_000,
    "indentation": "\n".join(f"{' ' * n}a:" for n in range(340)),
    "many keys": "\n".join(f"k{n}: 1" for n in range(6_000)),
    "a hundred thousand keys": "\n".join(f"k{n}: 1" for n in range(100_000)),
    "a scalar of five megabytes": "a: " + "x" * 5_000_000,
    "question marks": "? " * 30_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_told_quickly(bomb: str) -> None:
    began = time.process_time()
    assert len(faults(f"---\n{bomb}\n---\n\n# Body\n")) == 1
    assert time.process_time() - began < 1


@pytest.mark.parametrize(("size", "read_at_all"), [(MAX_CHARACTERS, True), (MAX_CHARACTERS + 1, False)])
def test_the_limit_of_size_is_exact(size: int, read_at_all: bool) -> None:
    front = read("---\n" + "a: " + "x" * (size - 4) + "\n---\n")
    assert bool(front.values) is read_at_all
    assert [f.message for f in front.faults] == (
        [] if read_at_all else ["the front matter has more than 65,536 characters and was not read"]
    )


@given(st.sampled_from(["---", "+++"]), st.text(alphabet="ab:-[]{}&*!#'\"\\u\n\t 0=.,|>?%@`~\ud800\x07é", max_size=80))
def test_anything_between_fences_is_read_without_an_error_and_in_its_place(fence: str, text: str) -> None:
    whole = f"{fence}\n{text}\n{fence}\nbody"
    front = parse_front_matter(Source("pm.md", whole))
    if front is not None:
        assert all(span in front.span for span in front.spans.values())
        assert all(fault.span in front.span for fault in front.faults)
        assert front.span in Span(0, len(whole))
        assert set(front.spans) == set(front.values)
