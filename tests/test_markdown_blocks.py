"""Which blocks a document has: what GitHub shows, where the parser beneath would read something else."""

import pytest

from pmlint.document import Block
from pmlint.markdown import Desync, Misread, parse_blocks
from pmlint.markdown import tree as tree_module
from pmlint.markdown.places import PlacedState
from pmlint.source import Source, Span


def shape(block: Block, source: Source) -> str:
    """A block as its kind, with the raw text of leaves or the shapes of its children in brackets."""
    level = str(block.level) if block.kind == "heading" or block.ordered else ""
    inside = [shape(child, source) for child in block.children]
    if block.kind in ("heading", "paragraph", "cell", "code", "html"):
        inside = [repr(source.slice(block.span))[1:-1]]
    return f"{block.kind}{level}({' '.join(inside)})" if inside else block.kind


def shapes(text: str) -> list[str]:
    source = Source("document.md", text)
    return [shape(block, source) for block in parse_blocks(source)]


def blocks(text: str) -> tuple[Block, ...]:
    return parse_blocks(Source("document.md", text))


HEAD = "row(cell(a) cell(b))"

TABLES = {
    "a row with too few cells": ("| a | b |\n|---|---|\n| 1 |", [f"table({HEAD} row(cell(1)))"]),
    "a row with too many cells": (
        "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
        [f"table({HEAD} row(cell(1) cell(2) cell(3)))"],
    ),
    "a comment behind a row's last pipe": (
        "| a | b |\n|---|---|\n| 1 | 2 | <!-- c -->",
        [f"table({HEAD} row(cell(1) cell(2) cell(<!-- c -->)))"],
    ),
    "a last row without closing pipe": (
        "| a | b |\n|---|---|\n| 1 | 2",
        [f"table({HEAD} row(cell(1) cell(2)))"],
    ),
    "a delimiter row with its only pipe behind": ("| a |\n--- |", ["table(row(cell(a)))"]),
    "outer pipes here and there": ("a | b |\n|---|---\n1 | 2", [f"table({HEAD} row(cell(1) cell(2)))"]),
    "one column by its colons": ("a\n:-:", ["table(row(cell(a)))"]),
    "one column in a list": ("- a\n  :-:\n  1", ["list(item(table(row(cell(a)) row(cell(1)))))"]),
    "a table in an item": (
        "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2",
        [f"list(item(paragraph(x) table({HEAD} row(cell(1) cell(2)))))"],
    ),
    "a table in a quote": (
        "> | a | b |\n> |---|---|\n> | 1 |\nafter",
        [f"quote(table({HEAD} row(cell(1))))", "paragraph(after)"],
    ),
    "a paragraph before the table": ("text\n| a | b |\n|---|---|", ["paragraph(text)", f"table({HEAD})"]),
    "a table that a heading ends": ("a | b\n--|--\n# h", [f"table({HEAD})", "heading1(# h)"]),
    "a table that a list ends": ("a | b\n--|--\n- x", [f"table({HEAD})", "list(item(paragraph(x)))"]),
    "an escaped pipe": ("| a |\n|---|\n| x \\| y |", ["table(row(cell(a)) row(cell(x \\\\| y)))"]),
    "empty cells": ("| a | b |\n|---|---|\n|  ||", [f"table({HEAD} row(cell() cell()))"]),
    "rows of different lengths": ("| a | b |\n|---|", ["paragraph(| a | b |\\n|---|)"]),
    "a heading is no table": ("a\n---", ["heading2(a\\n---)"]),
    "a list is no delimiter row": ("a | b\n- | -", ["paragraph(a | b)", "list(item(paragraph(| -)))"]),
    "letters in the delimiter row": ("a | b\n--|-x", ["paragraph(a | b\\n--|-x)"]),
    "lazy lines make no table": ("- a | b\n--|--", ["list(item(paragraph(a | b\\n--|--)))"]),
}


