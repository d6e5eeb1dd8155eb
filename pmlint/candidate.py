"""Whether a Markdown file is a postmortem: what a folder is searched by."""

import os
import re

from pmlint.files import MAX_BYTES, read_source
from pmlint.recognise.headings import concepts_of

_SURE = (
    r"post[-_ ]?mortems?|incident[-_ ]?(?:report|review)s?|outages?|after[-_ ]action[-_ ](?:report|review)s?|rcas?"
    r"|störungsberichte?|rapports?[-_ ]d.incidents?|障害報告書?|ポストモーテム|复盘|事故报告"
)
# These name procedures and tools as well; the content then decides.
_LIKELY = r"incidents?|retrospectives?|root[-_ ]cause(?:[-_ ]analysis)?|coe|pir|post[-_ ]incident"
_SURELY = re.compile(rf"(?<![^\W_])(?:{_SURE})(?![^\W_])|^pm-?\d|^incidents?$", re.I)
_LIKELY_MEANT = re.compile(rf"(?<![^\W_])(?:{_SURE}|{_LIKELY})(?![^\W_])", re.I)
_NEVER = re.compile(
    r"^(?:readme|index|changelog|changes|history|contributing|code_of_conduct|licen[cs]e|security|support|governance)\b|template",
    re.I,
)
_HEADING = re.compile(r"(?m)^ {0,3}#{1,4}[ \t]+(.+)$")
_TITLE = re.compile(r"(?m)^title[ \t]*[:=][ \t]*(.+)$")
# What a postmortem's headings are about, and few other documents' headings together.
_CORE = frozenset(
    {"timeline", "root_cause", "contributing_factors", "impact", "actions", "resolution", "detection", "lessons"}
)
_HEAD_OF_FILE = 64 * 1024


def is_postmortem(path: str, folder: str) -> bool:
    """Whether a Markdown file below a named folder is one: by the words in its path, else by its headings."""
    name = os.path.basename(path)
    if _NEVER.search(name):
        return False
    # What stands above an absolute path says where somebody works, not what the files are.
    above = [] if os.path.isabs(folder) else os.path.normpath(folder).split(os.sep)
    parts = (*above, os.path.basename(os.path.abspath(folder)), *os.path.relpath(path, folder).split(os.sep))
    if any(_SURELY.search(part) for part in parts):
        return True
    source, _ = read_source(path, MAX_BYTES)
    if source is None:
        # A file that nobody may look into is taken: whoever reads it then says so.
        return not os.access(path, os.R_OK)
    likely = any(_LIKELY_MEANT.search(part) for part in parts)
    return reads_like_a_postmortem(source.text[:_HEAD_OF_FILE], likely)


def reads_like_a_postmortem(text: str, likely: bool = False) -> bool:
    """Whether the headings are those of a postmortem: two where the title or path speaks for it, else four or five."""
    headings = _HEADING.findall(text)
    title = " ".join([*_TITLE.findall(text)[:1], *headings[:1]])
    about = {concept for heading in headings for concept in concepts_of(heading)} & _CORE
    return len(about) >= (2 if likely or _LIKELY_MEANT.search(title) else 4 if "timeline" in about else 5)
