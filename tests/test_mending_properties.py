"""What holds for every fix, on documents made up by Hypothesis and on real ones."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmlint.engine import check, read_document, understand
from pmlint.mending import Lint, mended
from pmlint.report.json import model_json
from pmlint.rule import Finding, Result, Rule
from pmlint.rulebook import read_rulebook
from pmlint.source import Source, decoded
from tests.corpus import CORPUS, needs_corpus

FIXABLE = tuple(rule for rule in read_rulebook().rules if rule.fixable)
# With these a rule mends most.
OPTIONS: Mapping[str, Mapping[str, Any]] = {"timeline/mixed-date-format": {"always": True}}


def linting(*rules: Rule) -> Lint:
    def lint(source: Source) -> Result:
        return check(source, rules, date(2026, 6, 30), OPTIONS)

    return lint


def any_fix(finding: Finding) -> bool:
    return not finding.suppression


PIECES = st.sampled_from([
    "# Logins failed on 2026-03-04\n", "## Action items\n", "**Action items**\n", "**Timeline (UTC)**\n",
    "## Timeline\n",
    "- [X ] Page (@mei)\n", "-[x]\n", "* [ ]Page\n", "- 9:12 Alert\n", "- 10:31 pm Alert\n", "- 14:02 Down\n",
    "- 2026-03-04 13:40 Fixed\n", "- 13:05 It `[X ]` failed\n", "```\n- [X ] code\n```\n", "> - [X ] quoted\n", "\n",
    "\n",
    "Date: 4 March 2026\n", "Severity: sev 2\n", "---\ndate: March 4, 2026\n---\n", "[Describe the impact here]\n",
    "*Describe what happened.*\n", "- *Describe what your users saw.*\n", "---\n", "- Split it, owner - Mei\n",
    "- 5 March 2026 9.12Z Page\n", "- 14:12 (UTC) Fixed\n", "- 14:20 UTC Fixed\n", "- 14:30 utc - 3:10 PM Report\n",
    "- 13/03/2026 08:00 Report\n", "- 2026/3/5 08:00 Report\n", "Date: 2026/3/4\n",
    "## Root cause\n", "| Time | Event |\n| --- | --- |\n| 9:05 | Down |\n", "text\r\n",
    "<!-- pmlint: allow actions/broken-checkbox: so it is -->\n", "  - [ x] nested\n", "\t- 1:05 tab\n",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@example("**Action items**\n\t- 1:05 tab\n")
@given(st.lists(PIECES, max_size=14).map("".join))
def test_mending_twice_is_mending_once(page: str) -> None:
    lint = linting(*FIXABLE)
    once = mended(lint(Source("a.md", page)), lint, any_fix)
    assert once.problems == ()
    assert mended(once.result, lint, any_fix).rules == ()
    assert kept(once.result.source.text) == kept(page)


def kept(page: str) -> list[str]:
    """The code and the quotations of a text."""
    document = read_document(Source("a.md", page), [])
    return sorted(document.source.slice(block.span) for block in document.walk() if block.kind in ("code", "quote"))


# What a fix may change of what is understood, by rule; all else stays. Titles and written times are the form.
NAMED = {
    "actions/missing-owner": ("owner",),
    "causes/root-cause-term": ("concepts",),
    "sections/pseudo-heading-section": ("form", "concepts"),
}
FORM = ("path", "line", "end_line", "title", "written")


def understood(source: Source, rule: Rule) -> Any:
    """The model of a document without what only tells how and where something is written, and what the rule names."""
    return meaning(json.loads(model_json(understand(source))), (*FORM, *NAMED.get(rule.name, ())))


def meaning(values: Any, without: tuple[str, ...]) -> Any:
    if isinstance(values, dict):
        kept = {key: meaning(value, without) for key, value in values.items() if key not in without}
        # Names of one zone are a matter of form, too; whether there is one is not.
        return {**kept, "zone": ZONES.get(kept["zone"], kept["zone"])} if "zone" in kept else kept
    return [meaning(value, without) for value in values] if isinstance(values, list) else values


ZONES = {"utc": "UTC", "Utc": "UTC", "Z": "UTC", "gmt": "GMT"}


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("rule", FIXABLE, ids=[rule.name for rule in FIXABLE])
def test_on_real_documents_twice_is_once_and_only_what_was_named_changes(rule: Rule) -> None:
    lint = linting(rule)
    paths = sorted(CORPUS.rglob("*.md"))
    assert paths
    for path in paths:
        source, _ = decoded("a.md", path.read_bytes())
        first = lint(source)
        done = mended(first, lint, any_fix)
        assert done.problems == (), path
        assert mended(done.result, lint, any_fix).rules == (), path
        is_safe = all(edit.safe for finding in first.findings for edit in finding.edits)
        if done.rules and is_safe:
            assert understood(source, rule) == understood(done.result.source, rule), path


DATES = st.sampled_from([
    "", "2026-03-04", "2026-3-5", "2026/03/05", "4 March 2026", "March 5th, 2026", "Thu, 5 Mar 2026", "05.03.2026",
    "3/5/2026", "13/03/2026", "03-14-2026", "Mar 5", "on March 5, 2026,", "5/Mar/2026", "March 2026", "31 Feb 2026",
    "~4 March 2026",
])  # fmt: skip
CLOCKS = st.sampled_from([
    "09:05", "9:05", "9.05", "14.51", "14:51", "2:51 PM", "2:51pm", "9:05:10", "14:51 - 3:02 PM", "2:51 - 3:02 PM",
    "9:05 to 9:40", "12:05 a.m.", "24:00", "9h05", "25:10", "9:05-9:40", "", "T09:05:00", "~9:05", "09:05/9:06",
])  # fmt: skip
ZONE_FORMS = st.sampled_from(
    ["", "", " UTC", " UTC", " utc", " (UTC)", "Z", " Z", " GMT", " gmt", " (PST)", " PST", " UTC+1", "UTC"]
)
TEXTS = st.sampled_from([
    "Alert", "+20 hosts", "-5 hosts", "- 3 hosts", "(Oct 29)", "/ 10:05 EST", "to 11:00 degraded", "on March 6, 2026",
    ": fixed", "`9:05`", "[9:05](https://example.org)", "2.5 times", "| x", "2025", "and 10:00 (utc)",
])  # fmt: skip
ENTRIES = st.tuples(st.sampled_from(["- ", "- ", "* **", "1. ", "### "]), DATES, CLOCKS, ZONE_FORMS, TEXTS).map(
    lambda parts: f"{parts[0]}{f'{parts[1]} {parts[2]}'.strip()}{parts[3]}{'**' * ('**' in parts[0])} {parts[4]}\n"
)
CLOCK, DATE, UNPADDED = "timeline/mixed-clock-format", "timeline/mixed-date-format", "timeline/unpadded-time"
NOTATION = tuple(rule for rule in FIXABLE if rule.name in (CLOCK, DATE, UNPADDED))


@pytest.mark.parametrize("rule", NOTATION, ids=[rule.name for rule in NOTATION])
@settings(max_examples=100, deadline=None)
@given(entries=st.lists(ENTRIES, min_size=2, max_size=8), heading=st.sampled_from(["Timeline", "Timeline (UTC)"]))
def test_another_notation_is_understood_alike(rule: Rule, entries: list[str], heading: str) -> None:
    source = Source(
        "a.md", f"# Logins failed\n\nOn 2026-03-04, see [below](#905-alert).\n\n## {heading}\n\n{''.join(entries)}"
    )
    lint = linting(rule)
    done = mended(lint(source), lint, any_fix)
    assert done.problems == ()
    assert understood(source, rule) == understood(done.result.source, rule)
