"""What a report tells: a run's findings, what it could not do, and the rules that it went by."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pmlint.errors import Problem
from pmlint.rule import Finding, Rule, Severity


class Sums:
    """What findings come to, document by document: how many open ones have each severity, the gravest first, in which
    documents they are, how many of them can be fixed safely, and how many are suppressed by what."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
        self.suppressed = {"comment": 0, "baseline": 0}
        self.touched: set[str] = set()
        self.safe = 0

    def add(self, reported: Sequence[Finding], suppressed: Sequence[Finding]) -> None:
        """Takes in findings that are reported, and those that are suppressed, whether they are reported or not."""
        for finding in reported:
            if finding.suppression is None:
                self.counts[finding.severity] += 1
                self.touched.add(finding.source.path)
                self.safe += bool(finding.edits) and all(edit.safe for edit in finding.edits)
        for finding in suppressed:
            if finding.suppression is not None:
                self.suppressed[finding.suppression.kind] += 1


class Run(NamedTuple):
    """A run that is over. ``findings`` are those to be reported, document by document, in the order of the text.

    ``hidden`` counts those below the lowest severity that was asked for, ``excluded`` the files that the configuration
    leaves out; ``suppressed`` are the findings that a comment or the baseline accepts, reported or not.
    ``fixed`` counts the findings that are gone because they were mended. ``added`` are the sums of findings that are
    not held any more, because they were reported as they came.
    """

    files: int
    findings: Sequence[Finding] = ()
    problems: Sequence[Problem] = ()
    rules: Sequence[Rule] = ()
    hidden: int = 0
    excluded: int = 0
    suppressed: Sequence[Finding] = ()
    fixed: int = 0
    added: Sums | None = None

    @property
    def sums(self) -> Sums:
        """What the findings come to."""
        if self.added is not None:
            return self.added
        sums = Sums()
        sums.add(self.findings, self.suppressed)
        return sums

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that neither a comment nor a baseline accepts."""
        return tuple(finding for finding in self.findings if finding.suppression is None)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many open findings have each severity, the gravest first."""
        return self.sums.counts

    def documents(self) -> Iterator[tuple[str, list[Finding]]]:
        """Each document that has findings, by its path, with them."""
        for path, findings in groupby(self.findings, key=lambda finding: finding.source.path):
            yield path, list(findings)

    def fingerprinted(self) -> Iterator[tuple[Finding, str]]:
        """Each finding with its fingerprint."""
        from pmlint.fingerprint import fingerprints  # brings hashlib, which text for people does not need

        for _, findings in self.documents():
            yield from zip(findings, fingerprints(findings), strict=True)


def sentence(finding: Finding) -> str:
    """What was seen and what mends it, for forms that have room for one text only."""
    return f"{finding.message}; {finding.help}" if finding.help else finding.message
