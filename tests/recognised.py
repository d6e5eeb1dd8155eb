"""What pmlint understands of an invented text, dedented."""

from textwrap import dedent

from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.source import Source


def postmortem(text: str, path: str = "postmortem.md") -> Postmortem:
    return understand(Source(path, dedent(text)))


def concepts(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The 1-based line and the concepts of every section that has some."""
    pm = postmortem(text)
    return [(pm.source.place(s.span.start).line, s.concepts) for s in pm.sections if s.concepts]


def events(text: str, path: str = "postmortem.md") -> list[tuple[int, str | None]]:
    """The 1-based line and the time of every event."""
    pm = postmortem(text, path)
    return [(pm.source.place(e.span.start).line, str(e.when) if e.when else None) for e in pm.events]
