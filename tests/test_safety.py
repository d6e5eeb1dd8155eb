"""Secrets and personal data: what is found, what is left alone, and that nothing of it is printed.

Credentials are put together here, so that no scanner takes this file for a leak; none of them opens anything.
"""

import json
import random
import string
import time
from base64 import urlsafe_b64encode
from datetime import date
from pathlib import Path

import click
import pytest

from pmlint.cli.check import command
from pmlint.credentials import find_credentials
from pmlint.engine import check
from pmlint.fingerprint import fingerprints
from pmlint.identifiers import find_identifiers
from pmlint.mask import disjoint, masked, masking
from pmlint.rulebook import read_rulebook
from pmlint.source import Source, Span
from tests.command import pmlint

LETTERS = string.ascii_letters + string.digits


def made(length: int, letters: str = LETTERS) -> str:
    """Letters that look random and are the same in every run."""
    return "".join(random.Random(length).choices(letters, k=length))


def token(*parts: str) -> str:
    return "".join(parts)


HEX = "0123456789abcdef"
BASE32 = string.ascii_uppercase + "234567"
HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
CREDENTIALS = {
    "AWS id": token("AK", "IA", made(16, BASE32)),
    "AWS session id": token("AS", "IA", made(16, BASE32)),
    "AWS key": token("aws_secret", "_access_key = ", made(40)),
    "GitHub": token("gh", "p_", made(36)),
    "GitHub fine-grained": token("github", "_pat_", made(22), "_", made(59)),
    "GitLab": token("gl", "pat-", made(20)),
    "Slack": token("xo", "xb-", made(12, string.digits), "-", made(24)),
    "Slack app": token("xa", "pp-1-", made(11, BASE32), "-", made(13, string.digits), "-", made(64, HEX)),
    "Slack webhook": token("hooks.slack", ".com/services/T", made(9, BASE32), "/B", made(10, BASE32), "/", made(24)),
    "Discord": token("https://discord.com/api", "/webhooks/", made(18, string.digits), "/", made(68)),
    "Stripe": token("sk", "_live_", made(24)),
    "Google key": token("AI", "za", made(35)),
    "Google secret": token("GOC", "SPX-", made(28)),
    "Google token": token("ya", "29.", made(60)),
    "npm": token("np", "m_", made(36)),
    "PyPI": token("pypi-", "AgEIcHlwaS5vcmc", made(80)),
    "RubyGems": token("ruby", "gems_", made(48, HEX)),
    "Docker": token("dckr", "_pat_", made(27)),
    "Hugging Face": token("h", "f_", made(34, string.ascii_letters)),
    "OpenAI": token("sk", "-proj-", made(40), "T3Blbk", "FJ", made(40)),
    "Anthropic": token("sk", "-ant-", "api03-", made(93)),
    "SendGrid": token("S", "G.", made(22), ".", made(43)),
    "Shopify": token("shp", "at_", made(32, HEX)),
    "DigitalOcean": token("dop", "_v1_", made(64, HEX)),
    "Databricks": token("da", "pi", made(32, HEX)),
    "Grafana": token("gl", "sa_", made(32), "_", made(8, HEX)),
    "New Relic": token("NR", "AK-", made(27, BASE32)),
    "Atlassian": token("AT", "ATT3", made(180)),
    "Linear": token("lin", "_api_", made(40)),
    "Vault": token("hv", "s.", made(24)),
    "Terraform": token(made(14), ".atlas", "v1.", made(64)),
    "Telegram": token(made(9, "123456789"), ":A", "A", made(33)),
    "Azure": token("Account", "Key=", made(86), "=="),
    "Azure signature": token("https://tiles.blob.example/x?sv=1&si", "g=", made(43), "%3D"),
    "age": token("AGE-SECRET", "-KEY-1", made(58, BASE32)),
    "private key": token("-----BEGIN PRIV", "ATE KEY-----\n", made(64), "\n", made(40), "\n-----END PRIVATE KEY-----"),
    "web token": token(HEADER, ".", "eyJ", made(40), ".", made(43)),
    "URL": token("postgres://tiles:", "kelp-moth-71", "@db-3:5432/tiles"),
    "password": token("DB_PASS", "WORD=", "kelp71moth"),
    "quoted password": token('"api_', 'key": "', made(20), '"'),
    "header": token("Authorization: ", "Bearer ", made(30)),
}  # fmt: skip


