"""Markdown as blocks and inlines with exact spans. The only package that knows mistune."""

from functools import cache

from pmlint.document import Block, Inline
from pmlint.markdown.blocks import PlacedParser
from pmlint.markdown.containers import DEEPEST
from pmlint.markdown.leaves import MOST_MARKS
from pmlint.markdown.places import Desync, Misread, PlacedState
from pmlint.markdown.tree import blocks_of
from pmlint.source import Source, Span

__all__ = ["DEEPEST", "MOST_MARKS", "Desync", "Misread", "parse_blocks"]


def parse_blocks(source: Source, start: int = 0, misread: list[Misread] | None = None) -> tuple[Block, ...]:
    """The blocks of a source's text from an offset on, all spans being spans of the whole text.

    The dialect is GitHub's. Inline content is parsed when a block is asked for it. Where the parser's positions
    contradict the text, or it fails, the content is given as plain text and added to ``misread``, also later, when
    inlines are asked for; without such a list Desync, or whatever failed, is raised. Added, but never raised, are
    leaves with too many marks of emphasis and what is nested too deep in containers.
    """
    if start == 0 and source.text.startswith("\ufeff"):
        start = 1
    text = source.text[start:].replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ()
    state = PlacedState()
    state.source, state.misread = source, misread
    state.first_line = source.line_number(start) - 1
    state.process(text if text.endswith("\n") else text + "\n")
    try:
        state.check()
        _parser().parse(state)
        return blocks_of(state)
    except Exception:  # the parser is another's: whatever fails in it, a document can be read as lines
        if misread is None:
            raise
        misread.append(Misread(Span(start, len(source.text)), "failure"))
        return _plain_blocks(source, start)


@cache
def _parser() -> PlacedParser:
    # It keeps compiled patterns and nothing about documents.
    return PlacedParser()


def _plain_blocks(source: Source, start: int) -> tuple[Block, ...]:
    """Every line that is not blank as a paragraph of plain text."""
    return tuple(
        _plain_block(source, Span(max(line.start, start), line.end))
        for line in source.line_spans
        if line.end > start and source.slice(line).strip()
    )


def _plain_block(source: Source, line: Span) -> Block:
    text = source.slice(line)
    first = line.start + len(text) - len(text.lstrip())
    span = Span(first, first + len(text.strip()))
    return Block("paragraph", span, parse=lambda: (Inline("text", span, source.slice(span)),))
