"""Front matter in YAML or TOML, read with care: it comes from strangers.

Of YAML only what front matter needs is read: mappings, sequences and scalars. Anchors, aliases, merge keys and tags are
refused, because a few lines of them can grow without bound or name code; sizes, depths and numbers are capped.
Words stay words: ``no``, ``010``, ``12:30`` and dates are the strings that were written.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmlint.brevity import shortened
from pmlint.document import Fault, FrontMatter
from pmlint.source import Source, Span
from pmlint.toml import MAX_DEPTH, excess, top_level_values

if TYPE_CHECKING:
    import yaml

MAX_CHARACTERS = 64 * 1024
MAX_VALUES = 5_000
_LONGEST_SHOWN = 60

# Patterns are compiled when they are used: most documents have no front matter.
_INTEGER = r"[-+]?(?:0|[1-9]\d{0,17})"
_FLOAT = r"[-+]?\d{1,18}\.\d{1,18}(?:[eE][-+]?\d{1,2})?"
_CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    written: written.lower() == "true" for written in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_KEY_LINES = {"---": r"[A-Za-z_][\w-]{0,60}:(?:\s|$)", "+++": r"[A-Za-z_][\w-]{0,60}[ \t]*="}
# What a mapping begins with and Markdown does not: no list marker, no emphasis, no short code between braces.
_MAPPING_LINE = r"""(?x) [ \t]*+ (?: (?!\d+[.)]\s|__) [\w$] [^\n]{0,120}?:(?:\s|$)
                    | "[^"\n]*+"[ \t]*+: | '[^'\n]*+'[ \t]*+: | <<: | \?\s | !! | &\w+\s | \{(?![{%<:]) )"""
_TOML_PLACE = r"\(at line (\d+), column (\d+)\)|\(at end of document\)"
_SURROGATE = "[\ud800-\udfff]"
# What stands, besides letters and digits, in names and values that say the same to every reader of YAML.
_IN_NAMES, _IN_WORDS, _IN_LISTS, _IN_QUOTES = "_- ", "_- ./+%@()',:", "_- ./", "_- ./+%@()',:;?!=#&[]"
# In a text of this length no name and no number of values comes near the limits.
_LONGEST_PLAIN = 1_000


def parse_front_matter(source: Source) -> FrontMatter | None:
    """The front matter at the top of a source, faults included; None if there is none.

    It is found by lines: a first line of three dashes (YAML) or pluses (TOML) and a later line that closes it. A
    thematic break with Markdown below it is none. Never raises.
    """
    lines = source.line_spans
    opening = source.slice(lines[0]).removeprefix("\ufeff").rstrip(" \t")
    if opening not in ("---", "+++"):
        return None
    closings = ("---", "...") if opening == "---" else ("+++",)
    close = next((n for n, span in enumerate(lines[1:], 1) if source.slice(span).rstrip(" \t") in closings), None)
    if close is None:
        return _unclosed(source, opening)
    if opening == "---" and not _is_mapping([source.slice(span) for span in lines[1:close]]):
        return None
    inner = Span(lines[1].start, lines[close].start)
    whole = Span(0, lines[close + 1].start if close + 1 < len(lines) else len(source.text))
    if inner.end - inner.start > MAX_CHARACTERS:
        fault = Fault(
            lines[0], f"the front matter has more than {MAX_CHARACTERS:,} characters and was not read: shorten it"
        )
        return FrontMatter(whole, {}, {}, (fault,))
    reading = _Reading(source, inner)
    if opening == "---":
        if not _read_plain_lines(reading) and not _read_yaml(reading):
            return None
    else:
        _read_toml(reading)
    return FrontMatter(whole, reading.values, reading.spans, tuple(reading.faults))


def _is_mapping(lines: Sequence[str]) -> bool:
    """Whether lines between dashes are meant as keys and values, going by the first of them that says something."""
    content = [line for line in lines if line.strip()]
    if not content:
        return True
    # Behind a thematic break Markdown leaves a line blank; a number sign there begins a heading, not a comment.
    if not lines[0].strip() and content[0].lstrip().startswith("#"):
        return False
    first = next((line for line in content if not line.lstrip().startswith("#")), "")
    return re.match(_MAPPING_LINE, first) is not None


