"""Where the shipped ``rules/`` and ``schemas/`` folders lie: inside an installed wheel, or on top of a checkout."""

import os.path  # pathlib takes longer to import than all that is done here
from collections.abc import Mapping
from functools import cache
from typing import Any


@cache
def shipped(name: str) -> str:
    """The path of the shipped folder. Raises FileNotFoundError when pmlint was installed without it."""
    package = os.path.dirname(os.path.realpath(__file__))
    inside = os.path.join(package, name)
    if os.path.isdir(inside):
        return inside
    checkout = os.path.dirname(package)
    # The guard keeps a foreign ``site-packages/rules`` from passing for ours.
    if os.path.isfile(os.path.join(checkout, "pyproject.toml")) and os.path.isdir(os.path.join(checkout, name)):
        return os.path.join(checkout, name)
    raise FileNotFoundError(f"pmlint was installed without its {name}/ folder")


def read_shipped(folder: str, name: str) -> str:
    """The text of a file in a shipped folder; ``name`` has forward slashes. Raises FileNotFoundError."""
    with open(os.path.join(shipped(folder), *name.split("/")), encoding="utf-8", newline="") as file:
        return file.read()


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """The TOML tables of ``rules/lexicon/<name>.toml``. Raises FileNotFoundError for a damaged installation."""
    import tomllib  # not needed by ``pmlint --version``

    return tomllib.loads(read_shipped("rules", f"lexicon/{name}.toml").replace("\r\n", "\n"))