@pytest.mark.parametrize("text", CREDENTIALS.values(), ids=CREDENTIALS.keys())
def test_a_credential_is_found_in_any_surroundings(text: str) -> None:
    for around in ("{}", "We ran `{}`.", "```\n$ x {}\n```", "<!-- {} -->", "| {} |"):
        assert len(list(find_credentials(around.format(text)))) == 1, around


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        token("gh", "p_", "x" * 36),
        token("gh", "p_", made(20)),
        "postgres://user:password@db-3/tiles",
        "postgres://tiles:${PASSWORD}@db-3/tiles",
        "postgres://tiles:<password>@db-3/tiles",
        "https://db-3:5432/tiles@v2",
        "password = os.environ['PASSWORD1']",
        "password=/run/secrets/tiles1",
        "password=changeme123",
        "password: it was rotated on 2026-03-04",
        "PASSWORD=tiles-db-1",
        "The token: 3 of 12 had expired.",
        token("eyJ", made(30), ".eyJ", made(30), ".", made(43)),
        token(urlsafe_b64encode(b'{"a":' + b"[" * 1_400).decode().rstrip("="), ".eyJ", made(30), ".", made(43)),
        token("-----BEGIN PRIV", "ATE KEY-----\n...\n-----END PRIVATE KEY-----"),
        token("The header -----BEGIN PRIV", "ATE KEY----- was missing."),
        "commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert list(find_credentials(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Customer jo@tiles.zz saw it", "an e-mail address"),
        ("mei.tan@tiles.zz saw it", "an e-mail address"),
        ("kelp77@gmail.com saw it", "an e-mail address"),
        ("call +44 20 0000 1234", "a phone number"),
        ("call +49 (0)30 0000 12 34", "a phone number"),
        ("GB82 WEST 1234 5698 7654 32", "a bank account number"),
        ("GB82WEST12345698765432", "a bank account number"),
        (token("card 4539 1488", " 0343 6467"), "a card number"),
        (token("card 3714 964935", " 39218"), "a card number"),
        (token("SSN: 219-", "09-9999"), "a social security number"),
        ("1 84 12 76 451 089 46", "a French social security number"),
        ("DNI 87654321X", "a Spanish identity number"),
    ],
)
def test_an_identifier_of_a_person_is_found(text: str, kind: str) -> None:
    assert [found.kind for found in find_identifiers(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "abuse@tiles.zz", "shop-support@tiles.zz", "noreply@tiles.zz", "jo.doe@example.com", "deploy@tiles.zz",
        "git@git.tiles.zz:shop/orders.git", "ssh mei.tan@db-3.tiles.zz", "https://mei.tan@git.tiles.zz/shop",
        "hero.big@2x.png", "orders@1.2.3", "getty.one@tty1.service", "kelp@tiles.zz", "+1 415 555 0123",
        "+44 7700 900123", "2026-03-04 09:12:00 +0100", "@@ -12,4 +12 34 56 78 @@", "4111 1111 1111 1111",
        "4539 1488 0343 6468", "trace 4539148803436467", "GB82 WEST 1234 5698 7654 33", "219-09-9999",
        "SSN 000-12-3456", "DNI 87654321A", "1 84 12 76 451 089 47", "1772614320123456",
    ],
)  # fmt: skip
def test_other_addresses_and_numbers_are_not(text: str) -> None:
    assert list(find_identifiers(text)) == []


SECRET = CREDENTIALS["GitHub"]
LEAKY = f"""# Deploys failed with {SECRET}

## Timeline

- 10:20 Mei should have rotated {SECRET} before the certificate
- 10:02 {SECRET}

## Root cause: {SECRET}

Human error: `{SECRET}` and mei.tan@tiles.zz, TODO {SECRET}
"""


def test_the_check_of_the_line_before_any_rule_is_enough_to_leak() -> None:
    """The document is one in which many rules have something to say about the lines that hold the secret."""
    findings = check(Source("a.md", LEAKY), read_rulebook().rules, date(2026, 6, 30)).findings
    assert len({finding.rule for finding in findings}) > 4


