"""mistune's inline parser, told to keep positions, and the replay that turns its tokens into placed inlines.

A leaf's inline tokens cover its text from left to right without gaps. Where a token that is not text begins and ends
is seen while it is parsed. Emphasis is made only afterwards, out of the texts in between; so the finished tokens are
replayed over the text: text advances by its length, emphasis by its markers, everything else to its known end. The
replay compares what it passes with the tokens and ends at the text's end, or raises Desync.
"""

from bisect import bisect_left
from collections.abc import Callable, MutableMapping
from functools import cache
from html import unescape
from html.entities import html5
from re import Match
from typing import Any, ClassVar

from mistune.core import InlineState
from mistune.inline_parser import InlineParser
from mistune.plugins.formatting import parse_strikethrough

from pmlint.document import Inline, InlineKind
from pmlint.expressions import expression
from pmlint.markdown.autolinks import find_addresses
from pmlint.markdown.footnotes import REFERENCE, parse_reference
from pmlint.markdown.places import Desync, Token
from pmlint.source import Span

_ENTITY = expression(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});")
_LINE_START = expression(r"\n[ \t]*")
_LINE_END = expression(r" *\n[ \t]*")
# As CommonMark has it, only blanks and tabs belong to a line break: a no-break space is text.
_BREAKS = {"linebreak": r"(?:\\| {2,})\n[ \t]*", "softbreak": r" *\n[ \t]*"}
_KINDS: dict[str, InlineKind] = {
    "emphasis": "emphasis",
    "strong": "strong",
    "strikethrough": "strike",
    "link": "link",
    "image": "image",
}
_MARKERS = {"emphasis": 1, "strong": 2, "strikethrough": 2, "image": 2, "link": 1}

Run = tuple[int, int]
# From stretches of a leaf's text to spans
Placing = Callable[[int, int], Span]


class PlacedInlineState(InlineState):
    """An inline parser's state that knows where its tokens begin; ``base`` is where its text begins in the leaf's."""

    def __init__(self, env: MutableMapping[str, Any]) -> None:
        super().__init__(env)
        self.base = 0
        self.position = 0
        self.inner = 0
        self.starts: list[int] = []
        self.escapes: list[Run] = []
        self.addresses: list[Run] | None = None

    def append_token(self, token: Token) -> None:
        """Add a token; one that takes the place of others, as a link does, begins where the first of them began."""
        index = len(self.tokens)
        start = self.starts[index] if index < len(self.starts) else self.position
        del self.starts[index:]
        self.starts.append(start)
        if token["type"] == "text":
            self.position += len(token["raw"])
        else:
            # The end is not known yet, save for a link that ends in this very bracket.
            self.position += 1
            token["place"] = (self.base + start, self.base + self.position)
        super().append_token(token)

    def in_address(self, position: int) -> bool:
        """Whether a position lies in an address that begins with a scheme or ``www.``."""
        if self.addresses is None:
            addresses = find_addresses(self.src, 0, len(self.src))
            self.addresses = [(start, end) for start, end, target in addresses if not target.startswith("mailto:")]
        before = bisect_left(self.addresses, (position + 1, 0)) - 1
        return before >= 0 and position < self.addresses[before][1]

    def copy(self) -> "PlacedInlineState":
        """A state for the text that begins where the match that is being parsed ends."""
        copy = super().copy()
        assert isinstance(copy, PlacedInlineState)
        copy.base = self.base + self.inner
        copy.escapes = self.escapes
        return copy


class PlacedInlineParser(InlineParser):
    """Every token that it makes, save text and emphasis, has a ``place``: its stretch of the leaf's text."""

    state_cls = PlacedInlineState
    SPECIFICATION: ClassVar[dict[str, str]] = {**InlineParser.SPECIFICATION, **_BREAKS}

    def __init__(self) -> None:
        super().__init__()
        self.register("strikethrough", r"~~(?=[^\s~])", parse_strikethrough, before="link")
        self.register("footnote", REFERENCE, parse_reference, before="link", start_chars="[")

    def parse_method(self, m: Match[str], state: InlineState) -> int | None:
        """Parse the inline that a rule has recognised; returns where it ends, or None if it is none after all."""
        assert isinstance(state, PlacedInlineState)
        state.position, state.inner = m.span()
        if m.lastgroup in ("emphasis", "strikethrough") and state.in_address(m.start()):
            # On GitHub an address goes before emphasis.
            self.process_text(m[0], state, parse_emphasis=False)
            return m.end()
        end = super().parse_method(m, state)
        if end:
            if m.lastgroup == "escape":
                state.escapes.append((state.base + m.start(), state.base + end))
            elif (token := state.tokens[-1])["type"] != "text":
                token["place"] = (token["place"][0], state.base + end)
        return end


