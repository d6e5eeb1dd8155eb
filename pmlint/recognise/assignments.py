"""What the words of an action item say: who does it, until when, where it is tracked, how far it is."""

import re
from datetime import date

from pmlint.document import Rendered
from pmlint.expressions import expression, lowered
from pmlint.model import Stamp, Value
from pmlint.recognise.headings import normalised
from pmlint.recognise.lexicon import State, action_types, nobody, states
from pmlint.recognise.order import in_day_order, nearest_day
from pmlint.recognise.times import find_stamps
from pmlint.source import Span

_HANDLE = expression(r"(?<![\w/.@])@[A-Za-z0-9][\w-]{0,38}(?:/[\w.-]{1,50})?", needs="@")
_LABELLED_OWNER = expression(
    r"(?:\b(?:(?:action )?owners?|owned by|assignees?|assigned(?: to)?|dri|responsible"
    r"|responsable|responsável|verantwortlich|zuständig|lead)"
    r"\s*[:=]|\bassigned to)\s*(?P<name>(?:(?!\s[-–—]\s)[^,;()\[\]|.\n]){1,60})"
    r"|(?:担当者?|負責人|负责人|责任人)\s*[:：]\s*(?P<cjk>[^,;、，()\n]{1,30})",
    re.I,
)
_NAME = r"[^\W\d_a-z][\w'’.-]{0,30}(?:[ /]+[^\W\d_a-z][\w'’.-]{0,30}){0,3}"
# A name in brackets may have a day or a ticket beside it, and then counts at the end of the item only.
_BESIDE = r"(?:[,;]\s*[^()\[\]]{0,30}\d[^()\[\]]{0,30})?"
_BRACKETED_OWNER = expression(
    rf"[\[(](?P<name>{_NAME}){_BESIDE}[\])](?=[\s.]*$|\s*(?:[—–,;]|--?)?\s*(?:(?:due|by|eta|deadline|target)\b|[A-Z]{{2,9}}-\d|#\d))"
)
# 磁盘告警（梅林，3月31日）
_BESIDE_DAY_OWNER = expression(
    r"（(?P<name>[\u3040-\u30ff\u3400-\u9fff]{2,8})[，,、]\s?[^（）]{0,10}\d[^（）]{0,20}）[\s。.]*$"
)
_LEADING_OWNER = expression(rf"^\[(?P<name>{_NAME})\]\s*")
# Between dashes somebody is meant only where a day, a ticket or a priority follows: "… — Mei — 31 March".
_DASHED_OWNER = expression(
    rf"\s(?:[—–]|--)\s(?P<name>{_NAME})"
    rf"(?=[\s.]*$|,?\s+(?:[—–]|--|\|)\s+(?:due\b|by\b|eta\b|\d|#\d|\[?[A-Z]{{2,9}}-\d|P[0-4]\b))"
)
_ACTING_OWNER = expression(
    r"^(?:The )?(?P<name>(?:[\w-]{1,30} ){0,3}(?:team|leads?|squad|group|engineers|developers|engineering|devops|ops"
    r"|sre|sres|support|management|security|committee|maintainers))"
    r"(?: (?:will|is going to|are going to|has agreed to) |\s*: | to )",
    re.I,
)

_TRACKER = expression(
    r"/(?:issues?|pull|pulls|merge_requests|browse|ticket|tickets|stories|work_items|bugs?|story|t)/[\w#?-]|issues\?q="
)
_NUMBER = expression(r"(?<![\w&/#])(?:[\w.-]{1,100}(?:/[\w.-]{1,100})?)?#\d{1,7}\b", needs="#")
_KEY = expression(r"(?<![\w/-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b(?!-)")
# Shapes of keys that name standards, severities and vulnerabilities instead of tickets.
_NO_KEYS = frozenset(
    {"UTF", "SHA", "ISO", "SEV", "CVE", "RFC", "TLS", "HTTP", "COVID", "AES", "MD", "IPV", "GPT", "UTC", "GMT"}
)

_CASE = expression(
    r"\b(?:case|ticket|request|incident)\s?(?:id|no\.?|number|#)?\s?[:#]?\s?(?P<number>\d{5,15})\b", re.I
)

