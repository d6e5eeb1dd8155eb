"""Words that keep a place for text which never came."""

import re
from collections.abc import Iterator

from pmlint.expressions import expression
from pmlint.model import Passage, Postmortem
from pmlint.source import Span

_LEFT_OPEN = expression(
    r"(?<![\w./#-])(?:TBD|TBC|TBA|FIXME|XXX+)(?![\w/-])"
    r"|(?:(?<=^)|(?<=[:(\[]\s)|(?<=[:(\[]))TODO(?=\s*[:)\]]|\s*$)|^TODO\b(?!\s+(?:lists?|items?|comments?)\b)"
    r"|\?\?\?+"
    r"|[Ll]orem [Ii]psum|LOREM IPSUM"
    r"|(?<![\w%])(?:YYYY[-/]MM[-/]DD|DD[-/]MM[-/]YYYY|MM[-/]DD[-/]YYYY)(?!\w)"
    r"|(?<![\w%])(?:HH:MM|HH:mm|hh:mm|XX:XX)(?![\w:])"
    r"|\[(?i:(?:your|insert|add|enter|describe|fill in|team|service|incident|author|owner)\s[^\[\]\n]{1,40})\]"
    r"|\{\{\s?[\w .-]{1,40}\s?\}\}",
    re.M,
    needs=("TB", "FIXME", "XXX", "TODO", "???", "psum", "PSUM", "YYYY", "HH:", "hh:mm", "XX:XX", "[", "{{"),
)
# Markdown takes these for HTML: "<add name here>".
_LEFT_OPEN_TAG = expression(
    r"</?(?:your|insert|add|enter|describe|name|date|team|service|owner|author)(?:\s[^<>\n=]{1,40})?>", re.I
)
# A value that only asks: "Time to detection: ?".
_ASKS = expression(r"\s*\?+\s*$")


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but words that keep a place."""
    return bool(_LEFT_OPEN.fullmatch(text))


def find_placeholders(pm: Postmortem) -> Iterator[tuple[Span, str]]:
    """Each placeholder with the words that keep the place. Code, links and states of action items are left alone."""
    for passage in pm.passages:
        text = passage.rendered.text
        if passage.quoted or ("actions" in passage.concepts and passage.kind == "cell"):
            continue
        for match in _LEFT_OPEN.finditer(text):
            if not _excused(passage, match.start(), match.end()):
                yield passage.rendered.span(match.start(), match.end()), " ".join(match.group().split())
        for tag in passage.rendered.of_kind("html"):
            raw = pm.source.slice(tag.span)
            if _LEFT_OPEN_TAG.fullmatch(raw):
                yield tag.span, raw
        if passage.label and _ASKS.match(text, passage.label):
            start = passage.label + len(text[passage.label :]) - len(text[passage.label :].lstrip())
            yield passage.rendered.span(start, len(text.rstrip())), "?"


def _excused(passage: Passage, start: int, end: int) -> bool:
    """Whether the words are code or a link, the state of an action item, or spoken about rather than left."""
    rendered = passage.rendered
    if any(m.start < end and start < m.end for m in rendered.of_kind("code", "link")):
        return True
    text = rendered.text
    if "actions" in passage.concepts and text[start:end] == "TODO":
        return True
    return text[start - 1 : start] in ('"', "“", "'") and text[end : end + 1] in ('"', "”", "'")
