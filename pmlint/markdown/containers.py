"""Which lines belong to a quote or a footnote, decided line by line."""

import re
from collections.abc import Callable
from re import Pattern

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from pmlint.expressions import expression
from pmlint.markdown.places import FAT_BLANK_LINE

# What begins a block of HTML even behind a line of text. mistune wants a blank after the name of a tag; CommonMark
# takes ">" as well.
HTML_START = BlockParser.BLOCK_HTML.replace(r"(?:[ \t]+|\n|$)", r"(?=[ \t]|/?>|\n|$)")

_HTML = expression(HTML_START)
_MARKER = expression(r"( {0,3})>([ \t]*)")
_BREAK = expression(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_FENCE = expression(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = expression(r" {0,3}#{1,6}(?:[ \t]|$)")
_CONTAINER = expression(r" {0,3}(?:>[ \t]?|(?P<item>[*+-]|\d{1,9}[.)])(?:[ \t]+|$))")
_DELIMITER_ROW = expression(r" {0,3}[-:|][-:| \t]*$")
_UNDERLINE = expression(r" {0,3}(?:=+|-+)[ \t]*$")
_BLANK = expression(r"[ \t>]*$")
_COMMENT_END = expression(r".*-->")

# So many containers are read within each other; further ones are text.
DEEPEST = 20

# How far the content of a footnote is indented.
_INDENT = 4

# Indents a lazy line in the containers in its container, too; they take off two to five columns each.
_LAZY_INDENT = 40

# The blocks that a line without marker can begin; such a line does not go on with the container's paragraph.
_INTERRUPTING = ["thematic_break", "fenced_code", "atx_heading", "block_html", "list", "block_quote", "footnote"]


Content = Callable[[str], str | None]


def collect_text(block: BlockParser, state: BlockState, first: str, content_of: Content) -> str:
    """The text of a container that begins in the cursor's line.

    ``first`` is what the first line holds; ``content_of`` takes a line and gives what it holds, or None for a line
    that is not marked as the container's. The cursor is moved to the first line that does not belong to it.
    """
    tip = Tip()
    text: list[str] = []
    content: str | None = first
    while True:
        line = state.get_line(state.cursor)
        if content is None:
            if not tip.open or not line.strip() or block.compile_sc(_INTERRUPTING).match(state.src, state.cursor):
                break
            content = _as_text(line)
        else:
            tip.read(content.rstrip("\n"))
            content = FAT_BLANK_LINE.sub("", content)
        text.append(content)
        state.cursor += len(line)
        if state.cursor >= state.cursor_max:
            break
        content = content_of(state.get_line(state.cursor))
    return "".join(text)


def _as_text(line: str) -> str:
    """A lazy line, indented where it would be read as something other than text behind a line of text."""
    text = line.lstrip(" \t")
    if _width(line[: len(line) - len(text)]) >= _INDENT or _DELIMITER_ROW.match(text) or _UNDERLINE.match(text):
        return " " * _LAZY_INDENT + text
    return text


def find_quoted(line: str) -> str | None:
    """What a quote's line holds; None for a line without marker."""
    marker = _MARKER.match(line)
    if marker is None:
        return None
    column = len(marker[1]) + 1
    return " " * max(0, _width(marker[2], column) - 1) + line[marker.end() :]


def find_indented(line: str) -> str | None:
    """What a line that is indented by four columns or blank holds; None for any other."""
    rest = line.lstrip(" \t")
    width = _width(line[: len(line) - len(rest)])
    if not rest.strip("\n"):
        return rest
    return " " * (width - _INDENT) + rest if width >= _INDENT else None


def _width(blanks: str, column: int = 0) -> int:
    """How many columns blanks and tabs take that begin in a column."""
    return len((" " * column + blanks).expandtabs(4)) - column


class Tip:
    """Whether the lines of a container that were read so far leave a paragraph open.

    Only then may a line without marker belong to the container. Nested containers are looked through; that a block
    inside them ends with its container is not followed, which can only cut a lazy line off.
    """

    __slots__ = ("closing", "open")

    def __init__(self) -> None:
        self.open = False
        self.closing: Pattern[str] | None = None

    def read(self, line: str) -> None:
        """Take the next line, without the container's marker and its line end."""
        if self.closing is not None:
            self._read_verbatim(line)
            return
        at = 0
        for _ in range(DEEPEST):
            container = _CONTAINER.match(line, at)
            if container is None or _BREAK.match(line, at):
                break
            at = container.end()
            self.open = self.open and container["item"] is None
        rest = line[at:]
        if fence := _FENCE.match(rest):
            self._begin(re.compile(rf"[ \t>]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*$"))
        elif _HTML.match(rest):
            comment = "<!--" in rest
            self._begin(_COMMENT_END if comment else _BLANK)
            self._read_verbatim(rest)
        elif self.open and "|" in rest and _DELIMITER_ROW.match(rest):
            self._begin(_BLANK)
        elif not rest.strip() or _BREAK.match(rest) or _HEADING.match(rest) or (self.open and _UNDERLINE.match(rest)):
            self.open = False
        elif not self.open:
            self.open = not rest.startswith("    ")

    def _begin(self, closing: Pattern[str]) -> None:
        self.open = False
        self.closing = closing

    def _read_verbatim(self, line: str) -> None:
        if self.closing is not None and self.closing.match(line):
            self.closing = None
