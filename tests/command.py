"""The command in a process of its own, and two postmortems to run it on."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.tools import program

BAD = """\
# Logins failed

## Timeline (UTC)

- 2026-03-04 15:33 Alert
- 2026-03-04 13:40 Fixed
- 2026-03-04 13:45 Told
"""
GOOD = """\
# Logins failed on 2026-03-04

- Author: Noor Haddad
- Status: final
- Severity: SEV-2

One in four logins failed for 38 minutes after a certificate expired.

## Impact

4 % of logins failed.

## Timeline (UTC)

- 09:12 First failures
- 09:21 Alert fires
- 09:50 Certificate renewed

## Contributing factors

The renewal job had failed for a week, and nobody saw it because it had no alert.

## Lessons learned

A job without an alert is a job that does not run.

## Action items

- Page on failed renewals within an hour (@mei, OPS-12), by 2026-04-01
"""
OUT_OF_ORDER = ("--select", "timeline/out-of-order")


def permitted() -> list[str]:
    """What a command begins with so that the permissions of files bind it, also where root runs the tests."""
    return [] if os.geteuid() else [program("setpriv"), "--bounding-set=-all", "--inh-caps=-all"]


def pmlint(
    *arguments: str | bytes,
    cwd: Path,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*before, sys.executable, "-m", "pmlint", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error", **(env or {})},
    )
