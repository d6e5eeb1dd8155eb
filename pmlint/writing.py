"""Writing a file whole or not at all."""

import os
import re
import stat
import time

# A draft lives for less than a second. One that is older was left behind by a process that was killed.
STALE_SECONDS = 600
_DRAFT = r"\.pmlint-[0-9a-f]{12}\.tmp"


def write_whole(path: str, data: bytes) -> None:
    """Puts the data where the path leads: another process sees the old file or the new one, never a part of it.

    A link stays a link, and a file keeps its mode and, where one may give it, its owner. What is no regular file, such
    as a pipe, is written to. Raises OSError, and then leaves what was there as it was.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(path, "wb") as stream:
            stream.write(data)
        return
    target = os.path.realpath(path)
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), path)
    draft = os.path.join(os.path.dirname(target), f".pmlint-{os.urandom(6).hex()}.tmp")
    try:
        private = 0o666 if mode is None else 0o600
        _sweep(os.path.dirname(target))
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), private)
        with open(descriptor, "wb") as file:
            if mode is not None:
                _look_alike(draft, target)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except BaseException as error:  # a signal, too, must leave no draft behind
        _remove(draft)
        raise _about(error, path) from None


def write_new(path: str, text: str) -> None:
    """A new file with a text in UTF-8, whole or not at all. Raises FileExistsError rather than write over anything, and
    OSError."""
    draft = os.path.join(os.path.dirname(path), f".pmlint-{os.urandom(6).hex()}.tmp")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, path)
    except OSError as error:
        raise _about(error, path) from None
    finally:
        _remove(draft)


def _name(draft: str, path: str) -> None:
    try:
        os.link(draft, path)  # unlike a renaming, it never takes the place of another file
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(17, os.strerror(17), path) from None
        os.rename(draft, path)


def _about(error: BaseException, path: str) -> BaseException:
    """The error as one about the file that was to be written: nobody knows the draft."""
    if isinstance(error, OSError):
        error.filename = path
        error.filename2 = None
    return error


def _sweep(folder: str) -> None:
    """Removes what writers have left behind that were killed."""
    with os.scandir(folder or os.curdir) as entries:
        drafts = [
            entry for entry in entries if re.fullmatch(_DRAFT, entry.name) and entry.is_file(follow_symlinks=False)
        ]
    for draft in drafts:
        try:
            if time.time() - draft.stat(follow_symlinks=False).st_mtime > STALE_SECONDS:
                os.unlink(draft.path)
        except OSError:  # another process was quicker
            continue


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Puts new text in place of a file's old one, as ``write_whole`` does. Raises OSError, and ``Changed`` where the
    file no longer holds ``before``, or has other names, which would go on to lead to the old text."""
    target = os.path.realpath(path)
    if os.stat(target).st_nlink > 1:
        raise Changed("it has several names (hard links), which would part", "change it by hand")
    with open(target, "rb") as file:
        if file.read(len(before) + 1) != before:
            raise Changed("it has changed since it was read", "run pmlint again")
    write_whole(path, after)


class Changed(Exception):
    """A file that is not rewritten, for it is not, or not only, what was read; reason and remedy are clauses."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def _look_alike(draft: str, target: str) -> None:
    """Gives a draft the owner, the mode and the attributes of a file, as far as one may."""
    import shutil

    status = os.stat(target)
    if hasattr(os, "chown"):
        for owner in (status.st_uid, -1):
            try:
                os.chown(draft, owner, status.st_gid)
                break
            except OSError:  # only the superuser gives files away
                continue
    shutil.copystat(target, draft)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
