"""Writing a file whole or not at all."""

import os
import stat


def write_whole(path: str, data: bytes) -> None:
    """Puts the data where the path leads: another process sees the old file or the new one, never a part of it.

    A link stays a link, and a file keeps its mode. What is no regular file, such as a pipe, is written to. Raises
    OSError, and then leaves what was there as it was.
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
    draft = os.path.join(os.path.dirname(target), f".pmlint-{os.getpid()}.tmp")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as file:
            if mode is not None:
                os.chmod(draft, stat.S_IMODE(mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except BaseException:  # a signal, too, must leave no draft behind
        _remove(draft)
        raise


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
