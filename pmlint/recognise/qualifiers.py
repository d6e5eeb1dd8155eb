"""What is said around a claimed duration: about or at least, between which times, from which milestone to which."""

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from pmlint.document import Rendered
from pmlint.expressions import expression
from pmlint.model import Stamp
from pmlint.recognise.times import find_stamps

# That many characters on either side of a duration speak about it.
_NEAR = 80
_LEAST = expression(
    r"(?:\b(?:over|more than|at least|a minimum of|upwards? of|no less than|not less than)|[>≥])\s*$", re.I
)
_MOST = expression(
    r"(?:\b(?:up to|under|less than|within|at most|a maximum of|no more than|not more than|below|the first)|[<≤])\s*$",
    re.I,
)
_ABOUT = expression(
    r"(?:\b(?:about|around|roughly|approx(?:imately|\.)?|nearly|almost|ca?\.|circa|some|just (?:over|under)"
    r"|a (?:bit|little) (?:over|under|more than|less than)|close to|something like|environ|près de|etwa|rund"
    r"|ungefähr|fast|unos|unas|casi|cerca de|quase)|[~≈±]|約|大约|大約)\s*(?:an?\s)?$",
    re.I,
)
_ABOUT_AFTER = expression(r"\s*(?:or so\b|ish\b|-ish\b|approximately\b|approx\b|程度|ほど|左右)", re.I)
_MORE_AFTER = expression(r"\s*(?:\+|or more\b|and counting\b|plus\b|以上)", re.I)
_WORKING = expression(
    r"\b(?:support|business|working|office|opening|core|staffed|service)[ -](?:hours?|days?|time)\b"
    r"|\bhours of support\b|\bheures ouvrées\b|\bArbeitszeit\b|営業時間",
    re.I,
)
_BETWEEN = expression(
    r"[\s*_(]*(?:[-–—→~〜]{1,3}|to|until|till|and|through|bis|à|hasta|から)[\s*_]*(?:(?:at|about|around)\s)?[\s*_]*",
    re.I,
)

_CLAUSE_BEGIN = expression(r"[;()]|\.\s")
_CLAUSE_END = expression(r"[,;()]|\.\s")

# Verbs and nouns by the milestone that they name; strings, for most durations lie between no two of them.
_NAMES = {
    "declared": r"declar\w*",
    "acknowledged": r"acknowledg\w*|acked",
    "detected": r"detect\w*|alert(?:s|ed)?|alarms?|paged?|notic\w+|reports?|reported",
    "mitigated": r"mitigat\w*|roll(?:ed)?[ -]?backs?|revert\w*|fail(?:ed)?[ -]?over",
    "resolved": r"resol(?:v\w+|ution)|recover\w*|restor\w*|fix|fixed|repair\w*",
    "introduced": r"deploy\w*|releas\w*|roll(?:ed)?[ -]?out|merg\w*|upgrade\w*|migration",
}
# Behind "after" these mean the beginning.
_BEGINNING = r"start|onset|beginning|(?:outage|incident|impact)(?:\s(?:start|began|begin)\w*)?"
_VERB = "(?i)" + "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _NAMES.items())
_POINT = rf"{_VERB}|(?P<started>\b(?:{_BEGINNING})\b)"
_FILLER = r"(?:(?:the|a|an|its|our|this|that|first|initial|we|it|was|were|had|been|incident|outage|service)\s+){0,4}"
_BEHIND = expression(rf"\s*(?P<turn>after|before|following|from)\s+{_FILLER}(?=\w)", re.I)
_TO = rf"(?i)[^.;:!?\n]{{0,40}}?\b(?:to|until|till)\s+{_FILLER}(?=\w)"
# What is planned or wished for has not been measured; "should …, not two hours after …" tells what was.
_MEANT = expression(
    r"\b(?:should|will|would|must|could|may|might|can|if|when|whenever|aim\w*|target\w*|within)\b", re.I
)
_NOT = r"(?i)\bnot\s+[^.,;]{0,20}$"


