"""The baseline: findings that a team has looked at and left for later, in a JSON file that is committed and shrinks."""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pmlint.errors import PmlintError, Problem
from pmlint.files import read_whole
from pmlint.fingerprint import fingerprints
from pmlint.rule import Finding, Suppression
from pmlint.schema import faults
from pmlint.writing import write_whole

VERSION = 1
_MAX_BYTES = 16 * 1024 * 1024


class Entry(NamedTuple):
    """A finding that is left for later. ``path`` is seen from the folder of the baseline, with forward slashes.

    ``message`` is for people. After the day ``expires`` the entry counts no more.
    """

    path: str
    rule: str
    fingerprint: str
    message: str = ""
    expires: date | None = None
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the entry of a finding."""
        return (self.path, self.rule, self.fingerprint)


class Baseline(NamedTuple):
    """The entries of a baseline and the folder that their paths are seen from."""

    entries: tuple[Entry, ...] = ()
    folder: str = os.curdir

    def name(self, path: str) -> str:
        """A path as an entry has it."""
        return os.path.relpath(os.path.abspath(path), os.path.abspath(self.folder)).replace(os.sep, "/")

    def is_there(self, name: str) -> bool:
        """Whether the file of an entry is on disk."""
        return os.path.lexists(os.path.join(self.folder, name))


class Standing(NamedTuple):
    """What a run says of the entries: those that met a finding, those that met none and those that have expired."""

    met: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    expired: tuple[Entry, ...]


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises PmlintError for a file that cannot be read or is none."""
    source, problem = read_whole(path, _MAX_BYTES, "give each part of the tree a baseline of its own")
    if source is None or problem:
        found = problem or Problem(path, "the baseline cannot be read")
        raise PmlintError(found._replace(remedy=found.remedy or "`pmlint baseline` writes one"))
    return parse_baseline(source.text, path)


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline that a text holds, with paths seen from the folder of ``path``. Raises PmlintError."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise PmlintError(Problem(path, f"this is no JSON: {error.msg}", "restore it", error.lineno)) from None
    except (RecursionError, ValueError):
        raise PmlintError(Problem(path, "this is no baseline", "restore it")) from None
    for fault in faults(values, "baseline"):
        raise PmlintError(Problem(path, f"this is no baseline: {fault}", "restore it, or write it again"))
    return Baseline(tuple(_entry(one, path) for one in values["findings"]), os.path.dirname(path) or os.curdir)


def _entry(values: Mapping[str, Any], path: str) -> Entry:
    written = values.get("expires")
    try:
        expires = date.fromisoformat(written) if written else None
    except ValueError:
        raise PmlintError(Problem(path, f"{written!r} is no day like 2026-03-31", "correct it")) from None
    told = {name: values.get(name, "") for name in ("path", "rule", "fingerprint", "message", "reason")}
    return Entry(**told, expires=expires)


def baseline_text(entries: Iterable[Entry]) -> str:
    """The text of a baseline file: one line an entry, in an order that depends on nothing but the entries."""
    lines = []
    for entry in sorted(entries, key=_order):
        values = {**entry._asdict(), "expires": entry.expires and entry.expires.isoformat()}
        lines.append(json.dumps({name: value for name, value in values.items() if value}))
    inside = ",\n".join(f"    {line}" for line in lines)
    return (
        f'{{\n  "version": {VERSION},\n  "findings": [\n{inside}\n  ]\n}}\n'
        if lines
        else (f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n')
    )


def _order(entry: Entry) -> tuple[str, ...]:
    return (*entry.key, str(entry.expires or ""), entry.reason, entry.message)


def write_baseline(path: str, entries: Iterable[Entry]) -> None:
    """Write a baseline in one step: a reader sees the old file or the new one. Raises OSError."""
    write_whole(path, baseline_text(entries).encode("utf-8", "backslashreplace"))


class Ledger:
    """A baseline during a run: which entries met a finding, and of which anything can be said."""

    def __init__(self, baseline: Baseline, today: date, rules: Collection[str]) -> None:
        self._baseline, self._today, self._rules = baseline, today, frozenset(rules)
        self._entries = {entry.key: entry for entry in baseline.entries}
        moved = (entry for entry in baseline.entries if not baseline.is_there(entry.path))
        self._moved = {(entry.rule, entry.fingerprint): entry for entry in moved}
        self._met: dict[tuple[str, str, str], Entry] = {}
        self._looked_at: set[str] = set()

    def marked(self, path: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """All findings of a document, those of the baseline suppressed. Findings that a comment allows need no entry.

        The entry of a file that is no longer there counts for a file that says the same: it was moved.
        """
        name = self._baseline.name(path)
        self._looked_at.add(name)
        return tuple(
            self._suppressed(finding, self._entry_of(name, finding, fingerprint))
            for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
        )

    def _entry_of(self, name: str, finding: Finding, fingerprint: str) -> Entry | None:
        entry = self._entries.get((name, finding.rule, fingerprint))
        return entry or self._moved.get((finding.rule, fingerprint))

    def _suppressed(self, finding: Finding, entry: Entry | None) -> Finding:
        if entry is None or finding.suppression:
            return finding
        self._met[entry.key] = entry
        if self._has_expired(entry):
            return finding
        return finding._replace(suppression=Suppression("baseline", entry.reason))

    def _has_expired(self, entry: Entry) -> bool:
        return entry.expires is not None and entry.expires < self._today

    def standing(self) -> Standing:
        """What can be said of the entries after the run: of rules that were applied to files that were looked at."""
        met = [entry for entry in self._baseline.entries if entry.key in self._met]
        unmet = [entry for entry in self._baseline.entries if entry.key not in self._met]
        stale = [
            entry
            for entry in unmet
            if entry.rule in self._rules and (entry.path in self._looked_at or not self._baseline.is_there(entry.path))
        ]
        expired = [entry for entry in met if self._has_expired(entry)]
        return Standing(tuple(met), tuple(stale), tuple(expired))


def recorded(
    baseline: Baseline, found: Mapping[str, Sequence[Finding]], standing: Standing, expires: date | None, reason: str
) -> tuple[Entry, ...]:
    """The entries of a baseline written anew: of each document that was looked at what was found there and no comment
    allows, of the others what the baseline had. An entry that was there before keeps its day and reason.
    """
    known = {entry.key: entry for entry in baseline.entries}
    names = {baseline.name(path) for path in found}
    gone = {entry.key for entry in standing.stale}
    kept = [entry for entry in baseline.entries if entry.path not in names and entry.key not in gone]
    moved = {(e.rule, e.fingerprint): e for e in standing.met if not baseline.is_there(e.path)}
    new = [
        entry
        for path, findings in found.items()
        for entry in _entries(baseline.name(path), findings, known, moved, expires, reason)
    ]
    return tuple(entry for entry in kept if (entry.rule, entry.fingerprint) not in moved) + tuple(new)


def _entries(
    name: str,
    findings: Sequence[Finding],
    known: Mapping[tuple[str, str, str], Entry],
    moved: Mapping[tuple[str, str], Entry],
    expires: date | None,
    reason: str,
) -> Iterator[Entry]:
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        if finding.suppression and finding.suppression.kind == "comment":
            continue
        fresh = Entry(name, finding.rule, fingerprint, finding.message, expires, reason)
        old = known.get(fresh.key) or moved.get((finding.rule, fingerprint))
        yield fresh._replace(expires=old.expires, reason=old.reason) if old else fresh
