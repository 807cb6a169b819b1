"""Holds a declaration against its JSON Schema and says what is wrong, where, and what to write instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from compliance import resources
from compliance.declarations.conforms import Schema, conforms
from compliance.declarations.names import meant, meant_or_known
from compliance.declarations.nodes import Node
from compliance.declarations.scalars import FORMATS
from compliance.declarations.yaml_nodes import BareDate, YamlList, YamlMapping
from compliance.errors import Problem

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_QUOTES = "Write it in quotes: without them YAML makes something else of it."
_FILL_IN = "Fill it in, or leave it out."
_TYPES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "array": "a list",
    "object": "a mapping",
}
_LIST_OR_NONE = ["array", "object"]


def load_schema(kind: str) -> Schema:
    """Return the schema of a kind of declaration."""
    schema: Schema = json.loads(resources.schema(kind.replace("_", "-")).read_text(encoding="utf-8"))
    return schema


def schema_problems(root: Node, schema: Schema) -> tuple[Problem, ...]:
    """Return every problem that the schema has with a declaration: the first at each value, in file order."""
    if conforms(root.value, schema, schema):
        return ()
    found: dict[str, Problem] = {}
    for error in sorted(_errors(root, schema), key=lambda error: _ORDER[str(error.validator)]):
        for problem in _problems(root, error):
            found.setdefault(problem.where, problem)
    return tuple(sorted(found.values(), key=lambda problem: problem.place))


def _errors(root: Node, schema: Schema) -> Iterator[ValidationError]:
    """Ask jsonschema, with our own tests of formats."""
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - paid for only when something is wrong

    checker = FormatChecker(formats=())
    for name, test in FORMATS.items():
        checker.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    return Draft202012Validator(schema, format_checker=checker).iter_errors(root.value)


def _problems(root: Node, error: ValidationError) -> Iterator[Problem]:
    """Say one error of jsonschema in plain words; an error about several keys is said of each."""
    node = root
    for step in error.absolute_path:
        node = node.child(step)
    if "propertyNames" in error.absolute_schema_path:
        node = node.key(str(error.instance))
    yield from _WORDING[str(error.validator)](node, cast("Schema", error.schema))


def _wrong_type(node: Node, schema: Schema) -> Iterator[Problem]:
    expected = schema["type"]
    hint = ""
    if node.value is None:
        hint = _FILL_IN
    elif expected == "string" and not isinstance(node.value, YamlList | YamlMapping):
        hint = _QUOTES
    elif expected == "boolean":
        hint = "Write true or false, small and without quotes."
    elif "array" in expected and not isinstance(node.value, YamlMapping):
        hint = "Put it in square brackets."
    yield node.problem(f"expected {_words(expected)}, found {_kind(node.value)}.", hint)


def _wrong_form(node: Node, schema: Schema) -> Iterator[Problem]:
    hint = _QUOTES if isinstance(node.value, BareDate) else ""
    yield node.problem(f"expected {_title(schema)}, such as {json.dumps(schema['examples'][0])}.", hint)


def _wrong_constant(node: Node, schema: Schema) -> Iterator[Problem]:
    yield node.problem(f"expected {json.dumps(schema['const'])}.", "Leave the whole list out if nobody has looked.")


def _wrong_choice(node: Node, schema: Schema) -> Iterator[Problem]:
    *others, last = schema["enum"]
    message = f"expected {', '.join(others)} or {last}, found {_kind(node.value, 'something else')}."
    yield node.problem(message, meant(str(node.value), schema["enum"]))


def _empty_text(node: Node, _: Schema) -> Iterator[Problem]:
    yield node.problem("the text is empty.", _FILL_IN)


def _too_small(node: Node, schema: Schema) -> Iterator[Problem]:
    yield node.problem(f"expected a number of at least {schema['minimum']}.")


def _empty_list(node: Node, schema: Schema) -> Iterator[Problem]:
    if schema["type"] == _LIST_OR_NONE:
        hint = "Write {none_confirmed: true} if there are none; leave it out if nobody has looked."
        yield node.problem("an empty list does not say whether there are none.", hint)
    else:
        yield node.problem("the list is empty.", "List at least one, or leave it out.")


def _empty_mapping(node: Node, _: Schema) -> Iterator[Problem]:
    yield node.problem("the mapping is empty.", _FILL_IN)


def _listed_twice(node: Node, _: Schema) -> Iterator[Problem]:
    seen: list[object] = []
    for element in node.elements():
        if element.value in seen:
            yield element.problem("this is listed twice.", "Leave it out once.")
        seen.append(element.value)


def _missing_keys(node: Node, schema: Schema) -> Iterator[Problem]:
    if schema["type"] == _LIST_OR_NONE:
        yield _another_mapping(node)
        return
    for name in schema["required"]:
        if node.get(name) is None:
            yield node.absent(name).problem("is missing.", _example(name, schema["properties"][name]))


def _unknown_keys(node: Node, schema: Schema) -> Iterator[Problem]:
    if schema["type"] == _LIST_OR_NONE:
        yield _another_mapping(node)
        return
    for key in node.key_nodes():
        if key.value not in schema["properties"]:
            yield key.problem("is not known here.", meant_or_known(str(key.value), schema["properties"]))


def _another_mapping(node: Node) -> Problem:
    return node.problem(f"expected {_words(_LIST_OR_NONE)}, found another mapping.")


_WORDING: Mapping[str, Callable[[Node, Schema], Iterator[Problem]]] = {
    "type": _wrong_type,
    "format": _wrong_form,
    "pattern": _wrong_form,
    "const": _wrong_constant,
    "enum": _wrong_choice,
    "minLength": _empty_text,
    "minimum": _too_small,
    "minItems": _empty_list,
    "minProperties": _empty_mapping,
    "uniqueItems": _listed_twice,
    "required": _missing_keys,
    "additionalProperties": _unknown_keys,
}
"""Keyword of a schema to how its breach is told. Of several breaches at one value, the first in this order is told."""

_ORDER = {keyword: order for order, keyword in enumerate(_WORDING)}


def _words(types: str | list[str]) -> str:
    if types == _LIST_OR_NONE:
        return "a list, or {none_confirmed: true}"
    return _TYPES[str(types)]


def _kind(value: object, text: str = "text") -> str:
    """Say what sort of value was found; never the value."""
    kinds = {bool: "true or false", int: "a number", float: "a number", YamlList: "a list", YamlMapping: "a mapping"}
    return "nothing" if value is None else kinds.get(type(value), text)


def _title(schema: Schema) -> str:
    title = str(schema["title"])
    return title[0].lower() + title[1:]


def _example(name: str, schema: Schema) -> str:
    """Return an example of a key, when it fits in a line."""
    example = schema["examples"][0]
    return "" if isinstance(example, list | dict) else f"For example, {name}: {json.dumps(example)}."
