"""From the parser's tokens to the document's blocks."""

from collections.abc import Iterator

from pmlint.document import Block
from pmlint.expressions import expression
from pmlint.markdown.leaves import Leaf
from pmlint.markdown.places import BLANKS, Desync, PlacedState, Token, Tokens
from pmlint.source import Span

_BOX = expression(r"\[([ xX])\](?:[ \t]+|(?=\n|$))")


def blocks_of(state: PlacedState) -> tuple[Block, ...]:
    """The blocks of a parsed state, in the order of the text."""
    return tuple(block for token in state.tokens if (block := _block(token, state)))


def _block(token: Token, state: PlacedState) -> Block | None:
    match token["type"]:
        case "paragraph" | "block_text":
            return _paragraph(token, state)
        case "heading":
            return _heading(token, state)
        case "list":
            return _list(token)
        case "block_quote":
            return Block("quote", _span(token, state), blocks_of(_child(token)))
        case "block_code":
            info = token.get("attrs", {}).get("info", "")
            return Block("code", _span(token, state), info=info, text=token["raw"].removesuffix("\n"))
        case "block_html":
            return Block("html", _span(token, state), text=token["raw"].strip(BLANKS))
        case "table":
            return _table(token, state)
        case "footnote":
            return Block("footnote", _span(token, state), blocks_of(_child(token)), info=token["label"])
        case "thematic_break":
            return Block("break", _span(token, state))
        case "blank_line":
            return None
        case unknown:
            raise Desync(f"a token of the kind {unknown}")


def _span(token: Token, state: PlacedState) -> Span:
    return state.span(*state.trimmed(*token["place"]))


def _child(token: Token) -> PlacedState:
    children = token["children"]
    if not isinstance(children, Tokens):
        raise Desync("a container that has lost its state")
    return children.state


def _paragraph(token: Token, state: PlacedState) -> Block | None:
    start, end = state.trimmed(*token["place"])
    # What a checkbox leaves of its line
    start = max(start, token.get("after_box", start))
    start, end = state.trimmed(start, end)
    if start == end:
        return None
    return Block("paragraph", state.span(start, end), parse=Leaf(state, start, end).inlines)


def _heading(token: Token, state: PlacedState) -> Block:
    start, end = state.trimmed(*token["place"])
    level = token["attrs"]["level"]
    if token["style"] == "atx":
        text = token["text"].strip(BLANKS)
        first = state.src.find(text, start + level, end)
        if first < 0:
            raise Desync("a heading is not where it was found")
        leaf = Leaf(state, first, first + len(text))
    else:
        leaf = Leaf(state, *state.trimmed(start, state.line_start(state.line_at(end))))
    return Block("heading", state.span(start, end), level=level, parse=leaf.inlines)


def _list(token: Token) -> Block:
    items = tuple(_item(_child(item)) for item in token["children"])
    span = items[0].span.covering(items[-1].span)
    attrs = token["attrs"]
    return Block("list", span, items, level=attrs.get("start", 1) if attrs["ordered"] else 0, ordered=attrs["ordered"])


def _item(state: PlacedState) -> Block:
    if state.marker is None:
        raise Desync("an item without marker")
    span, checked = state.marker, None
    if state.tokens and state.tokens[0]["type"] in ("paragraph", "block_text"):
        first = state.tokens[0]
        start, end = state.trimmed(*first["place"])
        if box := _BOX.match(state.src, start, end):
            checked = box[1] != " "
            first["after_box"] = box.end()
            span = span.covering(state.span(start, box.end(1) + 1))
    children = blocks_of(state)
    if children:
        span = span.covering(children[-1].span)
    return Block("item", span, children, checked=checked)


def _table(token: Token, state: PlacedState) -> Block:
    return Block("table", _span(token, state), tuple(_rows(token, state)))


def _rows(token: Token, state: PlacedState) -> Iterator[Block]:
    for (start, end), stretches in token["rows"]:
        row = state.trimmed(start, end)
        yield Block("row", state.span(*row), tuple(_cell(state, *stretch) for stretch in stretches))


def _cell(state: PlacedState, start: int, end: int) -> Block:
    return Block("cell", state.span(start, end), parse=Leaf(state, start, end, cell=True).inlines)
