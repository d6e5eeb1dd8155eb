"""Checks for the rules of a team's own: a page names one and says what it looks for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pmlint.actors import find_subject
from pmlint.brevity import shortened
from pmlint.judgement import known_in
from pmlint.model import Passage, Postmortem, Section
from pmlint.nouns import Known
from pmlint.patterns import Patterns
from pmlint.rule import Mark
from pmlint.wording import own_text, sentences

# The options whose values are patterns: a page from elsewhere is held against what patterns may be.
PATTERN_OPTIONS = frozenset({"allowed", "form", "patterns", "refused"})
_LONGEST_SHOWN = 60


def missing_heading(pm: Postmortem, *, headings: Sequence[str]) -> Iterator[Mark]:
    """No section is called by one of ``headings``; upper and lower case and a colon at the end do not matter."""
    wanted = {_folded(heading).rstrip(" :") for heading in headings}
    if wanted.isdisjoint(_folded(section.title).rstrip(" :") for section in pm.sections):
        yield Mark(pm.head, f'no section is called "{headings[0]}"')


def phrase_used(
    pm: Postmortem,
    *,
    phrases: Sequence[str],
    patterns: Sequence[str],
    only_in: Sequence[str],
    not_in: Sequence[str],
    of_people: bool,
    says: str,
) -> Iterator[Mark]:
    """One of ``phrases`` (whole words) or ``patterns`` stands in the writer's own words.

    ``only_in`` and ``not_in`` are concepts of sections. With ``of_people`` a phrase counts only where its first word
    is said of a person, a role or a team. ``says`` goes on after the words that were found.
    """
    own = Patterns(patterns)
    wanted = [_folded(phrase) for phrase in phrases]
    known = known_in(pm) if of_people else Known()
    for passage in _in_scope(pm, only_in, not_in):
        text = own_text(passage)
        folded = _folded(text)
        found = {place for phrase in wanted for place in _places(folded, phrase)}
        found |= set(own.find(text))
        for start, end in sorted(found):
            if of_people and not _is_of_people(passage, start, known):
                continue
            yield Mark(passage.rendered.span(start, end), f'"{_shown(passage.rendered.text[start:end])}" {says}')


def _in_scope(pm: Postmortem, only_in: Sequence[str], not_in: Sequence[str]) -> Iterator[Passage]:
    for passage in pm.passages:
        wanted = not only_in or not passage.concepts.isdisjoint(only_in)
        if wanted and passage.concepts.isdisjoint(not_in) and not passage.quoted:
            yield passage


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text as whole words; both are folded."""
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        end = at + len(phrase)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() and phrase[0].isalnum()) and not (after.isalnum() and phrase[-1].isalnum()):
            yield at, end
        at = text.find(phrase, end)


def _is_of_people(passage: Passage, start: int, known: Known) -> bool:
    for sentence in sentences(passage):
        if sentence.ends[-1] > start:
            number = bisect_right(sentence.starts, start) - 1
            return number > 0 and find_subject(sentence, number, known) is not None
    return False


def missing_value(pm: Postmortem, *, names: Sequence[str], form: str) -> Iterator[Mark]:
    """No labelled value or key of the front matter has one of ``names``, or its value does not have the ``form``.

    ``form`` is a pattern that has to be found in the value; empty if any value will do.
    """
    wanted = {_folded(name) for name in names}
    field = next((f for f in pm.fields if _folded(f.name) in wanted and f.value.text.strip()), None)
    if field is None:
        yield Mark(pm.head, f'there is no field "{names[0]}"')
    elif form and next(Patterns([form]).find(field.value.text), None) is None:
        yield Mark(field.value.span, f'"{_shown(field.value.text)}" is no value of "{field.name}"')


def missing_column(pm: Postmortem, *, columns: Sequence[str], only_in: Sequence[str]) -> Iterator[Mark]:
    """A table in the sections about ``only_in`` (concepts; anywhere if there are none) lacks one of ``columns``."""
    for table in pm.tables:
        titles = {_folded(title) for title in table.columns}
        missing = [column for column in columns if _folded(column) not in titles]
        if missing and (not only_in or not table.concepts.isdisjoint(only_in)):
            yield Mark(table.span, f"the table has no column {_listed(missing)}")


def refused_link(pm: Postmortem, *, refused: Sequence[str], allowed: Sequence[str]) -> Iterator[Mark]:
    """A link leads where it may not: to what one of ``refused`` matches and none of ``allowed``."""
    no, yes = Patterns(refused), Patterns(allowed)
    for passage in pm.passages:
        for link in passage.rendered.of_kind("link"):
            if any(no.find(link.target)) and not any(yes.find(link.target)):
                yield Mark(link.span, f'this link leads to "{_shown(link.target)}"')


def missing_link(pm: Postmortem, *, patterns: Sequence[str], only_in: Sequence[str], name: str) -> Iterator[Mark]:
    """No link in the sections about ``only_in`` (anywhere if there are none) leads to what a pattern matches.

    ``name`` is what the message calls such a link.
    """
    own = Patterns(patterns)
    links = (link for passage in _in_scope(pm, only_in, ()) for link in passage.rendered.of_kind("link"))
    if not any(any(own.find(link.target)) for link in links):
        yield Mark(next((section.span for section in pm.concerning(*only_in)), pm.head), f"there is no link to {name}")


def word_count(pm: Postmortem, *, only_in: Sequence[str], minimum: int, maximum: int) -> Iterator[Mark]:
    """A section about ``only_in``, or the whole document, has fewer than ``minimum`` or more than ``maximum`` words.

    A ``maximum`` of 0 is none. Code blocks do not count.
    """
    parts: list[Section | None] = list(pm.concerning(*only_in)) if only_in else [None]
    for part in parts:
        inside = [p for p in pm.passages if part is None or p.rendered.home in part.body]
        words = sum(1 for p in inside for word in p.rendered.text.split() if any(letter.isalnum() for letter in word))
        told = f"{words} word{'' if words == 1 else 's'}"
        where = f'"{_shown(part.title)}"' if part else "the document"
        span = part.span if part else pm.head
        if words < minimum:
            yield Mark(span, f"{where} has {told}, fewer than {minimum}")
        elif 0 < maximum < words:
            yield Mark(span, f"{where} has {told}, more than {maximum}")


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _folded(text: str) -> str:
    """The text in small letters, as long as before."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _shown(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST_SHOWN)
