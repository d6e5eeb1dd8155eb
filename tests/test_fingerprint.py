"""Fingerprints: which findings are the same when the document around them has changed."""

from datetime import date

import pytest

from pmlint.engine import check
from pmlint.fingerprint import fingerprints
from pmlint.rulebook import read_rulebook
from pmlint.source import Source

TODAY = date(2026, 6, 30)
DOCUMENT = "# Logins failed\n\n## Timeline (UTC)\n\n- 15:33 Alert\n- 13:40 Fixed\n"


def prints(text: str) -> tuple[str, ...]:
    rule = read_rulebook().rule("timeline/out-of-order")
    return fingerprints(check(Source("pm.md", text), [rule], TODAY).findings)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("lines above", DOCUMENT.replace("# Logins failed\n", "# Logins failed\n\nOn Monday.\n")),
        ("another level", DOCUMENT.replace("## Timeline", "### Timeline")),
        ("another list marker", DOCUMENT.replace("- ", "* ")),
        ("bold", DOCUMENT.replace("13:40", "**13:40**")),
        ("another document title", DOCUMENT.replace("Logins failed", "Logins were slow")),
        ("CRLF", DOCUMENT.replace("\n", "\r\n")),
    ],
)
def test_a_finding_stays_the_same_finding_with(change: str, changed: str) -> None:
    assert prints(changed) == prints(DOCUMENT) != ()


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("another section", DOCUMENT.replace("Timeline (UTC)", "Key events (UTC)")),
        ("other words", DOCUMENT.replace("13:40", "13:41")),
    ],
)
def test_a_finding_is_another_one_with(change: str, changed: str) -> None:
    assert set(prints(changed)).isdisjoint(prints(DOCUMENT))


def test_two_findings_alike_have_fingerprints_of_their_own() -> None:
    twice = prints(DOCUMENT + "- 15:33 Alert\n- 13:40 Fixed\n")
    assert len(set(twice)) == len(twice) == 2
    assert twice[0] == prints(DOCUMENT)[0]