class Qualifiers(NamedTuple):
    """What the words around a duration say of it. ``working`` says that only some hours of the day were counted."""

    bound: Literal["about", "least", "most"] | None = None
    window: tuple[Stamp, Stamp] | None = None
    working: bool = False


def qualifiers(rendered: Rendered, start: int, end: int, at: int, stop: int) -> Qualifiers:
    """What a sentence or line (``start`` to ``end``) says of the duration at ``at`` to ``stop``."""
    text = rendered.text
    behind = text[stop : min(end, stop + _NEAR)]
    return Qualifiers(
        _bound(text[max(start, at - 30) : at], text[at:stop], behind),
        _window(rendered, max(start, at - _NEAR), min(end, stop + _NEAR), at, stop),
        bool(_WORKING.search(text, max(start, at - _NEAR), min(end, stop + _NEAR))),
    )


def _bound(before: str, written: str, behind: str) -> Literal["about", "least", "most"] | None:
    before = before.rstrip("*_ (\"'") + " " * bool(before)
    if _ABOUT.search(before) or _ABOUT_AFTER.match(behind):
        return "about"
    if _LEAST.search(before) or "+" in written or _MORE_AFTER.match(behind):
        return "least"
    return "most" if _MOST.search(before) else None


def _window(rendered: Rendered, start: int, end: int, at: int, stop: int) -> tuple[Stamp, Stamp] | None:
    """The two clock times joined as a range beside the duration; None if there are several ranges or durations."""
    start = max(start, rendered.text.rfind(";", start, at) + 1)
    semicolon = rendered.text.find(";", stop, end)
    end = semicolon if semicolon >= 0 else end
    stamps = [found for found in find_stamps(rendered, start, end) if found[0].timed and not found[0].fault]
    ranges = [
        (first[0], second[0])
        for first, second in pairwise(stamps)
        if _BETWEEN.fullmatch(rendered.text, first[2], second[1]) and not first[1] < at < second[2]
    ]
    return ranges[0] if len(ranges) == 1 and len(stamps) == 2 else None


def clause_around(text: str, start: int, end: int, at: int, stop: int) -> str:
    """What stands around a duration between ``start`` and ``end``, as far as it is about it: up to the next mark."""
    before, behind = text[start:at], text[stop:end]
    return _CLAUSE_BEGIN.split(before)[-1] + text[at:stop] + _CLAUSE_END.split(behind, maxsplit=1)[0]


def relation(text: str, start: int, end: int, at: int, stop: int) -> tuple[str, str] | None:
    """The milestones that a duration lies between, by the words around it: ``declared 40 minutes after detection``.

    The earlier one comes first; None unless both are named, and for what is only wished for.
    """
    behind = _BEHIND.match(text, stop, end)
    point = re.compile(_POINT).match(text, behind.end(), end) if behind else None
    if behind is None or point is None or not point.lastgroup:
        return None
    if _MEANT.search(text, max(start, at - 2 * _NEAR), at) and not re.compile(_NOT).search(
        text, max(start, at - 30), at
    ):
        return None
    if behind["turn"].casefold() == "from":
        to = re.compile(_TO).match(text, point.end(), end)
        until = re.compile(_POINT).match(text, to.end(), end) if to else None
        names = (point.lastgroup, until.lastgroup if until and until.lastgroup else point.lastgroup)
    else:
        verbs = {verb.lastgroup or "" for verb in re.compile(_VERB).finditer(text, max(start, at - 2 * _NEAR), at)}
        # Several verbs: which of them is meant is not for a program to say.
        verb = verbs.pop() if len(verbs) == 1 else point.lastgroup
        names = (verb, point.lastgroup) if behind["turn"].casefold() == "before" else (point.lastgroup, verb)
    return names if names[0] != names[1] else None
