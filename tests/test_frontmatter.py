"""Front matter: what is read, what is refused, and where."""

import json
import time
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.document import FrontMatter
from pmlint.frontmatter import MAX_CHARACTERS, MAX_VALUES, parse_front_matter
from pmlint.source import Source
from pmlint.toml import MAX_DEPTH


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
        ("1.0e999", "1.0e999"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("", None),
        ("'42'", "42"),
        ("[a, 2, [b]]", ["a", 2, ["b"]]),
        ("{a: {b: c}}", {"a": {"b": "c"}}),
        ('{"<<": a}', {"<<": "a"}),
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
        ("{ a.b = 1 }", {"a": {"b": 1}}),
        ("[2026-03-04T09:12:00Z, 12:30:00]", ["2026-03-04T09:12:00+00:00", "12:30:00"]),
        ("1e999", "1e999"),
        ("nan", "nan"),
        ("9_000_000_000_000_000_000", "9_000_000_000_000_000_000"),
        ("[9_000_000_000_000_000_000]", ["a number beyond measure"]),
    ],
)
def test_toml_values_are_what_was_written(written: str, value: Any) -> None:
    front = read(f"+++\nkey = {written}\n+++\n")
    assert front.faults == ()
    assert front.values == {"key": value}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_values_know_where_they_stand_and_the_body_comes_after(line_end: str, start: str) -> None:
    lines = [
        "---  ",
        "title: Logins failed",
        "tags: [a,",
        "  b]",
        "note: |",
        "  two",
        "  lines",
        "",
        "end: x",
        "---",
        "# Body",
    ]
    text = start + line_end.join(lines)
    front = read(text)
    assert {key: text[span.start : span.end] for key, span in front.spans.items()} == {
        "title": "Logins failed",
        "tags": f"[a,{line_end}  b]",
        "note": f"|{line_end}  two{line_end}  lines",
        "end": "x",
    }
    assert text[front.span.end :] == "# Body"


def test_toml_values_know_where_they_stand() -> None:
    text = """+++
title = 'Logins' # a comment
"due date" = 2026-03-04
note = '''
due date = 1999-01-01
[extra] '''
tags = [
  'a', # ]
  'b',
]
zone.name = 'UTC'
zone.hours = 0
[extra] # a comment
title = 'other'
only = 'here'
[[extra.more]]
+++
body"""
    front = read(text)
    assert {key: text[span.start : span.end] for key, span in front.spans.items()} == {
        "title": "'Logins'",
        "due date": "2026-03-04",
        "note": "'''\ndue date = 1999-01-01\n[extra] '''",
        "tags": "[\n  'a', # ]\n  'b',\n]",
        "zone": "'UTC'",
        "extra": "[extra]",
    }
    assert text[front.span.end :] == "body"
    assert front.values["due date"] == "2026-03-04"
    assert front.values["extra"] == {"title": "other", "only": "here", "more": [{}]}


