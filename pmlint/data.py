"""Where the shipped ``rules/`` and ``schemas/`` folders lie: inside an installed wheel, or on top of a checkout."""

import os.path  # pathlib takes longer to import than all that is done here
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

# Folders of rules/ that hold other things than rules.
_NO_FAMILIES = frozenset({"lexicon", "profiles"})
# What makes a digest; after a change there it may look otherwise.
_MAKERS = ("pmlint/page.py", "pmlint/rule.py", "tools/digest.py")


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
def read_digest() -> Mapping[str, Any] | None:
    """What the shipped pages and lexicons say, read from one file that ``tools/digest.py`` made of them.

    None where there is none, or where the files that it was made from are others by now: as with byte code, their
    sizes and times of change tell. An installed wheel holds what it was built with and does not look.
    """
    import json  # not needed by ``pmlint --version``

    try:
        with open(digest_path(), encoding="utf-8") as file:
            digest: Mapping[str, Any] = json.load(file)
        installed = shipped("rules").startswith(os.path.dirname(digest_path()) + os.sep)
        return digest if installed or digest["made_from"] == origins() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def digest_path() -> str:
    """Where the digest lies, if there is one."""
    return os.path.join(os.path.dirname(os.path.realpath(__file__)), "digest.json")


def origins() -> list[list[Any]]:
    """What a checkout's digest is made from: the path, size and time of change of each file, sorted."""
    top = os.path.dirname(shipped("rules"))
    folders = [entry for entry in os.scandir(shipped("rules")) if entry.is_dir()]
    facts = [(f"{folder.name}/{page.name}", page.stat()) for folder in folders for page in os.scandir(folder.path)]
    facts += [(path, os.stat(os.path.join(top, *path.split("/")))) for path in _MAKERS]
    return sorted([name, fact.st_size, fact.st_mtime_ns] for name, fact in facts)


def rule_names() -> Iterator[str]:
    """``family/smell`` of every shipped rule page, sorted."""
    folder = shipped("rules")
    for family in sorted(entry.name for entry in os.scandir(folder) if entry.is_dir()):
        if family not in _NO_FAMILIES:
            pages = sorted(os.listdir(os.path.join(folder, family)))
            yield from (f"{family}/{page.removesuffix('.md')}" for page in pages if page.endswith(".md"))


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """The tables of ``rules/lexicon/<name>.toml``. Raises FileNotFoundError for a damaged installation."""
    digest = read_digest()
    if digest is not None and name in digest["lexicon"]:
        tables: Mapping[str, Any] = digest["lexicon"][name]
        return tables
    return parse_lexicon(name)


def parse_lexicon(name: str) -> Mapping[str, Any]:
    """The tables as the lexicon's own file has them. Raises FileNotFoundError."""
    import tomllib  # not needed where there is a digest

    return tomllib.loads(read_shipped("rules", f"lexicon/{name}.toml").replace("\r\n", "\n"))
