"""Reading a document's bytes, whatever it is that the path leads to."""

import os
import stat

from pmlint.errors import Problem
from pmlint.source import Source, decoded

MAX_BYTES = 1024 * 1024
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


def read_source(
    path: str, max_bytes: int = MAX_BYTES, if_larger: str = "raise it with --max-bytes"
) -> tuple[Source | None, Problem | None]:
    """The file at a path as a source, and what is wrong with it; ``if_larger`` is the remedy for too many bytes.

    A file that is not UTF-8 gives both: the rest of it can still be checked. Never blocks on a pipe or a device.
    """
    try:
        data = _read_bytes(path, max_bytes, if_larger)
    except _NotRead as error:
        return None, Problem(path, error.reason, error.remedy)
    except OSError as error:
        return None, Problem(
            path, _reason(error), "options stand before the first path" if path.startswith("-") else ""
        )
    return source_of(path, data)


def read_whole(path: str, max_bytes: int, if_larger: str) -> tuple[Source | None, Problem | None]:
    """The same of a file that is of use only as a whole: the source or what is wrong with it."""
    source, problem = read_source(path, max_bytes, if_larger)
    return (None, problem._replace(remedy="save it as UTF-8")) if source and problem else (source, problem)


def too_large(size: int, max_bytes: int) -> str:
    """Why a file of so many bytes is not read, as a clause."""
    return f"the file has {size:,} bytes, the limit is {max_bytes:,}"


def source_of(path: str, data: bytes) -> tuple[Source | None, Problem | None]:
    """Bytes as a source, and what is wrong with them."""
    if data.startswith(_LFS_POINTER):
        return None, Problem(path, "this is a Git LFS pointer, the text is not here", "fetch it with `git lfs pull`")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, Problem(path, "the file looks like UTF-16", "save it as UTF-8")
    if b"\0" in data:
        return None, Problem(path, "the file holds NUL bytes and is no text")
    source, undecodable = decoded(path, data)
    if undecodable is None:
        return source, None
    reason = f"byte {undecodable.offset} is not UTF-8 ({undecodable.reason})"
    return source, Problem(path, reason, "save it as UTF-8; the rest was checked", undecodable.line)


class _NotRead(Exception):
    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def _read_bytes(path: str, max_bytes: int, if_larger: str) -> bytes:
    # Opening a pipe that nobody writes to would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise _NotRead("this is a folder", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise _NotRead("this is no regular file")
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        size = max(status.st_size, len(data))
        raise _NotRead(too_large(size, max_bytes), if_larger)
    return data


def _reason(error: OSError) -> str:
    """What the operating system says, as a clause."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, IsADirectoryError):
        return "this is a folder"
    return (error.strerror or str(error)).lower()