@pytest.mark.parametrize(
    "text",
    [
        f"# {'.' * 60}\na = '{'.' * 60}' # {'[' * 60}",
        "a = [" + "1.5, " * 60 + "]",
        "\n".join(f"a.b{n} = {n}" for n in range(60)),
        "\n".join(f"[a.b{n}]\nc.d = {{ e.f = [1] }}" for n in range(60)),
    ],
    ids=["comments and strings", "numbers", "keys", "tables"],
)
def test_many_dots_are_no_depth(text: str) -> None:
    assert faults(f"+++\n{text}\n+++\n") == []


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
        "---\nNote: prose follows\nwithout an end\n",
        "+++\nnever closed = 1\n",
        "---\n\n**Date:** 2026-03-04\n**Status:** final\n\n---\n\n# Logins failed\n",
        "---\n*Draft*\n---\n",
        "---\n# Logins failed\n---\n",
        "---\n\n# Logins failed\n\nDate: 2026-03-04\n\n---\n",
        "---\n\n- 09:12 paged: mei\n\n---\n",
        "---\n* a\n---\n",
        "---\n1. Cause: disk\n2. Effect: alarm\n---\n",
        "---\n| a | b |\n|---|---|\n---\n",
        "---\n> Note: a quote\n---\n",
        "---\n![badge: green](a.png)\n---\n",
        "---\n[a link](a.md): more\n---\n",
        "---\n`code`: more\n---\n",
        "---\n{{< toc >}}\n---\n",
        "---\n__Date__: today\n---\n",
        "---\n<!-- note: x -->\n---\n",
        "---\n&nbsp; a: b\n---\n",
        "---\n&x [a]\n---\n",
        "---\n\nNote: the disk was full.\nNobody had seen it.\n\n---\n",
        "---\n\n" + "Much prose.\n" * 6_000 + "---\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert parse_front_matter(Source("pm.md", text)) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\n---\n", {}),
        ("---\n\n---\n", {}),
        ("---\n\na: b\n---\n", {"a": "b"}),
        ("---\n# a comment\na: b\n---\n", {"a": "b"}),
        ("---\n'a b': c\n---\n", {"a b": "c"}),
        ('---\n"a: b" : c\n---\n', {"a: b": "c"}),
        ("---\n? a\n: b\n---\n", {"a": "b"}),
        ("---\n{a: b}\n---\n", {"a": "b"}),
        ("---\n2026-03-04: a\n---\n", {"2026-03-04": "a"}),
        ("---\n日付: 火曜\n---\n", {"日付": "火曜"}),
        ("---\na:\n  - b\n---\n", {"a": ["b"]}),
        ("---\n1: a\ntrue: b\n---\n", {"1": "a", "true": "b"}),
        ("+++\n+++\n", {}),
    ],
)
def test_what_is_front_matter(text: str, values: dict[str, Any]) -> None:
    assert read(text).values == values
    assert read(text).faults == ()


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
        ("---\n!!map {a: b}\n---\n", 2, "the tag tag:yaml.org,2002:map is not read"),
        ("---\n&x a: b\n---\n", 2, "the anchor &x is not read"),
        ("---\na: 1\n--- b\nc: 2\n---\n", 3, "a second document begins here; the front matter is read up to here"),
        ("---\n{a: 1} b\n---\n", 2, "the front matter breaks off here: expected"),
        ("---\na: b: c\n---\n", 2, "the front matter breaks off here: mapping values are not allowed here"),
        ("---\ntitle: x\ndate: y\n\n# Body\n", 1, "the front matter that begins here is never closed"),
        ("+++\na = \n+++\n", 2, "the front matter breaks off here: invalid value"),
        ("+++\na = 1\na = 2\n+++\n", 3, "the front matter breaks off here: cannot overwrite a value"),
        ("+++\na = 1\nb = 2\n\n# Body\n", 1, "the front matter that begins here is never closed"),
        ("+++\na = [1,\n+++\n", 3, "the front matter breaks off here: "),
        ("+++\na = 2026-13-45\n+++\n", 2, "the front matter breaks off here: "),
        (
            "+++\nb = 1\n" + "a." * 40 + "a = 1\n+++\n",
            3,
            "values are nested deeper than 32 here: give them fewer levels; the",
        ),
        ("+++\nb = 1\na = {" + "a." * 40 + "a = 1}\n+++\n", 3, "values are nested deeper than 32 here"),
        ("+++\na = " + "[" * 30_000 + "\n+++\n", 2, "values are nested deeper than 32 here"),
        ("+++\nb = 1\na = " + "9" * 5_000 + "\n+++\n", 3, "a word here has more than 1,000 characters"),
        ("+++\nb = 1\na = 0x" + "f" * 5_000 + "\n+++\n", 3, "a word here has more than 1,000 characters"),
    ],
)
def test_a_fault_has_a_place_and_a_reason(text: str, line: int, message: str) -> None:
    (fault,) = faults(text)
    assert fault[0] == line
    assert fault[1].startswith(message)


@pytest.mark.parametrize("written", ["a: &{} 1", "a: *{}", "a: !{} 1", "a: !{}!b 1", "{}: 1\n{}: 2"])
def test_a_message_stays_short(written: str) -> None:
    (fault,) = faults("---\nb: 1\n" + written.replace("{}", "x" * 900) + "\n---\n")
    assert len(fault[1]) < 160


def test_half_a_character_is_no_value() -> None:
    assert read("+++\na = '\ud800'\n+++\n").values == {"a": "\ufffd"}


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
TOML_BOMBS = {
    "dots": "a." * 30_000 + "a = 1",
    "dots in braces": "a = {" + "a." * 30_000 + "a = 1}",
    "dots and blanks": "a . " * 16_000 + "a = 1",
    "a header of dots": "[" + "a." * 30_000 + "a]",
    "brackets": "a = " + "[" * 60_000,
    "braces and dots": "a = " + "{a.a.a.a=" * 6_000,
    "quotes": 'a = """' + '\\"""' * 15_000,
    "digits": "a = " + "1" * 60_000,
    "hexadecimal digits": "a = 0x" + "f" * 60_000,
}


