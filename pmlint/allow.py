"""Comments in a document that allow findings: where they stand, what they cover, and which findings they meet.

``<!-- pmlint: allow RULE, RULE: reason -->`` covers the block or line it stands at or before, ``allow-file`` the whole
document, ``off`` all from there to the next ``on``. MDX has ``{/* pmlint: … */}`` instead.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pmlint.document import Block, Document
from pmlint.expressions import expression
from pmlint.rule import Finding, Suppression
from pmlint.source import Source, Span

MARKER = "pmlint:"
# More comments, or longer ones, are no review of anything.
_MOST = 500
_COMMENT = expression(
    r"<!--\s*pmlint:(?P<html>(?:[^-]|-(?!->)){0,500})-->|\{/\*\s*pmlint:(?P<mdx>(?:[^*]|\*(?!/)){0,500})\*/\}"
)
_VERBS = ("allow", "allow-file", "off", "on")
_TOKEN = expression(r"[A-Za-z][\w-]*(?:/[\w-]*)?")


class Comment(NamedTuple):
    """A comment to pmlint: what it says, where it stands and which span it covers.

    ``tokens`` are rules, families or ``ALL`` as written; ``fault`` is what keeps it from being understood. After
    ``judged``, ``unknown`` and ``unused`` are the tokens that no rule has and that met no finding.
    """

    verb: str
    tokens: tuple[str, ...]
    reason: str
    span: Span
    covers: Span
    fault: str = ""
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it allows anything: it can be understood and gives a reason."""
        return not self.fault and self.verb != "on" and bool(self.reason)


def meant(token: str, rule: str) -> bool:
    """Whether a token means a rule: by its name, its family (``timeline`` or ``timeline/``) or as ``ALL``."""
    return token in ("ALL", rule, rule.partition("/")[0]) or (token.endswith("/") and rule.startswith(token))


def find_comments(document: Document) -> tuple[Comment, ...]:
    """The comments to pmlint in a document, in its order. What stands in code or front matter is none."""
    source = document.source
    if MARKER not in source.text:
        return ()
    after = document.front_matter.span.end if document.front_matter else 0
    leaves = _Leaves(document)
    matches = (m for m in _COMMENT.finditer(source.text, after) if not leaves.hold_in_code(m.start()))
    found = [_comment(match, leaves, source) for match in islice(matches, _MOST)]
    for match in islice(matches, 1):
        fault = f"only the first {_MOST} comments of a document count: let one comment name several rules"
        found.append(Comment("", (), "", Span(*match.span()), Span(*match.span()), fault))
    return tuple(_with_ranges(found, len(source.text)))


def _comment(match: re.Match[str], leaves: "_Leaves", source: Source) -> Comment:
    written = " ".join((match["html"] or match["mdx"] or "").split())
    said, colon, reason = written.partition(":")
    verb, _, listed = said.strip().partition(" ")
    tokens = tuple(token.strip() for token in listed.split(",") if token.strip())
    span = Span(*match.span())
    fault = ""
    if verb not in _VERBS:
        fault = f'"{verb}" is no word that pmlint knows: allow, allow-file, off and on are'
    elif not tokens and verb != "on":
        fault = f'"{verb}" names no rule'
    elif broken := [token for token in tokens if not _TOKEN.fullmatch(token)]:
        fault = f'"{broken[0]}" is no name of a rule: names are parted by commas, and a colon stands before the reason'
    whole = Span(0, len(source.text))
    covers = whole if verb == "allow-file" else leaves.beside(span) if verb == "allow" else span
    return Comment(verb, tokens, reason.strip() if colon else "", span, covers, fault)


def _with_ranges(comments: Sequence[Comment], end: int) -> Iterator[Comment]:
    """The comments, each ``off`` reaching to the ``on`` that ends it; an ``on`` that ends nothing is at fault."""
    for number, comment in enumerate(comments):
        if comment.fault or comment.verb not in ("off", "on"):
            yield comment
        elif comment.verb == "off":
            closing = next((other for other in comments[number + 1 :] if _ends(other, comment)), None)
            yield comment._replace(covers=Span(comment.span.start, closing.span.start if closing else end))
        else:
            opened = any(other.verb == "off" and _ends(comment, other) for other in comments[:number])
            yield comment if opened else comment._replace(fault='"on" ends nothing that was off')


def _ends(on: Comment, off: Comment) -> bool:
    if on.verb != "on" or on.fault:
        return False
    return not on.tokens or any(ended == token or meant(ended, token) for ended in on.tokens for token in off.tokens)


