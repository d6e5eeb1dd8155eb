"""Whether a Markdown file is a postmortem: what a folder is searched by."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pmlint.expressions import expression, lowered
from pmlint.recognise.headings import concepts_of
from pmlint.recognise.lexicon import section_words

_SURE = (
    r"post[-_ ]?mortems?|incident[-_ ]?(?:report|review)s?|outages?|after[-_ ]action[-_ ](?:report|review)s?|rcas?"
    r"|störungsberichte?|rapports?[-_ ]d.incidents?|障害報告書?|ポストモーテム|复盘|事故报告"
)
# These name procedures and tools as well; the content then decides.
_LIKELY = (
    r"incidents?|retrospectives?|root[-_ ]cause(?:[-_ ]analysis)?|coe|pir|post[-_ ]incident|disruption|downtime"
    r"|portmortem|disclosure|what happened"
)
_SURELY = expression(rf"(?<![^\W_])(?:{_SURE})(?![^\W_])|^pm-?\d|^incidents?$", re.I)
_LIKELY_MEANT = expression(rf"(?<![^\W_])(?:{_SURE}|{_LIKELY})(?![^\W_])", re.I)
_TEMPLATE = expression(
    r"(?<![^\W_])(?:templates?|mod[eè]les?|plantillas?|vorlagen?|boilerplate|skeleton|archetypes?|generators?)(?![^\W_])"
    r"|テンプレート|模板|雛形",
    re.I,
)
_GUIDE = expression(
    r"(?<![^\W_])(?:process(?:us|es)?|procedures?|procédures?|guides?|guidelines?|how[-_ ]tos?|how we|runbooks?"
    r"|playbooks?|polic(?:y|ies)|handbooks?|checklists?|style|faqs?|glossary|training|principles|practices?"
    r"|overview|introduction|getting[-_ ]started|standards?|skills?|culture|workflows?|roles|commander|on[-_ ]?call"
    r"|management|adrs?|rfcs?|decisions?|proposals?|design|roadmap|meeting|minutes|agenda|tutorials?|concepts?"
    r"|effective|writing|blameless|prevention|conventions?)(?![^\W_])|手順|指南",
    re.I,
)
_INDEX = expression(
    r"^(?:(?:_?index|readme|contents|toc|summary|log|list|archive|all|overview|home|about)(?:[._]|$)"
    r"|(?:post[-_ ]?mortems|incident[-_ ]?(?:reports|reviews)|incidents|outages|rcas)(?:\.|$))",
    re.I,
)
_NEVER = expression(
    r"^(?:changelog|changes|history|contributing|code[-_]of[-_]conduct|licen[cs]e|notice|security|support|governance"
    r"|authors|maintainers|codeowners|agents|claude|todo|news|releases?|release[-_]notes?|skill)(?:\W|$)",
    re.I,
)
_DAY = expression(r"(?<!\d)(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:[0-2]\d|3[01]))?(?!\d)")
_NUMBERED = expression(r"^(?:pm|inc|incident|rca|postmortem|post-mortem)[-_ #]?\d", re.I)
# These four are looked for in lower case.
_WRITTEN_DAY = expression(
    r"(?<!\d)(?:19|20)\d\d[-/.年](?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])(?!\d)|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\b\d{1,2}(?:st|nd|rd|th)?\.? [^\W\d_]{3,10}\.? \d{4}\b"
)
_CLOCK = expression(r"(?<![\d:.])(?:[01]?[0-9]|2[0-3]):[0-5]\d(?![\d:]*[a-z_])|\b[0-9]{1,2} ?[ap]\.?m\b|[0-9]時\d")
# What a form says before somebody has filled it in, and strings of which each of them has one.
_BLANK = expression(
    r"\byyyy|\bdd[/-]mm|\bmm[/-]dd|\bhh:mm|\bxx:xx|\d\dxx|\{\{|<(?:[a-z]+ [^<>/=\"]{2,60}|date|month|year|name|title)>"
    r"|lorem ipsum|_to be (?:done|filled)|\b(?:describe|briefly|insert|fill in|replace) (?:the|this|here|what|how|in)\b"
    r"|copy of this|this template|ce modèle"
)
_HINTS = (
    "yyyy", "dd/", "dd-", "mm/", "mm-", ":mm", "xx", "{{", "<", "lorem ", "_to be ", "copy of ", "this temp", "ce mod",
    "describe ", "briefly ", "insert ", "fill in ", "replace ",
)  # fmt: skip
_BRACKETED = expression(r"\[[a-z][a-z /]{2,40}\](?![(\[:])")
_DIGIT = expression(r"[0-9]")
_WORD = expression(r"[a-z0-9]+")
_HEADING = expression(r" {0,3}#{1,4}[ \t]+(.+)")
_LABEL = expression(r"\s*(?:[-*+]\s+)?(?:\*\*|__)([^*_\n]{3,48}?)\s*:?(?:\*\*|__)")
_FENCE = expression(r" {0,3}(```+|~~~+)")
_LISTED = expression(r"\s*(?:[-*+]|\d+[.)]|\|)\s")
_TITLE = expression(r"\s*title[ \t]*[:=][ \t]*(.+)", re.I)
_KIND = expression(
    rf"\s*(?:-\s*|(?:type|layout|kind|categor(?:y|ies)|tags)\s*[:=]).*?(?<![^\W_])(?:{_SURE})(?![^\W_])", re.I
)
# What a postmortem's headings are about, and few other documents' headings together.
_CORE = frozenset(
    {"timeline", "root_cause", "contributing_factors", "impact", "actions", "resolution", "detection", "lessons"}
)
_OF_TROUBLE = frozenset({"root_cause", "contributing_factors", "resolution", "detection"})
_OF_FAILURES = _OF_TROUBLE | {"impact"}
_HEAD_OF_FILE = 64 * 1024
_A_BEGINNING = 40
_FLATTENED = expression(r"(?<=.)__(?=.)")


class Judgement(NamedTuple):
    """Whether a file is taken for a postmortem, in one word and in one clause why."""

    taken: bool
    word: str
    reason: str


class Shape(NamedTuple):
    """What can be seen of a text without understanding it."""

    title: str
    about: frozenset[str]
    kind_said: bool
    dated: bool
    clocks: int
    blanks: int
    links: int
    lines: int
    words: int


def judgement(parts: Sequence[str], text: str) -> Judgement:
    """Whether a file is a postmortem, by its path and its text.

    ``parts`` are the names of the folders that lead to it and its own name. A path that says "postmortem" is not
    enough where the text says that it is a form, a guide or a list of postmortems.
    """
    *folders, name = [piece for part in parts for piece in _FLATTENED.split(part)]
    shape = shape_of(text[:_HEAD_OF_FILE])
    named_day = any(_DAY.search(part) for part in (name, *folders[-1:])) or bool(_NUMBERED.search(name))
    told = _tells_an_incident(shape, named_day)
    if _NEVER.search(name):
        return Judgement(False, "other", "its name says that it is something else")
    if _is_template(folders, name, shape, named_day):
        return Judgement(False, "template", "it is a form to fill in")
    if _INDEX.search(name) and not (told and _is_page_of_its_folder(folders, shape)):
        return Judgement(False, "index", "it tells about the files of its folder")
    if _lists_links(shape):
        return Judgement(False, "index", "it is a list of links")
    guided = any(_GUIDE.search(words) for words in (name, *folders[-1:], shape.title))
    if guided and not (told and (named_day or shape.clocks >= 3)):
        return Judgement(False, "guide", "its name, folder or title says that it tells how to do something")
    sure_name = bool(_SURELY.search(name) or (_LIKELY_MEANT.search(name) and _SURELY.search(shape.title)))
    if sure_name or any(_SURELY.search(part) for part in folders):
        if told or named_day or shape.words < _A_BEGINNING:
            return Judgement(True, "path", "its path says so")
        if sure_name and (len(shape.about) >= 2 or shape.clocks >= 2):
            return Judgement(True, "path", "its name says so")
        return Judgement(False, "untold", "its path says so, but its text tells of no incident")
    meant = shape.kind_said or any(_LIKELY_MEANT.search(part) for part in (shape.title, name, *folders))
    # Retrospectives of projects have lessons and a timeline as well.
    if meant and told and len(shape.about) >= 2 and shape.about & _OF_FAILURES:
        return Judgement(True, "content", "its title or path and its headings say so")
    if len(shape.about) >= (4 if "timeline" in shape.about else 5):
        return Judgement(True, "content", "its headings say so")
    if "timeline" in shape.about and shape.about & _OF_TROUBLE and (named_day or shape.clocks >= 3):
        return Judgement(True, "content", "its headings and its times say so")
    return Judgement(False, "other", "nothing in its path, front matter or headings says that it is one")


def shape_of(text: str) -> Shape:
    """What can be seen of a text: title, what its headings and labels are about, days, clocks, blanks, links."""
    low = lowered(text)
    hints = [hint for hint in _HINTS if hint in low]
    lines = text.splitlines()
    titles: list[str] = []
    about: set[str] = set()
    kind_said = False
    clocks = blanks = links = words = count = 0
    references = "]:" in text
    fence, matter = "", lines[:1] in (["---"], ["+++"])
    for number, (line, low_line) in enumerate(zip(lines, low.splitlines(), strict=True)):
        if matter:
            matter = number == 0 or line not in ("---", "+++")
            titles += _TITLE.findall(line)[:1]
            kind_said = kind_said or bool(_KIND.match(line))
            continue
        if marker := _FENCE.match(line):
            fence = "" if fence and marker[1].startswith(fence) else fence or marker[1]
        if not line.strip():
            continue
        count += 1
        clocks += bool(_DIGIT.search(low_line) and _CLOCK.search(low_line))
        if fence:
            continue
        words += len(line.split())
        hinted = any(hint in low_line for hint in hints)
        bracketed = not references and "[" in low_line
        blanks += bool((hinted and _BLANK.search(low_line)) or (bracketed and _BRACKETED.search(low_line)))
        links += "](" in line and bool(_LISTED.match(line))
        if heading := _HEADING.match(line):
            titles.append(heading[1])
        if (found := heading or _LABEL.match(line)) and _may_be_core(found[1]):
            about.update(concepts_of(found[1]))
    title = " ".join(dict.fromkeys(titles[:2] if titles and kind_said else titles[:1]))
    return Shape(title, _CORE & about, kind_said, bool(_WRITTEN_DAY.search(low)), clocks, blanks, links, count, words)


def _may_be_core(title: str) -> bool:
    """Whether a title is worth looking up: most headings of most files share no word with the lexicon."""
    return not title.isascii() or not _core_words().isdisjoint(_WORD.findall(title.lower()))


@cache
def _core_words() -> frozenset[str]:
    """A word of each heading in the lexicon that is about something of a postmortem's core: its longest one."""
    aliases = (alias for alias, concepts in section_words().items() if not _CORE.isdisjoint(concepts))
    return frozenset(max(_WORD.findall(alias), key=len) for alias in aliases if alias.isascii())


