"""What lies beside a document: the one thing that a check may ask of the disk, or of a commit's list of files.

An answer is True, False, or None where nobody may know: above the repository, behind a symbolic link, beside standard
input.
"""

import os
import stat
from collections.abc import Callable, Collection
from posixpath import join, normpath

from pmlint.folders import is_below, top_of

Exists = Callable[[str], bool | None]


def unknown(path: str) -> bool | None:
    """The answer where there is nothing to look at."""
    return None


def on_disk(document: str) -> Exists:
    """What lies beside a file: paths from its folder, with slashes, are looked for below the repository's top folder.

    Outside of any repository nothing above the document's own folder is looked at. No link is followed.
    """
    if document == "-":
        return unknown
    folder = os.path.dirname(os.path.abspath(document))
    top = top_of(folder)

    def exists(path: str) -> bool | None:
        target = os.path.normpath(os.path.join(folder, *path.split("/")))
        if os.path.isabs(path) or not is_below(target, top):
            return None
        return _is_there(top, target)

    return exists


def among(paths: Collection[str], document: str) -> Exists:
    """What lies beside a file in a list of files, such as an index: all paths with slashes, from one top folder."""
    files = frozenset(paths)
    folders = frozenset(folder for path in files for folder in _folders(path))
    here = document.rpartition("/")[0]

    def exists(path: str) -> bool | None:
        target = normpath(join(here, path))
        if target.startswith(("../", "/")) or target == "..":
            return None
        return target in files or target in folders or target == "."

    return exists


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _is_there(top: str, target: str) -> bool | None:
    """Whether every step from the top folder to the target is there; None where a step is a link or may not be seen."""
    here = top
    below = target[len(top) :].strip(os.sep)
    for part in below.split(os.sep) if below else ():
        here = os.path.join(here, part)
        try:
            status = os.lstat(here)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError):
            return None
        if stat.S_ISLNK(status.st_mode):
            return None
    return True
