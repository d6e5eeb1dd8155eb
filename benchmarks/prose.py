"""Sentences as postmortems have them, in invented words: systems, people, numbers and what went wrong."""

from textwrap import fill
from typing import NamedTuple

from benchmarks.chance import Chance

SYSTEMS = (
    "checkout-api", "ledger", "quillstore", "the image resizer", "search-frontend", "the session cache", "mailroom",
    "harbour-gateway", "the rate limiter", "invoice-worker", "`tariff-sync`", "the primary database", "the job queue",
    "`edge-proxy`", "the feature flag service", "the metrics pipeline", "orchard", "the login service", "`blobkeeper`",
)  # fmt: skip
PEOPLE = (
    ("Noor Haddad", "noor"), ("Tomás Rivera", "tomas"), ("Mei Lin", "mei"), ("Ravi Kapoor", "ravi"),
    ("Anneke de Wit", "anneke"), ("Jonas Brandt", "jonas"), ("Chioma Eze", "chioma"), ("Lucía Prieto", "lucia"),
    ("Piotr Zawada", "piotr"), ("Sanna Koski", "sanna"), ("Dara Quinn", "dara"), ("Emre Yıldız", "emre"),
)  # fmt: skip
TEAMS = ("Payments", "Storage", "Edge", "Identity", "Data Platform", "Site Reliability", "Search")
PARTS = (
    "connection pool", "certificate", "retry budget", "replica", "cache entry", "index", "queue", "deploy pipeline",
    "configuration file", "health check", "dashboard", "alert", "load balancer", "schema migration", "lock", "backup",
    "token", "quota", "DNS record", "canary", "runbook", "feature flag", "batch job", "time-out", "shard",
)  # fmt: skip
SIGNS = (
    "5xx responses", "time-outs", "empty results", "failed logins", "duplicate e-mails", "stale prices",
    "slow page loads", "rejected payments", "missing invoices", "dropped connections", "out-of-memory kills",
)  # fmt: skip
DEEDS = (
    "rolled back", "restarted", "scaled out", "drained", "failed over", "rebuilt", "throttled", "disabled", "patched",
    "warmed up", "re-indexed", "put behind a flag", "moved to another zone",
)  # fmt: skip
_STATEMENTS = (
    "The {part} of {system} had not been exercised since the last migration.",
    "At {clock} the number of {sign} on {system} rose from {small} to {number} a minute.",
    "Because {system} retries {count} times without a pause, every failure became {count} requests to {system2}.",
    "The dashboard showed an average over {count} minutes, which hid the first {small} minutes of {sign}.",
    "A change to the {part} went out on a {weekday} and took effect only when {system} was {deed}.",
    "{percent} % of requests to {system} failed, and {number} customers saw {sign}.",
    "The {part} was sized for {number} requests per second; the campaign brought {number2}.",
    "{system2} depends on {system} at start-up, so neither could come back before the other.",
    "We had assumed that the {part} would be refreshed every {count} minutes, and it was not.",
    "The alert on {sign} fired after {small} minutes, and the page reached {team} {count} minutes later.",
    "Once the {part} was {deed}, {sign} fell below {percent} % within {small} minutes.",
    "No data was lost, but {number} records had to be reconciled by hand against {system2}.",
    "The runbook described the {part} of the former cluster, and the names in it no longer existed.",
    "Traffic was shifted to the standby, where the {part} was {small} versions behind.",
    "Support answered {number} tickets about {sign} during the day.",
    "It is not known why the {part} recovered by itself at {clock}.",
    "The same {part} was involved in an earlier incident, and the action item from then is still open.",
    "Staging has {small} shards and production {number}, so the test never saw the {part} under load.",
)
_QUALIFIED = (
    " See the [{part} design](https://docs.example.org/{slug}/design.md) for how it was meant to work.",
    " The *{part}* and the **{part2}** share one pool.",
    " The setting `{slug}.max_{slug2}` was `{small}` instead of `{number}`.",
    " (See also <https://status.example.org/incidents/{number}>.)",
    " This was noted in [#{number}](https://git.example.org/{slug}/issues/{number}).",
)
_BLAMING = (
    "The on-call engineer forgot to check the {part}.",
    "Unfortunately a developer carelessly {deed} {system} without asking.",
    "This was a stupid mistake, and {person} should have known better.",
    "Obviously nobody in {team} looked at the {part}.",
    "Root cause: human error.",
)
# In the order in which an incident goes.
_EVENTS = (
    "First {sign} on {system}: the impact begins",
    'Alert "{sign}" fires and pages {team}',
    "{person} acknowledges the page and declares an incident",
    "Incident channel opened, {person} takes command",
    "The {part} of {system} is found to be full",
    "{system} is {deed}; no change in {sign}",
    "Status page updated: degraded performance of {system}",
    "{person} suspects the {part} and looks at the graphs of {system2}",
    "Root cause identified: the {part} was not renewed",
    "{system} {deed}, error rate goes back to {percent} %",
    "A second wave of {sign} after {system2} is {deed}",
    "All checks are green; the incident is resolved",
    "Customers are told by mail, {number} accounts are affected",
)
_ACTIONS = (
    "Alert on {sign} over one minute instead of {count}",
    "Add a check of the {part} to the deploy pipeline of {system}",
    "Document how {system} is {deed} and rehearse it once a quarter",
    "Limit the retries of {system} to {small}",
    "Remove the shared {part} between {system} and {system2}",
    "Load test the {part} with {number} requests per second",
    "Keep the former {part} for {number} hours after a rollout",
)
_VAGUE = ("Improve monitoring", "Be more careful with the {part}", "Investigate {sign}", "Better tests", "TBD")
_LOGS = (
    "2026-{month:02}-{day:02}T{clock}:{second:02}Z ERROR {slug}[{number}]: upstream closed connection after {small}s",
    'level=warn ts=2026-{month:02}-{day:02}T{clock}:{second:02}.{number}Z msg="retry {small}/{count}" peer={slug2}',
    "{clock}:{second:02} FATAL [{slug}] pool exhausted (max={number}, waiting={number2})",
    "kubectl -n prod rollout undo deployment/{slug}",
    "SELECT count(*) FROM {slug_} WHERE state = 'stuck' AND age > {number};",
)


