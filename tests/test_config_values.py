"""What values of a configuration mean (globs, ticket patterns, own headings), and where its keys stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.globs import is_meant
from pmlint.recognise.headings import aliases_of, concepts_of
from pmlint.tickets import refusal
from pmlint.toml import key_places


@pytest.mark.parametrize(
    ("glob", "path", "meant"),
    [
        ("docs", "docs/a/b.md", True),
        ("docs/", "docs/a.md", True),
        ("docs", "more/docs/a.md", True),
        ("docs/a.md", "more/docs/a.md", False),
        ("**/docs/*.md", "more/docs/a.md", True),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**/b.md", "docs/b.md", True),
        ("docs/*/b.md", "docs/b.md", False),
        ("*.md", "docs/a.md", True),
        ("docs/*.md", "docs/a/b.md", False),
        ("template*.md", "docs/template-2.md", True),
        ("Docs", "docs/a.md", False),
        ("docs/[ab].md", "docs/b.md", True),
        ("**", "a.md", True),
    ],
)
def test_globs_mean_paths(glob: str, path: str, meant: bool) -> None:
    assert is_meant(path, [glob]) is meant


def test_a_hostile_glob_ends() -> None:
    assert not is_meant("/".join(["a" * 50] * 200), ["/".join(["**", "*a*a*a*a*b"] * 60)])


@pytest.mark.parametrize("pattern", ["OPS-\\d+", "[A-Z]{2,5}-\\d{1,6}", "acme#\\d+", "T\\.\\d\\d?"])
def test_a_ticket_pattern_is_taken(pattern: str) -> None:
    assert refusal(pattern) is None


@pytest.mark.parametrize("pattern", ["(a+)+", "a*", "a+b+c+", ".*", "[^a]+", "a{1,999}", "\\w+", "[z-a]"])
def test_a_ticket_pattern_is_refused(pattern: str) -> None:
    assert refusal(pattern)


def test_own_headings_bring_the_broader_concepts() -> None:
    aliases = aliases_of({"mitigation": ("Stopping the bleeding",), "impact": ("Stopping the bleeding",)})
    assert concepts_of("3. Stopping the Bleeding:", aliases) == ("mitigation", "resolution", "impact")


KEYS = st.lists(st.sampled_from(["a", "b-c", '"x/y"', "'q.r'"]), min_size=1, max_size=3, unique=True)
VALUES = st.recursive(
    st.sampled_from(["1", '"s"', "true", "1.5", "2026-01-02", '"],=}#"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=2).map(
            lambda items: "{ " + ", ".join(f"k{n} = {v}" for n, v in enumerate(items)) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=5))
def test_every_key_is_found_where_it_stands(pairs: list[tuple[list[str], str]]) -> None:
    text = "".join(f"[t{n}]\n{'.'.join(keys)} = {value}\n" for n, (keys, value) in enumerate(pairs))
    places = key_places(text)
    for path, offset in places.items():
        last = path[-1]
        found = text[offset:].lstrip("\"'")
        assert found.startswith(last) if isinstance(last, str) else True
    for number, (keys, _) in enumerate(pairs):
        for end in range(1, len(keys) + 1):
            assert (f"t{number}", *(key.strip("\"'") for key in keys[:end])) in places
