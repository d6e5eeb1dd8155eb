"""mistune's block parser, told to keep positions and to read blocks the way GitHub does."""

import re
from re import Match
from typing import ClassVar

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from pmlint.expressions import expression
from pmlint.markdown.containers import DEEPEST, HTML_START, collect_text, find_quoted
from pmlint.markdown.footnotes import DEFINITION, parse_definition
from pmlint.markdown.places import BLANKS, Desync, Misread, PlacedState, placed
from pmlint.markdown.tables import TABLE, parse_table

# mistune takes any mixture of both signs for an underline.
_UNDERLINE = r"^ {0,3}(?P<setext_1>=|-)(?P=setext_1)*[ \t]*$"

# A quote or an item at the start of a text, or behind a line of it: there items have a text, and numbers begin at 1.
_CONTAINER = expression(
    r"\A {0,3}(?:>|(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$))|^ {0,3}(?:>|(?:[*+-]|1[.)])[ \t]+(?=\S))", re.M
)
_TEXTS = frozenset({"paragraph", "heading", "table"})

# Where mistune keeps its index of blank lines
_BLANK_LINES = "__blank_line_starts__"


class PlacedParser(BlockParser):
    """Every token that it makes has a ``place``: its stretch of the state's text, blanks and line end included."""

    state_cls = PlacedState
    SPECIFICATION: ClassVar[dict[str, str]] = {
        **BlockParser.SPECIFICATION,
        "block_html": HTML_START,
        "setex_heading": _UNDERLINE,
    }

    def __init__(self) -> None:
        super().__init__(max_nested_level=DEEPEST)
        self.register("table", TABLE, parse_table)
        self.register("footnote", DEFINITION, parse_definition, before="ref_link")
        for rules in (self.list_rules, self.block_quote_rules):
            self.insert_rule(rules, "table")
            self.insert_rule(rules, "footnote", before="ref_link")

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parse a state's text; where containers are no longer among the rules, note those that it holds."""
        super().parse(state, rules)
        if rules is not None and "list" not in rules:
            _note_depth(placed(state))

    def parse_method(self, m: Match[str], state: BlockState) -> int | None:
        """Parse the block that a rule has recognised; returns where it ends, or None if it is none after all."""
        count = len(state.tokens)
        end = super().parse_method(m, state)
        if end:
            for token in state.tokens[count:]:
                token.setdefault("place", (m.start(), end))
            if m.lastgroup == "setex_heading" and len(state.tokens) == count:
                heading = state.tokens[-1]
                heading["place"] = (heading["place"][0], end)
        return end

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        """Parse a heading that begins with ``#``; mistune takes n² to see that nothing closes it behind n blanks."""
        text = m["atx_2"].strip(BLANKS)
        content = text.rstrip("#")
        if content.rstrip(BLANKS) != content or not content:
            text = content.rstrip(BLANKS)
        state.append_token({"type": "heading", "text": text, "attrs": {"level": len(m["atx_1"])}, "style": "atx"})
        return m.end() + 1

    def parse_ref_link(self, m: Match[str], state: BlockState) -> int | None:
        """Parse a link reference with the state's own index of blank lines.

        mistune keeps the index of one text only, and makes it anew whenever the references of two texts alternate.
        """
        own = placed(state)
        if own.blank_lines is not None:
            own.env[_BLANK_LINES] = own.blank_lines
        end = super().parse_ref_link(m, state)
        own.blank_lines = own.env.get(_BLANK_LINES)
        return end

    def parse_list(self, m: Match[str], state: BlockState) -> int:
        """Parse a list, telling the states of its items where they stand."""
        with placed(state).collecting("list", m.start()):
            return super().parse_list(m, state)

    def parse_block_quote(self, m: Match[str], state: BlockState) -> int:
        """Parse a quote, telling the state of its content where it stands."""
        with placed(state).collecting("quote", m.start()):
            return super().parse_block_quote(m, state)

    def extract_block_quote(self, m: Match[str], state: BlockState) -> tuple[str, int | None, set[int]]:
        """The quote's text; the cursor is moved to its end.

        mistune's own way parses the block that ends the quote from here, which recurses once a quote and puts blocks
        out of order; it also takes a heading for a lazy line. Here the quote ends before the first line that is not
        its own, and the block parser goes on from there.
        """
        first = find_quoted(state.get_line(state.cursor))
        if first is None:
            raise Desync("a quote without marker")
        return collect_text(self, state, first, find_quoted), None, set()


def _note_depth(state: PlacedState) -> None:
    """Note the first container that a state holds as text, unless there is nothing in it."""
    if state.misread is None or any(one.cause == "depth" for one in state.misread):
        return
    for token in state.tokens:
        if token["type"] not in _TEXTS:
            continue
        start, end = state.trimmed(*token["place"])
        container = _CONTAINER.search(state.src[start:end])
        if container and state.src[start + container.start() : end].strip("> \t\n"):
            span = state.span(*state.trimmed(start + container.start(), end))
            state.misread.append(Misread(span, "depth"))
            return
