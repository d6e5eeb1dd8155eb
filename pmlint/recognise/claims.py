"""Durations that the text claims: "the outage lasted 48 minutes", ``Time to resolve: 4h 9m``."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pmlint.document import Rendered
from pmlint.expressions import expression, lowered
from pmlint.model import Claim, Passage
from pmlint.recognise.fields import LONGEST_LABEL, Field, lines_of
from pmlint.recognise.qualifiers import clause_around, qualifiers, relation
from pmlint.source import Span

_UNITS = {
    "d": 1440, "day": 1440, "days": 1440, "jour": 1440, "jours": 1440, "tag": 1440, "tage": 1440, "tagen": 1440,
    "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "heure": 60, "heures": 60, "stunde": 60, "stunden": 60,
    "m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1, "minuten": 1,
    "week": 10080, "weeks": 10080, "second": 1 / 60, "seconds": 1 / 60, "sec": 1 / 60, "secs": 1 / 60, "s": 1 / 60,
    "seconde": 1 / 60, "secondes": 1 / 60, "sekunden": 1 / 60, "segundos": 1 / 60,
    "día": 1440, "días": 1440, "dia": 1440, "dias": 1440, "hora": 60, "horas": 60, "minuto": 1, "minutos": 1,
}  # fmt: skip
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
}  # fmt: skip
# What these count is a setting or history more often than an outage: they count in a label, or behind greater units.
_RARE = frozenset({10080, 1 / 60})
_CHARACTERS = {"日間": 1440, "日": 1440, "天": 1440, "時間": 60, "小时": 60, "分間": 1, "分钟": 1, "分": 1}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_NUMBER = (
    rf"(?P<number>\d{{1,5}}(?:[.,]\d{{1,2}}(?!\d))?|(?:{'|'.join(_WORDS)})\b)(?P<half_before>\s+and\s+a\s+half\b)?"
)
# "3-day summary" and "7days" name things; a 3-day outage is one.
_NAMED_BY_DAYS = r"(?!(?<=[\d-])days?\b(?!\s(?:outage|incident|downtime|disruption)))"
_SPACED = rf"[\s-]?(?P<unit>{_NAMED_BY_DAYS}(?:{_UNIT}))(?:\b|(?=\d))(?!\s?[/-]\w)(?P<half>\s+and\s+a\s+half\b)?"
_UNSPACED = r"\s?(?P<characters>日間|日(?=\s?\d{1,2}\s?(?:時間|小时))|天|時間|小时|分間|分钟|分)(?P<half_again>半)?"
_ONE = rf"{_NUMBER}\+?(?:{_SPACED}|{_UNSPACED})"
# This and all below is looked for in lower case.
_AMOUNT = expression(rf"\b(?:{_ONE}|(?P<half_of>half\s+an?\s+(?:hour|day)\b))")
# "2h30", "1 h 40" and, where a label says that it is a duration, "2:30" and a bare number of the label's unit.
_MINUTES_BEHIND = expression(r"(?P<minutes>[0-5]\d)(?!\w|[.,:]\d)|(?<=\dh|\sh) (?P<apart>[0-5]\d)(?=\s*(?:[.,;)|]|$))")
_AS_A_CLOCK = expression(r"\s*(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?(?=\s*(?:\(|h|hours|$))")
_BARE = expression(r"\s*[~≈]?\s*(?P<number>\d{1,5}(?:\.\d{1,2})?)\s*$")
_LABEL_UNIT = expression(r"[(\[](?:in )?(?P<unit>minutes|mins|min|hours|hrs|h|days)[)\]]")
_JOIN = expression(r"\s*(?:,\s*)?(?:and\s+)?")
_LABEL = expression(
    r"\b(?:duration|downtime|total time|time to|ttd|tta|ttm|ttr|mttr|mttd|outage length|length of|durée|dauer"
    r"|duración|duração|time in sev|resolution time|recovery time|detection time|response time to incident)\b"
    r"|影響時間|継続時間|検知までの時間|停止時間|障害時間|復旧時間|ダウンタイム|持续时间|时长|耗时",
)
# In running text a duration is a claim about the incident only next to such a word, and not behind these others.
_CUE = expression(
    r"\b(?:last(?:ed|ing)|downtime|outage|unavailab\w+|inaccessible|failed for|failing for|was down|were down|down for"
    r"|impact\w*|affected"
    r"|took|persist\w*|resolution|was only|partial(?:ly)?|loss of"
    r"|degraded|interrupted|disrupt\w+|detection|to detect|to resolve|to recover|to restore|to mitigate|window"
    r"|in total|duration|indisponib\w+|inaccessible|nicht (?:möglich|erreichbar|verfügbar)|ausgefallen|lang"
    r"|fora do ar|indisponível|no disponible)\b",
)
_NOT_BEFORE = expression(
    r"(?:\b(?:every|each|within|per|last|past|next|after|in|than|to (?:under|below|less than|at most)"
    r"|timeout of|ttl of|interval of|first|another)\s+"
    r"(?:the\s+)?(?:last\s+|next\s+|about\s+|roughly\s+|~\s*)?)$",
)
_NOT_AFTER = expression(
    r"\s*(?:ago|later|after|before|earlier|old|prior|apart|timeouts?|intervals?|into|per\b|a (?:day|week)\b|sla\b"
    r"|of (?:logs|data))",
)
_HEDGE = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|only|over|under|up to|at least|more than|less than"
    r"|a total of|a (?:bit|little) (?:over|under|more than|less than)|just (?:over|under)|an additional"
    r"|a further)\s+|~\s*)?"
)
_FOR = expression(rf"\b(?:for|pendant|durant|während|durante)\s+{_HEDGE}$")
# "for 20 minutes" tells how long something was so, unless it tells how long something is meant to be.
_MEANT = expression(
    r"\b(?:wait\w*|sleep\w*|cache[sd]?|caching|ret(?:ain|ention)\w*|keep\w*|kept|stor(?:e[sd]?|ing)|valid|expir\w*"
    r"|will|would|should|can(?!not|'t|’t| not)|could(?!n't|n’t| not)|may|might|must|retr(?:y|ies|ied|ying)"
    r"|monitored|watched|observed|ran|running|tested|testing|debugg\w+|investigat\w+|discussed|searched"
    r"|configur\w*|set to|scheduled|planned|if|when|every|default|ttl|timeout)\b[^.;]*$",
)
_OF = (
    ("detect", expression(r"\b(?:detect\w*|ttd|mttd|notic\w+|alert\w*)\b|検知")),
    ("acknowledge", expression(r"\b(?:acknowledge\w*|tta|mtta)\b")),
    ("mitigate", expression(r"\b(?:mitigat\w*|repair\w*|ttm)\b")),
    ("resolve", expression(r"\b(?:resol\w+|recover\w*|restor\w+|ttr|mttr|revert\w*|fix\w*)\b|復旧")),
    (
        "impact",
        expression(
            r"\b(?:impact\w*|outage|downtime|down|fail\w+ for|lasted|lasting|unavailab\w+|duration|affected"
            r"|interrupted|disrupt\w*)\b|影響",
        ),
    ),
)
# Among the entries of a timeline only a sentence about the whole claims a duration.
_CUE_BEFORE = expression(r"(?:持续|中断|停机|不可用|宕机|停止|継続)[^。、，\n]{0,4}$", needs="续断机用止続")
_CUE_BEHIND = expression(r"[^。、\n]{0,6}(?:停止|障害|ダウン|中断|不通|故障|宕机|不可用)", needs="止障ダ断通机用")
# Before the duration in a cell of a table: "Service A: 20 minutes".
_NAMED_APART = expression(r"[:：](?!\d)")
_FAR = 60
_WHOLE = expression(r"\bin total\b|\btotal of\b|\boverall\b|\bfrom the (?:start|beginning)\b")
_SENTENCE_END = expression(r"(?<=[.!?])\s+(?=[^\W\d_])|\n")


def find_claims(passages: Sequence[Passage], fields: Sequence[Field]) -> tuple[Claim, ...]:
    """The durations claimed in the document's prose and labels, in the order of the text; timelines are left out."""
    labels = ((field.leaf.span, lowered(field.label)) for field in fields if field.row)
    rows = {span: label for span, label in labels if _LABEL.search(label)}
    return tuple(
        claim
        for passage in passages
        if not passage.quoted
        for claim in _claims(passage, rows)
        # Among the action items durations are plans, unless they lie between two things that happened.
        if claim.between or "actions" not in passage.concepts
    )


