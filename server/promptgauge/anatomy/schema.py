"""JSON Schema, as far as an example's answer is held against it: types, required fields, enums, items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
_DEEPEST = 30
_MOST_SHOWN = 5


def schema_in(value: Any) -> Mapping[str, Any] | None:
    """The schema in what an API takes: itself, or wrapped with a name; None if it is none."""
    if not isinstance(value, Mapping):
        return None
    if "type" not in value and "properties" not in value:
        for key in ("schema", "json_schema"):
            if isinstance(value.get(key), Mapping):
                return schema_in(value[key])
    return value


def breach(schema: Any, value: Any, at: str = "", depth: int = 0) -> str | None:
    """The first thing in which a value does not fit a schema, in words; None where nothing is known to be wrong.

    What this does not read (references, alternatives, patterns) lets everything pass.
    """
    if not isinstance(schema, Mapping) or depth > _DEEPEST or (value is None and schema.get("nullable") is True):
        return None
    where = f"`{at}`" if at else "the answer"
    wrong = _of_type(schema.get("type"), value)
    if wrong:
        return f"{where} is {_name(value)}, the schema says {wrong}"
    allowed = schema.get("enum")
    if isinstance(allowed, list) and value not in allowed:
        names = ", ".join(f"`{name}`" for name in allowed[:_MOST_SHOWN]) + (", …" if len(allowed) > _MOST_SHOWN else "")
        return f"{where} is `{value}`, the schema has {names}"
    if "const" in schema and value != schema["const"]:
        return f"{where} is `{value}`, the schema has only `{schema['const']}`"
    if isinstance(value, dict):
        return _of_fields(schema, value, at, depth)
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        found = (breach(schema["items"], item, f"{at}[{index}]", depth + 1) for index, item in enumerate(value))
        return next((wrong for wrong in found if wrong), None)
    return None


def _of_fields(schema: Mapping[str, Any], value: Mapping[str, Any], at: str, depth: int) -> str | None:
    given = schema.get("properties")
    properties = given if isinstance(given, Mapping) else {}
    inside = f" in `{at}`" if at else ""
    required = schema.get("required")
    for name in required if isinstance(required, list) else ():
        if name not in value:
            return f"`{name}` is missing{inside}, the schema requires it"
    if properties and schema.get("additionalProperties") is False:
        for name in value:
            if name not in properties:
                return f"`{name}`{inside} is no field of the schema"
    for name, item in value.items():
        wrong = breach(properties.get(name), item, f"{at}.{name}" if at else name, depth + 1)
        if wrong:
            return wrong
    return None


def _of_type(wanted: Any, value: Any) -> str:
    """The types that a schema asks for, in words, where the value is of none of them; else an empty string."""
    names = wanted if isinstance(wanted, list) else [wanted]
    known = [name for name in names if isinstance(name, str) and name in _TYPES]
    if len(known) != len(names) or any(_fits(name, value) for name in known):
        return ""
    return " or ".join(known)


def _fits(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _name(value: Any) -> str:
    return _NAMES.get(type(value), "a number")
