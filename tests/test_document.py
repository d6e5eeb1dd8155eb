"""Rendered text knows where its characters come from."""

from pmlint.document import Inline, rendered
from pmlint.source import Span

#                  0         1         2         3
#                  0123456789012345678901234567890123456
SOURCE = "It **was** `x y` &amp; [so](u)\nnow\\!"


def _inlines() -> tuple[Inline, ...]:
    return (
        Inline("text", Span(0, 3), "It "),
        Inline("strong", Span(3, 10), children=(Inline("text", Span(5, 8), "was"),)),
        Inline("text", Span(10, 11), " "),
        Inline("code", Span(11, 16), "x y"),
        Inline("text", Span(16, 17), " "),
        Inline("entity", Span(17, 22), "&"),
        Inline("text", Span(22, 23), " "),
        Inline("link", Span(23, 30), children=(Inline("text", Span(24, 26), "so"),), target="u"),
        Inline("softbreak", Span(30, 31), " "),
        Inline("text", Span(31, 34), "now"),
        Inline("escape", Span(34, 36), "!"),
    )


def test_the_text_is_what_a_reader_sees() -> None:
    assert rendered(_inlines(), Span(0, 36)).text == "It was x y & so now!"


def test_a_stretch_of_text_is_found_in_the_source() -> None:
    seen = rendered(_inlines(), Span(0, 36))
    for words, raw in [
        ("was", "was"),
        ("x y", "x y"),
        ("&", "&amp;"),
        ("so", "so"),
        ("now!", "now\\!"),
        ("s x", "s** `x"),
    ]:
        start = seen.text.index(words)
        span = seen.span(start, start + len(words))
        assert SOURCE[span.start : span.end] == raw


def test_an_empty_stretch_is_an_empty_span_at_its_neighbour() -> None:
    seen = rendered(_inlines(), Span(0, 36))
    assert seen.span(3, 3) == Span(5, 5)
    assert seen.span(len(seen.text), len(seen.text)) == Span(36, 36)
    assert rendered((), Span(7, 7)).span(0, 0) == Span(7, 7)


def test_markup_tells_what_a_stretch_was_and_what_it_points_at() -> None:
    seen = rendered(_inlines(), Span(0, 36))
    (link,) = seen.of_kind("link")
    assert (seen.text[link.start : link.end], link.target) == ("so", "u")
    assert [markup.kind for markup in seen.markup] == ["strong", "code", "link", "softbreak"]


def test_outer_markup_comes_before_what_it_holds() -> None:
    inner = Inline("emphasis", Span(2, 5), children=(Inline("text", Span(3, 4), "a"),))
    outer = Inline("strong", Span(0, 7), children=(inner,))
    assert [m.kind for m in rendered((outer,), Span(0, 7)).markup] == ["strong", "emphasis"]


def test_images_and_html_leave_no_text_but_markup() -> None:
    seen = rendered(
        (
            Inline("html", Span(0, 4), "<em>"),
            Inline("image", Span(4, 10), children=(Inline("text", Span(6, 7), "a"),), target="p"),
        ),
        Span(0, 10),
    )
    assert seen.text == ""
    assert [(m.kind, m.target) for m in seen.markup] == [("html", ""), ("image", "p")]


def test_a_break_tag_is_read_as_a_break() -> None:
    seen = rendered((Inline("text", Span(0, 1), "a"), Inline("html", Span(1, 7), "<br />")), Span(0, 7))
    assert (seen.text, [m.kind for m in seen.markup]) == ("a\n", ["linebreak"])
