"""Values held against the shipped JSON Schemas."""

import json
from collections.abc import Iterable
from typing import Any

from pmlint.data import read_shipped


def faults(value: Any, name: str) -> tuple[str, ...]:
    """What keeps a value from being valid by ``schemas/<name>.schema.json``: sentences with their place, sorted.

    The place is a path such as ``options.tolerance-minutes.default``. References lead to nothing outside the schema:
    the registry is empty, so no request is ever made.
    """
    # Dear to import, and only values that come from elsewhere are held against a schema.
    from jsonschema import Draft202012Validator
    from referencing import Registry

    schema = read_schema(name)
    registry: Registry[Any] = Registry()
    validator = Draft202012Validator(schema, registry=registry)
    try:
        errors = [(_place(error.absolute_path), error.message) for error in validator.iter_errors(value)]
    except RecursionError:
        return ("values are nested too deep",)
    return tuple(f"{place}: {message}" if place else message for place, message in sorted(errors))


def read_schema(name: str) -> dict[str, Any]:
    """The shipped schema of that name. Raises FileNotFoundError when there is none."""
    schema: dict[str, Any] = json.loads(read_shipped("schemas", f"{name}.schema.json"))
    return schema


def _place(path: Iterable[str | int]) -> str:
    return ".".join(str(step) for step in path)
