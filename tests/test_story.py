"""A team begins to use pmlint: from the first repository to a gate for pull requests and a baseline that shrinks."""

import json
import sys
from pathlib import Path

from tests.command import GOOD, pmlint
from tests.repository import Scratch

BAD = "# Logins failed\n\n## Timeline (UTC)\n\n- 2026-03-04 15:33 Alert\n- 2026-03-04 13:40 Fixed\n"
RULES = "--select timeline/out-of-order,sections,actions"
HOOK = f"""\
#!/bin/sh
exec env PYTHONPATH='{Path(__file__).resolve().parent.parent}' '{sys.executable}' -m pmlint check --staged {RULES}
"""
FIRST = "docs/postmortems/2026-03-04-logins.md"
SECOND = "docs/postmortems/2026-04-09-search.md"
BASELINE = "docs/pmlint-baseline.json"


def run(repository: Scratch, command: str) -> tuple[int, str]:
    """The exit code and the output of a pmlint command."""
    name, *arguments = command.split()
    done = pmlint(name, *RULES.split(), "--today", "2026-06-30", *arguments, cwd=repository.folder)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_the_story(scratch: Scratch) -> None:
    # A repository with a raw hook, without any hook runner.
    hook = scratch.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(HOOK, encoding="utf-8")
    hook.chmod(0o755)

    # A commit with a timeline that goes backwards is blocked: nothing is committed.
    scratch.write(FIRST, BAD)
    scratch.git("add", "-A")
    said = scratch.git("commit", "-m", "Tell of the logins", check=False)
    assert f"{FIRST}:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33 [timeline/out-of-order]" in said
    assert scratch.git("rev-parse", "--verify", "HEAD", check=False).startswith("fatal")

    # Mending the file is not enough, what is staged counts; then the commit goes through.
    scratch.write(FIRST, GOOD)
    assert "comes after" in scratch.git("commit", "-m", "Tell of the logins", check=False)
    scratch.git("add", "-A")
    scratch.git("commit", "-q", "-m", "Tell of the logins")
    # A commit that touches no postmortem is none of pmlint's business.
    scratch.write("src/login.py", "x = 1\n")
    scratch.git("add", "-A")
    scratch.git("commit", "-q", "-m", "Log in")

    # An old postmortem comes in past the hook, with findings that nobody will mend today.
    scratch.write(SECOND, BAD.replace("Logins", "Searches"))
    scratch.git("add", "-A")
    scratch.git("commit", "-q", "--no-verify", "-m", "Bring in the archive")
    code, said = run(scratch, "check")
    assert code == 1
    assert FIRST not in said

    # A pull request adds one late entry to it: only that is reported, on a checkout of two commits.
    scratch.git("checkout", "-q", "-b", "more")
    scratch.write(SECOND, BAD.replace("Logins", "Searches") + "- 2026-03-04 12:00 All is well\n")
    scratch.git("commit", "-q", "--no-verify", "-am", "Tell the end")
    scratch.git("checkout", "-q", "main")
    scratch.git("merge", "-q", "--no-ff", "-m", "merge", "more")
    code, said = run(scratch, "check --since HEAD^1")
    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("docs/")] == [
        f"{SECOND}:7:3: error: 2026-03-04 12:00 comes after 2026-03-04 13:40 [timeline/out-of-order]"
    ]
    assert said.endswith("1 error in 1 of 2 postmortems\n")

    # The rest goes into a baseline, and the whole repository is clean.
    code, said = run(scratch, f"baseline --file {BASELINE} --expires 2026-12-31")
    held = json.loads((scratch.folder / BASELINE).read_text(encoding="utf-8"))["findings"]
    assert code == 0
    assert {entry["path"] for entry in held} == {"postmortems/2026-04-09-search.md"}
    assert len(held) > 2
    assert run(scratch, f"check --baseline {BASELINE}")[0] == 0
    scratch.git("add", "-A")
    scratch.git("commit", "-q", "-m", "Leave the archive for later")

    # Somebody puts the entries in order: the baseline is said to be too large, and shrinks.
    late = "- 2026-03-04 15:33 Alert\n- 2026-03-04 13:40 Fixed\n- 2026-03-04 12:00 All is well\n"
    text = (scratch.folder / SECOND).read_text(encoding="utf-8")
    assert late in text
    scratch.write(SECOND, text.replace(late, "".join(reversed(late.splitlines(keepends=True)))))
    assert "no longer there" in run(scratch, f"check --baseline {BASELINE}")[1]
    assert run(scratch, f"baseline --check --file {BASELINE}")[0] == 1
    code, said = run(scratch, f"baseline --prune --file {BASELINE}")
    assert (code, said.splitlines()[-1]) == (0, f"{BASELINE}: {len(held) - 2} left for later, {len(held)} before")
    assert run(scratch, f"baseline --check --file {BASELINE}")[0] == 0
    assert run(scratch, f"check --baseline {BASELINE}")[0] == 0

    # The mended file passes the hook, too: what was there before is in the baseline, the hook has not heard of it.
    scratch.git("add", "-A")
    assert "sections/missing-impact" in scratch.git("commit", "-m", "Put it in order", check=False)
    hook.write_text(HOOK.replace("--staged", f"--staged --baseline {BASELINE}"), encoding="utf-8")
    scratch.git("commit", "-q", "-m", "Put it in order")
    assert scratch.git("status", "--porcelain") == ""