@pytest.mark.parametrize("case", TABLES)
def test_tables_are_read_as_github_reads_them(case: str) -> None:
    text, expected = TABLES[case]
    assert shapes(text) == expected


BOUNDARIES = {
    "a blank line of five blanks": ("para\n     \nnext", ["paragraph(para)", "paragraph(next)"]),
    "a blank line of a tab and a blank": ("para\n\t \nnext", ["paragraph(para)", "paragraph(next)"]),
    "a blank line of blanks after a heading": ("# h\n      \nnext", ["heading1(# h)", "paragraph(next)"]),
    "a list behind a quote behind a paragraph": (
        "para\n> q\n2. x",
        ["paragraph(para)", "quote(paragraph(q))", "list2(item(paragraph(x)))"],
    ),
    "a heading behind a quote": ("> q\n# h", ["quote(paragraph(q))", "heading1(# h)"]),
    "a list and a break behind a quote": (
        "> q\n- a\n***",
        ["quote(paragraph(q))", "list(item(paragraph(a)))", "break"],
    ),
    "a break behind a quote": ("> q\n---", ["quote(paragraph(q))", "break"]),
    "a fence behind a quote": ("> q\n```\nc\n```", ["quote(paragraph(q))", "code(```\\nc\\n```)"]),
    "a lazy line": ("> q\nmore", ["quote(paragraph(q\\nmore))"]),
    "a lazy line that would underline": ("> q\n===", ["quote(paragraph(q\\n===))"]),
    "a lazy line that would underline in a list": ("> - q\n===", ["quote(list(item(paragraph(q\\n===))))"]),
    "an underline that is too far left": ("- a\n===", ["list(item(paragraph(a\\n===)))"]),
    "a lazy line that would begin a list": ("> q\n    - a", ["quote(paragraph(q\\n    - a))"]),
    "no lazy line after a heading": ("> # h\ntext", ["quote(heading1(# h))", "paragraph(text)"]),
    "no lazy line after a fence": ("> ```\n> c\n> ```\ntext", ["quote(code(```\\n> c\\n> ```))", "paragraph(text)"]),
    "no lazy line in a fence": ("> ```\ntext", ["quote(code(```))", "paragraph(text)"]),
    "no lazy line after a blank one": ("> q\n>\ntext", ["quote(paragraph(q))", "paragraph(text)"]),
    "no lazy line after a comment": ("> <!-- c -->\ntext", ["quote(html(<!-- c -->))", "paragraph(text)"]),
    "a lazy line after a tag": ("> <b>q</b> r\nmore", ["quote(paragraph(<b>q</b> r\\nmore))"]),
    "no lazy line after a division": ("> <div>q\ntext", ["quote(html(<div>q))", "paragraph(text)"]),
    "details behind an item": ("- a\n<details>", ["list(item(paragraph(a)))", "html(<details>)"]),
    "a division behind a quote": ("> a\n<div>", ["quote(paragraph(a))", "html(<div>)"]),
    "an ordered list with another start does not interrupt": ("met on\n14. July", ["paragraph(met on\\n14. July)"]),
    "an ordered list that starts with one does": ("x\n1. y", ["paragraph(x)", "list1(item(paragraph(y)))"]),
    "an underline of both signs": ("a\n==-", ["paragraph(a\\n==-)"]),
    "a fence in an item holds text on the left, too": (
        "- a\n  ```\nx\n  ```",
        ["list(item(paragraph(a) code(```\\nx\\n  ```)))"],
    ),
    "a comment before a heading": ("<!-- c -->\n# h", ["html(<!-- c -->)", "heading1(# h)"]),
    "a comment with text behind": ("<!-- c --> text\n\nx", ["html(<!-- c --> text)", "paragraph(x)"]),
    "an unclosed comment": ("<!-- c\n\n# h", ["html(<!-- c\\n\\n# h)"]),
    "a link reference": ("[a]: /b\n\n# h", ["heading1(# h)"]),
    "number signs that close nothing": ("## a # b#", ["heading2(## a # b#)"]),
    "number signs only": ("## ##", ["heading2(## ##)"]),
    "a number sign alone": ("#", ["heading1(#)"]),
    "an empty item in an item": ("- -\n    foo", ["list(item(list(item(paragraph(foo)))))"]),
    "an empty item": ("-\n- a", ["list(item item(paragraph(a)))"]),
    "an item that begins below its marker": ("-\n  a", ["list(item(paragraph(a)))"]),
    "code in an item": ("-     c\n\n  d", ["list(item(code(c) paragraph(d)))"]),
    "indented code with blank lines": ("    a\n\n    b\n\nc", ["code(a\\n\\n    b)", "paragraph(c)"]),
    "nothing": ("", []),
    "nothing but blanks": (" \n\t\n", []),
}


