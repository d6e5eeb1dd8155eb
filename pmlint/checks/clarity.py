"""Whether what stands there is finished, and of a length that is read."""

import re
from collections.abc import Iterator, Sequence

from pmlint.brevity import shortened
from pmlint.excerpts import words
from pmlint.expressions import expression
from pmlint.model import Passage, Postmortem
from pmlint.placeholders import find_placeholders, is_placeholder
from pmlint.rule import Edit, Mark
from pmlint.source import Span

_SHOWN = 40


def placeholder(pm: Postmortem) -> Iterator[Mark]:
    """Words that keep a place for text which never came. Code, links and states of action items are left alone."""
    for span, kept in find_placeholders(pm):
        shown = shortened(kept, _SHOWN)
        said = '"?" stands where a value belongs' if kept == "?" else f'"{shown}" keeps a place for something'
        yield Mark(span, said)


_ASKING = (
    r"describe|explain|list|include|provide|summari[sz]e|write|give|add|enter|insert|fill in|outline|specify|document"
    r"|identify|mention|state|replace|delete|remove|use|be (?:as|very) specific|think about|copy these|to be done"
)
_CUE = expression(
    rf"(?:please |briefly |shortly )*(?:{_ASKING}|note|what"
    r"|who|how|why|when|which|where|did|was|were|an? (?:brief|short)"
    r"|one or two|in this section|this section|your|example|e\.g\.|for example|optional|required|hint|tip)\b",
    re.I,
)


def template_instructions(pm: Postmortem) -> Iterator[Mark]:
    """A paragraph or list item wholly in italics or brackets that asks the author for something, with an edit that
    deletes it."""
    for passage in pm.passages:
        text = passage.rendered.text.strip()
        if passage.kind not in ("paragraph", "item") or not _is_set_apart(passage, text) or is_placeholder(text):
            continue
        asked = text.strip("_*[](){}<> ")
        if len(asked.split()) < _FEWEST_WORDS or not (_CUE.match(asked) and _asks_somebody(asked)):
            continue
        lines = None if passage.quoted else _lines_to_delete(pm, passage)
        edits = (Edit(lines, ""),) if lines else ()
        shown = " ".join(asked.split())[:_SHOWN]
        yield Mark(passage.rendered.home, f'"{shown}…" asks the author for something', edits=edits)


_FEWEST_WORDS = 4
_LONG_QUESTION = 8
_ASKED = expression(
    rf"^(?:please|briefly|shortly|{_ASKING})\b|\b(?:your|you)\b|^(?:in )?this section\b|\b(?:here|below)\.?$", re.I
)


def _asks_somebody(text: str) -> bool:
    # A short question in italics may be a heading of the author's: "What could have gone better?"
    return bool(_ASKED.search(text)) or (text.endswith("?") and len(text.split()) >= _LONG_QUESTION)


def _is_set_apart(passage: Passage, text: str) -> bool:
    """Whether the whole passage is emphasised or stands in square or angle brackets."""
    start = len(passage.rendered.text) - len(passage.rendered.text.lstrip())
    whole = any(m.start <= start and m.end >= start + len(text) for m in passage.rendered.of_kind("emphasis"))
    return whole or (text[:1] == "[" and text[-1:] == "]" and "[" not in text[1:] and not _is_link(passage))


def _is_link(passage: Passage) -> bool:
    return any(True for _ in passage.rendered.of_kind("link", "footnote", "image"))


def _lines_to_delete(pm: Postmortem, passage: Passage) -> Span | None:
    """The lines that go with an instruction; None where more than the instruction would go."""
    if passage.kind == "paragraph":
        return _whole_lines(pm, passage)
    # An entry or an action that goes is more than form.
    return _bullet(pm, passage) if passage.concepts.isdisjoint({"timeline", "actions"}) else None


_BULLET = expression(r"(?P<indent> {0,3})[-*+] +(?:\[[ xX]\] +)?")
_BEGINS_ANEW = expression(r" {0,3}(?:[-*+] +[^\s-]|#)")


def _bullet(pm: Postmortem, passage: Passage) -> Span | None:
    """The lines of a bullet that holds nothing else, with the blank line after it where one stands before it, too."""
    lines = pm.source.line_spans
    first = pm.source.line_number(passage.rendered.home.start) - 1
    after = pm.source.line_number(passage.rendered.home.end)
    bullet = _BULLET.fullmatch(pm.source.text[lines[first].start : passage.rendered.home.start])
    if bullet is None or first == 0:
        return None
    before, *below = (pm.source.slice(line) for line in (lines[first - 1], *lines[after : after + 2]))
    follows = next((line for line in below if line.strip()), "")
    if follows.startswith((f"{bullet['indent']} ", "\t")) or (
        # A line that is a rule below a bullet would underline the text above it.
        before.strip() and below[:1] == [follows] and follows and not _BEGINS_ANEW.match(follows)
    ):
        return None
    if below and not below[0].strip() and not before.strip():
        after += 1
    return Span(lines[first].start, lines[after].start if after < len(lines) else len(pm.source.text))


