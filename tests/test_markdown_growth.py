"""Hostile documents: twice the text takes about twice the time, and nothing recurses without end."""

from collections.abc import Callable
from functools import partial

import pytest

from pmlint.markdown import parse_blocks
from pmlint.source import Source
from tests.growth import Times, growth, seconds

# Each family with a size that takes some hundredths of a second.
FAMILIES: dict[str, tuple[Callable[[int], str], int]] = {
    "nested quotes": (lambda n: "> " * n + "x", 8000),
    "quotes on lines of their own": (lambda n: ">\n\n" * n, 2000),
    "deep quotes with lazy lines": (lambda n: "> " * 15 + "x\n" + "lazy\n" * n, 1500),
    "quotes and lists in turn": (lambda n: "> q\n- a\n" * n, 400),
    "staircases of items": (lambda n: ("\n".join("  " * i + "- a" for i in range(15)) + "\n") * n, 15),
    "one long list": (lambda n: "- a\n" * n, 800),
    "items on one line": (lambda n: "- " * n + "x", 8000),
    "breaks or items": (lambda n: "* " * n + "a\n", 8000),
    "quoted breaks or items": (lambda n: "> " + "- " * n + "a\n", 8000),
    "opening brackets": (lambda n: "[" * n, 15000),
    "pairs of brackets": (lambda n: "[" * n + "a" + "]" * n, 10000),
    "unfinished links": (lambda n: "[a](" * n, 8000),
    "unfinished images": (lambda n: "![a](<b" * n, 5000),
    "footnote references": (lambda n: "[^a]: x\n\n" + "[^a]" * n, 3000),
    "footnotes": (lambda n: "".join(f"[^{i}]: x\n" for i in range(n)), 500),
    "link references": (lambda n: "".join(f"[{i}]: /x\n" for i in range(n)) + "[1] " * n, 800),
    "emphasis": (lambda n: "*a* " * n, 450),
    "paragraphs of nested emphasis": (lambda n: ("*a **b " * 90 + "c" + " b** a*" * 90 + "\n\n") * n, 3),
    "paragraphs of wide runs": (lambda n: ("*" * 400 + "a* " * 400 + "\n\n") * n, 2),
    "a heading that ends in no sign": (lambda n: "# a" + " " * n + "b", 60000),
    "link references in and out of quotes": (lambda n: "> [a]:b\n\n[c]:d\n\n" * n, 400),
    "emphasis without partners": (lambda n: "*a **a " * n, 15000),
    "asterisks": (lambda n: "a" + "*" * n, 30000),
    "underscores between words": (lambda n: "a_" * n, 12000),
    "struck text": (lambda n: "~~a~~ " * n, 2000),
    "tildes without partners": (lambda n: "~~a " * n, 8000),
    "back-ticks": (lambda n: "".join("a" + "`" * i for i in range(1, int(n**0.5))), 90000),
    "comments without end": (lambda n: "a <!-- " * n, 8000),
    "tags without end": (lambda n: "<a b " * n, 6000),
    "escapes": (lambda n: "\\*" * n, 30000),
    "escapes and words": (lambda n: "\\* a " * n, 4000),
    "character references": (lambda n: "&amp;" * n, 4000),
    "ampersands": (lambda n: "&a" * n, 20000),
    "addresses": (lambda n: "https://a.b/c " * n, 2500),
    "an address with brackets": (lambda n: "https://a.b/" + ")" * n, 60000),
    "an address with references": (lambda n: "https://a.b/" + "&a;" * n, 30000),
    "addresses without domain": (lambda n: "http://www." * n, 8000),
    "mail without domain": (lambda n: "a@" * n, 20000),
    "a name of mail": (lambda n: "a" * n + "@", 100000),
    "a table of many rows": (lambda n: "a | b\n--|--\n" + "1 | 2\n" * n, 700),
    "a table of many columns": (lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|b" * n, 800),
    "rows that make no table": (lambda n: "a | b\n-\n|-\n" * n, 800),
    "delimiter rows": (lambda n: "|-|-|\n" * n, 3000),
    "blank lines": (lambda n: "x" + "\n" * n, 60000),
    "wide blank lines": (lambda n: "x\n" + "      \t \n" * n, 4000),
    "blanks": (lambda n: " " * n + "x", 100000),
    "soft breaks": (lambda n: "a\n" * n, 3000),
    "lines that begin with a sign": (lambda n: "(a\n" * n, 1500),
    "indented lines of a paragraph": (lambda n: "a\n" + "     b\n" * n, 3000),
    "references in a paragraph": (lambda n: "a\n" + "[b]: c\n" * n, 1500),
    "soft breaks in a quote": (lambda n: "> a\n" * n, 2000),
    "tags of blocks": (lambda n: "<div>\n\n" * n, 2000),
    "comments": (lambda n: "<!-- a -->\n" * n, 3000),
    "fences": (lambda n: "```\na\n```\n" * n, 1500),
    "fences without end in items": (lambda n: "- ```\n" * n, 500),
    "indented code": (lambda n: "    a\n\n" * n, 4000),
    "underlines": (lambda n: "a\n=\n" * n, 2000),
    "checkboxes": (lambda n: "- [ ] " * n + "x", 4000),
}


def _times(text: str) -> Times:
    """The processor time that all of a text takes."""
    return {"parsing": seconds(partial(_read, text))}


def _read(text: str) -> None:
    for block in parse_blocks(Source("document.md", text)):
        for part in block.walk():
            _ = part.inlines


@pytest.mark.parametrize("family", FAMILIES)
def test_time_grows_with_the_text_and_not_faster(family: str) -> None:
    make, size = FAMILIES[family]
    assert growth(partial(_times, make(size)), partial(_times, make(2 * size))) == {}