def _unclosed(source: Source, opening: str) -> FrontMatter | None:
    """A fence without its end, if the lines below it leave no doubt about what it was meant for."""
    below = [source.slice(span) for span in source.line_spans[1:3]]
    if len(below) == 2 and all(re.match(_KEY_LINES[opening], line) for line in below):
        fence = source.line_spans[0]
        end = source.line_spans[1].start
        return FrontMatter(Span(0, end), {}, {}, (Fault(fence, "the front matter that begins here is never closed"),))
    return None


class _Reading:
    """What has been read so far of the text between the fences."""

    def __init__(self, source: Source, inner: Span) -> None:
        self.source = source
        self.inner = inner
        self.text = source.slice(inner)
        self.values: dict[str, Any] = {}
        self.spans: dict[str, Span] = {}
        self.faults: list[Fault] = []
        self.count = 0

    def span(self, start: int, end: int) -> Span:
        """A span of the source from positions in the text between the fences, both kept inside it."""
        start = min(max(start, 0), len(self.text))
        return Span(self.inner.start + start, self.inner.start + min(max(end, start), len(self.text)))

    def fault(self, start: int, end: int, message: str) -> None:
        self.faults.append(Fault(self.span(start, end), message))


def _short(written: str) -> str:
    return shortened(written, _LONGEST_SHOWN)


class _Refused(Exception):
    """Reading cannot go on; the fault is noted already."""


def _read_plain_lines(reading: _Reading) -> bool:
    """Reads YAML that has nothing but plain lines; False, with nothing read, where there is more to it.

    Most front matter is no more than that, and the parser of YAML takes as long to load as a document to check.
    """
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    at = 0
    for line in reading.text.split("\n")[:-1] if len(reading.text) <= _LONGEST_PLAIN else ():
        name, colon, rest = line.partition(":")
        written = rest.strip(" ")
        is_name = _is_plain(name, _IN_NAMES) and name[0].isalpha() and name not in values
        if not (is_name and colon and rest[:1] in ("", " ")):
            return False
        try:
            values[name] = _plain_value(written)
        except ValueError:
            return False
        start = at + len(name) + 1 + (rest.index(written) if written else 0)
        spans[name] = reading.span(start, start + len(written))
        at += len(line) + 1
    reading.values |= values
    reading.spans |= spans
    return bool(values)


def _is_plain(written: str, marks: str) -> bool:
    """Whether a text begins with a letter or digit, ends with no blank, and has nothing but these and some marks."""
    return written[:1].isalnum() and written[-1] != " " and all(c.isalnum() or c in marks for c in written)


def _plain_value(written: str) -> Any:
    """What a value on one line means. Raises ValueError where YAML has to be asked."""
    inner = written[1:-1]
    if written[:1] == written[-1:] == '"' and len(written) > 1 and all(c.isalnum() or c in _IN_QUOTES for c in inner):
        return inner
    if written[:1] == "[" and written[-1:] == "]":
        items = [item.strip(" ") for item in inner.split(",")]
        if all(_is_plain(item, _IN_LISTS) for item in items):
            return [_meant(item) for item in items]
    elif not written or (_is_plain(written, _IN_WORDS) and ": " not in f"{written} "):
        return _meant(written)
    raise ValueError(written)