@pytest.mark.parametrize("case", BOUNDARIES)
def test_blocks_end_where_github_ends_them(case: str) -> None:
    text, expected = BOUNDARIES[case]
    assert shapes(text) == expected


FOOTNOTES = {
    "one that nothing refers to": ("[^a]: note", ["footnote(paragraph(note))"]),
    "one right behind a paragraph": ("text\n[^a]: note", ["paragraph(text)", "footnote(paragraph(note))"]),
    "one with a lazy line": ("[^a]: note\nmore", ["footnote(paragraph(note\\nmore))"]),
    "one with indented blocks": (
        "[^a]: note\n\n    - x\n\n    more\n\nafter",
        ["footnote(paragraph(note) list(item(paragraph(x))) paragraph(more))", "paragraph(after)"],
    ),
    "two in a row": ("[^a]: 1\n[^b]: 2", ["footnote(paragraph(1))", "footnote(paragraph(2))"]),
    "one in a quote": ("> [^a]: note", ["quote(footnote(paragraph(note)))"]),
    "one in an item": ("- x\n\n  [^a]: note", ["list(item(paragraph(x) footnote(paragraph(note))))"]),
    "one that a heading ends": ("[^a]: note\n# h", ["footnote(paragraph(note))", "heading1(# h)"]),
}


@pytest.mark.parametrize("case", FOOTNOTES)
def test_footnotes_are_blocks(case: str) -> None:
    text, expected = FOOTNOTES[case]
    assert shapes(text) == expected


@pytest.mark.parametrize(
    ("text", "checked", "content"),
    [
        ("- [x] done", True, "done"),
        ("- [X]  done", True, "done"),
        ("1. [ ] todo", False, "todo"),
        ("> - [ ] todo\n> more", False, "todo\n> more"),
        ("- [x]done", None, "[x]done"),
        ("- [y] what", None, "[y] what"),
        ("- [ ]", False, None),
    ],
)
def test_a_checkbox_belongs_to_its_item(text: str, checked: bool | None, content: str | None) -> None:
    source = Source("document.md", text)
    item = next(b for block in blocks(text) for b in block.walk() if b.kind == "item")
    assert item.checked is checked
    assert [source.slice(child.span) for child in item.children] == ([content] if content else [])
    assert item.span.end == len(text)


def test_fields_say_what_the_text_says() -> None:
    heading, lists, code, indented, html, note = blocks(
        "## Two ##\n\n7) x\n\n~~~~ py a\n\nb\n~~~~\n\n    c\n\n    d\n\n<div>\n<p>\n\n[^N]: n\n"
    )
    assert (heading.level, lists.ordered, lists.level) == (2, True, 7)
    assert (code.info, code.text) == ("py a", "\nb")
    assert (indented.info, indented.text) == ("", "c\n\nd")
    assert (html.text, note.info) == ("<div>\n<p>", "N")


