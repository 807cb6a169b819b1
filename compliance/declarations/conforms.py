"""Whether a value keeps to a schema: yes or no, at once.

jsonschema tells what is wrong, and takes a sixth of a second to be imported: more than all else that ``check`` does.
So it is asked only about what this short reading of the same schema turns down. A test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from compliance.declarations.scalars import FORMATS

Schema: TypeAlias = Mapping[str, Any]

ANNOTATIONS = frozenset({"$schema", "$id", "$comment", "$defs", "title", "description", "examples"})


def conforms(value: object, schema: Schema, whole: Schema) -> bool:
    """Return whether ``value`` keeps to ``schema``, a part of the schema ``whole``.

    Raises ``KeyError`` when the schema uses a keyword that is not read here.
    """
    return all(KEYWORDS[keyword](value, schema, whole) for keyword in schema if keyword not in ANNOTATIONS)


def referred(schema: Schema, whole: Schema) -> Schema:
    """Return the definition that the ``$ref`` of ``schema`` names."""
    definition: Schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return definition


def _is(value: object, type_name: str) -> bool:
    if isinstance(value, bool):
        return type_name == "boolean"
    if type_name == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, TYPES[type_name])


TYPES: Mapping[str, type] = {"string": str, "array": list, "object": dict, "boolean": bool}


def _type(value: object, schema: Schema, _: Schema) -> bool:
    names = schema["type"]
    return _is(value, names) if isinstance(names, str) else any(_is(value, name) for name in names)


def _properties(value: object, schema: Schema, whole: Schema) -> bool:
    known = schema["properties"]
    return not isinstance(value, dict) or all(
        conforms(member, known[key], whole) for key, member in value.items() if key in known
    )


def _additional(value: object, schema: Schema, whole: Schema) -> bool:
    if not isinstance(value, dict):
        return True
    others = [member for key, member in value.items() if key not in schema.get("properties", {})]
    allowed = schema["additionalProperties"]
    return all(conforms(member, allowed, whole) for member in others) if allowed else not others


def _items(value: object, schema: Schema, whole: Schema) -> bool:
    return not isinstance(value, list) or all(conforms(element, schema["items"], whole) for element in value)


def _names(value: object, schema: Schema, whole: Schema) -> bool:
    return not isinstance(value, dict) or all(conforms(key, schema["propertyNames"], whole) for key in value)


def _unique(value: object, schema: Schema, _: Schema) -> bool:
    return not (schema["uniqueItems"] and isinstance(value, list)) or all(
        element not in value[:index] for index, element in enumerate(value)
    )


def _same(value: object, expected: object) -> bool:
    """Whether the two are equal as JSON, where 1 is not true."""
    return value == expected and isinstance(value, bool) == isinstance(expected, bool)


KEYWORDS: Mapping[str, Callable[[object, Schema, Schema], bool]] = {
    "$ref": lambda value, schema, whole: conforms(value, referred(schema, whole), whole),
    "type": _type,
    "const": lambda value, schema, _: _same(value, schema["const"]),
    "enum": lambda value, schema, _: any(_same(value, choice) for choice in schema["enum"]),
    "minLength": lambda value, schema, _: not isinstance(value, str) or len(value) >= schema["minLength"],
    "pattern": lambda value, schema, _: not isinstance(value, str) or bool(re.search(schema["pattern"], value)),
    "format": lambda value, schema, _: not isinstance(value, str) or FORMATS[schema["format"]](value),
    "minimum": lambda value, schema, _: (
        isinstance(value, bool) or not isinstance(value, int | float) or value >= schema["minimum"]
    ),
    "minItems": lambda value, schema, _: not isinstance(value, list) or len(value) >= schema["minItems"],
    "uniqueItems": _unique,
    "items": _items,
    "minProperties": lambda value, schema, _: not isinstance(value, dict) or len(value) >= schema["minProperties"],
    "required": lambda value, schema, _: not isinstance(value, dict) or all(key in value for key in schema["required"]),
    "properties": _properties,
    "propertyNames": _names,
    "additionalProperties": _additional,
}
"""Every keyword that the declarations' schemas use, to its reading."""
