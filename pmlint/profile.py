"""Profiles: pages that say how documents are checked that follow a standard, and what a new one begins with."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pmlint.data import read_shipped, shipped
from pmlint.page import PageError, fences, lines_of, page_settings, settings_fence, summary_of
from pmlint.schema import faults
from pmlint.toml import excess


class Profile(NamedTuple):
    """A profile page. ``settings`` is its block as written; ``template`` is what ``pmlint new`` fills in."""

    name: str
    title: str
    summary: str
    settings: Mapping[str, Any]
    template: str
    text: str
    path: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The standards that the profile follows."""
        return tuple(self.settings["sources"])

    @property
    def extends(self) -> str | None:
        """The name of the profile that this one begins with."""
        name: str | None = self.settings.get("extends")
        return name


def parse_profile(text: str, name: str, path: str) -> Profile:
    """The profile that a page describes. Raises PageError with everything that is wrong."""
    fence = settings_fence(text, path, "profile")
    if too_much := excess(fence.text):
        raise PageError(path, [(fence.line, f"the profile settings are not read: {too_much[1]}")])
    settings, line = page_settings(text, path, "profile")
    lines = lines_of(text)
    title = next((written[2:].strip() for written in lines if written.startswith("# ")), "")
    reasons = [] if title else [(1, "the page has no title: begin it with `# `")]
    reasons += [(line, reason) for reason in faults(settings, "profile")]
    template = next((fence.text for fence in fences(lines) if fence.info == "markdown template"), None)
    if template is None and "extends" not in settings:
        reasons.append((1, "the page has no template: add a fence `markdown template`"))
    if reasons:
        raise PageError(path, reasons)
    return Profile(name, title, summary_of(lines), settings, template or "", text, path)


def shipped_profiles() -> tuple[str, ...]:
    """The names of the shipped profiles, sorted."""
    names = os.listdir(os.path.join(shipped("rules"), "profiles"))
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def advice(name: str, known: Sequence[str]) -> str:
    """What helps whoever gave a profile a name that it does not have; ``known`` are the names that there are."""
    from difflib import get_close_matches  # needed by nobody who spells right

    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else "`pmlint profile` lists them"


def read_profile(name: str, own: Mapping[str, Profile]) -> Profile | None:
    """A profile of the team or a shipped one; None if neither has that name."""
    if name in own:
        return own[name]
    if name not in shipped_profiles():
        return None
    return parse_profile(read_shipped("rules", f"profiles/{name}.md"), name, f"rules/profiles/{name}.md")


def lineage(name: str, own: Mapping[str, Profile]) -> Iterator[Profile | str]:
    """A profile and those that it extends, the nearest first; a name that leads nowhere or back ends them, as text."""
    seen: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        profile = read_profile(wanted, own)
        if profile is None or wanted in seen:
            yield wanted
            return
        seen.append(wanted)
        yield profile
        wanted = profile.extends
