"""What pmlint remembers from one run to the next: one SQLite file in the user's cache folder.

It holds nothing that could not be found out again, so that nothing is ever told of it: a damaged file is made anew,
one that cannot be used is left alone, and the run is only slower. ``pmlint.replay`` reads it before anything else is
loaded: nothing is imported here that takes its time.
"""

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property

from pmlint import __version__
from pmlint.folders import top_above

# How many are kept, the newest: a result takes about two kilobytes (2.2 on average for 2,000 documents of 9 KB).
MOST_RESULTS, MOST_RUNS = 20_000, 50
# A judgement takes 190 bytes, and a repository may have far more documents that are no postmortems.
MOST_JUDGEMENTS = 50_000
# How much all runs may take, packed: one over 2,000 documents takes 0.6 megabytes as text for people.
MOST_BYTES_OF_RUNS = 16 * 1024 * 1024
# Another form of the tables, or of what they hold, gets another name.
_NAME = "cache-2.sqlite"
_TABLES = """
create table if not exists results (key text primary key, value text not null);
create table if not exists judgements (key text primary key, value text not null);
create table if not exists runs
    (key blob primary key, facts blob not null, output blob not null, code integer not null);
"""
_NEWEST = "delete from {0} where rowid <= (select max(rowid) from {0}) - {1}"
_SMALL = """
delete from runs where
    (select sum(length(facts) + length(output)) from runs as newer where newer.rowid >= runs.rowid) > {0}
"""


class Cache:
    """The file at a path; without one nothing is known and nothing kept. Raises nothing.

    It is opened when something is first asked of it: SQLite forbids to take an open file along into a copy of the
    process, so each copy of one that was never asked, or rests, opens the file for itself.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be kept."""
        return self._path is not None

    @cached_property
    def _connection(self) -> sqlite3.Connection | None:
        return _connection(self._path) if self._path else None

    def result(self, key: str) -> str | None:
        """What was kept under the key of a document; None for nothing."""
        return self._value("results", key)

    def judgement(self, key: str) -> str | None:
        """What was kept under the key of a file in a folder; None for nothing."""
        return self._value("judgements", key)

    def run(self, key: bytes) -> tuple[bytes, bytes, int] | None:
        """The facts that a run hung on, what it printed, both packed, and its exit code; None for a run that is not
        known."""
        row = self._row("select facts, output, code from runs where key = ?", key)
        return row if row and tuple(map(type, row)) == (bytes, bytes, int) else None

    def keep_results(self, values: Mapping[str, str]) -> None:
        """Keeps what came of documents."""
        newest = _NEWEST.format("results", MOST_RESULTS)
        self._keep("insert or replace into results values (?, ?)", values.items(), newest)

    def keep_judgements(self, values: Mapping[str, str]) -> None:
        """Keeps whether files in folders are documents."""
        newest = _NEWEST.format("judgements", MOST_JUDGEMENTS)
        self._keep("insert or replace into judgements values (?, ?)", values.items(), newest)

    def keep_run(self, key: bytes, facts: bytes, output: bytes, code: int) -> None:
        """Keeps a run, with its facts and its output packed."""
        row = (key, facts, output, code)
        newest, small = _NEWEST.format("runs", MOST_RUNS), _SMALL.format(MOST_BYTES_OF_RUNS)
        self._keep("insert or replace into runs values (?, ?, ?, ?)", [row], newest, small)

    def counts(self) -> tuple[int, int]:
        """How many results and how many runs are kept."""
        results = self._row("select count(*) from results")
        runs = self._row("select count(*) from runs")
        return (int(results[0]) if results else 0), (int(runs[0]) if runs else 0)

    def rest(self) -> None:
        """Lets go of the file until something is asked again: copies of the process may be made now."""
        connection: sqlite3.Connection | None = self.__dict__.pop("_connection", None)
        if connection:
            connection.close()

    def close(self) -> None:
        """Lets go of the file, for good."""
        self.rest()
        self._connection = None

    def _value(self, table: str, key: str) -> str | None:
        row = self._row(f"select value from {table} where key = ?", key)
        return row[0] if row and isinstance(row[0], str) else None

    def _row(self, question: str, *values: str | bytes) -> tuple[bytes, bytes, int] | None:
        try:
            row = self._connection.execute(question, values).fetchone() if self._connection else None
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return row if isinstance(row, tuple) else None

    def _keep(self, statement: str, rows: Iterable[tuple[object, ...]], *clean_up: str) -> None:
        if not self._connection:
            return
        try:
            self._connection.executescript(_TABLES)
            with self._connection:
                self._connection.executemany(statement, rows)
                for deletion in clean_up:
                    self._connection.execute(deletion)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Takes a file away that is none of SQLite's or damaged, so that the next run begins a new one."""
        # What is busy, full or read-only, or has no tables yet, is an operational error.
        if isinstance(error, sqlite3.OperationalError) or self._path is None:
            return
        self.close()
        with suppress(OSError):
            os.unlink(self._path)


def _connection(path: str) -> sqlite3.Connection | None:
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        if hasattr(os, "geteuid") and os.stat(os.path.dirname(path)).st_uid != os.geteuid():
            return None  # whoever runs pmlint as another user must not leave files behind that the owner cannot change
        connection = sqlite3.connect(path, timeout=1)
        connection.execute("pragma synchronous = off")  # what a power cut takes is found out again
    except (OSError, sqlite3.Error):
        return None
    return connection


def cache_path() -> str | None:
    """Where the cache lies in the user's cache folder; None where there is no such folder.

    A folder inside a repository is none: what lies there may come from a stranger, and would hide what is found.
    """
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Caches")
    else:
        folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not os.path.isabs(folder):
        return None
    return None if top_above(os.path.realpath(folder)) else os.path.join(folder, "pmlint", _NAME)


def fact(path: str) -> str:
    """What tells whether a file or folder is still the same, empty where there is none: its times, size and place."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return "link" if os.path.islink(path) else ""
    except (OSError, ValueError):
        return "unknown"
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino} {status.st_mode}"


@cache
def installation() -> str:
    """What tells whether pmlint itself, what it is built on and the clocks of regions are still the same."""
    package = os.path.dirname(os.path.realpath(__file__))
    if os.path.isdir(os.path.join(package, "rules")):
        own = [os.path.join(package, "digest.json")]  # an installed wheel changes as a whole
    else:
        checkout = os.path.dirname(package)
        own = sorted(_files(package, os.path.join(checkout, "rules"), os.path.join(checkout, "schemas")))
    packages = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    places = [*own, *packages, "/usr/share/zoneinfo"]
    zones = os.environ.get("PYTHONTZPATH", "")
    return "\0".join((__version__, sys.version, zones, *(f"{place}\0{fact(place)}" for place in places)))


def _files(*folders: str) -> Iterator[str]:
    for folder in folders:
        for entry in os.scandir(folder):
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)
            elif entry.name.endswith((".py", ".md", ".toml", ".json")):
                yield entry.path
