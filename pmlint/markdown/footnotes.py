"""Footnotes: ``[^label]`` in text, and the blocks ``[^label]: …`` that it refers to.

GitHub's rules: a definition may follow a paragraph without a blank line; what is indented by four columns belongs to
it, and so do lines that go on with its last paragraph.
"""

from re import Match

from mistune.block_parser import BlockParser
from mistune.core import BlockState, InlineState
from mistune.inline_parser import InlineParser
from mistune.util import unikey

from pmlint.expressions import expression
from pmlint.markdown.containers import collect_text, find_indented
from pmlint.markdown.places import Desync, placed

DEFINITION = r"^ {0,3}\[\^(?P<footnote_label>[^\[\]\s]{1,999})\]:[ \t]*"
REFERENCE = r"\[\^(?P<reference_label>[^\[\]\s]{1,999})\]"

_OPENING = expression(r"\[")


def parse_definition(block: BlockParser, m: Match[str], state: BlockState) -> int:
    """Add a footnote and remember its label; returns where it ends."""
    label = m["footnote_label"]
    state.env.setdefault("footnotes", set()).add(unikey(label))
    first = state.src[m.end() : state.find_line_end_at(m.start())]
    with placed(state).collecting("footnote", m.start()):
        child = state.child_state(collect_text(block, state, first, find_indented))
    deepest = placed(state).depth() >= block.max_nested_level - 1
    without = ("footnote", "list", "block_quote") if deepest else ("footnote",)
    block.parse(child, [rule for rule in block.rules if rule not in without])
    state.append_token({"type": "footnote", "label": label, "children": child.tokens})
    return state.cursor


def parse_reference(inline: InlineParser, m: Match[str], state: InlineState) -> int | None:
    """Add a reference to a footnote; if there is no such footnote, the bracket may still begin a link."""
    label = m["reference_label"]
    if unikey(label) in state.env.get("footnotes", ()):
        state.append_token({"type": "footnote", "label": label})
        return m.end()
    opening = _OPENING.match(state.src, m.start())
    if opening is None:
        raise Desync("a reference without bracket")
    return inline.parse_link(opening, state)
