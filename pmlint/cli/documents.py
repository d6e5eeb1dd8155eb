"""The documents that a command line names: files, and standard input."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.errors import Problem

if TYPE_CHECKING:
    from pmlint.source import Source


def named_paths(paths: Sequence[str], stdin_filename: str | None) -> Sequence[str]:
    """The paths to look at: those that were given, else standard input where it was named, else the current folder.

    Raises UsageError where a name was given to standard input that is not read.
    """
    if not paths:
        return ("-",) if stdin_filename else (".",)
    if stdin_filename and "-" not in paths:
        raise click.UsageError("--stdin-filename names what `-` reads; put `-` among the paths, or no path at all.")
    return paths


def read_document(path: str, stdin_filename: str | None, max_bytes: int) -> "tuple[Source | None, Problem | None]":
    """The file at a path, or for ``-`` standard input, as a source, and what is wrong with it.

    A link out of the repository that it lies in is not followed: whoever sends a change may have put it there.
    """
    from pmlint.files import read_source, source_of
    from pmlint.folders import leads_out

    if path != "-":
        if leads_out(os.path.abspath(path)):
            return None, Problem(path, "this link leads out of the repository", "name the file that it leads to")
        return read_source(path, max_bytes)
    name = stdin_filename or "-"
    if sys.stdin is None:
        return None, Problem(name, "standard input is closed")
    data = sys.stdin.buffer.read(max_bytes + 1)
    if len(data) > max_bytes:
        return None, Problem(name, f"standard input has more than {max_bytes:,} bytes", "raise it with --max-bytes")
    return source_of(name, data)