def _whole_lines(pm: Postmortem, passage: Passage) -> Span:
    """The lines of a paragraph with the blank line after them, or the one before at the end of the text."""
    lines = pm.source.line_spans
    first = pm.source.line_number(passage.rendered.home.start) - 1
    after = pm.source.line_number(passage.rendered.home.end)
    if after < len(lines) and not pm.source.slice(lines[after]).strip():
        after += 1
    if after < len(lines):
        return Span(lines[first].start, lines[after].start)
    if first > 0 and not pm.source.slice(lines[first - 1]).strip():
        first -= 1
    return Span(lines[first].start, len(pm.source.text))


# Data of well-known sample postmortems; two of one sample in a document, and it was copied.
_SAMPLES = (
    (
        "shakespeare",
        "sonnet",
        "1.21b queries",
        "5554823",
        "5554824",
        "5554825",
        "deloreans",
        "#465",
        "jennifer, martym",
        "agoogler",
    ),
    ("hot-13432", "hot-14932", "hot-19361", "xyz service", "{x%}", "1,576 customers"),
)


def leftover_example(pm: Postmortem, *, samples: Sequence[str]) -> Iterator[Mark]:
    """Data of a published sample left in a document of one's own: the first of at least two places."""
    found: dict[int, list[tuple[Passage, int, int]]] = {}
    texts = [passage.rendered.text.casefold() for passage in pm.passages]
    whole = "\n".join(texts)
    tokens = [
        (number, token)
        for number, sample in enumerate((*_SAMPLES, tuple(samples)))
        for token in map(str.casefold, sample)
        if token in whole  # most documents have none
    ]
    for passage, text in zip(pm.passages, texts, strict=True) if tokens else ():
        for number, token in tokens:
            at = text.find(token)
            if at >= 0:
                found.setdefault(number, []).append((passage, at, at + len(token)))
    for places in found.values():
        told = {passage.rendered.text[start:end].casefold() for passage, start, end in places}
        if len(told) >= 2:
            passage, start, end = places[0]
            shown = passage.rendered.text[start:end]
            yield Mark(passage.rendered.span(start, end), f'"{shown}" is of a published sample')


def too_long(pm: Postmortem, *, maximum_words: int) -> Iterator[Mark]:
    """More than ``maximum_words`` words in the whole document; code and front matter are not counted."""
    count = words(p for p in pm.passages if "appendix" not in p.concepts)
    if count > maximum_words:
        yield Mark(pm.head, f"the document has {count} words")


def too_short(pm: Postmortem, *, minimum_words: int) -> Iterator[Mark]:
    """Fewer than ``minimum_words`` words in the whole document; code and front matter are not counted."""
    count = words(pm.passages)
    if count < minimum_words:
        yield Mark(pm.head, f"the document has {count} words")


def empty_glossary(pm: Postmortem) -> Iterator[Mark]:
    """A glossary in which nothing stands."""
    for section in pm.concerning("glossary"):
        if section.empty:
            yield Mark(section.span, f'"{section.title.strip(" :")}" is empty')


def image_without_text(pm: Postmortem) -> Iterator[Mark]:
    """An image without alternative text that stands alone, with no sentence right before or after it."""
    for number, passage in enumerate(pm.passages):
        images = [
            m for m in passage.rendered.of_kind("image") if pm.source.slice(m.span).startswith(("![](", "![][", "![ ]"))
        ]
        if not images or passage.rendered.text.strip() or passage.kind == "cell":
            continue
        around = (*pm.passages[max(number - 1, 0) : number], *pm.passages[number + 1 : number + 2])
        if any(near.kind in ("paragraph", "item") and near.rendered.text.strip() for near in around):
            continue
        yield Mark(images[0].span, "the image has no text, and no sentence stands beside it")


def log_dump(pm: Postmortem, *, maximum_lines: int) -> Iterator[Mark]:
    """A code block of more than ``maximum_lines`` lines outside the appendix."""
    appendices = [section.body for section in pm.concerning("appendix", "references")]
    number, appendix_until = 0, 0
    for listing in pm.listings:
        while number < len(appendices) and appendices[number].start <= listing.start:
            appendix_until = max(appendix_until, appendices[number].end)
            number += 1
        first, last = pm.source.line_number(listing.start), pm.source.line_number(listing.end)
        count = last - first - 1
        if count > maximum_lines and listing.start >= appendix_until:
            line = pm.source.line_spans[first - 1]
            yield Mark(Span(listing.start, max(line.end, listing.start)), f"{count} lines of code or logs stand here")