_DUE = expression(
    r"\b(?:due|by|before|until|deadline|target|eta|completion"
    r"|échéance|date limite|bis|fällig|frist|plazo|fecha límite|prazo|data limite)\b"
    r"[\s:(]*(?:date\s*:?\s*|on\s+|to\s+)?$"
    r"|(?:期限|截止)[\s:：]*$",
    re.I,
)
_QUARTER = expression(r"(?:Q[1-4]|H[12])(?:[ /]\d{2,4})?")
_SHORT_DUE = expression(
    r"\b(?:due|by|before|deadline|eta)\b[\s:(]*(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/])", re.I
)
_MONTHS = 12
_ASSIGNED = expression(
    rf"(?:@[\w-]{{1,39}}[\s,;–—-]+|\s(?:[–—]|--)\s(?:@[\w-]{{1,39}}|{_NAME})\s?(?:\s[–—]|\s--|,)\s)$"
)
_DONE_MARKS = ("✅", "☑", "✔", "完了", "已完成")
# Looked for in lower case.
_SAID_DONE = expression(
    r"[(\[](?:done|completed?|fixed|merged|shipped|resolved|closed|implemented|deployed)\b[^)\]]*[)\]]"
    r"|\balready (?:been )?(?:done|completed|implemented|fixed|in place|merged|deployed)\b"
    r"|\b(?:status|state)\s*[:=]\s*(?:done|completed?|closed|fixed)\b"
    r"|\s[—–-]+\s(?:done|completed?)[\s.]*$",
    needs=("done", "complete", "fixed", "merged", "shipped", "resolved", "closed", "implement", "deployed", "in place"),
)
_DONE_BY_US = expression(
    r"^(?:We|I|The team|Our team)(?: have(?: (?!to\b)[a-z]{2,12}){0,4}?| has| then| also)?"
    r" (?:removed|[a-z]{3,20}ed)\b(?! to\b)",
    needs=("We ", "I ", "The team ", "Our team "),
)
_HAS_BEEN_DONE = expression(
    r"^[^,;:.]{1,80}(?<!could)(?<!would)(?<!should) (?:has|have)(?: now| already)? been (?:removed|[a-z]{3,20}ed)\b"
    r"|^[A-Z][^,;:.]{1,60} (?:raised|received|filed)\b",
    needs=(" been ", " raised", " received", " filed"),
)
_BEGINS_DONE = (
    "Sent ", "Built ", "Wrote ", "Ran ", "Gave ", "Got ", "Brought ", "Added ", "Reverted ", "Removed ", "Fixed ",
    "Deployed ", "Disabled ", "Enabled ", "Upgraded ", "Updated ", "Replaced ", "Rolled back ", "Rolled out ",
    "Released ", "Issued ", "Created ", "Implemented ", "Moved ", "Migrated ", "Changed ", "Merged ", "Patched ",
    "Restored ", "Rotated ", "Revoked ", "Configured ", "Switched ", "Introduced ", "Documented ", "Notified ",
    "Published ", "Opened ", "Filed ",
)  # fmt: skip
_DONE_IN_CAPITALS = expression(r"\bDONE\b", needs=("DONE",))
# One sentence about what was done, without a word for what is to be done.
_WAS_DONE = expression(r"\b(?:was|were)\s+(?:[a-z]{2,20}ly\s+)?[a-z]{3,20}ed\b")
_TO_BE_DONE = expression(
    r"\b(?:should|need\w*|must|will|would|could|can|may|might|if|to be|so that|because|since|as|not|when|why"
    r"|which|that)\b|[.!?]\s|\n",
    re.I,
)
_MARKED = expression(r"✅|☑|✔|\bDONE\b|\((?i:done|completed)\b")
_OPEN = expression(
    r"⬜|🚧|⏳|🔄|\bTODO\b|\bWIP\b|\bin progress\b|\bin review\b|\bunderway\b|\bWork has begun\b"
    r"|[(\[](?i:open|planned|in progress|todo|to do|pending|not started|ongoing)[)\]]"
    r"|(?i:\b(?:status|state)\s*[:=]\s*(?:open|todo|pending|planned|not started)\b)"
)
_WONT = expression(
    r"\b(?:was|were|been) rejected\b"
    r"|❌|\bwon'?t (?:do|fix)\b|\bwontfix\b|[(\[](?:cancelled|canceled|rejected|declined|wont do|won't do)\b",
    re.I,
)
_LEVEL = r"P[0-4]|(?i:(?:very )?high|medium|low|critical|urgent|normal)"
_PRIORITY = expression(
    rf"[\s*]*(?:[\[(](?P<in_brackets>{_LEVEL})(?i:[\s-]priority)?[\])]|(?P<before_mark>{_LEVEL})(?i:[\s-]priority)?(?=\s*:|\s+[-–—]\s)"
    r"|(?P<capital>P[0-4]|HIGH|MEDIUM|LOW|CRITICAL|URGENT)(?=\s))"
    rf"|.{{0,400}}?\b(?i:priority)\s*[:=]\s*(?P<labelled>{_LEVEL}|\d)(?!\w)"
    rf"|.{{0,400}}?[(\[](?P<behind>{_LEVEL})[\s-](?i:priority)[)\]]"
)
_TYPE = expression(r"^\[(?P<in_brackets>[^\W\d_][\w -]{2,30})\]|^(?P<before_mark>[^\W\d_][\w-]{2,20})(?=\s?[:：])")


def marks_what_is_done(text: str) -> bool:
    """Whether an item carries a mark that says that it is done, which others beside it then lack."""
    return bool(_MARKED.search(text))


def is_tracked_at(target: str) -> bool:
    """Whether an address is that of a tracker's item."""
    return bool(_TRACKER.search(target))


def written_priority(rendered: Rendered) -> Value | None:
    """The priority that an item begins with or names: ``[P1]``, ``HIGH``, ``priority: low``."""
    return _value(rendered, _PRIORITY.match(rendered.text))


