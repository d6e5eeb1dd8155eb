"""Whether links lead somewhere: to a file of the repository, to an anchor of the document, to a page for all."""

import re
from collections.abc import Callable, Iterator, Sequence
from posixpath import normpath

from pmlint.expressions import expression
from pmlint.mentions import Link
from pmlint.model import Postmortem
from pmlint.rule import Mark

_ELSEWHERE = expression(r"[a-z][a-z0-9+.-]*:|//|/|\\|#|$", re.I)
# Files that a site generator turns into pages: their links lead from page to page, not from file to file.
_GENERATED = (".erb", ".qmd", ".rmd", ".mdx", ".njk", ".liquid")
_GENERATOR = expression(
    r"\{\{[<%{]?|\{%-?\s|<%|^(?:permalink|layout|slug|aliases|url|weight|draft|categories|tags|hide_title|sidebar_position)\s*[:=]"
    r"|^```\{|^:::",
    re.M,
)
_WRITTEN_IN = (".md", ".markdown", ".qmd", ".rmd", ".mdx")
_EXTENSION = expression(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_HOST = expression(r"https?://(?:[^/?#@\s]*@)?([^/:?#\s]+)", re.I)
_ENCODED = expression(r"(?:%[0-9A-Fa-f]{2})+")
_ANCHORS_OF_PAGES = frozenset({"", "top"})


def broken_relative_link(pm: Postmortem, *, exists: Callable[[str], bool | None]) -> Iterator[Mark]:
    """A relative link or image leads to no file. ``exists`` answers for a path from the document's folder, or None."""
    generated = _is_generated(pm)
    for link in pm.links:
        path = _relative_path(link.target)
        if path is None or (generated and not path.lower().endswith(_WRITTEN_IN)):
            continue
        if exists(path) is False:
            kind = "image" if link.kind == "image" else "file"
            yield Mark(link.span, f"no {kind} is at {path}")


def _relative_path(target: str) -> str | None:
    """The path of a target that leads to a file or folder beside the document, as it is on disk; None for any other."""
    if _ELSEWHERE.match(target):
        return None
    path = _decoded(target.partition("#")[0].partition("?")[0])
    # A name without an ending may be a page of a wiki or a site.
    if not path or "\0" in path or not (_EXTENSION.search(path) or path.endswith("/")) or path.startswith("/"):
        return None
    return normpath(path)


def broken_anchor(pm: Postmortem) -> Iterator[Mark]:
    """A link to a place in the same document, which has no such heading and no such id."""
    if _is_generated(pm):
        return
    loose = {_loose(anchor) for anchor in pm.anchors}
    for link in pm.links:
        if not link.target.startswith("#"):
            continue
        fragment = _decoded(link.target[1:])
        plain = fragment.removeprefix("user-content-")
        if plain.casefold() in _ANCHORS_OF_PAGES or plain.startswith((":~:", "fn", "^", "L")) or plain in pm.anchors:
            continue
        # Site generators make fragments by rules of their own; all of them keep the letters and digits in order.
        if _loose(plain) not in loose:
            yield Mark(link.span, f"no heading and no id of this document is #{fragment}")


def _loose(anchor: str) -> str:
    return "".join(c for c in anchor.casefold() if c.isalnum())


def _is_generated(pm: Postmortem) -> bool:
    head = pm.source.text[:2000]
    front = head[: head.find("\n---", 3)] if head.startswith("---") else ""
    return (
        pm.source.path.casefold().endswith(_GENERATED)
        or bool(_GENERATOR.search(front))
        or any(mark in pm.source.text for mark in ("{{<", "{{%", "{% ", "<%=", "{{ ", "\n:::"))
    )


def access_restricted_link(pm: Postmortem, *, hosts: Sequence[str], more_hosts: Sequence[str]) -> Iterator[Mark]:
    """A link to a host on which readers need an account: one of ``hosts`` or ``more_hosts``, or a name below it."""
    closed = tuple(host.casefold().lstrip(".") for host in (*hosts, *more_hosts))
    for link in pm.links:
        host = _host(link)
        found = next((name for name in closed if host == name or host.endswith(f".{name}")), None)
        if found:
            yield Mark(link.span, f"readers need an account on {found}, unless this link is shared with all")


def _host(link: Link) -> str:
    host = _HOST.match(link.target)
    return host[1].casefold() if host else ""


def _decoded(text: str) -> str:
    """A part of a URL with its percent signs resolved."""
    return _ENCODED.sub(lambda run: bytes.fromhex(run.group().replace("%", "")).decode(errors="replace"), text)