@cache
def _parser() -> PlacedInlineParser:
    # It keeps compiled patterns and nothing about documents.
    return PlacedInlineParser()


def parse_inlines(text: str, env: MutableMapping[str, Any], place: Placing, cell: bool) -> tuple[Inline, ...]:
    """The inline content of a leaf; raises Desync if a token is not where it was seen.

    ``env`` holds the document's link references; in a table's cell, code spans may hold escaped pipes.
    """
    parser = _parser()
    state = PlacedInlineState(env)
    state.src = text
    replay = _Replay(text, state.escapes, place, cell)
    inlines, end = replay.nodes(parser.render(state), 0)
    if end != len(text):
        raise Desync(f"inlines end at {end} of {len(text)}")
    return inlines


def plain_inlines(text: str, place: Placing) -> tuple[Inline, ...]:
    """A leaf's text as nothing but lines."""
    nodes: list[Inline] = []
    at = 0
    for line_end in _LINE_END.finditer(text):
        start, end = line_end.span()
        if start > at:
            nodes.append(Inline("text", place(at, start), text[at:start]))
        nodes.append(Inline("softbreak", place(start, end), " "))
        at = end
    if at < len(text):
        nodes.append(Inline("text", place(at, len(text)), text[at:]))
    return tuple(nodes)


