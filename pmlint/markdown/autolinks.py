"""Addresses in plain text that GitHub turns into links (section 6.9 of the GFM specification, as GitHub reads it)."""

from collections.abc import Iterator
from re import Match
from typing import NamedTuple

from pmlint.expressions import expression

_CANDIDATE = expression(r"(?P<url>(?i:https?|ftp)://)|(?P<www>www\.)|(?P<at>@)")
_DOMAIN = expression(r"[\w-]+(?:\.[\w-]+)*")
_REST = expression(r"[^\s<]*")
_LOCAL = expression(r"[A-Za-z0-9.+_-]")
_MAIL_DOMAIN = expression(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_ENTITY_END = expression(r"&[A-Za-z]+;$")
_LONGEST_ENTITY = 40

# What may stand before "www.", besides a blank or nothing
_BEFORE_WWW = "*_~("


class Address(NamedTuple):
    """An address in a text: where it begins and ends, and what it points at."""

    start: int
    end: int
    target: str


def find_addresses(text: str, start: int, end: int) -> Iterator[Address]:
    """The addresses in ``text[start:end]``, in order; what stands before ``start`` is seen too."""
    # Most texts hold none of these, and looking for a string is many times faster than looking for a pattern.
    if text.find("@", start, end) < 0 and text.find("://", start, end) < 0 and text.find("www.", start, end) < 0:
        return
    at = start
    for candidate in _CANDIDATE.finditer(text, start, end):
        if candidate.start() < at:
            continue
        found = _mail(text, candidate, at, end) if candidate["at"] else _url(text, candidate, end)
        if found is not None:
            yield found
            at = found.end


def _url(text: str, candidate: Match[str], end: int) -> Address | None:
    start = candidate.start()
    before = text[start - 1 : start]
    www = candidate["www"] is not None
    if before and (not (before.isspace() or before in _BEFORE_WWW) if www else before.isalpha() and before.isascii()):
        return None
    domain = _DOMAIN.match(text, start if www else candidate.end(), end)
    if domain is None or any("_" in part for part in domain[0].split(".")[-2:]) or (www and "." not in domain[0]):
        return None
    rest = _REST.match(text, domain.end(), end)
    stop = _trimmed(text, start, rest.end() if rest else domain.end())
    if stop <= candidate.end():
        return None
    address = text[start:stop]
    return Address(start, stop, f"http://{address}" if www else address)


def _mail(text: str, candidate: Match[str], after: int, end: int) -> Address | None:
    start = at = candidate.start()
    while start > after and _LOCAL.match(text, start - 1):
        start -= 1
    domain = _MAIL_DOMAIN.match(text, at + 1, end)
    escaped = text[start - 1 : start] == "\\"
    if (
        start == at
        or escaped
        or domain is None
        or not domain[0][-1].isalpha()
        or text[domain.end() : domain.end() + 1] == "@"
    ):
        return None
    target = f"mailto:{text[start : domain.end()]}"
    for scheme in ("mailto:", "xmpp:"):
        if start - len(scheme) >= after and text.startswith(scheme, start - len(scheme)):
            start -= len(scheme)
            target = text[start : domain.end()]
    return Address(start, domain.end(), target)


def _trimmed(text: str, start: int, end: int) -> int:
    """Where an address ends once the punctuation that belongs to the sentence around it is taken off."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        elif last == ";":
            reference = _ENTITY_END.search(text, max(start, end - _LONGEST_ENTITY), end)
            end = reference.start() if reference else end - 1
        else:
            break
    return end
