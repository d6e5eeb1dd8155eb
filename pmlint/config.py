"""The configuration of a team: found beside its documents, held against the schema, joined with profile and options.

Everything that is wrong with it is told at once, and then nothing is checked: half a configuration is none. It is data
from a repository that may be hostile: it names no code but installed plug-ins, and no file outside of the repository.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pmlint.errors import PmlintError, Problem
from pmlint.expressions import expression
from pmlint.folders import is_below, leads_below, top_above, top_of, upward
from pmlint.rulebook import Rulebook, read_rulebook, rulebook_with
from pmlint.settings import Layer, Settings, merged

if TYPE_CHECKING:
    from pmlint.toml import Path

FILE, PROJECT_FILE = "pmlint.toml", "pyproject.toml"
MAX_BYTES = 256 * 1024
_TOML_PLACE = expression(r" \(at (?:line (\d+), column \d+|end of document)\)")


# A file as a commit has it, None where it has no such file. Raises PmlintError for what is none there.
Committed = Callable[[str], bytes | None]


class Choice(NamedTuple):
    """What a command line says about the configuration.

    ``file`` takes the place of the one that would be found, ``isolated`` of all. ``sets`` are pairs of a dotted key
    and a value in TOML or as bare words. With ``committed`` files are read as a commit has them, not from disk.
    """

    file: str | None = None
    isolated: bool = False
    profile: str | None = None
    sets: tuple[tuple[str, str], ...] = ()
    committed: Committed | None = None


def consulted(folder: str) -> tuple[list[str], dict[str, bool]]:
    """The files that may hold the configuration for the files of a folder, and for each place where a ``.git`` would
    be a repository's whether one is there: what the answer of ``find_file`` hangs on."""
    around = list(upward(os.path.abspath(folder), top_above(os.path.abspath(folder)) or ""))
    files = [os.path.join(here, name) for here in around for name in (FILE, PROJECT_FILE)]
    marks = [os.path.join(here, ".git") for here in around]
    return files, {mark: os.path.lexists(mark) for mark in marks}


def find_file(folder: str, committed: Committed | None = None) -> str | None:
    """The configuration file that holds for the files of a folder: the nearest upward to the Git top level.

    Outside of any repository only the folder itself and, below the current folder, those in between are looked at:
    whatever lies above may be somebody else's. With ``committed`` files are looked for in a commit.
    """
    start = os.path.abspath(folder)
    last = top_above(start) or (os.getcwd() if is_below(start, os.getcwd()) else start)
    files = (_file_in(here) if committed is None else _file_committed(here, committed) for here in upward(start, last))
    return next(filter(None, files), None)


def _file_in(folder: str) -> str | None:
    own, project = os.path.join(folder, FILE), os.path.join(folder, PROJECT_FILE)
    if os.path.lexists(own):
        return own
    if os.path.isfile(project):
        with open(project, "rb") as file:
            data = file.read(MAX_BYTES)
        # Only what names the table is read as TOML: other tools' files are theirs.
        if b"pmlint" in data and _table_of(data.decode("utf-8", errors="replace")):
            return project
    return None


def _file_committed(folder: str, committed: Committed) -> str | None:
    own, project = os.path.join(folder, FILE), os.path.join(folder, PROJECT_FILE)
    if committed(own) is not None:
        return own
    data = committed(project)
    return project if data and b"pmlint" in data and _table_of(data.decode("utf-8", errors="replace")) else None


def _table_of(text: str) -> bool:
    """Whether a ``pyproject.toml`` has the table ``tool.pmlint``, or would if it could be read."""
    import tomllib

    try:
        return "pmlint" in tomllib.loads(text.replace("\r\n", "\n")).get("tool", {})
    except (ValueError, RecursionError, AttributeError):
        return "[tool.pmlint" in text