class _Replay:
    def __init__(self, text: str, escapes: list[Run], place: Placing, cell: bool) -> None:
        self.text = text
        self.escapes = escapes
        self.place = place
        self.cell = cell

    def nodes(self, tokens: list[Token], at: int, linked: bool = False) -> tuple[tuple[Inline, ...], int]:
        """The tokens as inlines, the first of them at a position, and the position after the last.

        Where they are ``linked`` already, addresses in their text are not links.
        """
        nodes: list[Inline] = []
        text_start = at
        for token in tokens:
            if token["type"] == "text":
                at = self._after_text(at, token["raw"])
                continue
            nodes.extend(self._texts(text_start, at, linked))
            node, at = self._node(token, at, linked)
            nodes.append(node)
            text_start = at
        nodes.extend(self._texts(text_start, at, linked))
        return tuple(nodes), at

    def _node(self, token: Token, start: int, linked: bool) -> tuple[Inline, int]:
        kind = token["type"]
        if kind in ("emphasis", "strong"):
            return self._emphasis(token, start, linked)
        if token["place"][0] != start:
            raise Desync(f"{kind} begins at {token['place'][0]}, not {start}")
        end: int = token["place"][1]
        match kind:
            case "softbreak":
                return Inline("softbreak", self.place(start, end), " "), end
            case "linebreak":
                return Inline("linebreak", self.place(start, end), "\n"), end
            case "codespan":
                lines = self._code_lines(start, end) if "\n" in self.text[start:end] else ()
                return Inline("code", self.place(start, end), self._code(start, end), lines), end
            case "inline_html":
                return Inline("html", self.place(start, end), _LINE_START.sub("\n", token["raw"])), end
            case "footnote":
                return Inline("footnote", self.place(start, end), target=token["label"]), end
            case "link" | "image" | "strikethrough":
                return self._enclosed(token, start, end, linked), end
        raise Desync(f"a token of the kind {kind}")

    def _code_lines(self, start: int, end: int) -> tuple[Inline, ...]:
        """The content of a code span over several lines, piece by piece; blanks that begin a line are not content."""
        ticks = end - start - len(self.text[start:end].lstrip("`"))
        at, last = start + ticks, end - ticks
        content = _LINE_START.sub(" ", self.text[at:last])
        if content.strip(" ") and content[0] == content[-1] == " ":
            # One blank or line end at either side only parts the content from the back-ticks.
            at = first.end() if (first := _LINE_START.match(self.text, at, last)) else at + 1
            last = (
                self.text.rindex("\n", at, last)
                if not self.text[at:last].rpartition("\n")[2].strip(" \t")
                else last - 1
            )
        pieces: list[Inline] = []
        for line_end in _LINE_START.finditer(self.text, at, last):
            if at < line_end.start():
                pieces.append(Inline("text", self.place(at, line_end.start()), self.text[at : line_end.start()]))
            pieces.append(Inline("softbreak", self.place(line_end.start(), line_end.end()), " "))
            at = line_end.end()
        if at < last:
            pieces.append(Inline("text", self.place(at, last), self.text[at:last]))
        return tuple(pieces)

    def _code(self, start: int, end: int) -> str:
        """The content of a code span; the blanks that begin its lines are the paragraph's."""
        around = self.text[start:end]
        ticks = len(around) - len(around.lstrip("`"))
        content = _LINE_START.sub(" ", around[ticks:-ticks])
        if self.cell:
            content = content.replace("\\|", "|")
        padded = content.strip(" ") and content[0] == content[-1] == " "
        return content[1:-1] if padded else content

    def _emphasis(self, token: Token, start: int, linked: bool) -> tuple[Inline, int]:
        kind, width = _KINDS[token["type"]], _MARKERS[token["type"]]
        marker = self.text[start : start + width]
        children, inner = self.nodes(token["children"], start + width, linked)
        end = inner + width
        if marker not in ("*" * width, "_" * width) or self.text[inner:end] != marker:
            raise Desync(f"no {kind} from {start} to {end}")
        return Inline(kind, self.place(start, end), children=children), end

    def _enclosed(self, token: Token, start: int, end: int, linked: bool) -> Inline:
        kind = token["type"]
        first = start + _MARKERS[kind]
        children, inner = self.nodes(token["children"], first, linked or kind != "strikethrough")
        if self.text[first - 1] + self.text[inner : inner + 1] not in ("[]", "<>", "~~"):
            raise Desync(f"no {kind} from {start} to {end}")
        target = token.get("attrs", {}).get("url", "")
        return Inline(_KINDS[kind], self.place(start, end), children=children, target=target)

    def _after_text(self, at: int, raw: str) -> int:
        """The position after a text, escapes decoded, that begins at a position."""
        passed = 0
        escape = bisect_left(self.escapes, (at, 0))
        while passed < len(raw):
            start, end = self.escapes[escape] if escape < len(self.escapes) else (len(self.text), len(self.text))
            if at == start < end:
                plain, source = raw[passed : passed + (end - start) // 2], self.text[start + 1 : end : 2]
                at, escape = end, escape + 1
            else:
                plain = raw[passed : passed + start - at]
                source = self.text[at : at + len(plain)]
                at += len(plain)
            if plain != source or not plain:
                raise Desync(f"{raw!r} is not at {at}")
            passed += len(plain)
        return at

    def _texts(self, start: int, end: int, linked: bool) -> list[Inline]:
        """A stretch of text as text, escapes, character references and, unless it is linked already, links."""
        nodes: list[Inline] = []
        for address in () if linked else find_addresses(self.text, start, end):
            nodes.extend(self._decoded(start, address.start))
            children = tuple(self._plain(address.start, address.end))
            nodes.append(
                Inline("link", self.place(address.start, address.end), children=children, target=address.target)
            )
            start = address.end
        nodes.extend(self._decoded(start, end))
        return nodes

    def _decoded(self, start: int, end: int) -> list[Inline]:
        nodes: list[Inline] = []
        escapes = self.escapes
        inside = escapes[bisect_left(escapes, (start, 0)) : bisect_left(escapes, (end, 0))] if escapes else ()
        for first, last in inside:
            nodes.extend(self._references(start, first))
            nodes.extend(Inline("escape", self.place(at, at + 2), self.text[at + 1]) for at in range(first, last, 2))
            start = last
        nodes.extend(self._references(start, end))
        return nodes

    def _references(self, start: int, end: int) -> list[Inline]:
        if self.text.find("&", start, end) < 0:
            return self._plain(start, end)
        nodes: list[Inline] = []
        at = start
        for reference in _ENTITY.finditer(self.text, start, end):
            name = reference[0]
            if name[1] != "#" and name[1:] not in html5:
                continue
            nodes.extend(self._plain(at, reference.start()))
            nodes.append(Inline("entity", self.place(*reference.span()), unescape(name) or "\ufffd"))
            at = reference.end()
        nodes.extend(self._plain(at, end))
        return nodes

    def _plain(self, start: int, end: int) -> list[Inline]:
        return [Inline("text", self.place(start, end), self.text[start:end])] if start < end else []
