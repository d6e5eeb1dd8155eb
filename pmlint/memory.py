"""What came of documents, kept from one run to the next: nothing is worked out twice from the same text and terms."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from sys import intern
from typing import Any

from pmlint.cache import Cache, installation
from pmlint.neighbours import Exists
from pmlint.rule import Edit, Finding, Result, Severity, Suppression
from pmlint.source import Source, Span

_MUCH = 100
# Says of the parts of a path and a text whether the file is taken, in one word and in one clause why.
Judge = Callable[[Sequence[str], str], tuple[bool, str, str]]


class Memory:
    """The results of a cache for a run on one day, with the comments of documents or without; new ones are written by
    ``close``.

    A result is known by all that it hangs on: pmlint itself, the day, the terms, the name of the document, its text,
    and what its rules asked of its folder, which is asked again.
    """

    def __init__(self, cache: Cache, today: date, comments: bool) -> None:
        self._cache = cache
        # What no other run sees hangs on this one alone.
        self._us = installation() if cache.is_wanted else ""
        self._run = _hash(self._us, str(today), str(comments))
        self._new: dict[str, str] = {}
        self._judged: dict[str, str] = {}

    def judged(self, parts: Sequence[str], text: str, judge: Judge) -> tuple[bool, str, str]:
        """What ``judge`` says of a file with a path of these parts and a text, or said of the same in a former run."""
        if not self._cache.is_wanted:
            return judge(parts, text)
        key = _hash(self._us, *parts, "", text)
        known = _read_judgement(self._cache.judgement(key) or "")
        if known is None:
            known = judge(parts, text)
            self._judged[key] = json.dumps(known, separators=(",", ":"))
        return known

    def rest(self) -> None:
        """Writes what was judged, and lets go of the cache until it is asked again."""
        if self._judged:
            self._cache.keep_judgements(self._judged)
        self._judged = {}
        self._cache.rest()

    def key(self, source: Source, terms: str) -> str:
        """What a result is known by, under terms with this key."""
        return _hash(self._run, terms, source.path, str(source.bom), source.text)

    def result(self, key: str, source: Source, exists: Exists) -> Result | None:
        """The result that is kept under a key, None where there is none or the folder has changed."""
        kept = self._new.get(key) or self._cache.result(key)
        result = read_result(kept, source) if kept is not None else None
        if result is None or any(exists(path) is not answer for path, answer in result.asked.items()):
            return None
        return result

    def keep(self, key: str, result: Result) -> None:
        """Keeps a result in which nothing was left unchecked."""
        if not result.problems:
            self._new[key] = written_result(result)

    def handed_over(self) -> bytes:
        """What is new, for a memory in another process to ``learn``; here it is forgotten."""
        new, self._new = self._new, {}
        return json.dumps(new).encode()

    def learn(self, new: bytes) -> None:
        """Keeps what a memory in another process has handed over."""
        self._new |= json.loads(new)

    def settle(self) -> None:
        """Writes what is new once it is much, so that a long run is remembered also where it is broken off."""
        if len(self._new) >= _MUCH:
            self.close()

    def close(self) -> None:
        """Writes what is new."""
        if self._new:
            self._cache.keep_results(self._new)
        self._new = {}


def _hash(*parts: str) -> str:
    return sha256("\0\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _read_judgement(written: str) -> tuple[bool, str, str] | None:
    try:
        taken, word, reason = json.loads(written)
    except (ValueError, TypeError, RecursionError):
        return None
    return (bool(taken), str(word), str(reason))


def written_result(result: Result) -> str:
    """A result without problems as JSON, without its source."""
    return json.dumps(
        [[_finding(finding) for finding in result.findings], _pairs(result.hidden), dict(result.asked)],
        separators=(",", ":"),
    )


def read_result(written: str, source: Source) -> Result | None:
    """The result that was written of a source; None for what no result was ever written as."""
    try:
        findings, pairs, asked = json.loads(written)
        hidden = _spans(pairs)
        return Result(source, tuple(_read_finding(source, hidden, *values) for values in findings), (), hidden, asked)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _finding(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.help,
        [finding.span.start, finding.span.end],
        finding.headings,
        [[edit.span.start, edit.span.end, edit.text, edit.safe] for edit in finding.edits],
        finding.suppression,
        finding.whole,
        _pairs(finding.places),
    ]


def _read_finding(
    source: Source,
    hidden: tuple[Span, ...],
    rule: str,
    severity: int,
    message: str,
    help_text: str,
    span: tuple[int, int],
    headings: Sequence[str],
    edits: Sequence[tuple[int, int, str, bool]],
    suppression: Any,
    whole: bool,
    places: Sequence[tuple[int, int]],
) -> Finding:
    return Finding(
        intern(rule),
        Severity(severity),
        message,
        intern(help_text),  # most findings of a rule have the same
        Span(*span),
        source,
        tuple(headings),
        tuple(Edit(Span(start, end), text, safe) for start, end, text, safe in edits),
        Suppression(*suppression) if suppression else None,
        whole,
        hidden,
        _spans(places),
    )


def _pairs(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _spans(pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
