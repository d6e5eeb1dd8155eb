"""Lint one document: the whole flow."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pmlint.allow import MARKER, find_comments, judged
from pmlint.checks import CHECKS
from pmlint.conventions import NO_CONVENTIONS, Conventions
from pmlint.document import Document
from pmlint.errors import Problem, Unfinished
from pmlint.frontmatter import parse_front_matter
from pmlint.markdown import MOST_MARKS, is_overloaded, parse_blocks
from pmlint.mask import disjoint, masking
from pmlint.model import Postmortem
from pmlint.neighbours import Exists, unknown
from pmlint.recognise import recognise
from pmlint.rule import Check, Finding, Mark, Result, Rule, wanted
from pmlint.source import Source, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


def understand(
    source: Source, misread: list[Span] | None = None, conventions: Conventions = NO_CONVENTIONS
) -> Postmortem:
    """A source as a postmortem: front matter, then blocks, then their meaning.

    ``misread`` collects the spans that the Markdown parser could only give as plain text, now and later; without it
    such a failure is raised.
    """
    return recognise(read_document(source, misread), conventions)


def read_document(source: Source, misread: list[Span] | None = None) -> Document:
    """What Markdown says in a source; ``misread`` as for ``understand``."""
    front_matter = parse_front_matter(source)
    blocks = parse_blocks(source, front_matter.span.end if front_matter else 0, misread)
    return Document(source, blocks, front_matter)


def understood(
    source: Source, conventions: Conventions = NO_CONVENTIONS
) -> tuple[Postmortem | None, tuple[Problem, ...]]:
    """A source as a postmortem, and what kept it from being understood in full. Never raises."""
    misread: list[Span] = []
    try:
        postmortem = understand(source, misread, conventions)
    except Exception as error:  # one document's trouble must not keep the others from being checked
        return None, (_internal_error(source, "reading", error, "please report it; other files were checked"),)
    places = sorted({(source.line_number(span.start), is_overloaded(source.slice(span))) for span in misread})
    return postmortem, tuple(_misreading(source, *place) for place in places)


def _misreading(source: Source, line: int, overloaded: bool) -> Problem:
    if overloaded:
        reason = f"more than {MOST_MARKS:,} marks of emphasis in one paragraph: it was read as plain text"
        return Problem(source.path, reason, "break it up", line)
    reason = "the Markdown from here on was not understood and was read as plain text"
    return Problem(source.path, reason, "please report it", line)


def _internal_error(source: Source, where: str, error: Exception, remedy: str) -> Problem:
    return Problem(source.path, f"internal error in {where}: {type(error).__name__}: {error}", remedy)


def check(
    source: Source,
    rules: Sequence[Rule],
    today: date,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    conventions: Conventions = NO_CONVENTIONS,
    checks: Mapping[str, Check] | None = None,
    exists: Exists = unknown,
    comments: bool = True,
    known: Collection[str] = (),
    before: Callable[[str], None] | None = None,
) -> Result:
    """Every finding of the rules in a source, the suppressed ones among them.

    ``options`` maps rule names to values that replace their defaults; ``checks`` are the checks that the rules name,
    the shipped ones unless others are given; ``exists`` answers what lies beside the document.
    Without ``comments`` those of the document that allow findings are not read; ``known`` are the names of all rules,
    for what such comments name. ``before`` is told the name of each rule before it is checked, and may raise.
    """
    postmortem, reading_problems = understood(source, conventions)
    if postmortem is None:
        return Result(source, (), reading_problems)
    problems = list(reading_problems)
    functions = CHECKS if checks is None else checks
    plain = [rule for rule in rules if "comments" not in wanted(functions[rule.check])]
    seen = _Seen(postmortem, functions, options or {}, problems, before)
    asked: dict[str, bool | None] = {}

    def answered(path: str) -> bool | None:
        asked[path] = exists(path)
        return asked[path]

    marks = seen.marks(postmortem.parts, plain, {"today": today, "exists": answered})
    hidden = disjoint(mark.span for _, mark, _ in marks if mark.secret)
    clean = masking(source, hidden)
    findings = tuple(_finding(*mark, postmortem, hidden, clean) for mark in marks)
    if comments and MARKER in source.text:
        read = find_comments(read_document(source, []))
        told, findings = judged(read, findings, [rule.name for rule in plain], known)
        about = [rule for rule in rules if rule not in plain]
        # A comment concerns the file, however many incidents it tells.
        marks = seen.marks((postmortem,), about, {"comments": told})
        findings += tuple(_finding(*mark, postmortem, hidden, clean) for mark in marks)
    ordered = sorted(findings, key=lambda f: (f.span.start, f.span.end, f.rule, f.message))
    return Result(source, tuple(ordered), tuple(problems), hidden, asked)


# A mark with its rule and the head of the part of the document that it stands in.
_Marked = tuple[Rule, Mark, Span]


class _Seen(NamedTuple):
    """What checks see in a document; ``problems`` collects what kept them from looking."""

    postmortem: Postmortem
    functions: Mapping[str, Check]
    options: Mapping[str, Mapping[str, Any]]
    problems: list[Problem]
    before: Callable[[str], None] | None

    def marks(self, parts: Sequence[Postmortem], rules: Sequence[Rule], given: Mapping[str, Any]) -> list[_Marked]:
        """The marks of the rules, each once; ``given`` are the values of the run that checks may ask for."""
        marks: dict[tuple[str, Span, str], _Marked] = {}
        source = self.postmortem.source
        for rule in rules:
            if self.before:
                self.before(rule.name)
            try:
                for mark, head in self._marks(parts, rule, given):
                    marks.setdefault((rule.name, mark.span, mark.message), (rule, _inside(mark, source), head))
            except Unfinished as error:
                self.problems.append(Problem(source.path, f"{rule.name}: {error.reason}", error.remedy))
            except Exception as error:  # one rule's mistake must not hide the findings of the others
                package = self.functions[rule.check].__module__.partition(".")[0]
                whom = "" if package == "pmlint" else f" to the author of {package}, whose check it is"
                remedy = f"please report it{whom}; all other rules were checked"
                self.problems.append(_internal_error(source, rule.name, error, remedy))
        return list(marks.values())

    def _marks(self, parts: Sequence[Postmortem], rule: Rule, given: Mapping[str, Any]) -> Iterator[tuple[Mark, Span]]:
        function = self.functions[rule.check]
        options = {**rule.defaults, **self.options.get(rule.name, {})}
        values = {name.replace("-", "_"): value for name, value in options.items()}
        values |= {name: value for name, value in given.items() if name in wanted(function)}
        for part in parts:
            for mark in function(part, **values):
                yield mark, part.head


def _inside(mark: Mark, source: Source) -> Mark:
    if mark.span.end > len(source.text):
        raise ValueError(f"a mark outside the text: {mark.span}")
    return mark


def _finding(
    rule: Rule, mark: Mark, head: Span, pm: Postmortem, hidden: tuple[Span, ...], clean: Callable[[str], str]
) -> Finding:
    # What is put in ends its lines as the document does, or files would come to hold both.
    edits = mark.edits and tuple(e._replace(text=_LINE_END.sub(pm.source.line_end, e.text)) for e in mark.edits)
    headings = tuple(clean(title) for title in pm.headings_around(mark.span))
    message, help_text = clean(mark.message), clean(mark.help or rule.help)
    return Finding(
        rule.name,
        rule.severity,
        message,
        help_text,
        mark.span,
        pm.source,
        headings,
        edits,
        hidden=hidden,
        whole=mark.span == head,
        places=mark.places,
    )
