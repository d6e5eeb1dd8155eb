"""What a report tells: a run's findings, what it could not do, and the rules that it went by."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pmlint.errors import Problem
from pmlint.rule import Finding, Rule, Severity


class Run(NamedTuple):
    """A run that is over. ``findings`` are those to be reported, document by document, in the order of the text.

    ``hidden`` counts those below the lowest severity that was asked for, ``excluded`` the files that the configuration
    leaves out; ``suppressed`` are the findings that a comment or the baseline accepts, reported or not.
    ``fixed`` counts the findings that are gone because they were mended.
    """

    files: int
    findings: Sequence[Finding] = ()
    problems: Sequence[Problem] = ()
    rules: Sequence[Rule] = ()
    hidden: int = 0
    excluded: int = 0
    suppressed: Sequence[Finding] = ()
    fixed: int = 0

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that neither a comment nor a baseline accepts."""
        return tuple(finding for finding in self.findings if finding.suppression is None)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many open findings have each severity, the gravest first."""
        severities = [finding.severity for finding in self.open]
        return {severity: severities.count(severity) for severity in sorted(Severity, reverse=True)}

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