@pytest.mark.parametrize(
    ("fence", "bomb"),
    [
        *(pytest.param("---", bomb, id=f"yaml-{name}") for name, bomb in BOMBS.items()),
        *(pytest.param("+++", bomb, id=f"toml-{name}") for name, bomb in TOML_BOMBS.items()),
    ],
)
def test_bombs_are_told_quickly(fence: str, bomb: str) -> None:
    began = time.process_time()
    assert len(faults(f"{fence}\n{bomb}\n{fence}\n\n# Body\n")) == 1
    assert time.process_time() - began < 3


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize(
    ("fence", "text", "limit"),
    [
        # What counts beside the brackets and the items: the mapping of the front matter, its key, the list.
        ("---", lambda levels: "a: " + "[" * (levels - 1) + "]" * (levels - 1), MAX_DEPTH),
        ("---", lambda values: "a: [" + "b," * (values - 3) + "]", MAX_VALUES),
        ("+++", lambda levels: "a = " + "[" * levels + "]" * levels, MAX_DEPTH),
        ("+++", lambda levels: "a." * levels + "a = 1", MAX_DEPTH),
        ("+++", lambda levels: "a = {" + "a." * (levels - 1) + "a = 1}", MAX_DEPTH),
    ],
    ids=["yaml brackets", "yaml values", "toml brackets", "toml dots", "toml dots in braces"],
)
def test_the_other_limits_are_exact(fence: str, text: Callable[[int], str], limit: int, over: int) -> None:
    assert len(faults(f"{fence}\n{text(limit + over)}\n{fence}\n")) == over


@pytest.mark.parametrize(("size", "read_at_all"), [(MAX_CHARACTERS, True), (MAX_CHARACTERS + 1, False)])
def test_the_limit_of_size_is_exact(size: int, read_at_all: bool) -> None:
    front = read("---\n" + "a: " + "x" * (size - 4) + "\n---\n")
    assert bool(front.values) is read_at_all
    assert [f.message for f in front.faults] == (
        [] if read_at_all else ["the front matter has more than 65,536 characters and was not read: shorten it"]
    )


PIECES = [
    *("a: ", "b: ", "- ", "  ", "\t", "\n", "\r\n", "? ", "[", "]", "{", "}", ", ", "# c", "|\n", ">\n", "&a ", "*a"),
    *("a = ", "b.c = ", "[a]\n", "[[b]]\n", '"', "'", '"""', "'''", "\\", "\\u00e9", "\\ud800", "2026-03-04", "12:30"),
    *("<<: ", "--- ", "%A ", "!!b ", "nan", "0x1F", "1e999", "\ud800", "\x07", "\x85", "\u2028", "é", "word", "9" * 20),
]


@given(st.sampled_from(["---", "+++"]), st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_anything_between_fences_is_read_without_an_error_and_in_its_place(fence: str, text: str) -> None:
    whole = f"{fence}\n{text}\n{fence}\nbody"
    front = parse_front_matter(Source("pm.md", whole))
    if front is not None:
        assert all(span in front.span for span in front.spans.values())
        assert all(fault.span in front.span for fault in front.faults)
        assert front.span.start == 0
        assert front.span.end <= len(whole)
        assert set(front.spans) == set(front.values)
        json.dumps(front.values, allow_nan=False, ensure_ascii=False).encode()


LETTERS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]))
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | LETTERS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), VALUES, min_size=1, max_size=5))
def test_json_between_dashes_is_what_it_says(values: dict[str, Any]) -> None:
    written = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in written.items()) + "---\n"
    front = read(text)
    assert front.faults == ()
    assert front.values == values
    assert {key: text[span.start : span.end] for key, span in front.spans.items()} == written


TOML_VALUES = [
    *("1", "-2.5", "true", "'a # = b'", '"\\"[é"', "2026-03-04", "12:30:00", "[1, [2]]", "{ a = 1, b.c = '}' }"),
    *("[\n  1, # ]\n  2\n]", '"""\nk0 = 1\n[b]\n"""', "''''a\n#''''", '""""q""""', "[{a = 1},\n{b = 2}]"),
]


@given(st.lists(st.tuples(st.sampled_from(TOML_VALUES), st.sampled_from(["", " # c", "\n", '  # """'])), max_size=9))
def test_the_place_of_a_toml_value_holds_the_value(lines: list[tuple[str, str]]) -> None:
    text = "+++\n" + "".join(f"k{n} = {value}{after}\n" for n, (value, after) in enumerate(lines)) + "+++\n"
    front = read(text)
    assert [text[span.start : span.end] for span in front.spans.values()] == [value for value, _ in lines]
    for key, span in front.spans.items():
        value = tomllib.loads(f"v = {text[span.start : span.end]}")["v"]
        assert front.values[key] == (value.isoformat() if hasattr(value, "isoformat") else value)
