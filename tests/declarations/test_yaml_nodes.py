"""YAML: what its traps become, and that it reads JSON as JSON is read."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compliance import resources
from compliance.declarations import yaml_nodes
from compliance.declarations.load import load_declarations
from compliance.declarations.nodes import Node
from compliance.declarations.yaml_nodes import YamlList, YamlMapping, parse_yaml
from compliance.errors import DeclarationError, Problem


def value_of(text: str) -> object:
    return parse_yaml(f"key: {text}\n".encode(), "file.yaml")["key"]


WORDS = ["NO", "no", "on", "Off", "yes", "y", "True", "TRUE", "Null", "N/A", "="]
NUMBERS = ["1:30", "1:30:00", "0o17", "012", "1_000", "0x1F", "2.1.0", "+1", ".5", "5.", ".inf", "1e999", "9" * 20]


@pytest.mark.parametrize("text", [*WORDS, *NUMBERS, "2026-09-01", "2026-09-01T10:00:00Z"])
def test_a_plain_scalar_is_the_text_that_it_is(text: str) -> None:
    value = value_of(text)
    assert isinstance(value, str)
    assert value == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("2.1", 2.1),
        ("1e3", 1000.0),
        ('"true"', "true"),
        ("'7'", "7"),
        ('""', ""),
    ],
)
def test_booleans_numbers_and_nothing(text: str, expected: object) -> None:
    value = value_of(text)
    assert (value, type(value)) == (expected, type(expected))


def test_keys_are_texts() -> None:
    assert list(parse_yaml(b"on: a\n1: b\ntrue: c\n~: d\n", "f")) == ["on", "1", "true", "~"]


def test_every_value_knows_its_place() -> None:
    root = Node.root(
        parse_yaml("# über\nscopes:\n  - id: Ä\n    fields: [{path: x}, y]\n".encode(), "a/b.yaml"), "a/b.yaml"
    )
    scope = next(root.each("scopes"))
    path, second = next(scope.each("fields")).child("path"), scope.child("fields").child(1)
    assert [str(node.place) for node in (root, scope, path, second)] == [
        "a/b.yaml:2:1",
        "a/b.yaml:3:5",
        "a/b.yaml:4:21",
        "a/b.yaml:4:25",
    ]
    assert [path.where, second.where] == ["scopes[0].fields[0].path", "scopes[0].fields[1]"]
    assert str(scope.key("id").place) == "a/b.yaml:3:5"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    root = Node.root(parse_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f"), "f")
    assert (root.value, str(root.child("b").place)) == ({"a": 1, "b": 2}, "f:2:4")


def marks(value: object) -> object:
    """Return the places of everything in ``value``."""
    if isinstance(value, YamlMapping):
        return value.key_marks, value.value_marks, [marks(member) for member in value.values()]
    return (value.marks, [marks(element) for element in value]) if isinstance(value, YamlList) else None


def test_without_libyaml_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (resources.example_app() / "stored-fields.yaml").read_bytes()
    quick = parse_yaml(data, "f")
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.BaseLoader)
    slow = parse_yaml(data, "f")
    assert (slow, marks(slow)) == (quick, marks(quick))


plain_text = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"), max_size=20
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(plain_text, json_values))
def test_json_is_read_as_json(document: dict[str, object]) -> None:
    text = json.dumps(document, ensure_ascii=False)
    assert parse_yaml(text.encode(), "f") == json.loads(text)


def refusal(data: bytes) -> tuple[Problem, ...]:
    """Return the problems with a file; none when it is read."""
    try:
        parse_yaml(data, "f")
    except DeclarationError as error:
        return error.problems
    return ()


@given(st.text() | st.text("[]{}:,-#&*!|>'\"%@` \n\tabc~<?", max_size=60))
def test_any_text_is_read_or_refused_in_one_line_each(text: str) -> None:
    for problem in refusal(text.encode(errors="surrogatepass")):
        assert problem.place.file == "f"
        assert str(problem).isprintable()


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert all(problem.message for problem in refusal(data))


@given(st.sampled_from(sorted(resources.example_app().glob("*.yaml"))), st.data())
def test_a_damaged_file_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    """Cut a piece out of a good file, put something in its place, and load it."""
    text = path.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(damaged.encode(errors="surrogatepass"))
        try:
            load_declarations([file])
        except DeclarationError as error:
            told = error.problems
        else:
            told = ()
    assert all(str(problem).isprintable() for problem in told)
