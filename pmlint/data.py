"""Where the shipped ``rules/`` and ``schemas/`` folders lie: inside an installed wheel, or on top of a checkout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def shipped(name: str) -> Path:
    """The shipped folder of that name. Raises FileNotFoundError when pmlint was installed without it."""
    package = Path(__file__).resolve().parent
    if (package / name).is_dir():
        return package / name
    checkout = package.parent
    # The guard keeps a foreign ``site-packages/rules`` from passing for ours.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(f"pmlint was installed without its {name}/ folder")


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """The TOML tables of ``rules/lexicon/<name>.toml``. Raises FileNotFoundError for a damaged installation."""
    import tomllib  # not needed by ``pmlint --version``

    return tomllib.loads((shipped("rules") / "lexicon" / f"{name}.toml").read_text(encoding="utf-8"))