def test_spans_lie_in_the_whole_text_behind_front_matter() -> None:
    text = "---\r\na: b\r\n---\r\n# Title\r\n\r\n> text\r\n> more\r\n"
    source = Source("document.md", text)
    for start in (text.index("# Title"), text.index("\r\n# Title")):
        title, quote = parse_blocks(source, start)
        assert source.slice(title.span) == "# Title"
        assert source.slice(quote.span) == "> text\r\n> more"
        assert [inline.text for inline in quote.children[0].inlines] == ["text", " ", "more"]


def test_a_byte_order_mark_is_no_text() -> None:
    (heading,) = blocks("\ufeff# Title")
    assert heading.span.start == 1


def test_deep_nesting_becomes_text() -> None:
    def depth(block: Block) -> int:
        return 1 + max((depth(child) for child in block.children), default=0)

    assert max(depth(block) for block in blocks("> " * 500 + "x")) == 21
    assert max(depth(block) for block in blocks("- " * 500 + "x")) < 50
    assert max(depth(block) for block in blocks("> - " * 500 + "x")) < 50


def test_a_paragraph_grows_only_where_it_ends() -> None:
    state = PlacedState()
    state.process("one\ntwo\nthree\n")
    for cursor in (0, 4):
        state.cursor = cursor
        state.add_paragraph(state.get_line(cursor))
    state.add_paragraph(state.get_line(4))
    assert [token["place"] for token in state.tokens] == [(0, 8), (4, 8)]
    state.cursor = 0
    assert state.append_paragraph() is None
    state.cursor = 8
    assert state.append_paragraph() == 14


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("> " * 20 + "x", None),
        ("> " * 21 + "x", "> x"),
        ("- " * 21 + "x", "- x"),
        ("> - " * 10 + "> x", "> x"),
        ("[^a]: " + "> " * 18 + "- x", None),
        ("[^a]: " + "> " * 20 + "x", "> x"),
        ("".join("  " * n + "- a\n" for n in range(23)), "- a\n" + " " * 42 + "- a\n" + " " * 44 + "- a"),
        ("> " * 20 + "a\n" + "> " * 20 + "- b", "- b"),
        ("> " * 20 + "a\n" + "> " * 20 + "1. b", "1. b"),
        ("> " * 20 + "2. b", "2. b"),
        ("> " * 20 + "- a | b\n" + "> " * 20 + "--|--", "- a | b\n" + "> " * 20 + "--|--"),
        ("> " * 20 + "- a\n" + "> " * 20 + "===", "- a\n" + "> " * 20 + "==="),
        ("> " * 30 + "a\n\n" + "> " * 30 + "b", "> " * 10 + "a"),
        # what no container has been left out of
        ("> " * 20 + "a\n" + "> " * 20 + "2. b", None),
        ("> " * 20 + "a\n" + "> " * 20 + "    - b", None),
        ("> " * 20 + "```\n" + "> " * 20 + "- b", None),
        ("> " * 20 + "* * *", None),
        ("> " * 20 + "*a* -b", None),
        (">" * 60, None),
    ],
)
def test_a_container_that_lies_too_deep_is_told_where_something_stands_in_it(text: str, told: str | None) -> None:
    source = Source("document.md", text)
    misread: list[Misread] = []
    parse_blocks(source, misread=misread)
    assert [(source.slice(span), cause) for span, cause in misread] == ([(told, "depth")] if told else [])
    parse_blocks(source)


@pytest.mark.parametrize("error", [Desync, RecursionError])
def test_a_document_that_cannot_be_placed_is_read_as_lines(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(tree_module, "_block", fail)
    source = Source("document.md", "# Title\r\n\r\n  some *text*\r\n")
    misread: list[Misread] = []
    found = parse_blocks(source, misread=misread)
    assert misread == [Misread(Span(0, len(source.text)), "failure")]
    assert [(block.kind, source.slice(block.span)) for block in found] == [
        ("paragraph", "# Title"),
        ("paragraph", "some *text*"),
    ]
    assert [inline.text for inline in found[1].inlines] == ["some *text*"]
    with pytest.raises(error):
        parse_blocks(source)
