"""The blocks and inlines of a document are those that GitHub's own parser, cmark-gfm, shows."""

import html
import re
from html.parser import HTMLParser

import cmarkgfm
import pytest

from pmlint.document import Block, Inline
from pmlint.frontmatter import parse_front_matter
from pmlint.markdown import parse_blocks
from pmlint.source import Source, decoded
from tests.corpus import CORPUS, needs_corpus
from tests.test_markdown_positions import examples

EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]
TAGS = {"emphasis": "em", "strong": "strong", "strike": "del", "link": "a"}
BLOCKS = r"</?(?:li|ul|ol|blockquote|table|tr|td|th|h\d|pre|hr|div|details|summary)[^>]*>"

# The examples that cmark-gfm reads as an older CommonMark, or as nobody does: a reference to a character that there is
# not, currency signs beside "*", strong text in strong text (which it makes one), an escape in a mail address.
OTHERWISE_AT_GITHUB = [
    "&nbsp &x; &#; &#x;",
    "*$*alpha.",
    "__foo, __bar__, baz__",
    "foo******bar*********baz",
    "__foo __bar__ baz__",
    "____foo__ bar__",
    "**foo **bar****",
    "****foo****",
    "____foo____",
    "******foo******",
    "_____foo_____",
    "<foo\\+@bar.example.com>",
]


def inlines_as_html(inlines: tuple[Inline, ...]) -> str:
    return "".join(inline_as_html(inline) for inline in inlines)


def inline_as_html(inline: Inline) -> str:
    match inline.kind:
        case "text" | "escape" | "entity" | "softbreak":
            return html.escape(inline.text, quote=False)
        case "linebreak":
            return "<br>"
        case "code":
            return f"<code>{html.escape(inline.text, quote=False)}</code>"
        case "html":
            return inline.text
        case "image":
            return "<img>"
        case "footnote":
            return "<sup></sup>"
    return f"<{TAGS[inline.kind]}>{inlines_as_html(inline.children)}</{TAGS[inline.kind]}>"


def blocks_as_html(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block_as_html(block) for block in blocks)


def block_as_html(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"<h{block.level}>{inlines_as_html(block.inlines)}</h{block.level}>"
        case "paragraph":
            return f"<p>{inlines_as_html(block.inlines)}</p>"
        case "code":
            return f"<pre>{html.escape(block.text, quote=False)}</pre>"
        case "html":
            return block.text
        case "break":
            return "<hr>"
        case "footnote":
            return ""
        case "quote":
            return f"<blockquote>{blocks_as_html(block.children)}</blockquote>"
        case "item":
            box = {None: "", False: "<input>", True: "<input checked>"}[block.checked]
            return f"<li>{box}{blocks_as_html(block.children)}</li>"
        case "table":
            return table_as_html(block)
    name = "ol" if block.ordered else "ul"
    return f"<{name}>{blocks_as_html(block.children)}</{name}>"


def table_as_html(table: Block) -> str:
    rows = []
    width = len(table.children[0].children)
    for row, name in zip(table.children, ["th"] + ["td"] * len(table.children), strict=False):
        cells = [inlines_as_html(cell.inlines) for cell in row.children[:width]]
        cells += [""] * (width - len(cells))
        rows.append("<tr>" + "".join(f"<{name}>{cell}</{name}>" for cell in cells) + "</tr>")
    return "<table>" + "".join(rows) + "</table>"


class Shape(HTMLParser):
    """What a page shows: its tags without attributes, its text, and a bar for where a paragraph begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code = self.in_code or tag == "pre"
        if tag == "p":
            self.parts.append("|")
        elif tag not in ("thead", "tbody") and not (tag == "code" and self.in_code):
            self.parts.append(
                f"<{tag} checked>" if ("checked", "") in attrs or ("checked", None) in attrs else f"<{tag}>"
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.parts.append("|")
        elif tag not in ("thead", "tbody", "br", "img", "input", "hr") and not (tag == "code" and self.in_code):
            self.parts.append(f"</{tag}>")
        self.in_code = self.in_code and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")


def shape(page: str) -> str:
    parser = Shape()
    parser.feed(page)
    parser.close()
    text = re.sub(r"\s+", " ", "".join(parser.parts))
    text = re.sub(rf"[ |]*({BLOCKS})[ |]*", r"\1", text)
    text = re.sub(r" *<br> *", "<br>", text)
    text = re.sub(r"(<input[^>]*>)[ |]*", r"\1", text)
    return re.sub(r" ?\|[ |]*", "|", text).strip("| ")


def seen_by_github(text: str) -> str:
    options = cmarkgfm.cmark.Options
    page = cmarkgfm.markdown_to_html_with_extensions(
        text, options.CMARK_OPT_UNSAFE | options.CMARK_OPT_FOOTNOTES, EXTENSIONS
    )
    page = re.sub(r'<section class="footnotes".*', "", page, flags=re.DOTALL)
    return shape(re.sub(r'<sup class="footnote-ref">.*?</sup>', "<sup></sup>", page))


def seen_by_pmlint(text: str) -> str:
    return shape(blocks_as_html(parse_blocks(Source("document.md", text))))


def test_the_examples_of_the_specifications_look_as_they_do_on_github() -> None:
    texts = {*examples("commonmark"), *examples("gfm")}
    differing = {text for text in texts if seen_by_pmlint(text) != seen_by_github(text)}
    assert {text.split("\n")[0] for text in differing} == set(OTHERWISE_AT_GITHUB)


# The faults that the parser beneath has, or that a position layer is apt to make.
SAME_AS_ON_GITHUB = {
    "a mixture of underlines is text": "a\n-=\nb",
    "a break in an item": "2) ---",
    "a code span over lines that are indented": "`a\n   b`",
    "a lazy line in a code span": "> ``\n|\n``",
    "a package and its version is no mail address": "core-utils@0.12.1",
    "underscores in an address": "https://x.y/_a_b_",
    "asterisks in an address": "see https://x.y/a*b*c",
    "an address in bold": "**https://x.y**",
    "an address in brackets": "(https://x.y/(z))",
    "hashes that close nothing": "# a # b",
    "hashes that close": "## a ##  ",
    "nothing but hashes": "## ##",
    "a lazy line behind a quoted list": "> - a\nb",
    "no lazy line behind a quoted heading": "> # h\nb",
    "no lazy line behind a quoted table": "> |a|\n> |-|\nb",
    "a note between lines": "a[^1]\n[^1]: x\nlazy\n\nout",
}


@pytest.mark.parametrize("text", SAME_AS_ON_GITHUB.values(), ids=SAME_AS_ON_GITHUB)
def test_it_looks_as_on_github(text: str) -> None:
    assert seen_by_pmlint(text) == seen_by_github(text)


@needs_corpus
def test_the_corpus_looks_as_it_does_on_github() -> None:
    differing = []
    for path in sorted(CORPUS.rglob("*")):
        if path.is_dir() or path.suffix == ".tsv":
            continue
        source, unreadable = decoded(path.name, path.read_bytes())
        front_matter = parse_front_matter(source)
        text = source.text[front_matter.span.end :] if front_matter else source.text
        if unreadable is None and seen_by_pmlint(text) != seen_by_github(text):
            differing.append(str(path.relative_to(CORPUS)))
    assert differing == []
