"""The shapes of credentials: what begins with a prefix that its issuer gave it, and what stands where one belongs.

Prefixes are those that the issuers document for secret scanning. A pattern is compiled and searched only where one of
its marks stands in the text: most documents hold none.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pmlint.source import Span


class Credential(NamedTuple):
    """What was found: its kind as a noun phrase, and the span of the part that is secret."""

    kind: str
    span: Span


# What keeps a place for a secret, or shows what one looks like.
_NO_SECRET = (
    r"(?i)example|sample|dummy|fake|redact|mask|censor|remov|placeholder|insert|your|change|xxx|\*\*|\.\.\.|…|•|###|___"
    r"|%[sdv(]|\$|\{|<|not-?real|foobar|123456|abcdef|qwerty"
    r"|^(?:pass(?:word|wd)?|pwd|secret|token|key|user(?:name)?|root|admin|test(?:ing)?|none|null|true|false|s3cr3t|p4ss\w*)\d{0,3}$"
)
_DISTINCT = 6
# The token that jwt.io shows.
_SHOWN_TO_ALL = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"


def _is_secret(text: str) -> bool:
    """Whether a text could be one: it keeps no place for it, and has more than a few different characters."""
    return not re.search(_NO_SECRET, text) and len(set(text)) >= min(_DISTINCT, len(text))


def _is_private_key(text: str) -> bool:
    body = "".join(text.partition("KEY")[2].split("-----END")[0].split())
    return len(set(body)) > 2 * _DISTINCT and "..." not in body and "…" not in body


def _is_web_token(text: str) -> bool:
    """Whether the first part of a JSON web token names its algorithm (RFC 7515, section 4.1.1)."""
    import base64  # hardly any document holds one

    if not _is_secret(text) or text.endswith(_SHOWN_TO_ALL):
        return False
    encoded = text.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and "alg" in header


def _is_password_of_url(text: str) -> bool:
    return _is_secret(text) and not text.isdigit() and len(text) > 3


def _is_password(text: str) -> bool:
    """Whether a value is one that somebody chose or a machine made: letters and digits, and no path, call or name."""
    if not _is_secret(text) or "://" in text or "()" in text:
        return False
    if text.startswith(("/", ".", "~", "@", "-", "http", "arn:")):
        return False
    letters, digits = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    return letters >= 3 and digits >= 2 and not re.fullmatch(r"[a-z]+(?:[._-][a-z]+)*[._-]?v?\d{1,2}", text)


class _Shape(NamedTuple):
    """``pattern`` matches the credential; with a group ``secret`` only that part of it is one, if it ``holds``.

    It is searched where one of ``marks`` stands, with ``any_case`` in small or capital letters.
    """

    kind: str
    marks: tuple[str, ...]
    pattern: str
    holds: Callable[[str], bool] = _is_secret
    any_case: bool = False


_NOT_INSIDE = r"(?<![A-Za-z0-9_])"
_ENDS = r"(?![A-Za-z0-9_])"


# What the name of a password is made of, with or without a bar between.
_PAIRS = (("client", "secret"), ("secret", "key"), ("api", "key"), ("auth", "token"), ("access", "token"))


def _token(kind: str, mark: str, rest: str) -> _Shape:
    return _Shape(kind, (mark,), f"{_NOT_INSIDE}{re.escape(mark)}{rest}{_ENDS}")


_SHAPES = (
    *(
        _Shape("an AWS access key id", (mark,), rf"(?<![A-Za-z0-9]){mark}[A-Z2-7]{{16}}(?![A-Za-z0-9])")
        for mark in ("AKIA", "ASIA")
    ),
    _Shape(
        "an AWS secret access key",
        ("secret", "SECRET", "Secret"),
        r"(?i:aws_?secret_?(?:access_?)?key)[\"'\s]{0,3}[=:]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
    ),
    *(_token("a GitHub token", f"gh{letter}_", "[A-Za-z0-9]{36,251}") for letter in "pousr"),
    _token("a GitHub token", "github_pat_", "[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    *(
        _token("a GitLab token", f"{mark}-", "[A-Za-z0-9_-]{20,200}")
        for mark in ("glpat", "gldt", "glrt", "glptt", "glcbt", "glft", "glsoat", "glagent")
    ),
    *(_token("a Slack token", f"xox{letter}-", "[0-9A-Za-z-]{20,250}") for letter in "abeoprs"),
    _token("a Slack token", "xapp-", r"\d-[A-Z0-9]{6,20}-\d{6,20}-[a-z0-9]{20,100}"),
    _token("a Slack webhook", "hooks.slack.com/services/", r"T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,30}"),
    *(
        _token("a Discord webhook", f"{host}.com/api/webhooks/", r"\d{16,20}/[A-Za-z0-9_-]{60,80}")
        for host in ("discord", "discordapp")
    ),
    *(_token("a Stripe key", mark, "[A-Za-z0-9]{20,247}") for mark in ("sk_live_", "rk_live_")),
    _token("a Google API key", "AIza", "[A-Za-z0-9_-]{35}"),
    _token("a Google OAuth secret", "GOCSPX-", "[A-Za-z0-9_-]{28}"),
    _token("a Google OAuth token", "ya29.", "[A-Za-z0-9_-]{30,400}"),
    _token("an npm token", "npm_", "[A-Za-z0-9]{36}"),
    _token("a PyPI token", "pypi-AgEIcHlwaS5vcmc", "[A-Za-z0-9_-]{50,500}"),
    _token("a RubyGems key", "rubygems_", "[a-f0-9]{48}"),
    _token("a Docker token", "dckr_pat_", "[A-Za-z0-9_-]{27}"),
    _token("a Hugging Face token", "hf_", "[A-Za-z]{34}"),
    _Shape("an OpenAI key", ("T3BlbkFJ",), rf"{_NOT_INSIDE}sk-[A-Za-z0-9_-]{{20,180}}?T3BlbkFJ[A-Za-z0-9_-]{{20,180}}"),
    _token("an Anthropic key", "sk-ant-", "[a-z0-9]{3,10}-[A-Za-z0-9_-]{80,120}"),
    _token("a SendGrid key", "SG.", r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    *(_token("a Shopify token", mark, "[a-fA-F0-9]{32}") for mark in ("shpat_", "shpca_", "shppa_", "shpss_")),
    *(_token("a DigitalOcean token", mark, "[a-f0-9]{64}") for mark in ("dop_v1_", "doo_v1_", "dor_v1_")),
    _token("a Databricks token", "dapi", "[a-f0-9]{32}"),
    _token("a Grafana token", "glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
    _token("a New Relic key", "NRAK-", "[A-Z0-9]{27}"),
    _token("an Atlassian token", "ATATT3", "[A-Za-z0-9_=-]{100,250}"),
    _token("a Linear key", "lin_api_", "[A-Za-z0-9]{40}"),
    _token("a Vault token", "hvs.", "[A-Za-z0-9_-]{24,200}"),
    _token("an age key", "AGE-SECRET-KEY-1", "[0-9A-Z]{58}"),
    _Shape("a Terraform token", (".atlasv1.",), rf"{_NOT_INSIDE}[A-Za-z0-9]{{14}}\.atlasv1\.[A-Za-z0-9_-]{{60,70}}"),
    _Shape("a Telegram bot token", (":AA",), r"(?<![\w:])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])"),
    _Shape("an Azure account key", ("AccountKey=",), r"AccountKey=(?P<secret>[A-Za-z0-9+/]{86}==)"),
    _Shape("an Azure shared access signature", ("sig=",), r"[?&;]sig=(?P<secret>[A-Za-z0-9%+/]{40,90}(?:%3[dD]|=))"),
    _Shape(
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){40,8000}"
        r"(?:-----END [A-Z0-9 ]{1,40}-----)?",
        _is_private_key,
    ),
    _Shape(
        "a JSON web token",
        ("eyJ",),
        r"(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}",
        _is_web_token,
    ),
    _Shape(
        "a password in a URL",
        ("://",),
        r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}://[^\s/:@<>\"'`|]{0,64}:(?P<secret>[^\s/@<>\"'`|]{3,128})@[\w\[]",
        _is_password_of_url,
    ),
    _Shape(
        "a password",
        ("passw", "pwd", *(f"{one}{gap}{other}" for one, other in _PAIRS for gap in ("", "_"))),
        # Other words may stand before it, parted by a line or a dash: DB_PASSWORD.
        r"(?i:(?<![a-z])(?:passwords?|passwd|pwd|client_?secret|secret_?key|api_?key|auth_?token|access_?token))"
        r"[\"']?(?:\s?=\s?|:\s?(?=[\"']))[\"']?(?P<secret>[^\s\"'`<>(){}\[\]$|&,;\\]{8,128})",
        _is_password,
        any_case=True,
    ),
    _Shape(
        "an authorization header",
        ("uthorization", "UTHORIZATION"),
        r"(?i:authorization)[\"']?\s?:\s?[\"']?(?i:bearer|basic|token)\s(?P<secret>[A-Za-z0-9._~+/-]{16,2000}=*)",
    ),
)


def find_credentials(text: str) -> Iterator[Credential]:
    """Every credential in a text, source as well as prose; shape by shape, each stretch of text once."""
    found: list[Span] = []
    low = text.lower()
    for shape in _SHAPES:
        seen = low if shape.any_case else text
        if not any(mark in seen for mark in shape.marks):
            continue
        for match in re.finditer(shape.pattern, text):
            group = "secret" if "secret" in match.re.groupindex else 0
            span = Span(*match.span(group))
            known = any(span.start < other.end and other.start < span.end for other in found)
            if not known and shape.holds(match[group]):
                found.append(span)
                yield Credential(shape.kind, span)