def read_settings(file: str | None, root: str, choice: Choice) -> tuple[Settings, Rulebook]:
    """The settings that a configuration file and a command line make, and the rule book after their changes.

    ``root`` is the folder that holds where there is no file. Raises PmlintError with everything that is wrong.
    """
    if file is None and not choice.profile and not choice.sets:
        return Settings(root), read_rulebook()
    problems: list[Problem] = []
    layers: list[Layer] = []
    if file:
        root = os.path.dirname(os.path.abspath(file))
        layers.append(_file_layer(file, None if choice.file else top_of(root), choice.committed, problems))
    if choice.profile:
        layers.append(Layer("--profile", {"profile": choice.profile}))
    layers += [Layer(f"--set {key}", _nested(key, written)) for key, written in choice.sets]
    faults = [problem for layer in layers for problem in _faults(layer)]
    problems += faults
    own = merged(root, file, () if faults else layers)
    if choice.committed and own.rule_folders:
        reason = "rule folders are not read from a commit, and those on disk may be a stranger's"
        raise PmlintError(Problem(own.origins["rule-folders"], reason, "leave --config-from out, or the rule folders"))
    paths = [os.path.normpath(os.path.join(root, *folder.split("/"))) for folder in own.rule_folders]
    folders = [(path, _shown(path)) for path in paths]
    book, found = rulebook_with(folders, top_of(root), own.plugins)
    problems += found
    # A page or plug-in that was not read may be what the names mean.
    unread = found or (faults and any({"rule-folders", "plugins"} & layer.values.keys() for layer in layers))
    problems += () if unread else [problem for layer in layers for problem in _strangers(layer, book, not faults)]
    if own.profile:
        layers = [*_profile_layers(own, book, problems), *layers]
    if problems:
        raise PmlintError(*sorted(problems, key=lambda problem: problem.line or 0))
    settings = merged(root, file, layers)
    return settings, book.changed(settings.changes)


def _shown(path: str) -> str:
    """A path as messages give it: relative where it lies below the current folder."""
    return os.path.relpath(path) if is_below(os.path.abspath(path), os.getcwd()) else path


def _file_layer(file: str, top: str | None, committed: Committed | None, problems: list[Problem]) -> Layer:
    """A configuration file as a layer, empty where it cannot be read. Files outside of ``top`` are not read."""
    from pmlint.files import read_source, source_of

    shown = _shown(file)
    data = committed(file) if committed else None
    if committed and data is None and leads_below(file, top_of(os.getcwd())):
        problems.append(Problem(shown, "the commit of --config-from has no such file", "commit it there"))
        return Layer(shown, {})
    if data is None and top is not None and not leads_below(file, top):
        problems.append(Problem(shown, "this link leads out of the repository", "name the file with --config"))
        return Layer(shown, {})
    source, problem = read_source(file, MAX_BYTES) if data is None else source_of(file, data)
    if source is None or problem:
        reason = problem.reason if problem else "it cannot be read"
        problems.append(Problem(shown, reason, line=problem.line if problem else None))
        return Layer(shown, {})
    import tomllib

    from pmlint.toml import excess, key_places

    text = source.text.replace("\r\n", "\n")
    if too_much := excess(source.text):
        problems.append(Problem(shown, too_much[1], "nothing was checked", source.line_number(too_much[0])))
        return Layer(shown, {})
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else len(source.line_spans)
        said = _TOML_PLACE.sub("", str(error))
        problems.append(Problem(shown, f"this is no TOML: {said[:1].lower()}{said[1:]}", "nothing was checked", line))
        return Layer(shown, {})
    lines = {path: source.line_number(offset) for path, offset in key_places(source.text).items()}
    if os.path.basename(file) == PROJECT_FILE:
        values = values.get("tool", {}).get("pmlint", {})
        lines = {path[2:]: line for path, line in lines.items() if path[:2] == ("tool", "pmlint")}
    return Layer(shown, values, lines)


def _faults(layer: Layer) -> list[Problem]:
    """What is not valid in a layer, each with its line."""
    from pmlint.schema import faults_by, read_schema

    faults = [(fault.path, fault.sentence) for fault in faults_by(layer.values, read_schema("config"), "config")]
    faults += _meaningless(layer.values)
    return [Problem(layer.origin, said, line=_line(layer, where)) for where, said in faults]


def _line(layer: Layer, path: "Path") -> int | None:
    """The line of a setting, or of the nearest table around it."""
    return next((layer.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in layer.lines), None)