def written_type(rendered: Rendered) -> Value | None:
    """The sort of action that an item begins with: ``[Prevent]``, ``Detection:``."""
    value = _value(rendered, _TYPE.match(rendered.text))
    return value if value and normalised(value.text) in action_types() else None


def _value(rendered: Rendered, match: re.Match[str] | None) -> Value | None:
    """The group of a match that took part, with its place."""
    for name, text in match.groupdict().items() if match else ():
        if match and text:
            return Value(text.strip(), rendered.span(match.start(name), match.end(name)))
    return None


def written_state(rendered: Rendered) -> State | None:
    """How far an item is, by a mark, a word in brackets, a line through it, or a sentence about what was done."""
    text = rendered.text
    if any(strike.end - strike.start > len(text) // 2 for strike in rendered.of_kind("strike")):
        return "done"
    if _WONT.search(text):
        return "wontdo"
    if _tells_what_is_done(text):
        return "done"
    if _OPEN.search(text):
        return "open"
    return "done" if _WAS_DONE.search(text) and not _TO_BE_DONE.search(text.strip()) else None


def _tells_what_is_done(text: str) -> bool:
    return (
        any(mark in text for mark in _DONE_MARKS)
        or text.startswith(_BEGINS_DONE)
        or any(told.search(text) for told in (_DONE_IN_CAPITALS, _DONE_BY_US, _HAS_BEEN_DONE))
        or bool(_SAID_DONE.search(lowered(text)))
    )


def written_owner(rendered: Rendered) -> Value | None:
    """Who does it: a label, a handle, a name in brackets or behind a dash, or the team that the sentence is about."""
    text = rendered.text
    if labelled := _LABELLED_OWNER.search(text):
        return _person(rendered, labelled, "name" if labelled["name"] else "cjk")
    if handle := _HANDLE.search(text):
        return Value(handle.group(), rendered.span(handle.start(), handle.end()))
    for pattern in (_LEADING_OWNER, _BRACKETED_OWNER, _DASHED_OWNER, _BESIDE_DAY_OWNER):
        if (named := pattern.search(text)) and not _is_no_name(rendered, named):
            return _person(rendered, named)
    if acting := _ACTING_OWNER.match(text):
        return _person(rendered, acting)
    return None


def _person(rendered: Rendered, match: re.Match[str], group: str = "name") -> Value | None:
    name = match[group].strip(" *_`.")
    if name.casefold() in nobody():
        return None
    start = match.start(group)
    return Value(name, rendered.span(start, start + len(match[group].rstrip())))


def _is_no_name(rendered: Rendered, match: re.Match[str]) -> bool:
    """Whether a bracketed word is a link, a ticket, a state or an abbreviation rather than somebody's name."""
    name = match["name"]
    start, end = match.span("name")
    if any(markup.start < end and start < markup.end for markup in rendered.of_kind("link", "code")):
        return True
    return bool(
        _KEY.search(name)
        or _tells_what_is_done(match.group())
        or _OPEN.search(match.group())
        or _QUARTER.fullmatch(name)
        or name.casefold() in states()
        or normalised(name) in action_types()
        or _PRIORITY.match(f"[{name}]")
    )


def written_due(rendered: Rendered, day_first: bool | None, near: date | None) -> date | None:
    """Until when: a date behind a word such as "due" or "by", or beside the owner's name in brackets.

    A missing year is the one that brings the date nearest to ``near``.
    """
    text = rendered.text
    for stamp, start, end in find_stamps(rendered):
        day = nearest_day(in_day_order(stamp, day_first), near)
        if day and (_DUE.search(text, max(0, start - 28), start) or _is_beside_a_name(text, start, end)):
            return day
    short = _SHORT_DUE.search(text)
    if short is None or near is None:
        return None
    lower, higher = sorted((int(short["first"]), int(short["second"])))
    # 4/1 may be in January or in April, and may be a share.
    return nearest_day(Stamp(Span(0, 0), month=lower, day=higher), near) if lower <= _MONTHS < higher else None


def _is_beside_a_name(text: str, start: int, end: int) -> bool:
    """Whether a date ends the item behind a name: ``(Mei, 2026-03-31)``, ``@mei 2026-03-31``, ``— Mei — 31 March``."""
    behind = text[end:].strip(" .")
    if not behind:
        return bool(_ASSIGNED.search(text, max(0, start - 60), start))
    if behind.rstrip("。") not in (")", "]", "）"):
        return False
    opened = max(text.rfind(bracket, 0, start) for bracket in "([（")
    before = text[opened + 1 : start].strip() if opened >= 0 else ""
    return bool(re.fullmatch(rf"(?:@[\w-]{{1,39}}|{_NAME})[,;，、]", before))


def written_ticket(rendered: Rendered) -> str | None:
    """The tracker item that an action links to or names: a link's target, ``#12``, ``OPS-12``."""
    for link in rendered.of_kind("link"):
        if _TRACKER.search(link.target):
            return link.target
    if number := _NUMBER.search(rendered.text):
        return number.group()
    for key in _KEY.finditer(rendered.text):
        if key.group().partition("-")[0] not in _NO_KEYS:
            return key.group()
    case = _CASE.search(rendered.text)
    return case["number"] if case else None
