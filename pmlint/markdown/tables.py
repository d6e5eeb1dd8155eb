"""Tables, read by the rules of GitHub Flavored Markdown (section 4.10 of its specification)."""

from collections.abc import Iterator
from re import Match

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from pmlint.expressions import expression

# Two lines: anything, and a delimiter row that neither underlines a heading nor begins a list.
TABLE = (
    r"^ {0,3}(?=[^\s])(?P<table_head>[^\n]*)\n"
    r"(?! {0,3}-(?:[ \t]|-*[ \t]*$)) {0,3}(?P<table_rule>[-:|][-:| \t]*)$"
)

_DELIMITER = expression(r":?-+:?$")
_ENDING = ["thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html", "footnote"]

Stretch = tuple[int, int]


def parse_table(block: BlockParser, m: Match[str], state: BlockState) -> int | None:
    """Add the table whose first two lines were matched; returns its end, or None if the two rows differ in length."""
    if m.end("table_head") + 1 in state.lazy_line_starts:
        return None
    head = cells(state.src, *m.span("table_head"))
    rule = cells(state.src, *m.span("table_rule"))
    if len(head) != len(rule) or not all(_DELIMITER.match(state.src, *cell) for cell in rule):
        return None
    rows = [(m.span("table_head"), head)]
    end = m.end() + 1
    ending = block.compile_sc(_ENDING)
    while end < state.cursor_max:
        after = state.find_line_end_at(end)
        line = state.src[end:after]
        if not line.strip() or line.startswith(("    ", "\t")) or ending.match(state.src, end):
            break
        rows.append(((end, after), cells(state.src, end, after)))
        end = after
    state.append_token({"type": "table", "rows": rows})
    return end


def cells(text: str, start: int, end: int) -> list[Stretch]:
    """The cells of the row in ``text[start:end]``: their trimmed stretches; an empty cell is where its pipe ends."""
    start, end = _trimmed(text, start, end)
    if text.startswith("|", start):
        start += 1
    return [_trimmed(text, *stretch) for stretch in _split(text, start, end)]


def _split(text: str, start: int, end: int) -> Iterator[Stretch]:
    for at in range(start, end):
        if text[at] == "|" and text[at - 1 : at] != "\\":
            yield start, at
            start = at + 1
    if start < end:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> Stretch:
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    first = start
    while start < end and text[start] in " \t":
        start += 1
    return (start, end) if start < end else (first, first)
