"""Which inlines a leaf has, and that they are parsed when they are asked for."""

import pytest

from pmlint.document import Inline
from pmlint.markdown import Desync, Misread, inlines, leaves, parse_blocks
from pmlint.source import Source


def first_leaf(text: str, misread: list[Misread] | None = None) -> tuple[Source, tuple[Inline, ...]]:
    source = Source("document.md", text)
    leaf = next(b for block in parse_blocks(source, misread=misread) for b in block.walk() if b.parse() != ())
    return source, leaf.inlines


def shape(inline: Inline, source: Source) -> str:
    """An inline as its kind with its children; plain text, escapes and references as what they stand for."""
    if inline.kind in ("text", "escape", "entity"):
        return {"text": inline.text, "escape": f"\\{inline.text}", "entity": f"&{inline.text}"}[inline.kind]
    if inline.kind in ("code", "html"):
        return f"{inline.kind}({inline.text})"
    target = f"->{inline.target}" if inline.target else ""
    inside = "".join(shape(child, source) for child in inline.children)
    return f"{inline.kind}({inside}){target}"


def shapes(text: str) -> str:
    source, found = first_leaf(text)
    return "|".join(shape(inline, source) for inline in found)


MARKUP = {
    "emphasis in strong": ("**a *b* c**", "strong(a emphasis(b) c)"),
    "strong in emphasis": ("***a** b*", "emphasis(strong(a) b)"),
    "words with underscores": ("some_file_name", "some_file_name"),
    "a marker without partner": ("2 * 3 *a", "2 * 3 *a"),
    "struck text": ("~~a *b*~~ c", "strike(a emphasis(b))| c"),
    "struck code and escapes": ("a ~~\\*`b` c~~", "a |strike(\\*code(b) c)"),
    "a struck link": ("a ~~[b](/c) ~~d~~", "a |strike(link(b)->/c ~~d)"),
    "code": ("`` a`b `` c", "code(a`b)| c"),
    "code over two lines": ("`a\nb`", "code(a b)"),
    "code over indented lines": ("> `a\n>    b`", "code(a b)"),
    "padded code": ("` a  `", "code(a )"),
    "html over indented lines": ("<b\n   c>", "html(<b\nc>)"),
    "code in a cell with a pipe": ("| `a\\|b` |\n|---|", "code(a|b)"),
    "an escape": ("a\\*b\\\\", "a|\\*|b|\\\\"),
    "a character reference": ("a&amp;b&#x41;&nope;", "a|&&|b|&A|&nope;"),
    "an escaped reference": ("\\&amp;", "\\&|amp;"),
    "a soft break": ("a \n  b", "a|softbreak()|b"),
    "a hard break": ("a  \nb\\\nc", "a|linebreak()|b|linebreak()|c"),
    "a no-break space at the beginning of a line": ("a\n\u00a0b", "a|softbreak()|\u00a0b"),
    "a link": ("[a *b*](/c 'd') e", "link(a emphasis(b))->/c| e"),
    "a link by reference": ("[a][r] [r]\n\n[r]: /c", "link(a)->/c| |link(r)->/c"),
    "a link with a bracket too many": ("[r]]\n\n[r]: /c", "link(r)->/c|]"),
    "an image": ("![a](/b)", "image(a)->/b"),
    "an image in a link": ("[![a](/b)](/c)", "link(image(a)->/b)->/c"),
    "an automatic link": ("<https://a.b>", "link(https://a.b)->https://a.b"),
    "an automatic link in a link": ("[<https://a.b>](/c)", "link(<https://a.b>)->/c"),
    "html": ("a <b>c</b> <!-- d -->", "a |html(<b>)|c|html(</b>)| |html(<!-- d -->)"),
    "a footnote": ("a[^n] [^m]\n\n[^n]: x", "a|footnote()->n| [^m]"),
    "brackets and a caret that make a link": ("[^m](/a)", "link(^m)->/a"),
    "a heading with a closing sequence": ("## a *b* ##", "a |emphasis(b)"),
    "a heading of signs": ("# #1 #", "#1"),
}


@pytest.mark.parametrize("case", MARKUP)
def test_markup_is_read(case: str) -> None:
    text, expected = MARKUP[case]
    assert shapes(text) == expected


