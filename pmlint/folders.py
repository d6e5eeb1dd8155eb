"""What lies below a folder, and which of the folders above is a repository's top. All paths are absolute."""

import os
from collections.abc import Iterator


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def leads_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it once all links are followed."""
    return is_below(os.path.realpath(path), os.path.realpath(folder))


def upward(folder: str, last: str = "") -> Iterator[str]:
    """A folder and those around it, the nearest first, up to ``last`` or the root."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if folder in (above, last):
            return
        folder = above


def top_above(folder: str) -> str | None:
    """The nearest folder that holds a ``.git``, from a folder upward; None where there is none."""
    return next((here for here in upward(folder) if os.path.lexists(os.path.join(here, ".git"))), None)


def top_of(folder: str) -> str:
    """The repository's top for the files of a folder: the nearest with a ``.git``, without one the folder itself."""
    return top_above(folder) or folder
