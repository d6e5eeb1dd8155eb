"""The commands of pmlint that are timed, and what each is held against, by their names."""

import compileall
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import parse, peers
from benchmarks.clock import Command
from benchmarks.installation import FOLDER
from benchmarks.sets import Sets

ROOT = Path(__file__).resolve().parent.parent
BASE = Command((sys.executable, "-c", "import click, mistune"))
_FOUND = frozenset({0, 1})
# Limits that pmlint sets itself would hide what is slow.
_UNLIMITED = ("--max-bytes", "8000000", "--max-seconds", "120", "--max-findings", "1000000")


class Pmlint:
    """The pmlint that is installed beside this Python."""

    def __init__(self) -> None:
        program = shutil.which("pmlint", path=str(Path(sys.executable).parent))
        if program is None:
            sys.exit("pmlint is not installed beside this Python")
        self.program = program

    def cold(self, *arguments: str | Path, jobs: int | None = None, folder: Path | None = None) -> Command:
        """A check that knows nothing from a run before, with so many workers where a number is given."""
        chosen = () if jobs is None else ("--jobs", str(jobs))
        options = (self.program, "check", "--isolated", "--no-cache", *chosen, *map(str, arguments))
        return Command(options, folder, codes=_FOUND)

    def unlimited(self, document: Path, *, partly: bool, jobs: int | None = None) -> Command:
        """A cold check of a document of any length. ``partly``: some is not looked at, and exit code 2 says so."""
        command = self.cold(*_UNLIMITED, document, jobs=jobs)
        return command._replace(codes=command.codes | {2}) if partly else command

    def warm(self, *arguments: str | Path, cache: Path) -> Command:
        """A check of what was checked before and has not changed since, with a cache of its own."""
        options = (self.program, "check", "--isolated", *map(str, arguments))
        return Command(options, environment={"XDG_CACHE_HOME": str(cache)}, codes=_FOUND, warm=True)


def commands(pmlint: Pmlint, sets: Sets, own: Path) -> Mapping[str, Command]:
    """All commands by their names."""
    named = {
        "base": BASE,
        "version": Command((pmlint.program, "--version")),
        "help": Command((pmlint.program, "--help")),
        "hundred, one worker": pmlint.cold(sets.hundred, jobs=1),
        "staged": pmlint.cold("--staged", folder=sets.staged),
        # It tells more times than are compared with each other.
        "large": pmlint.unlimited(sets.large, partly=True, jobs=1),
        "parse large": bare_parse(sets.large),
    }
    for name, documents in (("one", sets.one), ("hundred", sets.hundred), ("thousands", sets.thousands)):
        named[name] = pmlint.cold(documents, jobs=2 if name == "thousands" else None)
        named[f"parse {name}"] = bare_parse(documents)
        named[f"{name}, cached"] = pmlint.warm(documents, cache=own / "cache")
        for peer in peers.PEERS:
            if name in peer.sets:
                named[f"{peer.name}: {name}"] = peers.command(peer, documents, own, FOLDER)
    return named


def bare_parse(documents: Path) -> Command:
    """The bare parser on a file or on all files of a folder."""
    return Command((sys.executable, str(Path(parse.__file__)), str(documents)))


def prepare() -> None:
    """Gives the checkout what an installed package comes with: byte code, and one file of all rules."""
    compileall.compile_dir(ROOT / "pmlint", quiet=1)
    subprocess.run([sys.executable, str(ROOT / "tools" / "digest.py")], check=True)
