"""What is remembered of documents, in the file where it is kept and in the processes that share it."""

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pmlint.cache import Cache
from pmlint.engine import check
from pmlint.memory import Memory, read_result, written_result
from pmlint.page import examples
from pmlint.rulebook import read_rulebook
from pmlint.run import Job, outcomes
from pmlint.selection import Selection
from pmlint.settings import Settings
from pmlint.source import Source
from pmlint.terms import Terms
from pmlint.workers import FEWEST
from tests.command import BAD


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_each_copy_of_the_process_opens_the_cache_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "opened"
    connect = sqlite3.connect

    def connecting(path: str, timeout: float) -> sqlite3.Connection:
        with log.open("a", encoding="ascii") as file:
            file.write(f"{os.getpid()}\n")
        return connect(path, timeout=timeout)

    monkeypatch.setattr(sqlite3, "connect", connecting)
    texts = {f"{number}.md": Source(f"{number}.md", BAD) for number in range(FEWEST)}
    terms = Terms(Settings("."), (), {}, {}, (), "terms")
    memory = Memory(Cache(str(tmp_path / "pmlint" / "cache.sqlite")), date(2026, 3, 10), comments=True)
    job = Job(lambda path: terms, date(2026, 3, 10), memory=memory, workers=2)
    assert len(list(outcomes(Selection(tuple(texts), lambda path: (texts[path], None)), job))) == FEWEST
    memory.close()
    *copies, last = map(int, log.read_text(encoding="ascii").split())
    assert len(set(copies)) == len(copies) == 2
    assert last == os.getpid() not in copies


@pytest.mark.parametrize("value", ["", "null", "[]", "{}", "[[[1]], [], {}]", '["x", [], {}]', "[" * 9999])
def test_what_is_no_result_is_none(value: str) -> None:
    assert read_result(value, Source("a.md", BAD)) is None


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmlint.cache.MOST_RESULTS", 2)
    cache = Cache(str(tmp_path / "pmlint" / "cache.sqlite"))
    for number in range(4):
        cache.keep_results({str(number): "value"})
    assert [cache.result(str(number)) for number in range(4)] == [None, None, "value", "value"]
    cache.close()
    assert cache.result("3") is None


def test_of_the_runs_the_newest_are_kept_that_take_no_more_than_their_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmlint.cache.MOST_BYTES_OF_RUNS", 100)
    cache = Cache(str(tmp_path / "pmlint" / "cache.sqlite"))

    def kept() -> str:
        return "".join(name for name in "abcde" if cache.run(name.encode()))

    for name, size, left in (("a", 40, "a"), ("b", 40, "ab"), ("c", 5, "bc"), ("d", 90, "d"), ("e", 91, "")):
        cache.keep_run(name.encode(), bytes(10), bytes(size), 0)
        assert kept() == left
    cache.close()


def test_every_result_is_read_as_it_was_written() -> None:
    book = read_rulebook()
    for rule in book.rules:
        for number, example in enumerate(bad for bad in examples(rule) if not bad.good):
            source = Source(f"{number}.md", example.text)
            options = {rule.name: example.options}
            result = check(source, [rule], date(2026, 3, 10), options, exists=lambda path: False)
            assert read_result(written_result(result), source) == result


def test_of_a_text_in_a_folder_is_judged_once_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pmlint" / "cache.sqlite"
    asked: list[str] = []

    def judge(parts: Sequence[str], text: str) -> tuple[bool, str, str]:
        asked.append("/".join((*parts, text)))
        return True, "path", "its path says so"

    def search(cache: Cache) -> list[str]:
        asked.clear()
        memory = Memory(cache, date(2026, 3, 10), comments=True)
        for parts, text in ((("a", "b"), "c"), (("a",), "c"), (("a", "b"), "d")):
            assert memory.judged(parts, text, judge) == (True, "path", "its path says so")
        memory.rest()
        return list(asked)

    everything = ["a/b/c", "a/c", "a/b/d"]
    assert [search(Cache(None)) for _ in range(2)] == [everything] * 2
    assert [search(Cache(str(path))) for _ in range(3)] == [everything, [], []]
    for damage in ("", "null", "[1]", "[" * 9999):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("update judgements set value = ?", (damage,))
        assert search(Cache(str(path))) == everything
