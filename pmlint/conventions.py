"""What a team has agreed on, beyond what its documents say: how the recognisers and checks are to take its words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Conventions(NamedTuple):
    """A team's own names and words, each empty where the team has agreed on nothing.

    ``sections`` maps concepts of the lexicon to headings that name them as well. ``people`` and ``teams`` are names as
    written; ``zones`` maps an abbreviation to an IANA name (``IST`` → ``Asia/Kolkata``). ``tickets`` are regular
    expressions for the names of tracker items. ``severities`` and ``statuses`` are the words of the scale, from the
    highest and in their order. ``day_first`` says how numeric dates are written, ``language`` is a BCP 47 tag, None
    where each document decides. ``allowed_wording`` and ``extra_wording`` map tone rules to phrases.
    """

    sections: Mapping[str, tuple[str, ...]] = _NONE
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    zones: Mapping[str, str] = MappingProxyType({})
    tickets: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    day_first: bool | None = None
    language: str | None = None
    allowed_wording: Mapping[str, tuple[str, ...]] = _NONE
    extra_wording: Mapping[str, tuple[str, ...]] = _NONE


# A team without any.
NO_CONVENTIONS = Conventions()
