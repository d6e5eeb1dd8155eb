"""What a check yields, what a rule is, and what the engine makes of both: findings, and the result of a document."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pmlint.data import read_shipped
from pmlint.errors import Problem
from pmlint.mask import masked
from pmlint.source import Source, Span


class Severity(IntEnum):
    """How sure a rule is and how much it matters; the order is the order of weight."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


# What a configuration file may set a rule to; on is the severity of its page.
LEVELS = ("off", "on", "info", "warning", "error")


class Edit(NamedTuple):
    """A change that mends what was found: ``text`` in place of what stands in ``span``, which may be empty.

    ``safe`` says that nothing but the form changes.
    """

    span: Span
    text: str
    safe: bool = True


class Mark(NamedTuple):
    """What a check saw: where, one plain sentence, and, where the rule's own help is too general, a better one.

    ``edits`` belong together: all of them mend the mark, some of them alone would not. ``secret`` says that the text of
    the span must not be printed: not by this finding, and not by another one that shows the same line. ``places`` are
    all that a mark counts of which it stands at one, itself among them.
    """

    span: Span
    message: str
    help: str = ""
    edits: tuple[Edit, ...] = ()
    secret: bool = False
    places: tuple[Span, ...] = ()


# A check takes the postmortem and its options as keywords; ``...`` because every check has options of its own.
Check = Callable[..., Iterator[Mark]]


@cache
def wanted(function: Check) -> frozenset[str]:
    """What a check asks of the run, by its keywords: the day (``today``), what lies beside the file (``exists``), the
    comments in it that allow findings (``comments``)."""
    return frozenset({"today", "exists", "comments"} & getattr(function, "__annotations__", {}).keys())


class Example(NamedTuple):
    """An executed example of a page: the text, its options, and for a bad one what pmlint prints for it.

    ``line`` is the 1-based line of the page on which the example's fence opens. ``fixed`` is the text that comes of all
    edits of a bad example's findings, None where the page says nothing of a fix.
    """

    text: str
    good: bool
    line: int
    options: Mapping[str, Any] = MappingProxyType({})
    findings: str | None = None
    fixed: str | None = None


class Rule(NamedTuple):
    """A page of the rule book. ``name`` is ``family/smell``; ``options`` maps option names to their JSON Schema.

    ``also`` are further families with which the rule is chosen. ``written`` is the whole page, None for a shipped one
    that nobody has read yet.
    """

    name: str
    title: str
    summary: str
    check: str
    severity: Severity
    help: str
    sources: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]]
    written: str | None
    path: str
    default: bool = True
    also: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]

    @property
    def text(self) -> str:
        """The whole page; ``pmlint.page.examples`` reads the examples out of it."""
        return read_shipped("rules", f"{self.name}.md") if self.written is None else self.written

    @property
    def fixable(self) -> bool:
        """Whether findings of the rule come with edits, as an example of its page shows."""
        return "\n````markdown fixed\n" in self.text

    @property
    def defaults(self) -> dict[str, Any]:
        """Every option's default, by option name."""
        return {name: schema["default"] for name, schema in self.options.items()}

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what a configuration file may set the rule to: a word, or a table with its options."""
        table = {"severity": {"$ref": "#/$defs/severity"}, **self.options}
        return {
            "description": self.summary,
            "if": {"type": "object"},
            "then": {"additionalProperties": False, "properties": table},
            "else": {"enum": list(LEVELS)},
        }


def digest(rule: Rule) -> list[Any]:
    """A rule as JSON can hold it, without its page."""
    return list({**rule._asdict(), "severity": rule.severity.value, "written": None}.values())


def digested(values: Sequence[Any]) -> Rule:
    """The rule that ``digest`` made these values of."""
    rule = Rule(*values)
    return rule._replace(severity=Severity(rule.severity), sources=tuple(rule.sources), also=tuple(rule.also))


class Suppression(NamedTuple):
    """Why a finding is not reported: a comment in the document or an entry of the baseline, and the reason given."""

    kind: Literal["comment", "baseline"]
    reason: str


class Finding(NamedTuple):
    """A mark under its rule's name and severity; only the engine makes these.

    ``headings`` are the titles of the sections around the mark, the outermost first. ``hidden`` are the stretches of
    the source that nobody may print, disjoint and in the order of the text: secrets that any rule of the run
    has found. Message, help and headings are free of them; whoever shows the source goes by ``pmlint.mask``. ``whole``
    says that the document as a whole is meant, not the words of the title at which the mark stands. ``places`` are
    those of the mark.
    """

    rule: str
    severity: Severity
    message: str
    help: str
    span: Span
    source: Source
    headings: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    suppression: Suppression | None = None
    whole: bool = False
    hidden: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()

    @property
    def is_secret(self) -> bool:
        """Whether all of the marked text is hidden."""
        before = bisect_right(self.hidden, self.span.start, key=lambda stretch: stretch.start)
        return before > 0 and self.span in self.hidden[before - 1]

    @property
    def shown_text(self) -> str:
        """The marked text with what is hidden masked."""
        return masked(self.source, self.span, self.hidden)


class Result(NamedTuple):
    """What came of one document: its findings in the order of the text, the rules that could not be checked, and the
    stretches of the source that nobody may print.

    ``asked`` holds what rules asked of the folder that the document lies in, with the answers: the result hangs on
    them as it does on the text.
    """

    source: Source
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    hidden: tuple[Span, ...] = ()
    asked: Mapping[str, bool | None] = MappingProxyType({})
