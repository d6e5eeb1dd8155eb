"""Where reports go: one form on standard output, any number of others into files."""

import os
import stat
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pmlint.errors import PmlintError, Problem

if TYPE_CHECKING:
    from pmlint.report.run import Run

# Each is a module of this package with a function ``report``, imported when it is asked for.
FORMS = (
    "text", "short", "json", "jsonl", "sarif", "github", "gitlab", "azure", "junit", "checkstyle", "rdjson", "rdjsonl",
    "markdown",
)  # fmt: skip
# Read by people on their terminal, whatever letters it has; the others are UTF-8.
FOR_PEOPLE = ("text", "short")


class Output(NamedTuple):
    """A report that goes into a file."""

    form: str
    path: str


def report(form: str, run: "Run") -> Iterator[str]:
    """The lines of a report. An element may hold several lines, none ends in a line end."""
    lines: Iterator[str] = import_module(f"pmlint.report.{form}").report(run)
    return lines


def refuse_clashes(outputs: Sequence[Output], inputs: Sequence[str]) -> None:
    """Raises PmlintError where a report would take the place of a document or of another report."""
    taken = {_identity(path): f"it is also read: {path}" for path in inputs if path != "-"}
    for output in outputs:
        identity = _identity(output.path)
        if identity in taken:
            problem = Problem(output.path, f"no report is written here, {taken[identity]}", "name another file")
            raise PmlintError(problem)
        if not _is_stream(output.path):
            taken[identity] = f"the {output.form} report goes there"


def write_outputs(outputs: Sequence[Output], run: "Run") -> list[Problem]:
    """Writes every report into its file, whole or not at all, and returns what could not be written."""
    from pmlint.writing import write_whole

    problems = []
    for output in outputs:
        text = "".join(f"{line}\n" for line in report(output.form, run))
        try:
            write_whole(output.path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            reason = f"the {output.form} report was not written: {(error.strerror or str(error)).lower()}"
            problems.append(Problem(output.path, reason))
    return problems


def write_step_summary(run: "Run") -> list[Problem]:
    """Adds a checklist to the summary of a step of GitHub Actions, where the environment names its file."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return []
    from pmlint.report.github import step_summary

    try:
        with open(path, "ab") as file:
            file.write(step_summary(run).encode("utf-8", "backslashreplace"))
    except OSError as error:
        return [Problem(path, f"the summary of the step was not written: {(error.strerror or str(error)).lower()}")]
    return []


def _identity(path: str) -> object:
    """What two names of one file have in common."""
    try:
        status = os.stat(path)
    except OSError:
        return os.path.realpath(path)
    return status.st_dev, status.st_ino


def _is_stream(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
