"""What CI runners make of a log: the parsers of GitHub's runner and of Azure's agent, written anew from their sources.

GitHub: ``ActionCommand.cs`` (a line that begins with ``::``, else ``##[`` anywhere in it). Azure: ``Command.cs``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

GITHUB_COMMANDS = (
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher", "remove-matcher",
    "stop-commands", "echo", "set-env", "add-path", "set-output", "save-state", "internal-set-repo-path",
)  # fmt: skip
# Where a log's line ends for a runner, which reads the stream line by line.
_LINE_END = re.compile("\r\n|\r|\n")


class Command(NamedTuple):
    """An order to the runner, its escapes undone."""

    name: str
    properties: dict[str, str]
    data: str


def log_lines(log: bytes) -> list[str]:
    return _LINE_END.split(log.decode())


def github_commands(log: bytes) -> Iterator[Command]:
    for line in log_lines(log):
        command = _second_form(line) or _first_form(line)
        if command:
            yield command


def azure_commands(log: bytes) -> Iterator[Command]:
    for line in log_lines(log):
        start = line.find("##vso[")
        end = line.find("]", start)
        if start < 0 or end < 0:
            continue
        name, _, rest = line[start + len("##vso[") : end].partition(" ")
        pairs = (pair.split("=", 1) for pair in rest.split(";") if "=" in pair)
        yield Command(name, {key.strip(): _azure(value) for key, value in pairs}, _azure(line[end + 1 :]))


def _second_form(line: str) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    if name.lower() not in GITHUB_COMMANDS:
        return None
    pairs = (pair.split("=", 1) for pair in rest.strip().split(",") if "=" in pair)
    properties = {key: _undone(value, ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")) for key, value in pairs}
    return Command(name, properties, _undone(line[end + 2 :], ("%0D", "\r"), ("%0A", "\n")))


def _first_form(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name = line[start + 3 : end].partition(" ")[0]
    return Command(name, {}, line[end + 1 :]) if name.lower() in GITHUB_COMMANDS else None


def _azure(text: str) -> str:
    for written, meant in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(written, meant)
    return text


def _undone(text: str, *escapes: tuple[str, str]) -> str:
    for written, meant in (*escapes, ("%25", "%")):
        text = text.replace(written, meant)
    return text
