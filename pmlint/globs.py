"""Which paths a glob means: the patterns of configuration files, compared folder by folder."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def is_meant(path: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs means a path, or a folder above it. Paths are relative and have forward slashes.

    ``*`` and ``?`` stay within a name, ``**`` stands for any number of folders. A glob without a slash means a name
    at any depth, as in a ``.gitignore``.
    """
    parts = path.split("/")
    return any(_means(glob.strip("/").split("/"), parts, "/" in glob.rstrip("/")) for glob in globs)


def _means(glob: list[str], parts: list[str], anchored: bool) -> bool:
    """Whether a glob, or the beginning of the path that it means, ends where a part of the path ends."""
    # The numbers of parts that the pieces of the glob so far can have taken: one pass for each piece.
    taken = {0} if anchored else set(range(len(parts)))
    for piece in glob:
        if piece == "**":
            taken = set(range(min(taken), len(parts) + 1)) if taken else set()
        else:
            taken = {at + 1 for at in taken if at < len(parts) and fnmatchcase(parts[at], piece)}
    # ``docs/**`` means what is in the folder, not the folder.
    return bool(taken - {0})