def _claims(passage: Passage, rows: Mapping[Span, str]) -> Iterator[Claim]:
    """``rows`` are the labels of durations that stand in the cell beside the one that they label."""
    rendered, low = passage.rendered, lowered(passage.rendered.text)
    if (of_row := rows.get(rendered.home)) and _tells_one(low):
        yield from islice(_in_sentence(rendered, low, 0, len(low), 0, of_row, ((0, len(low)),)), 1)
        return
    label = low[: passage.label]
    labelled = bool(_LABEL.search(label))
    told_there = "timeline" in passage.concepts and not labelled
    # Labelled lines speak each for itself, a sentence may be wrapped anywhere.
    lines = tuple(lines_of(rendered)) if passage.label else ((0, len(low)),)
    for start, end in _sentences(low):
        if told_there and not _WHOLE.search(low, start, end):
            continue
        yield from _in_sentence(rendered, low, start, end, passage.label, label if labelled else "", lines)


def _tells_one(text: str) -> bool:
    """Whether a cell tells the duration of its label, rather than those of several things with names of their own."""
    amount = _next_amount(text, 0, len(text))
    return amount is not None and not _NAMED_APART.search(text, 0, amount.start()) and amount.start() <= _FAR


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for boundary in _SENTENCE_END.finditer(text):
        yield start, boundary.start()
        start = boundary.end()
    yield start, len(text)