def _read_yaml(reading: _Reading) -> bool:
    """Reads YAML; False if what stands there is Markdown and not front matter at all."""
    import yaml  # dear to import, and most documents have no front matter

    text = reading.text
    try:
        events = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        first = next((e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent))), None)
        if isinstance(first, yaml.MappingStartEvent):
            _plain(reading, first)
            _read_mapping(reading, events, 1, top=True)
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    reading.fault(*_bounds(event), "a second document begins here; the front matter is read up to here")
                    break
        elif first is not None and not isinstance(first, yaml.StreamEndEvent):
            return False
    except _Refused:
        pass
    except yaml.reader.ReaderError as error:
        reading.fault(error.position, error.position + 1, "this character has no place in YAML")
    except yaml.MarkedYAMLError as error:
        if not reading.text.splitlines()[0].strip():
            return False
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark else 0
        reading.fault(at, at + 1, f"the front matter breaks off here: {_short(str(error.problem or error.context))}")
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
        what = f"the alias *{_short(str(event.anchor))} is not read"
    elif event.anchor is not None:
        what = f"the anchor &{_short(event.anchor)} is not read"
    elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag not in (None, "!"):
        what = f"the tag {_short(str(event.tag))} is not read"
    reading.count += 1
    if what is None and reading.count > MAX_VALUES:
        what = f"there are more than {MAX_VALUES:,} values here: take some out"
    if what:
        reading.fault(start, max(end, start + 1), f"{what}; the front matter is read up to here")
        raise _Refused


def _read_value(reading: _Reading, events: "Iterator[yaml.Event]", event: "yaml.Event", depth: int) -> tuple[Any, int]:
    """The value that an event begins, and the position where it ends."""
    import yaml  # loaded by now

    if depth > MAX_DEPTH:
        at = _bounds(event)[0]
        what = f"values are nested deeper than {MAX_DEPTH} here: give them fewer levels"
        reading.fault(at, at + 1, f"{what}; the front matter is read up to here")
        raise _Refused
    if isinstance(event, yaml.NodeEvent):
        _plain(reading, event)
    if isinstance(event, yaml.MappingStartEvent):
        return _read_mapping(reading, events, depth)
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
    reading: _Reading, events: "Iterator[yaml.Event]", depth: int, top: bool = False
) -> tuple[dict[str, Any], int]:
    """The mapping that has just begun and where it ends; the top one fills the reading as it goes."""
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
        if reading.text[start:end] == "<<":
            reading.fault(start, end, "the merge key << is not read")
        elif name in values:
            already = f"stands on line {lines[name]} already; the first one counts"
            reading.fault(start, end, f'the key "{_short(name)}" {already}')
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
    return text if event.style is not None else _meant(text)


def _meant(text: str) -> Any:
    """What a value without quotes means."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if re.fullmatch(_INTEGER, text):
        return int(text)
    return float(text) if re.fullmatch(_FLOAT, text) else text


def _read_toml(reading: _Reading) -> None:
    import tomllib  # few documents need it

    text = reading.text
    if outgrown := excess(text):
        at, what = outgrown
        reading.fault(at, at + 1, f"{what}; the front matter was not read")
        return
    try:
        values = tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(_TOML_PLACE, str(error))
        at = _position(reading, int(place[1]), int(place[2])) if place and place[1] else len(text)
        reason = _short(re.sub(_TOML_PLACE, "", str(error)).strip())
        reading.fault(at, at + 1, f"the front matter breaks off here: {reason[:1].lower()}{reason[1:]}")
        return
    except (ValueError, RecursionError) as error:
        reading.fault(0, 1, _unreadable(error))
        return
    for name, start, end in top_level_values(text):
        if name not in reading.values:
            reading.spans[name] = reading.span(start, end)
            reading.values[name] = _toml_value(values[name], text[start:end])


def _unreadable(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "values are nested too deep in the front matter; it was not read"
    return "the front matter holds a value that cannot be read"


def _toml_value(value: Any, written: str = "") -> Any:
    """A value as JSON knows it; dates, times and numbers beyond measure as the words that were written.

    Inside lists and tables, where nobody knows their place, dates and times take their ISO form.
    """
    if isinstance(value, dict):
        return {key: _toml_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_toml_value(inner) for inner in value]
    if isinstance(value, str):
        return re.sub(_SURROGATE, "\ufffd", value)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value if abs(value) < 10**18 else written or "a number beyond measure"
    return written or value.isoformat()


def _position(reading: _Reading, line: int, column: int) -> int:
    """A position in the text between the fences from its 1-based line and column there."""
    number = reading.source.line_number(reading.inner.start) + line - 1
    spans = reading.source.line_spans
    return spans[min(number, len(spans)) - 1].start + column - 1 - reading.inner.start
