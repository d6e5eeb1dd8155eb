"""Links, and the anchors that links within the document can point at."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pmlint.document import Document
from pmlint.expressions import expression
from pmlint.mentions import Link, slug_of
from pmlint.model import Passage
from pmlint.source import Source, Span

_ANCHOR = expression(r"<[a-zA-Z][^<>]{0,300}?\s(?:id|name)\s*=\s*[\"']?([^\"'\s<>]{1,200})")
_HTML_LINK = expression(
    r"<(?P<tag>a|img)\s[^<>]{0,300}?\b(?:href|src)\s*=\s*[\"'](?P<target>[^\"'<>]{1,500})[\"']", re.I
)
# ``## Title {#id}`` of Pandoc, kramdown and Hugo.
_OWN_ID = expression(r"\{[^{}]{0,100}?#([\w:.-]{1,100})[^{}]{0,100}\}$", needs="}")


def find_links(document: Document, passages: Sequence[Passage]) -> tuple[Link, ...]:
    """Every link and image, in the order of the text; those of HTML included."""
    source = document.source
    links = [link for passage in passages for link in _of_passage(source, passage)]
    for block in document.walk():
        if block.kind == "html":
            links += _of_html(source.slice(block.span), block.span.start)
    return tuple(sorted(links, key=lambda link: (link.span.start, link.span.end)))


def _of_passage(source: Source, passage: Passage) -> Iterator[Link]:
    rendered = passage.rendered
    for tag in rendered.of_kind("html"):
        yield from _of_html(source.slice(tag.span), tag.span.start)
    for markup in rendered.of_kind("link", "image"):
        yield Link(markup.target, markup.span, "image" if markup.kind == "image" else "link")


def _of_html(raw: str, start: int) -> Iterator[Link]:
    for match in _HTML_LINK.finditer(raw):
        span = Span(start + match.start(), start + match.end())
        target = html.unescape(match["target"])
        yield Link(target, span, "image" if match["tag"].casefold() == "img" else "link")


def find_anchors(document: Document, passages: Sequence[Passage]) -> frozenset[str]:
    """What a fragment can point at: headings by GitHub's rule, ids that are written out, HTML ids and names.

    GitHub's rule (html-pipeline, ``TableOfContentsFilter``): lower case; letters, digits, hyphens, underscores and
    blanks stay; blanks become hyphens; the second heading alike gets ``-1``, and so on.
    """
    anchors: set[str] = set()
    seen: Counter[str] = Counter()
    for passage in passages:
        if passage.kind == "heading":
            text = passage.rendered.text
            own = _OWN_ID.search(text.rstrip())
            if own:
                anchors.add(own[1])
            slug = slug_of(text[: own.start()].rstrip() if own else text)
            anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    anchors.update(match[1] for match in _ANCHOR.finditer(document.source.text))
    return frozenset(anchors)