def _in_sentence(
    rendered: Rendered, low: str, start: int, end: int, behind: int, first_label: str, lines: Sequence[tuple[int, int]]
) -> Iterator[Claim]:
    """The claims between two positions; ``behind`` is the position behind the label that the leaf begins with."""
    if first_label and (told := _by_label_alone(rendered, low, behind, end, first_label)):
        yield told
        return
    at = start
    while amount := _next_amount(low, at, end):
        stop, minutes = _sum(low, amount, end)
        at = stop
        line = lines[max(0, bisect_right(lines, amount.start(), key=lambda line: line[0]) - 1)]
        label = _own_label(low, line, amount.start()) if first_label and line[0] else first_label
        between = None if label else relation(low, start, end, amount.start(), stop)
        if label or between or (_unit(amount) not in _RARE and _is_claim(low, start, end, amount.start(), stop)):
            near = label or clause_around(
                low, max(start, amount.start() - 60), min(end, stop + 40), amount.start(), stop
            )
            said = qualifiers(rendered, max(start, line[0]), min(end, line[1]), amount.start(), stop)
            yield Claim(
                rendered.span(amount.start(), stop),
                round(minutes),
                None if between else _of(near),
                between,
                bool(label),
                said.bound,
                said.window,
                said.working,
            )


def _next_amount(text: str, at: int, end: int) -> re.Match[str] | None:
    """The next amount that no longer number or name ends with."""
    while amount := _AMOUNT.search(text, at, end):
        before = text[amount.start() - 1] if amount.start() else " "
        if amount["half_of"] or before not in ".,:/#-":
            return amount
        at = amount.start() + 1
    return None


def _own_label(text: str, line: tuple[int, int], at: int) -> str:
    """The label of a later line, where a leaf has a labelled duration on its first one; empty if it has none."""
    label, colon, _ = text[line[0] : min(line[0] + LONGEST_LABEL, at)].partition(":")
    return label if colon and _LABEL.search(label) else ""


def _by_label_alone(rendered: Rendered, low: str, at: int, end: int, label: str) -> Claim | None:
    """A duration that only its label makes one: ``Duration: 1:35``, ``Duration (minutes): 95``."""
    if clock := _AS_A_CLOCK.match(low, at, end):
        minutes = int(clock["hours"]) * 60 + int(clock["minutes"]) + int(clock["seconds"] or 0) / 60
        return Claim(rendered.span(clock.start("hours"), clock.end()), round(minutes), _of(label), labelled=True)
    unit, bare = _LABEL_UNIT.search(label), _BARE.match(low, at, end)
    if unit and bare:
        minutes = float(bare["number"]) * _UNITS[unit["unit"]]
        return Claim(rendered.span(bare.start("number"), bare.end("number")), round(minutes), _of(label), labelled=True)
    return None


def _sum(text: str, amount: re.Match[str], end: int) -> tuple[int, float]:
    """The end of a chain of amounts ("2d 1h 29m", "2h30") and its minutes."""
    minutes, stop, unit = _minutes(amount), amount.end(), _unit(amount)
    # What is cut out begins a word of its own, also behind "2h".
    while (joint := _JOIN.match(text, stop, end)) and (more := _AMOUNT.match(text[joint.end() : end][:_FAR])):
        smaller = _unit(more)
        if smaller >= unit:
            break
        minutes, stop, unit = minutes + _minutes(more), joint.end() + more.end(), smaller
    if unit == _UNITS["h"] and (rest := _MINUTES_BEHIND.match(text, stop, end)):
        minutes, stop = minutes + int(rest["minutes"] or rest["apart"]), rest.end()
    return stop, minutes


def _minutes(amount: re.Match[str]) -> float:
    if amount["half_of"]:
        return _unit(amount) / 2
    number = amount["number"]
    value = float(_WORDS[number]) if number in _WORDS else float(number.replace(",", "."))
    halves = amount["half"] or amount["half_again"] or amount["half_before"]
    return (value + (0.5 if halves else 0)) * _unit(amount)


def _unit(amount: re.Match[str]) -> float:
    """The minutes of the unit that an amount counts."""
    if amount["half_of"]:
        return _UNITS[amount["half_of"].split()[-1]]
    return _CHARACTERS[amount["characters"]] if amount["characters"] else _UNITS[amount["unit"]]


def _is_claim(text: str, start: int, end: int, at: int, stop: int) -> bool:
    if _NOT_BEFORE.search(text, max(start, at - 40), at):
        return False
    lasted = _FOR.search(text, max(start, at - 40), at)
    # "for 38 minutes after the change" lasts, "38 minutes after the change" does not.
    if _NOT_AFTER.match(text, stop, end) and not lasted:
        return False
    if lasted and not _MEANT.search(text, max(start, at - 80), at):
        return True
    if _CUE.search(text, max(start, at - 60), min(end, stop + 40)) or _CUE_BEHIND.match(text, stop, end):
        return True
    return bool(_CUE_BEFORE.search(text, max(start, at - 8), at))


def _of(text: str) -> str | None:
    return next((name for name, pattern in _OF if pattern.search(text)), None)