class Setting(NamedTuple):
    """What a document's sentences agree on."""

    system: str
    sign: str
    part: str
    month: int
    day: int
    width: int | None


def setting(chance: Chance) -> Setting:
    """The incident that a document tells of, and how wide the document's lines are."""
    day = chance.whole(1, 12), chance.whole(1, 28)
    return Setting(chance.one(SYSTEMS), chance.one(SIGNS), chance.one(PARTS), *day, chance.one((None, None, 80, 120)))


def statement(chance: Chance, about: Setting) -> str:
    """A sentence that tells what was so, now and then with a link, code or emphasis."""
    text = chance.one(_STATEMENTS) + (chance.one(_QUALIFIED) if chance.happens(0.2) else "")
    return _sentence(text, chance, about)


def blaming(chance: Chance, about: Setting) -> str:
    """A sentence as no postmortem should have it."""
    return _sentence(chance.one(_BLAMING), chance, about)


def event(chance: Chance, about: Setting, share: float) -> str:
    """What happened, as an entry of a timeline tells it; ``share`` is how much of the incident is over, from 0 to 1."""
    near = int(share * (len(_EVENTS) - 2)) + chance.whole(0, 1)
    return _sentence(_EVENTS[near], chance, about)


def action(chance: Chance, about: Setting, vague: bool) -> str:
    """What is to be done, or a vague wish."""
    return _sentence(chance.one(_VAGUE if vague else _ACTIONS), chance, about)


def log_line(chance: Chance, about: Setting) -> str:
    """A line of a log or a command."""
    return _filled(chance.one(_LOGS), chance, about)


def paragraph(chance: Chance, about: Setting, flawed: bool, most: int = 6) -> str:
    """Some sentences; in a flawed document some of them blame."""
    sentences = [statement(chance, about) for _ in range(chance.whole(1, most))]
    if flawed and chance.happens(0.15):
        sentences.insert(chance.whole(0, len(sentences)), blaming(chance, about))
    text = " ".join(sentences)
    return text if about.width is None else fill(text, about.width, break_long_words=False, break_on_hyphens=False)


def _sentence(template: str, chance: Chance, about: Setting) -> str:
    text = _filled(template, chance, about)
    return text[0].upper() + text[1:]


def _filled(template: str, chance: Chance, about: Setting) -> str:
    part = about.part if chance.happens(0.3) else chance.one(PARTS)
    system = about.system if chance.happens(0.5) else chance.one(SYSTEMS)
    slug, slug2 = (_slug(chance.one(SYSTEMS)) for _ in range(2))
    return template.format(
        system=system,
        system2=chance.one(SYSTEMS),
        sign=about.sign if chance.happens(0.4) else chance.one(SIGNS),
        part=part,
        part2=chance.one(PARTS),
        person=chance.one(PEOPLE)[0],
        team=chance.one(TEAMS),
        deed=chance.one(DEEDS),
        weekday=chance.one(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
        clock=f"{chance.whole(0, 23):02}:{chance.whole(0, 59):02}",
        second=chance.whole(0, 59),
        month=about.month,
        day=about.day,
        percent=chance.whole(1, 60),
        small=chance.whole(2, 9),
        count=chance.whole(3, 30),
        number=chance.whole(20, 900),
        number2=chance.whole(901, 9_000),
        slug=slug,
        slug2=slug2,
        slug_=slug.replace("-", "_"),
    )


def _slug(system: str) -> str:
    return system.strip("`").removeprefix("the ").replace(" ", "-")
