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
        ("Première alerte", {"detected"}),
        ("Alarm geht ein", {"detected"}),
        ("Salta la alerta", {"detected"}),
        ("Alerta disparado", {"detected"}),
        ("Retour à la normale", {"resolved"}),
        ("Se restablece el servicio", {"resolved"}),
        ("Serviço restabelecido", {"resolved"}),
        ("Milestone: Mitigated", {"mitigated"}),
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


# What the timelines of postmortems say most, each for one milestone.
USUAL = {
    "introduced": [
        "PR #123 merged to main",
        "Deploy of v2.1 starts",
        "Feature flag turned on for all users",
        "Config change pushed to production",
        "Database migration executed",
        "The TLS certificate expired",
        "New version rolled out to 100 % of hosts",
        "Deployment of release 4.2 completed",
        "Terraform apply run against production",
        "v1.4.0 goes live",
        "Engineer deploys the new cache layer",
        "Cron job deletes the partition",
        "Scheduled maintenance begins",
        "Change applied to the load balancer",
    ],
    "started": [
        "Error rate climbs to 40%",
        "5xx errors spike",
        "Users begin to see errors",
        "First 500s in the logs",
        "Latency starts to climb",
        "Service became unavailable",
        "Outage starts",
        "Requests start failing",
        "The website goes down",
        "Database CPU hits 100 %",
        "Checkout is down",
        "Impact begins",
        "Primary database crashes",
        "Customers start experiencing failed payments",
        "Start of incident",
        "Traffic drops to zero",
        "Node ran out of memory",
        "Login failures begin",
        "Connections to the database time out",
        "Server stops responding",
    ],
    "detected": [
        "PagerDuty alert for high error rate",
        "On-call paged",
        "Alert received",
        "Monitoring alert: high error rate",
        "Customer reports login issue",
        "Support tickets start coming in",
        "Engineer notices errors in Sentry",
        "Datadog monitor triggers",
        "UptimeRobot alert",
        "Users reported that they could not log in",
        "We received reports of failing uploads",
        "Alert fires",
        "Alarm: disk full",
        "Issue detected by monitoring",
        "First customer complaint",
        "CloudWatch alarm triggered",
        "Slack alert about latency",
        "Health checks fail and alert fires",
        "Issue was reported in #support",
        "Incident detected",
    ],
    "acknowledged": [
        "On-call acknowledges alert",
        "Bob starts investigation",
        "Team begins investigating",
        "Investigation started",
        "Alice picks up the page",
        "On-call engineer joined the call",
        "On-call engineer begins investigation",
        "We started looking into it",
        "Engineers start debugging the database",
        "Alert acknowledged",
        "Engineering team starts to investigate",
        "On-call responded",
    ],
    "declared": [
        "Incident declared SEV1",
        "Incident channel #inc-1 created",
        "War room opened",
        "SEV-2 declared",
        "Incident declared",
        "Declared an incident",
        "Incident raised to P1",
        "Incident commander assigned",
        "Incident opened in PagerDuty",
        "Major incident called",
    ],
    "escalated": [
        "Escalated to database team",
        "Paged the DBA on-call",
        "Brought in the networking team",
        "Opened ticket with AWS support",
        "Contacted the hosting provider",
        "Issue escalated to backend engineers",
        "Called the vendor",
        "Pulled in SRE",
        "Infra team looped in",
    ],
    "identified": [
        "Root cause identified",
        "Identified bad deploy as cause",
        "Team traces issue to config change",
        "Found the bug in the parser",
        "Determined that the certificate expired",
        "Root cause found: connection leak",
        "The cause was determined to be a missing index",
        "Narrowed it down to the cache",
        "Realised the config was wrong",
        "Issue identified",
        "Confirmed that the deploy caused it",
        "Problem traced to a slow query",
        "Logs showed the pool was exhausted",
    ],
    "mitigated": [
        "Rollback complete",
        "Rolled back to v1.2",
        "Reverted PR #12",
        "Traffic shifted to eu-west",
        "Restarted pods",
        "Feature flag disabled",
        "Failover to replica completed",
        "Scaled up to 20 nodes",
        "Deployment rolled back",
        "Restarted the API servers",
        "Workaround applied",
        "Rate limit enabled",
        "Bad node drained",
        "Reverted to previous version",
        "Mitigation in place",
        "Database restarted",
        "Cache flushed",
        "Traffic rerouted",
        "Issue mitigated",
    ],
    "resolved": [
        "Service restored",
        "All systems operational",
        "Error rates return to normal",
        "Incident resolved",
        "Fix deployed to production",
        "Errors stop",
        "Everything back to normal",
        "Site is back up",
        "Services fully recovered",
        "Full recovery",
        "Latency returned to normal",
        "Outage ends",
        "Issue resolved",
        "Login works again",
        "Service is fully restored",
        "Normal operation resumed",
        "Incident is over",
        "100% of traffic back online",
        "The fix was pushed to production",
        "API responds normally",
    ],
    "all_clear": [
        "All clear after 30 minutes of monitoring",
        "Monitoring period ends, no further errors",
        "Incident marked as closed",
    ],
    "communicated": [
        "Status page updated",
        "Posted to the status page",
        "Tweet sent",
        "Notified customers",
        "Email sent to affected users",
        "Update posted on Twitter",
        "Customers notified by e-mail",
        "Status page set to degraded",
        "Announcement in #general",
    ],
}


@pytest.mark.parametrize(("text", "milestone"), [(text, name) for name, texts in USUAL.items() for text in texts])
def test_the_usual_wording_of_a_milestone(text: str, milestone: str) -> None:
    assert milestones_of(text) == (milestone,)


@pytest.mark.parametrize(
    "text",
    [
        "Lunch",
        "Discussion about naming",
        "Waiting for the build",
        "Decided to roll back",
        "Preparing a fix",
        "Looking at dashboards",
        "Rollback started",
        "Testing the fix on staging",
        "Fix is being reviewed",
    ],
)
def test_what_is_only_intended_is_no_milestone(text: str) -> None:
    assert milestones_of(text) == ()
