"""Whether the document tells what it had better keep: credentials, personal data, the inside of a network."""

import re
from collections.abc import Iterator, Sequence

from pmlint.credentials import find_credentials
from pmlint.expressions import expression
from pmlint.identifiers import EMAIL, find_identifiers
from pmlint.model import Postmortem
from pmlint.rule import Mark
from pmlint.source import Span

# Here addresses of the people who took part have their place.
_NAMES_PEOPLE = frozenset({"metadata", "responders", "approval", "actions", "communications"})
_LABEL_OF_PEOPLE = (
    r"(?i)^[\s>*_|+-]*[*_]{0,2}(?:authors?|owners?|writers?|written by|prepared by|reviewed by|reviewers?"
    r"|approved by|approvers?"
    r"|contacts?|assignees?|dri|facilitators?|participants?|attendees|responders?|incident commander|ic|scribe|lead"
    r"|reported by|questions|e-?mail|mail(?:ing list)?|from|to|cc|co-authored-by|signed-off-by)\b[^\n:|]{0,30}[:|]"
)
_PRIVATE = expression(
    r"(?<![\w.-])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)(?:\.\d{1,3}){2}(?!\w|\.\d)(?:/\d{1,2}(?!\d))?"
    r"|(?<![\w:])f[cd][0-9a-f]{2}:(?:[0-9a-f]{1,4}:{1,2}){1,6}[0-9a-f]{1,4}(?![\w:])"
)
# The ranges themselves, an address that is the same everywhere, and version numbers tell nothing.
_SAID_BY_ALL = frozenset({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "169.254.169.254"})
_VERSION = r"(?i)\b(?:versions?|release|kernel|upgraded? (?:from|to))\s$"
_INSIDE = expression(
    r"(?<![\w.@-])(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})\.){1,6}(?:internal|corp|lan|intranet|intra|home\.arpa"
    r"|svc\.cluster\.local|cluster\.local|local|consul)(?![\w-]|\.\w|\()"
)
# Names of files and of code that end likewise.
_NO_HOST = (
    r"(?:^|\.)(?:settings|config|env|git|docker-compose|values|this|self|app|package|com|org|java|sun)"
    r"\.(?:local|internal)$"
)


def secret(pm: Postmortem) -> Iterator[Mark]:
    """A credential, anywhere in the file: prose, code, comments, link targets, front matter."""
    for found in find_credentials(pm.source.text):
        yield Mark(found.span, f"{found.kind} stands here", secret=True)


def personal_data(pm: Postmortem, *, allowed_domains: Sequence[str]) -> Iterator[Mark]:
    """An identifier of a person, anywhere in the file.

    E-mail addresses are left alone where those who took part are named, and in ``allowed_domains``.
    """
    allowed = tuple(f"@{domain.casefold().lstrip('@')}" for domain in allowed_domains)
    for found in find_identifiers(pm.source.text):
        written = pm.source.slice(found.span).casefold()
        if found.kind == EMAIL and (written.endswith(allowed) or _names_a_participant(pm, found.span)):
            continue
        yield Mark(found.span, f"{found.kind} stands here", secret=True)


def _names_a_participant(pm: Postmortem, span: Span) -> bool:
    line = pm.source.line_spans[pm.source.line_number(span.start) - 1]
    if re.match(_LABEL_OF_PEOPLE, pm.source.text[line.start : span.start]):
        return True
    around = pm.passage_before(span.start)
    return _in_front_matter(pm, span) or (around is not None and not _NAMES_PEOPLE.isdisjoint(around.concepts))


def _in_front_matter(pm: Postmortem, span: Span) -> bool:
    text = pm.source.text
    fence = text[:3]
    return fence in ("---", "+++") and span.start < text.find(f"\n{fence}", 3)


def internal_address(pm: Postmortem) -> Iterator[Mark]:
    """A private network address (RFC 1918, RFC 3927, RFC 4193) or the name of a host inside a network."""
    text = pm.source.text
    for match in _PRIVATE.finditer(text):
        parts = match.group().partition("/")[0].split(".")
        possible = ":" in match.group() or all(int(part) < 256 for part in parts)
        if (
            possible
            and match.group() not in _SAID_BY_ALL
            and not re.search(_VERSION, text[max(0, match.start() - 20) : match.start()])
        ):
            yield Mark(Span(*match.span()), "a private network address stands here", secret=True)
    for match in _INSIDE.finditer(text):
        if not re.search(_NO_HOST, match.group()):
            yield Mark(Span(*match.span()), "the name of an internal host stands here", secret=True)


def customer_name(pm: Postmortem, *, names: Sequence[str]) -> Iterator[Mark]:
    """A name from the list ``names``, as whole words, whatever its case."""
    wanted = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not wanted:
        return
    pattern = "|".join(re.escape(name) for name in wanted)
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", pm.source.text, re.I):
        yield Mark(Span(*match.span()), "the name of a customer stands here", secret=True)
