"""Values held against the shipped JSON Schemas."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pmlint.data import read_shipped

if TYPE_CHECKING:
    from jsonschema import ValidationError

_KINDS = {
    "object": "a table",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def faults(value: Any, name: str) -> tuple[str, ...]:
    """What keeps a value from being valid by ``schemas/<name>.schema.json``: all of it, as sentences with their place.

    The place is a path such as ``options.tolerance-minutes.default``; the order is that of the places. References lead
    to nothing outside the schema: the registry is empty, so no request is ever made. Raises FileNotFoundError when
    there is no such schema.
    """
    # Dear to import, and only values that come from elsewhere are held against a schema.
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    registry: Registry[Any] = Registry()
    validator = Draft202012Validator(read_schema(name), registry=registry)
    try:
        found = {
            (_order(error.absolute_path), sentence)
            for error in validator.iter_errors(value)
            for sentence in _sentences(error)
        }
    except RecursionError:
        return ("the values are nested too deep",)
    except Unresolvable as error:
        return (f"the schema {name} refers to something outside itself: {_shown(error.ref)}",)
    return tuple(sentence for _, sentence in sorted(found))


def read_schema(name: str) -> dict[str, Any]:
    """The shipped schema of that name. Raises FileNotFoundError when there is none."""
    schema: dict[str, Any] = json.loads(read_shipped("schemas", f"{name}.schema.json"))
    return schema


def _order(path: Iterable[str | int]) -> tuple[tuple[str, int], ...]:
    """A sort key that puts item 10 behind item 9."""
    return tuple(("", step) if isinstance(step, int) else (step, 0) for step in path)


def _sentences(error: "ValidationError") -> Iterator[str]:
    """An error in our words: those of jsonschema hold the whole value and change from release to release."""
    place = ".".join(_short(str(step)) for step in error.absolute_path)
    for reason in _reasons(error, error.instance, error.validator_value):
        yield f"{place}: {reason}" if place else reason


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
        case "additionalProperties":
            known: Any = error.schema
            yield from (_unknown(name, known["properties"]) for name in value if name not in known["properties"])
        case "minItems" | "minLength":
            yield f"{_shown(value)} is empty"
        case "minimum":
            yield f"{_shown(value)} is less than {wanted}"
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
    return text if len(text) <= 60 else f"{text[:59]}…"
