"""A document mended round by round: edits made, the text linted again, until nothing is left that may be mended."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pmlint.allow import MARKER, find_comments, meant
from pmlint.document import Block, Document
from pmlint.engine import read_document
from pmlint.errors import Problem
from pmlint.fix import applied
from pmlint.folders import leads_below, top_of
from pmlint.rule import Edit, Finding, Result
from pmlint.source import Source, Span
from pmlint.writing import Changed, rewrite

MOST_ROUNDS = 10

Lint = Callable[[Source], Result]


class Mended(NamedTuple):
    """A document after its findings were mended: what is left in it, and the rules whose findings are gone by it, each
    as often as there were some. ``problems`` name rules that never come to an end; of them nothing was mended."""

    result: Result
    rules: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def mended(first: Result, lint: Lint, may_mend: Callable[[Finding], bool], comments: bool = True) -> Mended:
    """A linted document with the edits made of all findings that may be mended.

    Edits that touch code, quotations, HTML or links without keeping them as they are, and, with ``comments``, what a
    comment covers that allows the rule, are left out. A document that was not understood in full stays as it is.
    """
    restless: set[str] = set()
    while not first.problems:
        result, rules, texts = first, list[str](), {first.source.text}
        for _ in range(MOST_ROUNDS + 1):
            found = [f for f in result.findings if f.edits and f.rule not in restless and may_mend(f)]
            new, made = _round(result.source, found, comments)
            if not made:
                return Mended(result, tuple(rules), tuple(_unending(first.source, restless)))
            again = lint(new)
            if new.text in texts or again.problems:
                break
            result = again
            rules += made
            texts.add(new.text)
        # Their edits undo each other, or make of the text what nobody can read: once more, and without them.
        restless.update(made)
    return Mended(first)


def write_back(before: Source, after: Source) -> Problem | None:
    """Puts a document's new text in place of the old one, and returns what kept it from doing so.

    A link out of the repository is not followed.
    """
    path = before.path
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.islink(path) and not leads_below(path, top_of(folder)):
        return Problem(path, "not fixed: this link leads out of the repository", "name the file that it leads to")
    try:
        rewrite(path, before.data, after.data)
    except Changed as error:
        return Problem(path, f"not fixed: {error.reason}", error.remedy)
    except OSError as error:
        return Problem(path, f"not fixed: {(error.strerror or str(error)).lower()}")
    return None


def _unending(source: Source, rules: set[str]) -> Iterator[Problem]:
    if rules:
        names = ", ".join(sorted(rules))
        yield Problem(source.path, f"mending never comes to an end: {names}", "please report it; the rest was mended")


def _round(source: Source, found: Sequence[Finding], comments: bool) -> tuple[Source, list[str]]:
    """The text after the edits of findings, and the rules of those whose edits have been made and changed something."""
    if not found:
        return source, []
    kept = _Kept(read_document(source, []), comments)
    groups = [finding.edits if kept.bears(finding) else () for finding in found]
    text, made = applied(source.text, groups)
    if text == source.text:
        return source, []
    done = [f.rule for f, group, was in zip(found, groups, made, strict=True) if group and was]
    return Source(source.path, text, source.bom), done


class _Kept:
    """What no edit may change: code, quotations, HTML and links, and what comments cover."""

    def __init__(self, document: Document, comments: bool) -> None:
        self._text = document.source.text
        self._stretches = sorted(_kept(document.blocks), key=lambda span: span.start)
        with_comments = comments and MARKER in self._text
        self._comments = [c for c in find_comments(document) if c.counts] if with_comments else []

    def bears(self, finding: Finding) -> bool:
        """Whether the edits of a finding leave all of it as it is; it may move as a whole."""
        covered = [c.covers for c in self._comments if any(meant(token, finding.rule) for token in c.tokens)]
        new = "".join(edit.text for edit in finding.edits)
        return not any(_touch(edit, span) for edit in finding.edits for span in covered) and all(
            any(stretch in edit.span for edit in finding.edits) and self._text[stretch.start : stretch.end] in new
            for stretch in self._stretches
            if any(_touch(edit, stretch) for edit in finding.edits)
        )


def _kept(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        if block.kind in ("code", "quote", "html"):
            yield block.span
        else:
            yield from (inline.span for inline in block.rendered.of_kind("code", "html", "link", "image"))
            yield from _kept(block.children)


def _touch(edit: Edit, span: Span) -> bool:
    """Whether an edit reaches into a span; what is put in at its very edges does not."""
    return edit.span.start < span.end and span.start < edit.span.end