def judged(
    comments: Sequence[Comment], findings: Sequence[Finding], applied: Collection[str], known: Collection[str]
) -> tuple[tuple[Comment, ...], tuple[Finding, ...]]:
    """The comments with what became of them, and the findings with the comments that allow them.

    ``applied`` are the rules of the run: only of them can be said that nothing was found; ``known`` are all rules.
    """
    met: set[tuple[int, str]] = set()
    relevant: dict[str, list[tuple[int, Comment, list[str]]]] = {}
    for rule in {finding.rule for finding in findings}:
        named = ((n, c, [t for t in c.tokens if meant(t, rule)]) for n, c in enumerate(comments) if c.counts)
        relevant[rule] = [one for one in named if one[2]]
    allowed = []
    for finding in findings:
        suppression = finding.suppression
        for number, comment, tokens in relevant[finding.rule]:
            if _touches(comment.covers, finding.span):
                met.update((number, token) for token in tokens)
                suppression = suppression or Suppression("comment", comment.reason)
        allowed.append(finding._replace(suppression=suppression))
    return tuple(_told(number, c, met, applied, known) for number, c in enumerate(comments)), tuple(allowed)


def _told(
    number: int, comment: Comment, met: set[tuple[int, str]], applied: Collection[str], known: Collection[str]
) -> Comment:
    if comment.fault:
        return comment
    unknown = tuple(token for token in comment.tokens if known and not any(meant(token, rule) for rule in known))
    unused = tuple(
        token
        for token in comment.tokens
        if comment.counts and (number, token) not in met and any(meant(token, rule) for rule in applied)
    )
    return comment._replace(unknown=unknown, unused=unused)


def _touches(covers: Span, span: Span) -> bool:
    return covers.start <= span.start < covers.end or (span.start < covers.end and covers.start < span.end)


class _Leaves:
    """The blocks of a document by where they begin, for comments that look for their neighbours."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._top = document.blocks
        self._blocks = [block for block in document.walk() if block.kind not in ("row", "cell")]

    def around(self, offset: int) -> list[Block]:
        """The blocks that hold an offset, the outermost first."""
        found: list[Block] = []
        blocks = self._top
        while number := bisect_right(blocks, offset, key=_start):
            block = blocks[number - 1]
            if offset >= block.span.end:
                break
            found.append(block)
            blocks = block.children
        return found

    def hold_in_code(self, offset: int) -> bool:
        """Whether an offset stands in a code block or in a code span."""
        *_, leaf = (None, *self.around(offset))
        return leaf is not None and (
            leaf.kind == "code" or any(m.span.start <= offset < m.span.end for m in leaf.rendered.of_kind("code"))
        )

    def beside(self, comment: Span) -> Span:
        """What a comment stands at or before.

        Beside other text: the paragraph, heading or row that it is part of. On lines of its own: what begins on the
        next line, in a list its first item; after blank lines the whole block; where nothing follows in the same
        item, the item.
        """
        around = self.around(comment.start)
        row = next((block for block in around if block.kind == "row"), None)
        if row:
            return row.span
        leaf = around[-1] if around else None
        if leaf and leaf.kind != "html" and not (self._alone(comment) and self._ends(comment, leaf)):
            return leaf.span
        if not self._alone(comment):
            return self._line(comment)
        item = next((block for block in reversed(around) if block.kind == "item"), None)
        after = self._after(comment, item.span.end if item else len(self._source.text))
        return after or (item.span if item else comment)

    def _alone(self, comment: Span) -> bool:
        line, text = self._line(comment), self._source.text
        return not text[line.start : comment.start].strip(" \t>") and not text[comment.end : line.end].strip()

    def _ends(self, comment: Span, leaf: Block) -> bool:
        """Whether nothing of a block follows a comment. In MDX it is one paragraph with the line below it."""
        return not self._source.text[comment.end : leaf.span.end].strip()

    def _line(self, span: Span) -> Span:
        lines = self._source.line_spans
        first, last = (self._source.line_number(offset) - 1 for offset in (span.start, span.end))
        return Span(lines[first].start, lines[last].end)

    def _after(self, comment: Span, end: int) -> Span | None:
        """The span of what follows a comment before ``end``; of a list on the very next line its first item."""
        number = bisect_left(self._blocks, comment.end, key=_start)
        if number == len(self._blocks) or self._blocks[number].span.start >= end:
            return None
        first = self._blocks[number]
        gap = self._source.line_number(first.span.start) - self._source.line_number(comment.end)
        return first.children[0].span if first.kind == "list" and gap == 1 else first.span


def _start(block: Block) -> int:
    return block.span.start
