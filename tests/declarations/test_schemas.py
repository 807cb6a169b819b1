"""The schemas: each explains itself, keeps to itself, and is read alike by both of its readers."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from compliance import resources
from compliance.declarations.conforms import ANNOTATIONS, KEYWORDS, conforms
from compliance.declarations.documents import KINDS
from compliance.declarations.scalars import FORMATS
from compliance.declarations.validate import load_schema
from compliance.declarations.yaml_nodes import parse_yaml

FILES = sorted(path.name for path in resources.folder(resources.SCHEMAS).glob("*.schema.json"))
SCHEMAS = {kind: load_schema(kind) for kind in KINDS}
CHECKER = FormatChecker(formats=())
for _name, _test in FORMATS.items():
    CHECKER.checks(_name)(lambda value, test=_test: not isinstance(value, str) or test(value))

Schema = Mapping[str, Any]


def read(name: str) -> Schema:
    schema: Schema = json.loads((resources.folder(resources.SCHEMAS) / name).read_text(encoding="utf-8"))
    return schema


def validator(schema: Schema, whole: Schema) -> Draft202012Validator:
    """Return jsonschema's reading of one part of a schema."""
    return Draft202012Validator({"$defs": whole["$defs"], **schema}, format_checker=CHECKER)


def parts(schema: object, way: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every subschema with the way to it."""
    if isinstance(schema, dict):
        if way and not way.endswith(("/properties", "/$defs")):
            yield way, schema
        for key, value in schema.items():
            if key not in {"examples", "enum", "const", "required", "type"}:
                yield from parts(value, f"{way}/{key}")


def test_every_kind_has_its_schema() -> None:
    assert {f"{kind.replace('_', '-')}.schema.json" for kind in KINDS} <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_schema_says_what_it_is(name: str) -> None:
    schema = read(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"https://compliance.example/schemas/v1/{name}"
    assert "schema version 1" in schema["title"]
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("name", FILES)
def test_every_property_explains_itself(name: str) -> None:
    schema = read(name)
    named = [(way, part) for way, part in parts(schema) if way.split("/")[-2] in {"properties", "$defs"}]
    assert named
    for way, part in named:
        assert {"title", "description", "examples"} <= part.keys(), way
        assert part["description"].endswith("."), way
        for example in part["examples"]:
            assert [error.message for error in validator(part, schema).iter_errors(example)] == [], way


@pytest.mark.parametrize("name", FILES)
def test_nothing_unknown_is_let_through(name: str) -> None:
    for way, part in [("", read(name)), *parts(read(name))]:
        if "properties" in part:
            assert part["additionalProperties"] is False, way


@pytest.mark.parametrize("kind", KINDS)
def test_the_short_reading_knows_every_keyword(kind: str) -> None:
    used = {keyword for _, part in [("", SCHEMAS[kind]), *parts(SCHEMAS[kind])] for keyword in part}
    assert used - ANNOTATIONS <= KEYWORDS.keys()


def shipped() -> Iterator[Path]:
    return resources.folder(resources.PERMISSION_SETS).glob("**/*.yaml")


@pytest.mark.parametrize("path", sorted(shipped()), ids=lambda path: path.stem)
def test_what_is_shipped_keeps_to_its_schema(path: Path) -> None:
    data = parse_yaml(path.read_bytes(), path.name)
    schema = SCHEMAS[str(data["kind"])]
    assert [error.message for error in validator(schema, schema).iter_errors(data)] == []


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([0.0, 1.0, 1.5, float("inf")])
    | st.sampled_from(
        ["", "a", "A b", "P30D", "P1H", "2026-09-01", "2026-02-30", "6.1.e", "pupil", "Students.Id", "a..b"]
    )
    | st.text(" aZ09_-.:é\n\u2028", max_size=5),  # of few characters: the table of all takes seconds to make
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "none_confirmed", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def ways(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every member of a document."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*way, step)
        yield from ways(member, (*way, step))


DOCUMENTS = [
    json.loads(json.dumps(parse_yaml(path.read_bytes(), path.name)))
    for path in sorted(shipped())
    if "apps" in path.parts
] + [example for schema in SCHEMAS.values() for example in schema["examples"]]


WAYS = [(document, way) for document in DOCUMENTS for way in ways(document)]
"""Every member of every document. Drawn are only its number and what takes its place: Hypothesis gives up where
drawing is slow, and to walk and copy whole documents was, on a busy machine."""
DROPPED = object()


def damaged(at: int, member: object) -> Any:
    """Return a good declaration of which one member is another, or is dropped."""
    document, (*steps, last) = WAYS[at]
    place = whole = copy.deepcopy(document)
    for step in steps:
        place = place[step]
    if member is DROPPED:
        del place[last]
    else:
        place[last] = member
    return whole


@given(st.integers(0, len(WAYS) - 1), anything | st.just(DROPPED), st.sampled_from(KINDS))
def test_both_readers_agree_on_a_damaged_declaration(at: int, member: object, other_kind: str) -> None:
    document = damaged(at, member)
    kinds = [kind for kind in KINDS if kind == document.get("kind")] or [other_kind]
    schema = SCHEMAS[kinds[0]]
    assert conforms(document, schema, schema) == validator(schema, schema).is_valid(document)


PARTS = [(part, schema) for schema in SCHEMAS.values() for _, part in parts(schema)]


@given(st.sampled_from(PARTS), anything)
def test_both_readers_agree_on_anything(part: tuple[Schema, Schema], value: object) -> None:
    assert conforms(value, *part) == validator(*part).is_valid(value)