ADDRESSES = {
    "in bold": ("**https://x.y**", "strong(link(https://x.y)->https://x.y)"),
    "in brackets with brackets": ("(https://x.y/(z))", "(|link(https://x.y/(z))->https://x.y/(z)|)"),
    "at the end of a sentence": ("see http://x.y/z?.", "see |link(http://x.y/z)->http://x.y/z|?."),
    "with a reference behind": ("http://x.y&amp;", "link(http://x.y)->http://x.y|&&"),
    "before a tag": ("http://x.y<br>", "link(http://x.y)->http://x.y|html(<br>)"),
    "without scheme": ("www.x.y/z", "link(www.x.y/z)->http://www.x.y/z"),
    "without scheme in a word": ("awww.x.y", "awww.x.y"),
    "without scheme and domain": ("www.", "www."),
    "by ftp": ("ftp://x.y", "link(ftp://x.y)->ftp://x.y"),
    "with capitals": ("HTTPS://x.y", "link(HTTPS://x.y)->HTTPS://x.y"),
    "in a word": ("ahttps://x.y", "ahttps://x.y"),
    "with underscores in its domain": ("https://a_b.c_d", "https://a_b.c_d"),
    "with underscores in its path": ("https://a.b/c_d_e", "link(https://a.b/c_d_e)->https://a.b/c_d_e"),
    "with what would be emphasis": (
        "https://x.y/*a*/b *c*",
        "link(https://x.y/*a*/b)->https://x.y/*a*/b| |emphasis(c)",
    ),
    "with what would be struck": ("https://x.y/~~a~~b", "link(https://x.y/~~a~~b)->https://x.y/~~a~~b"),
    "of mail": ("a.b+c@d-e.f.", "link(a.b+c@d-e.f)->mailto:a.b+c@d-e.f|."),
    "of mail with a scheme": ("mailto:a@b.c", "link(mailto:a@b.c)->mailto:a@b.c"),
    "of mail that ends in a hyphen": ("a@b.c-", "a@b.c-"),
    "of mail that is a version": ("a@1.2.3", "a@1.2.3"),
    "of mail twice": ("a@b.c@d.e", "a@|link(b.c@d.e)->mailto:b.c@d.e"),
    "of mail without dot": ("a@b", "a@b"),
    "behind an escape": ("<a\\+@b.c>", "<a|\\+|@b.c>"),
    "in a link": ("[https://x.y](/z)", "link(https://x.y)->/z"),
    "in code": ("`https://x.y`", "code(https://x.y)"),
    "in a cell": ("| https://x.y |\n|---|", "link(https://x.y)->https://x.y"),
    "struck": ("~~https://x.y~~", "strike(link(https://x.y)->https://x.y)"),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_addresses_are_links_as_on_github(case: str) -> None:
    text, expected = ADDRESSES[case]
    assert shapes(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("> a *b\n> c* d", ["a ", "*b\n> c*", " d"]),
        ("- a  \n  b", ["a", "  \n  ", "b"]),
        (">\ta\r\n>\tb", ["a", "\r\n>\t", "b"]),
        ("> - a\n>\tb\nc", ["a", "\n>\t", "b", "\n", "c"]),
        ("- \ta\r\tb", ["a", "\r\t", "b"]),
        ("| a |\n|-|\n", ["a"]),
        ("> `a\n> b`", ["`a\n> b`"]),
    ],
)
def test_spans_go_over_the_markers_of_lines(text: str, spans: list[str]) -> None:
    source, found = first_leaf(text)
    assert [source.slice(inline.span) for inline in found] == spans


def test_inlines_are_parsed_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def spy(text: str, *_: object) -> tuple[Inline, ...]:
        asked.append(text)
        return ()

    monkeypatch.setattr(leaves, "parse_inlines", spy)
    one, two = parse_blocks(Source("document.md", "one\n\ntwo"))
    assert asked == []
    assert two.inlines == two.inlines == ()
    assert asked == ["two"]
    assert one.inlines == ()
    assert asked == ["two", "one"]


@pytest.mark.parametrize("error", [Desync, RecursionError])
def test_a_leaf_that_cannot_be_placed_is_plain_text(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(leaves, "parse_inlines", fail)
    text = "> a *b*  \n> c"
    source = Source("document.md", text)
    misread: list[Misread] = []
    (quote,) = parse_blocks(source, misread=misread)
    found = quote.children[0].inlines
    assert [(source.slice(span), cause) for span, cause in misread] == [("a *b*  \n> c", "failure")]
    assert [(inline.kind, source.slice(inline.span)) for inline in found] == [
        ("text", "a *b*"),
        ("softbreak", "  \n> "),
        ("text", "c"),
    ]
    with pytest.raises(error):
        _ = parse_blocks(source)[0].children[0].inlines


def test_a_leaf_with_thousands_of_markers_is_plain_text() -> None:
    few, many = "*a* " * 400, "*a* " * 600
    assert {inline.kind for inline in first_leaf(few + "\nb")[1]} == {"text", "emphasis", "softbreak"}
    assert {inline.kind for inline in first_leaf(many + "\nb")[1]} == {"text", "softbreak"}


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_wrong_position_is_noticed(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    right = inlines.PlacedInlineParser.parse_method

    def wrong(self: object, m: object, state: inlines.PlacedInlineState) -> int | None:
        end = right(self, m, state)  # type: ignore[arg-type]
        if end and "place" in state.tokens[-1]:
            start, after = state.tokens[-1]["place"]
            state.tokens[-1]["place"] = (start, after + shift)
        return end

    monkeypatch.setattr(inlines.PlacedInlineParser, "parse_method", wrong)
    with pytest.raises(Desync):
        first_leaf("some `code` and text")
