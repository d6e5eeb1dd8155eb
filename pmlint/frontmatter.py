"""Front matter in YAML or TOML, read with care: it comes from strangers.

Of YAML only what front matter needs is read: mappings, sequences and scalars. Anchors, aliases, merge keys and tags are
refused, because a few lines of them can grow without bound or name code; sizes, depths and numbers are capped.
Words stay words: ``no``, ``010``, ``12:30`` and dates are the strings that were written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pmlint.document import Fault, FrontMatter
from pmlint.source import Source, Span

if TYPE_CHECKING:
    import yaml

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 32
MAX_VALUES = 5_000

# Patterns are compiled when they are used: most documents have no front matter.
_INTEGER = r"[-+]?(?:0|[1-9]\d{0,17})"
_FLOAT = r"[-+]?\d{1,18}\.\d{1,18}(?:[eE][-+]?\d{1,3})?"
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    written: written.lower() == "true" for written in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_KEY_LINE = r"[A-Za-z_][\w-]{0,60}:(?:\s|$)"
_TOML_KEY = r"[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\")[ \t]*=[ \t]*"
_TOML_PLACE = r"\(at line (\d+), column (\d+)\)|\(at end of document\)"
_SURROGATE = "[\ud800-\udfff]"


def parse_front_matter(source: Source) -> FrontMatter | None:
    """The front matter at the top of a source, faults included; None if there is none.

    It is found by lines: a first line of three dashes (YAML) or pluses (TOML) and a later line that closes it. A
    thematic break with prose below it is none. Never raises.
    """
    lines = source.line_spans
    opening = source.slice(lines[0]).removeprefix("\ufeff").rstrip(" \t")
    if opening not in ("---", "+++"):
        return None
    closings = ("---", "...") if opening == "---" else ("+++",)
    close = next((n for n, span in enumerate(lines[1:], 1) if source.slice(span).rstrip(" \t") in closings), None)
    if close is None:
        return _unclosed(source, opening)
    inner = Span(lines[1].start, lines[close].start)
    whole = Span(0, lines[close + 1].start if close + 1 < len(lines) else len(source.text))
    if inner.end - inner.start > MAX_CHARACTERS:
        fault = Fault(lines[0], f"the front matter has more than {MAX_CHARACTERS:,} characters and was not read")
        return FrontMatter(whole, {}, {}, (fault,))
    reading = _Reading(source, inner)
    if opening == "---":
        if not _read_yaml(reading):
            return None
    else:
        _read_toml(reading)
    return FrontMatter(whole, reading.values, reading.spans, tuple(reading.faults))


def _unclosed(source: Source, opening: str) -> FrontMatter | None:
    """A fence without its end, if the lines below it leave no doubt about what it was meant for."""
    below = [source.slice(span) for span in source.line_spans[1:3]]
    if opening == "---" and len(below) == 2 and all(re.match(_KEY_LINE, line) for line in below):
        fence = source.line_spans[0]
        end = source.line_spans[1].start
        return FrontMatter(Span(0, end), {}, {}, (Fault(fence, "the front matter that begins here is never closed"),))
    return None


@dataclass(slots=True)
class _Reading:
    """What has been read so far of the text between the fences."""

    source: Source
    inner: Span
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    @property
    def text(self) -> str:
        return self.source.slice(self.inner)

    def span(self, start: int, end: int) -> Span:
        """A span of the source from positions in the text between the fences, both kept inside it."""
        size = self.inner.end - self.inner.start
        start = min(max(start, 0), size)
        return Span(self.inner.start + start, self.inner.start + min(max(end, start), size))

    def fault(self, start: int, end: int, message: str) -> None:
        self.faults.append(Fault(self.span(start, end), message))


class _Refused(Exception):
    """Reading cannot go on; the fault is noted already."""


def _read_yaml(reading: _Reading) -> bool:
    """Reads YAML; False if what stands there is prose and not front matter at all."""
    import yaml  # dear to import, and most documents have no front matter

    text = reading.text
    try:
        events = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        first = next((e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent))), None)
        if isinstance(first, yaml.ScalarEvent) and first.style is None and first.anchor is None and first.tag is None:
            return False
        if isinstance(first, yaml.MappingStartEvent):
            _plain(reading, first)
            _read_mapping(reading, events, first, 1, top=True)
        elif first is not None and not isinstance(first, yaml.StreamEndEvent):
            reading.fault(*_bounds(first), "the front matter is no list of keys and values")
    except _Refused:
        pass
    except yaml.reader.ReaderError as error:
        reading.fault(error.position, error.position + 1, "this character has no place in YAML")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else 0
        reading.fault(at, at + 1, f"the front matter breaks off here: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reading.fault(0, 1, _unreadable(error))
    return True


def _bounds(event: "yaml.Event") -> tuple[int, int]:
    """The positions between which an event stands."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0), (end.index if end else 0)