def _meaningless(values: Mapping[str, Any]) -> "Iterator[tuple[Path, str]]":
    """What has the right form and still means nothing."""
    for name, zone in _table(values, "zones").items():
        from pmlint.recognise.zones import zone_of

        if isinstance(zone, str) and ("/" not in zone or zone_of(zone) is None):
            yield ("zones", name), f'zones.{name}: "{zone}" is no zone of the tz database, such as Asia/Kolkata'
    tickets = values.get("tickets")
    for number, pattern in enumerate(tickets if isinstance(tickets, list) else ()):
        from pmlint.tickets import refusal

        if isinstance(pattern, str) and (reason := refusal(pattern)):
            yield ("tickets", number), f'tickets.{number}: "{pattern}" {reason}'


def _table(values: Any, key: str) -> Mapping[str, Any]:
    """A table inside another one; empty where there is none, or where something else stands."""
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, dict) else {}


def _strangers(layer: Layer, book: Rulebook, with_options: bool = True) -> Iterator[Problem]:
    """What a layer says about rules that are none, and, in a layer of valid form, about options that they lack."""
    tables: list[tuple[Path, Mapping[str, Any]]] = [(("rules",), _table(layer.values, "rules"))]
    overrides = layer.values.get("overrides")
    for number, override in enumerate(overrides if isinstance(overrides, list) else ()):
        tables.append((("overrides", number, "rules"), _table(override, "rules")))
    tone = _table(layer.values, "tone")
    tables += [(("tone", kind), _table(tone, kind)) for kind in tone]
    for path, table in tables:
        for name, advice in book.strangers(table).items():
            line = _line(layer, (*path, name))
            yield Problem(layer.origin, f"{name}: no rule or family has that name", advice, line)
        for rule in book.rules:
            if not with_options or path[0] == "tone" or not isinstance(table.get(rule.name), dict):
                continue
            from pmlint.schema import faults_by, read_schema

            schema = {"properties": {rule.name: rule.schema}, "$defs": read_schema("config")["$defs"]}
            for fault in faults_by({rule.name: table[rule.name]}, schema, "config"):
                yield Problem(
                    layer.origin,
                    f"{'.'.join(map(str, path))}.{fault.sentence}",
                    line=_line(layer, (*path, *fault.path)),
                )


def _nested(key: str, written: str) -> dict[str, Any]:
    """``rules.timeline/out-of-order.severity`` and ``error`` as tables: what is no TOML value is a word."""
    import tomllib

    try:
        values = tomllib.loads(f"value = {written}")
        value = values["value"] if len(values) == 1 else written
    except (ValueError, RecursionError):
        value = written
    for step in reversed(key.split(".")):
        value = {step: value}
    return value if isinstance(value, dict) else {}


def _profile_layers(settings: Settings, book: Rulebook, problems: list[Problem]) -> list[Layer]:
    """The layers of the chosen profile, those that it extends first."""
    from pmlint.profile import Profile, lineage, shipped_profiles

    where = settings.origins["profile"]
    found = list(lineage(settings.profile or "", book.profiles))
    layers = []
    for profile in found:
        if isinstance(profile, Profile):
            kept = {key: value for key, value in profile.settings.items() if key not in ("sources", "extends")}
            layers.append(Layer(f"profile {profile.name}", kept))
    if isinstance(last := found[-1], str):
        from difflib import get_close_matches

        names = [*shipped_profiles(), *sorted(book.profiles)]
        near = get_close_matches(last, names, n=1)
        advice = f"did you mean {near[0]}?" if near else "`pmlint profile` lists them"
        chain = [*(profile.name for profile in found if isinstance(profile, Profile)), last]
        is_circle = last in chain[:-1]
        reason = (
            f"these profiles extend each other: {' → '.join(chain)}" if is_circle else f"no profile is called {last}"
        )
        problems.append(Problem(where, reason, "" if is_circle else advice))
    for layer in layers:
        problems += [Problem(layer.origin, said) for _, said in _meaningless(layer.values)]
        problems += _strangers(layer, book)
    return layers[::-1]
