"""Values held against the shipped JSON Schemas."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pmlint.brevity import shortened
from pmlint.data import read_shipped

if TYPE_CHECKING:
    from jsonschema import ValidationError

_LONGEST_SHOWN = 60
_KINDS = {
    "object": "a table",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


class Fault(NamedTuple):
    """Something that keeps a value from being valid: the keys and 0-based numbers that lead to it, and a sentence."""

    path: tuple[str | int, ...]
    sentence: str


def faults(value: Any, name: str) -> tuple[str, ...]:
    """What keeps a value from being valid by ``schemas/<name>.schema.json``: all of it, as sentences with their place.

    The place is a path such as ``options.tolerance-minutes.default``; the order is that of the places. Raises
    FileNotFoundError when there is no such schema.
    """
    return tuple(fault.sentence for fault in faults_by(value, read_schema(name), name))


def faults_by(value: Any, schema: Mapping[str, Any], name: str) -> tuple[Fault, ...]:
    """What keeps a value from being valid by a schema, which is called ``name``.

    References lead to nothing outside the schema: the registry is empty, so no request is ever made.
    """
    # Dear to import, and only values that come from elsewhere are held against a schema.
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    registry: Registry[Any] = Registry()
    validator = Draft202012Validator(schema, registry=registry)
    try:
        found = {
            (_order(error.absolute_path), sentence, path)
            for error in validator.iter_errors(value)
            for path, sentence in _sentences(error)
        }
    except RecursionError:
        return (Fault((), "the values are nested too deep"),)
    except Unresolvable as error:
        return (Fault((), f"the schema {name} refers to something outside itself: {_shown(error.ref)}"),)
    return tuple(Fault(path, sentence) for _, sentence, path in sorted(found, key=lambda one: one[:2]))


def read_schema(name: str) -> dict[str, Any]:
    """The shipped schema of that name. Raises FileNotFoundError when there is none."""
    schema: dict[str, Any] = json.loads(read_shipped("schemas", f"{name}.schema.json"))
    return schema


def _order(path: Iterable[str | int]) -> tuple[tuple[str, int], ...]:
    """A sort key that puts item 10 behind item 9."""
    return tuple(("", step) if isinstance(step, int) else (step, 0) for step in path)


def _sentences(error: "ValidationError") -> Iterator[tuple[tuple[str | int, ...], str]]:
    """An error in our words, with its path: those of jsonschema hold the whole value and change between releases."""
    path = tuple(error.absolute_path)
    place = ".".join(_short(str(step)) for step in path)
    prefix = f"{place}: " if place else ""
    if error.validator == "additionalProperties":
        known: Any = error.schema
        names: Any = error.instance
        for name in names:
            if name not in known["properties"]:
                yield (*path, name), prefix + _unknown(name, known["properties"])
        return
    if "propertyNames" in list(error.absolute_schema_path)[-2:]:
        path = (*path, str(error.instance))
    for reason in _reasons(error, error.instance, error.validator_value):
        yield path, prefix + reason


def _reasons(error: "ValidationError", value: Any, wanted: Any) -> Iterator[str]:
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            yield f"{_shown(value)} is not {' or '.join(_KINDS[kind] for kind in kinds)}"
        case "enum":
            yield f"{_shown(value)} is none of {', '.join(_shown(one) for one in wanted)}"
        case "const":
            yield f"{_shown(value)} is not {_shown(wanted)}"
        case "required":
            yield from (f"`{name}` is missing" for name in wanted if name not in value)
        case "minItems" | "minLength":
            yield f"{_shown(value)} is empty"
        case "minimum":
            yield f"{_shown(value)} is less than {wanted}"
        case "maximum":
            yield f"{_shown(value)} is more than {wanted}"
        case "maxLength" | "maxItems":
            yield f"{_shown(value)} is longer than {wanted}"
        case "uniqueItems":
            yield f"{_shown(value)} names something twice"
        case "pattern":
            yield f"{_shown(value)} does not have the form {wanted}"
        case _:
            yield _short(error.message)


def _unknown(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"`{_short(name)}` has no meaning here" + (f"; did you mean `{near[0]}`?" if near else "")


def _shown(value: object) -> str:
    """A value as a person wrote it, as much of it as a message has room for."""
    if isinstance(value, (dict, list)):
        return _KINDS["object" if isinstance(value, dict) else "array"]
    return _short(json.dumps(value, ensure_ascii=False, default=str))


def _short(text: str) -> str:
    return shortened(text, _LONGEST_SHOWN)
