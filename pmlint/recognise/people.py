"""Who is named in a document: people, roles, teams, handles and systems.

A name is believed where the document itself says what it is: in its fields for authors, owners and responders, among
its owners of action items, as a handle, or where it does in the timeline what only people do ("Mei joins the call").
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from pmlint.conventions import Conventions
from pmlint.data import read_lexicon
from pmlint.model import ActionItem, Event, Metadata, Name, Passage
from pmlint.recognise.fields import Field
from pmlint.recognise.headings import normalised
from pmlint.recognise.lexicon import nobody

Kind = Literal["person", "role", "team", "handle", "system"]
_PARTICLES = frozenset({"de", "van", "von", "der", "la", "da", "di", "del", "bin", "al"})
# Longer than this and it is no name.
_LONGEST = 40
_SEPARATORS = str.maketrans(dict.fromkeys(",;/&|、\n·•()（）", ","))


def find_names(
    metadata: Metadata,
    fields: Sequence[Field],
    actions: Sequence[ActionItem],
    events: Iterable[Event],
    passages: Sequence[Passage],
    conventions: Conventions,
) -> tuple[Name, ...]:
    """Every name with what it is, each once, in the order in which the document brings them; agreed ones come first."""
    found: dict[str, Kind] = {}
    for text in conventions.people:
        found.setdefault(text, "person")
    for text in conventions.teams:
        found.setdefault(text, "team")
    for text in _stated(metadata, fields):
        for name, kind in _named(text):
            found.setdefault(name, kind)
    for item in actions:
        for name, kind in _named(item.owner.text) if item.owner else ():
            # A lone word in small letters owns things as a service or a team as often as it does as an account.
            if kind != "person" or not name.islower():
                found.setdefault(name, kind)
    for service in metadata.services:
        found.setdefault(service.text, "system")
    for event in events:
        if name := _doer(event.text):
            found.setdefault(name, "person")
    for passage in passages:
        if passage.kind != "heading" and (name := _doer(passage.rendered.text[passage.label :])):
            found.setdefault(name, "person")
        for name in _handles(passage.rendered.text):
            found.setdefault(name, "system" if _is_program(name) else "handle")
    return tuple(Name(text, kind) for text, kind in found.items())


def _stated(metadata: Metadata, fields: Sequence[Field]) -> Iterator[str]:
    """What stands where people's names are asked for."""
    yield from (author.text for author in metadata.authors)
    yield from (
        field.value for field in fields if "-".join(normalised(field.label).split()) in _words("labels") and field.value
    )


def _named(text: str) -> Iterator[tuple[str, Kind]]:
    """The names in a value: "Mei Chen (SRE), @bo and the tiles team"."""
    text = " ".join(word for word in text.split() if "://" not in word)
    for part in text.translate(_SEPARATORS).replace(" and ", ",").split(","):
        name = " ".join(part.split()).strip(" .*_")
        kind = _kind(name)
        if kind:
            yield name, kind


def _kind(name: str) -> Kind | None:
    if not name or len(name) > _LONGEST or name.casefold() in nobody() or any(c.isdigit() for c in name[:1]):
        return None
    words = name.casefold().split()
    if name[0] == "@" or name[-1] == "@":
        return "system" if _is_program(name) else "handle"
    if words[-1] in _words("teams") or words[-1] in _words("functions") or words[0] == "team":
        return "team"
    if not _words("organisations").isdisjoint(words):
        return "team"
    roles = _words("roles") | _words("homonyms") | _words("plural_roles")
    if not roles.isdisjoint(words) or any(word.removesuffix("s") in roles for word in words):
        return "role"
    if words[-1].endswith(("bot", "[bot]", "-ci")):
        return "system"
    # One word in lower case is an account's name in a field for names; a sentence is none.
    written = name.split()
    cased = all(word[0].isupper() or word in _PARTICLES for word in written)
    plain = not any(":" in word or "." in word[1:-1] or not word[0].isalpha() for word in written)
    return "person" if plain and len(words) <= 4 and (cased or (len(words) == 1 and name[0].islower())) else None


def _doer(text: str) -> str:
    """The name at the start of an entry that does what only people do, else nothing: "Mei joins the call"."""
    words = text[: 2 * _LONGEST].split(maxsplit=3)[:3]
    for count in (1, 2):
        if len(words) > count and words[count].lower().rstrip(",.") in _words("does"):
            if any(word.casefold() in _common() or not word.isalnum() for word in words[:count]):
                return ""
            cased = all(word[0].isupper() and word[1:].islower() for word in words[:count])
            # An account's name in lower case is believed in the present tense: "kvega notices", not "later noticed".
            nick = count == 1 and words[0].islower() and words[1].endswith("s")
            return " ".join(words[:count]) if cased or nick else ""
    return ""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(read_lexicon("people")[kind].split())


@cache
def _common() -> frozenset[str]:
    """Words at an entry's start that name nobody: roles, teams and what the grammar is made of."""
    kinds = ("roles", "homonyms", "plural_roles", "teams", "functions", "pronouns", "indefinite", "determiners")
    people = frozenset[str]().union(*map(_words, kinds), _words("no_determiners"), _words("technical"))
    grammar = frozenset(word for words in read_lexicon("grammar").values() for word in words.split())
    return people | frozenset(f"{word}s" for word in people) | grammar | _words("anything")


def _handles(text: str) -> Iterator[str]:
    if "@" not in text:
        return
    for word in text.split():
        bare = word.strip("()[]{}<>.,;:!?'\"’”*_")
        name = bare.removesuffix("'s").removesuffix("’s")
        if name[:1] == "@" and name[1:2].isalpha() and name[1:].replace("-", "").replace("_", "").isalnum():
            yield name


def _is_program(name: str) -> bool:
    return name.casefold().strip("@").endswith(("bot", "[bot]", "-ci", "-app"))
