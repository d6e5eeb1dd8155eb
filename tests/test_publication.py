"""What reports for customers and authorities have to tell."""

import pytest

from pmlint.checks.publication import (
    external_message_incomplete,
    external_summary_too_long,
    missing_external_message,
    missing_regulatory_fields,
)
from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.source import Source

PARTS = ["summary", "what happened", "what we are doing|what are we doing|next steps"]


def postmortem(text: str) -> Postmortem:
    return understand(Source("example.md", f"# Checkout failed\n\n{text}\n"))


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("**Severity:** SEV-1", 1),
        ("**Severity:** 2 (high)", 1),
        ("**Severity:** SEV-3", 0),
        ("**Severity:** major", 0),
        ("Nothing.", 0),
        ("**Severity:** SEV-1\n\n## Customer notification\n\nSorry.", 0),
        ("**Severity:** SEV-1\n\n## Communications\n\nSorry.", 0),
    ],
)
def test_a_severe_incident_has_a_message_to_customers(text: str, findings: int) -> None:
    assert len(list(missing_external_message(postmortem(text), severities=["SEV-1", "SEV-2"]))) == findings


@pytest.mark.parametrize(
    ("inside", "lacking"),
    [
        ("### Summary\n\nx\n\n### What happened\n\nx\n\n### Next steps\n\nx", None),
        ("**Summary:** x\n\n**What happened?** x\n\n**What are we doing?** x", None),
        ("### Summary\n\nx\n\n### What happened\n\nx", '"what we are doing"'),
        ("We are sorry.", '"summary", "what happened" and "what we are doing"'),
        ("", None),
    ],
)
def test_the_message_has_all_its_parts(inside: str, lacking: str | None) -> None:
    marks = list(external_message_incomplete(postmortem(f"## External message\n\n{inside}"), parts=PARTS))
    assert [mark.message for mark in marks] == ([f"the message to customers has no part {lacking}"] if lacking else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", None),
        ("One? Two! Three. Four.", 4),
        ("v1.2 of a.b failed... for 3.5 % of all", None),
        ("- a.\n- b.\n- c.\n- d.", 4),
    ],
)
def test_the_summary_for_customers_is_short(text: str, count: int | None) -> None:
    found = postmortem(f"## External message\n\n### Summary\n\n{text}\n\n### What happened\n\nA. B. C. D. E.")
    marks = [mark.message for mark in external_summary_too_long(found, max_sentences=3)]
    assert marks == ([f"the summary for customers has {count} sentences"] if count else [])


def test_all_that_a_report_lacks_is_one_finding() -> None:
    (mark,) = missing_regulatory_fields(
        postmortem("## Impact\n\nNo cross-border impact.\n\n## Resolution\n\nRolled back.")
    )
    assert mark.message == (
        "no section, field or timeline entry tells the severity, the root cause or kind of threat, when it occurred, "
        "when it was detected and when it was over"
    )
