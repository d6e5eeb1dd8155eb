"""Each check takes twice as long for twice the text, whatever the text."""

from datetime import date
from functools import partial

import pytest

from pmlint.checks import CHECKS
from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.rule import Rule, wanted
from pmlint.rulebook import read_rulebook
from pmlint.source import Source
from tests.growth import Times, growth, seconds

RULES = read_rulebook().rules
FAMILIES = {
    "entries": "- 10:00 UTC alert fires, unfortunately\n",
    "entries that are alike": "- 2026-03-04 10:00 Detected\n",
    "labels that play headings": "**Root cause:**\n\nx\n\n",
    "summaries": "## Summary\n\nMany users saw errors for a few hours during the partial outage.\n\n",
    "impacts": "## Impact\n\nUsers saw it.\n\n",
    "sections of whys": "## Five whys\n\n1. Why? x\n\n",
    "causes": "## Root cause\n\nWhy did the engineer not look? The cause is unknown.\n\n",
    "sections of actions": "## Action items\n\n- We should keep an eye on it\n\n",
    "groups of actions": "### Detect\n\n- Add alerts\n\n",
    "tables of actions": "## Action items\n\n| Action | State |\n|---|---|\n| Add alerts | SOON |\n\n",
    "listings": "```\na\n```\n\n## Appendix\n\n",
    "images": "![](a.png)\n\n",
    "instructions": "*Describe what you saw in a few words.*\n\n",
    "checkboxes": "- [] a\n",
    "a line of blanks": "- a          ",
    "a line of dashes": "-- --- ",
    "a line of words": "one many users ",
}


def _times(start: str, piece: str, count: int) -> Times:
    """The processor time of each check on a postmortem that no check has seen before."""
    pm = understand(Source("pm.md", start + piece * count))
    for passage in pm.passages:
        assert passage.rendered is not None
    return {rule.name: seconds(partial(_run, rule, pm)) for rule in RULES}


def _run(rule: Rule, pm: Postmortem) -> None:
    values = {name.replace("-", "_"): value for name, value in rule.defaults.items()}
    asked = {"today": date(2026, 6, 30), "exists": lambda target: None, "comments": ()}
    values |= {name: asked[name] for name in wanted(CHECKS[rule.check])}
    for mark in CHECKS[rule.check](pm, **values):
        assert mark.message


@pytest.mark.parametrize("piece", FAMILIES.values(), ids=FAMILIES.keys())
def test_no_rule_takes_more_than_twice_as_long_for_twice_the_text(piece: str) -> None:
    start = (
        "# T\n\n## Timeline\n\n" if "10:00" in piece else "# T\n\n## Action items\n\n" if "###" in piece else "# T\n\n"
    )
    assert growth(partial(_times, start, piece, 150), partial(_times, start, piece, 300)) == {}
