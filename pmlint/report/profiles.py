"""The profiles as a list for people and as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pmlint.profile import Profile


def profile_list(profiles: Sequence[Profile]) -> Iterator[str]:
    """The profiles: name and summary."""
    width = max((len(profile.name) for profile in profiles), default=0)
    return (f"{profile.name:<{width}}  {profile.summary}" for profile in profiles)


def profiles_json(profiles: Sequence[Profile]) -> str:
    """All profiles as a JSON array."""
    return json.dumps([_profile(profile) for profile in profiles], ensure_ascii=False, indent=2)


def profile_json(profile: Profile) -> str:
    """One profile as a JSON object, its page and template included."""
    whole = {**_profile(profile), "template": profile.template, "page": profile.text}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "title": profile.title,
        "summary": profile.summary,
        "extends": profile.extends,
        "sources": list(profile.sources),
        "settings": {k: v for k, v in profile.settings.items() if k not in ("sources", "extends")},
    }
