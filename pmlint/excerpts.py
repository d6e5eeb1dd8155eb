"""What stands where: the prose of sections, phrases in it, and values behind labels, as checks look for them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from pmlint.expressions import expression
from pmlint.mentions import slug_of
from pmlint.model import Passage, Postmortem, Section, Stamp, Value
from pmlint.rule import Edit
from pmlint.source import Source, Span

_WORD = expression(r"\w+(?:[-.'’]\w+)*")
# Scripts without blanks between words: a character there is worth about half a word.
_UNSPACED = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BLANKS = " \t>*_-+#|.0123456789`~[]"
# Sections about these may stay empty: a form keeps the place for them.
_MAY_BE_EMPTY = frozenset({"glossary", "appendix", "references", "approval", "open_questions"})


class Prose:
    """The passages of a postmortem by place; headings and quotations are left out."""

    __slots__ = ("_passages", "_starts")

    def __init__(self, pm: Postmortem) -> None:
        self._passages = [p for p in pm.passages if p.kind != "heading" and not p.quoted]
        self._starts = [p.rendered.home.start for p in self._passages]

    def inside(self, span: Span) -> Sequence[Passage]:
        """The passages that begin in a span of the source, in the order of the text."""
        return self._passages[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def told(pm: Postmortem, *concepts: str) -> Iterator[Passage]:
    """The passages in sections about any of these concepts; headings and quotations are left out."""
    wanted = frozenset(concepts)
    return (p for p in pm.passages if p.kind != "heading" and not p.quoted and not wanted.isdisjoint(p.concepts))


def summary(pm: Postmortem) -> list[Passage]:
    """The passages of the summary; without such a section, the prose before the first section."""
    passages = list(told(pm, "summary"))
    return passages or list(lead(pm))


def lead(pm: Postmortem) -> Iterator[Passage]:
    """The paragraphs under the title, before the first section and outside any label."""
    title = pm.title.span.start if pm.title else -1
    first = next((s.span.start for s in pm.sections if s.span.start > title and s.concepts), len(pm.source.text))
    for passage in pm.passages:
        if passage.rendered.home.start >= first:
            return
        if passage.rendered.home.start > title and passage.kind == "paragraph" and not passage.label:
            yield passage


def words(passages: Iterable[Passage]) -> int:
    """How many words passages have, their labels left out; in scripts without blanks two characters count as one."""
    count = 0
    for passage in passages:
        text = passage.rendered.text[passage.label :]
        # What is in no such script is told without compiling so large a set.
        unspaced = len(_UNSPACED.findall(text)) if max(text, default="") >= "\u3040" else 0
        count += unspaced // 2 + len(_WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text))
    return count


def folded(text: str) -> str:
    """A text as phrases are looked for in it: folded, words and percent signs between single blanks, one around all."""
    kept = only_words(text.replace("’", "'").replace("%", " % "), "'-%")
    return f" {' '.join(kept.casefold().split())} "


@lru_cache(maxsize=1024)
def sought(phrase: str) -> str:
    """A phrase as it is looked for in folded texts; it is a rule's, and the same for all documents."""
    return folded(phrase)


def only_words(text: str, marks: str) -> str:
    """A text with blanks for all that is neither letter nor digit nor one of the marks."""
    if text.isascii():
        return text.translate(_blanked(marks))
    return "".join(c if c.isalnum() or c in marks else " " for c in text)


@cache
def _blanked(marks: str) -> dict[int, str]:
    return {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in marks)}


def says(passages: Iterable[Passage], phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in one of the passages, as whole words."""
    wanted = [sought(phrase) for phrase in phrases]
    return bool(wanted) and any(
        phrase in text for passage in passages for text in (folded(passage.rendered.text),) for phrase in wanted
    )


def labelled(pm: Postmortem, labels: Sequence[str]) -> Iterator[Value]:
    """The values behind labels, in the front matter, in lines, in table rows and under headings.

    A label is compared case-folded, with blanks for underscores; it is followed by a colon or a table's bar, or is a
    whole heading, whose value is empty. The span covers label and value. One pass over the lines.
    """
    text = pm.source.text.casefold().replace("_", " ")
    wanted = tuple(label for label in map(str.casefold, labels) if label in text)
    longest = max(map(len, wanted), default=0)
    for span in pm.source.line_spans if wanted else ():
        line = pm.source.slice(span)
        lead_in = len(line) - len(line.lstrip(_BLANKS))
        head = line[lead_in : lead_in + longest + 1].casefold().replace("_", " ")
        if not head.startswith(wanted):
            continue
        for label in wanted:
            if not head.startswith(label):
                continue
            rest = line[lead_in + len(label) :].lstrip("*_ \t`")
            if rest[:1] in (":", "：", "|") or (not rest.strip("# ") and line.startswith("#")):
                yield Value(rest[1:].strip(" \t*_|#"), Span(span.start + lead_in, span.end))
                break


def unfilled(pm: Postmortem) -> Iterator[Section]:
    """The sections about something known that have nothing in them and are not of a kind that may be empty."""
    return (s for s in pm.sections if s.empty and s.concepts and _MAY_BE_EMPTY.isdisjoint(s.concepts))


def name_of(section: Section) -> str:
    """What messages call a section: its title, else its first concept."""
    return section.title.rstrip(" :") or section.concepts[0]


def targets_of(pm: Postmortem) -> frozenset[str]:
    """Where the links of a document lead, in lower case."""
    return frozenset(link.target.casefold() for link in pm.links)


def is_among(section: Section, targets: frozenset[str]) -> bool:
    """Whether one of these leads to a heading by its words."""
    return bool(targets) and f"#{slug_of(section.title)}" in targets


def as_written(source: Source, stamp: Stamp | None) -> str:
    """A date or clock time as it is written, on one line; empty without one."""
    # A date and a time may stand in two cells of a table.
    return " ".join(source.slice(stamp.span).replace("|", " ").split()).strip("*_ ") if stamp else ""


def replaced(source: Source, span: Span, old: str, new: str) -> tuple[Edit, ...]:
    """The edit that puts other words in the place of the first ``old`` within a span; none where it is not."""
    at = source.text.find(old, span.start, span.end)
    return (Edit(Span(at, at + len(old)), new),) if at >= 0 else ()