def _plain(reading: _Reading, event: "yaml.NodeEvent") -> None:
    """Refuses what only grows or names: anchors, aliases, tags; and more values than front matter ever has."""
    import yaml  # loaded by now

    start, end = _bounds(event)
    what = None
    if isinstance(event, yaml.AliasEvent):
        what = f"the alias *{event.anchor} is not read"
    elif event.anchor is not None:
        what = f"the anchor &{event.anchor} is not read"
    elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag not in (None, "!"):
        what = f"the tag {str(event.tag)[:40]} is not read"
    reading.count += 1
    if what is None and reading.count > MAX_VALUES:
        what = f"there are more than {MAX_VALUES:,} values here"
    if what:
        reading.fault(start, max(end, start + 1), f"{what}; the front matter is read up to here")
        raise _Refused


def _read_value(reading: _Reading, events: "Iterator[yaml.Event]", event: "yaml.Event", depth: int) -> tuple[Any, int]:
    """The value that an event begins, and the position where it ends."""
    import yaml  # loaded by now

    if depth > MAX_DEPTH:
        at = _bounds(event)[0]
        reading.fault(at, at + 1, f"values are nested deeper than {MAX_DEPTH}; the front matter is read up to here")
        raise _Refused
    if isinstance(event, yaml.NodeEvent):
        _plain(reading, event)
    if isinstance(event, yaml.MappingStartEvent):
        return _read_mapping(reading, events, event, depth)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                return items, _bounds(item)[1]
            items.append(_read_value(reading, events, item, depth + 1)[0])
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(reading, event), _bounds(event)[1]
    raise _Refused


def _read_mapping(
    reading: _Reading, events: "Iterator[yaml.Event]", opening: "yaml.Event", depth: int, top: bool = False
) -> tuple[dict[str, Any], int]:
    """The mapping that an event begins and where it ends; the top one fills the reading as it goes."""
    import yaml  # loaded by now

    values: dict[str, Any] = reading.values if top else {}
    lines: dict[str, int] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return values, _bounds(event)[1]
        start, end = _bounds(event)
        key, _ = _read_value(reading, events, event, depth + 1)
        name = key if isinstance(key, str) else reading.text[start:end].strip()
        value_event = next(events)
        value_start = _bounds(value_event)[0]
        value, value_end = _read_value(reading, events, value_event, depth + 1)
        if name == "<<":
            reading.fault(start, end, "the merge key << is not read")
        elif name in values:
            reading.fault(start, end, f'the key "{name}" stands on line {lines[name]} already; the first one counts')
        else:
            values[name] = value
            lines[name] = reading.source.place(reading.inner.start + start).line
            if top:
                written = reading.text[value_start:value_end]
                reading.spans[name] = reading.span(value_start, value_start + len(written.rstrip()))
    raise _Refused


def _scalar(reading: _Reading, event: "yaml.ScalarEvent") -> Any:
    text: str = event.value
    if re.search(_SURROGATE, text):
        reading.fault(*_bounds(event), "half a character is written here, as an escape")
        text = re.sub(_SURROGATE, "\ufffd", text)
    if event.style is not None:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if re.fullmatch(_INTEGER, text):
        return int(text)
    return float(text) if re.fullmatch(_FLOAT, text) else text


def _read_toml(reading: _Reading) -> None:
    import tomllib  # few documents need it

    text = reading.text
    written = dict(_toml_values(reading))
    if any(line.partition("=")[0].count(".") > MAX_DEPTH for line in text.splitlines()):
        reading.fault(0, 1, f"keys are nested deeper than {MAX_DEPTH} here; the front matter was not read")
        return
    try:
        values = tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(_TOML_PLACE, str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (len(text.splitlines()), 1)
        at = _position(reading, line, column)
        reason = re.sub(_TOML_PLACE, "", str(error)).strip()
        reading.fault(at, at + 1, f"the front matter breaks off here: {reason[:1].lower()}{reason[1:]}")
        return
    except (ValueError, RecursionError) as error:
        reading.fault(0, 1, _unreadable(error))
        return
    for key, value in values.items():
        span = written.get(key, reading.span(0, 0))
        reading.spans[key] = span
        reading.values[key] = _toml_value(value, reading.source.slice(span))


def _unreadable(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "values are nested too deep in the front matter; it was not read"
    return "the front matter holds a value that cannot be read"


def _toml_values(reading: _Reading) -> Iterator[tuple[str, Span]]:
    """The top-level keys of TOML and where their values stand on the key's own line."""
    source = reading.source
    first = source.line_number(reading.inner.start)
    for number in range(first, source.line_number(max(reading.inner.start, reading.inner.end - 1)) + 1):
        line = source.line_text(number)
        if line.lstrip().startswith("["):
            return
        if key := re.match(_TOML_KEY, line):
            start = source.line_spans[number - 1].start + key.end()
            value = line[key.end() :].rstrip()
            yield key.group(1).strip('"'), Span(start, start + len(value))


def _toml_value(value: Any, written: str) -> Any:
    """A value as JSON knows it; a date or time as the words that were written."""
    if isinstance(value, dict):
        return {key: _toml_value(inner, "") for key, inner in value.items()}
    if isinstance(value, list):
        return [_toml_value(inner, "") for inner in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    return written.partition("#")[0].strip() or str(value)


def _position(reading: _Reading, line: int, column: int) -> int:
    """A position in the text between the fences from its 1-based line and column there."""
    number = reading.source.line_number(reading.inner.start) + line - 1
    spans = reading.source.line_spans
    return spans[min(number, len(spans)) - 1].start + column - 1 - reading.inner.start