FORMS = [
    form
    for option in command.params
    if option.name == "form" and isinstance(option.type, click.Choice)
    for form in option.type.choices
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("color", ["never", "always"])
def test_no_report_shows_a_secret(form: str, color: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LEAKY, encoding="utf-8")
    done = pmlint(
        "check", "--select", "ALL", "--level", "info", "--format", form, "--color", color, "a.md", cwd=tmp_path
    )
    assert "safety/secret" in done.stdout.decode()
    for hidden in (SECRET, SECRET[:12], SECRET[-12:], "mei.tan@", "tiles.zz"):
        assert hidden not in (done.stdout + done.stderr).decode()


def test_a_finding_below_the_level_hides_its_text_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nHuman error on db-3.prod.internal caused the outage.\n", encoding="utf-8")
    done = pmlint("check", "--select", "tone,safety/internal-address", "a.md", cwd=tmp_path)
    assert "human-error" in done.stdout.decode()
    assert "prod.internal" not in done.stdout.decode()


def test_a_secret_over_several_lines_is_hidden_on_each(tmp_path: Path) -> None:
    key = CREDENTIALS["private key"]
    (tmp_path / "a.md").write_text(f"# T\n\n{key}\n", encoding="utf-8")
    done = pmlint("check", "--select", "ALL", "--level", "info", "a.md", cwd=tmp_path)
    assert "a private key stands here" in done.stdout.decode()
    assert not any(line in done.stdout.decode() for line in key.splitlines())


def test_a_fingerprint_says_nothing_of_a_secret() -> None:
    rules = [read_rulebook().rule("safety/secret")]

    def prints(secret: str) -> tuple[str, ...]:
        return fingerprints(check(Source("a.md", f"# T\n\n{secret}\n"), rules, date(2026, 6, 30)).findings)

    assert prints(SECRET) == prints(token("gh", "p_", made(37)))
    assert len(prints(SECRET)) == 1


def test_the_json_report_is_whole_though_something_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LEAKY, encoding="utf-8")
    done = pmlint("check", "--select", "ALL", "--format", "json", "a.md", cwd=tmp_path)
    assert json.loads(done.stdout)["findings"]


class TestMask:
    def test_spans_that_overlap_are_joined(self) -> None:
        assert disjoint([Span(5, 9), Span(0, 2), Span(7, 12), Span(12, 13)]) == (Span(0, 2), Span(5, 12), Span(12, 13))

    @pytest.mark.parametrize(
        ("span", "shown"),
        [
            (Span(0, 12), "ab**e***\nij*"),
            (Span(3, 7), "*e**"),
            (Span(4, 5), "e"),
            (Span(9, 11), "ij"),
            (Span(6, 6), ""),
        ],
    )
    def test_what_is_hidden_is_masked_character_by_character(self, span: Span, shown: str) -> None:
        source = Source("a.md", "abcdefgh\nijk")
        assert masked(source, span, (Span(2, 4), Span(5, 9), Span(11, 12))) == shown

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ('"kelpmoth71" reads as blame', '"**********" reads as blame'),
            ('"kelpmoth…"', '"********…"'),
            ("kelp was not hidden", "kelp was not hidden"),
            ("", ""),
        ],
    )
    def test_a_message_is_masked_even_where_it_is_cut(self, text: str, shown: str) -> None:
        assert masking(Source("a.md", "see kelpmoth71"), (Span(4, 14),))(text) == shown

    def test_nothing_hidden_leaves_all_as_it_is(self) -> None:
        assert masking(Source("a.md", "kelp"), ())("kelp") == "kelp"


HOSTILE = [
    "eyJaaaaaaaaaa-" * 20_000,
    "glpat-" * 40_000,
    "a_" * 100_000 + "password=" * 10_000,
    "http://a:" * 30_000,
    token("-----BEGIN PRIV", "ATE KEY-----") * 8_000,
    "a.b@" * 60_000,
    "+1 22 " * 40_000,
    "DE12 " * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(8))
def test_hostile_text_is_searched_in_linear_time(text: str) -> None:
    started = time.process_time()
    list(find_credentials(text))
    list(find_identifiers(text))
    assert time.process_time() - started < 5