def looks_like_markdown(text: str) -> bool:
    """Whether a text without an ending that says so is Markdown: it has a heading, and no interpreter is named."""
    shape = shape_of(text[:_HEAD_OF_FILE])
    return not text.startswith("#!") and bool(shape.title or shape.about)


def may_be_named_without_ending(parts: Sequence[str]) -> bool:
    """Whether the path of a file without an ending says that it may be a postmortem."""
    return any(_LIKELY_MEANT.search(part) for part in parts)


def _tells_an_incident(shape: Shape, named_day: bool) -> bool:
    """Whether something is told that happened: on a day or by the clock, under a postmortem's headings."""
    placed = named_day or shape.dated or shape.clocks >= 2
    return len(shape.about) >= 4 or (placed and (len(shape.about) >= 2 or (bool(shape.about) and shape.clocks >= 3)))


def _is_template(folders: Sequence[str], name: str, shape: Shape, named_day: bool) -> bool:
    if not named_day and (_TEMPLATE.search(name) or any(_TEMPLATE.search(folder) for folder in folders[-2:])):
        return True
    if _TEMPLATE.search(shape.title) and not (named_day or shape.clocks >= 3):
        return True
    # What bears a day is no form: somebody has begun to fill it in, and is told what is left.
    return shape.blanks >= 3 and shape.blanks * 8 >= shape.lines and not named_day


def _is_page_of_its_folder(folders: Sequence[str], shape: Shape) -> bool:
    """Whether ``README`` or ``index`` is the page of a folder for one incident, as site generators have them."""
    return bool(folders and _DAY.search(folders[-1])) or (len(shape.about) >= 4 and shape.clocks >= 3)


def _lists_links(shape: Shape) -> bool:
    return shape.links >= 3 and shape.links * 2 >= shape.lines and len(shape.about) < 2
