"""A run takes twice as long for twice the documents, twice the rules, or twice the findings."""

from collections.abc import Callable
from datetime import date

import pytest

from pmlint.cache import Cache
from pmlint.engine import check
from pmlint.memory import Memory
from pmlint.report.outputs import report
from pmlint.report.run import Run
from pmlint.rule import Rule
from pmlint.rulebook import Rulebook, read_rulebook
from pmlint.run import Job, outcomes
from pmlint.selection import Selection
from pmlint.settings import Settings
from pmlint.source import Source
from pmlint.terms import Terms
from tests.command import BAD, GOOD
from tests.growth import growth, seconds

BOOK: Rulebook = read_rulebook()
TODAY = date(2026, 3, 10)


def _run(documents: int) -> None:
    """A run over so many documents, no two alike, in which nothing is known yet, and its report."""
    terms = Terms(Settings("."), BOOK.select(), BOOK.options, BOOK.checks, (), "terms")
    texts = {f"{n:04}.md": Source(f"{n:04}.md", f"{GOOD if n % 2 else BAD}\nIncident {n}.\n") for n in range(documents)}
    selection = Selection(tuple(texts), lambda path: (texts[path], None))
    job = Job(lambda path: terms, TODAY, memory=Memory(Cache(None), TODAY, comments=True))
    done = list(outcomes(selection, job))
    findings = [finding for outcome in done for finding in outcome.findings or ()]
    assert findings
    assert list(report("text", Run(documents, findings, (), terms.rules)))


def _rules(count: int) -> None:
    """A document checked by the same rules under so many names."""
    rules = [rule for rule in BOOK.select() if "comments" not in BOOK.checks[rule.check].__annotations__]
    copies: list[Rule] = [rule._replace(name=f"{rule.name}-{n}") for n in range(count) for rule in rules]
    assert check(Source("bad.md", BAD), copies, TODAY).findings


def _findings(count: int) -> None:
    """A document with so many findings below as many headings."""
    text = "# Outage\n\n" + "".join(f"## Part {n}\n\nTBD\n\n" for n in range(count))
    assert len(check(Source("pm.md", text), BOOK.select(["clarity"]), TODAY).findings) >= count


@pytest.mark.parametrize(
    ("work", "size"), [(_run, 20), (_rules, 3), (_findings, 150)], ids=["documents", "rules", "findings"]
)
def test_twice_as_much_takes_twice_as_long(work: Callable[[int], None], size: int) -> None:
    assert growth(lambda: {"": seconds(lambda: work(size))}, lambda: {"": seconds(lambda: work(2 * size))}) == {}
