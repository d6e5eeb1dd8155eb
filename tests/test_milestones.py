"""Milestones: what the entries of a timeline report."""

import pytest

from pmlint.recognise.milestones import milestones_in_turn, milestones_of


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        ("Version 2.14 is deployed to all hosts", {"introduced"}),
        ("The configuration change is merged", {"introduced"}),
        ("Outage begins", {"started"}),
        ("Checkout requests begin failing", {"started"}),
        ("The API became completely unresponsive", set()),
        ("The API became unresponsive", {"started"}),
        ("First detected", {"detected"}),
        ("Disk alert fires for db-3", {"detected"}),
        ("Monitoring alert fired for db-3", {"detected"}),
        ("A customer on the forum reports missing orders", {"detected"}),
        ("No alert fired for the queue", set()),
        ("Ana starts looking into the queue", {"acknowledged"}),
        ("Started investigating", {"acknowledged"}),
        ("The on-call engineer acknowledged the page", {"acknowledged"}),
        ("Incident declared", {"declared"}),
        ("Incident declared resolved", {"resolved"}),
        ("Incident not declared", set()),
        ("Escalated to the storage team", {"escalated"}),
        ("Support case opened with the vendor", {"escalated"}),
        ("Root cause found: the pool was too small", {"identified"}),
        ("It turns out that the certificate had expired", {"identified"}),
        ("No cause identified yet", set()),
        ("Rollback of 2.14 completed", {"mitigated"}),
        ("Rollback failed", set()),
        ("Node limit was increased", {"mitigated"}),
        ("We decide to increase the node limit", set()),
        ("Service restored", {"resolved"}),
        ("The fix was deployed, latency is back to normal", {"resolved"}),
        ("Logins are still not working", set()),
        ("All clear", {"all_clear"}),
        ("Status page updated", {"communicated"}),
        ("Customers were informed by e-mail", {"communicated"}),
        ("We ruled out the network", {"misleading"}),
        ("La cause identifiée est un certificat", {"identified"}),
        ("Service rétabli", {"resolved"}),
        ("Störung behoben", {"resolved"}),
        ("Servicio restaurado", {"resolved"}),
        ("原因特定: 接続数の上限", {"identified"}),
        ("サービス復旧", {"resolved"}),
        ("サービス復旧開始", set()),
        ("Lunch", set()),
    ],
)
def test_an_entry_reports_milestones(text: str, milestones: set[str]) -> None:
    assert set(milestones_of(text)) == milestones


def test_a_trap_holds_for_its_sentence_alone() -> None:
    assert set(milestones_of("A restart did not help. Rollback completed.")) >= {"mitigated"}


def test_only_what_is_deployed_before_anything_is_noticed_introduced_it() -> None:
    told = milestones_in_turn(["2.14 deployed to all hosts", "Alerts fired", "2.15 deployed to all hosts"])
    assert told == (("introduced",), ("detected",), ())


def test_what_begins_begins_once() -> None:
    told = milestones_in_turn(["Outage begins", "Service restored", "Outage begins in the second region"])
    assert told == (("started",), ("resolved",), ())


def test_a_long_entry_is_read_by_its_beginning() -> None:
    assert milestones_of("word " * 100_000 + "resolved") == ()
