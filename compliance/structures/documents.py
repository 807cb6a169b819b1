"""JSON Schema and OpenAPI documents, in JSON or YAML: each described object is a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from compliance.declarations.nodes import Node
from compliance.declarations.yaml_nodes import parse_yaml
from compliance.errors import DeclarationError, SourceError
from compliance.model.paths import EACH, FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.files import nothing_in, text_at

ENDINGS = (".yaml", ".yml")
_BEGINNING = re.compile(
    r'\ufeff?\s*\{\s*(?:"[$\w]+"\s*:\s*"[^"]*"\s*,\s*)*"(?:\$schema|\$id|openapi|swagger|\$defs)"\s*:'
)
_HEAD = 4_096
_DEFINED = (("components", "schemas"), ("definitions",), ("$defs",))
"""Where OpenAPI 3, Swagger 2 and JSON Schema keep what they define."""


def is_document(address: str) -> bool:
    """Whether a JSON Schema or an OpenAPI document stands at an address: of JSON files, by how it begins."""
    path = Path(address)
    if not path.is_file():
        return False
    if path.suffix.casefold() in ENDINGS:
        return True
    return path.suffix.casefold() == ".json" and bool(_BEGINNING.match(_beginning(path)))


def read_document(address: str) -> Structure:
    """Read a document. Raises ``SourceError``."""
    path = Path(address)
    root = _root(path)
    columns = [*_all(root, path.name.partition(".")[0])]
    if not columns:
        raise nothing_in(address, "object with properties")
    datasets = dict.fromkeys(column.path.dataset for column in columns)
    return Structure(sources=(path.as_posix(),), datasets=tuple(datasets), columns=tuple(dict.fromkeys(columns)))


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""  # whoever reads it says why it cannot be read


def _root(path: Path) -> Node:
    name = path.as_posix()
    text_at(path)  # says what is wrong with the file itself
    try:
        return Node.root(parse_yaml(path.read_bytes(), name), name)
    except DeclarationError as error:
        first = error.problems[0]
        message = first.message[0].upper() + first.message[1:]
        raise SourceError(message, hint=first.hint, place=first.place) from None


_Seen = frozenset[str]
"""References on the way to a part: one that comes again leads in a circle."""


def _all(root: Node, stem: str) -> Iterator[Column]:
    """Yield the columns of the document's own object, then those of each object that it defines."""
    title = root.text("title")
    name = title if re.fullmatch(r"[\w.-]+", title) else stem
    yield from _columns(root, root, name, (), frozenset())
    for way in _DEFINED:
        defined: Node | None = root
        for step in way:
            defined = defined.get(step) if defined else None
        for key, member in _members(defined):
            yield from _columns(member, root, str(key.value), (), frozenset({"/".join(("#", *way, str(key.value)))}))


def _members(node: Node | None) -> Iterator[tuple[Node, Node]]:
    """Yield each key with its member."""
    for key in node.key_nodes() if node else ():
        member = node.get(str(key.value)) if node else None
        if member:
            yield key, member


def _columns(node: Node, root: Node, dataset: str, names: tuple[str, ...], seen: _Seen) -> Iterator[Column]:
    """Yield a column for each property that holds no object of its own, however deep."""
    while reference := node.get("$ref"):
        way = str(reference.value)
        if way in seen or not way.startswith("#/"):
            return
        seen |= {way}
        node = _target(reference, root)
    for part in ("allOf", "anyOf", "oneOf"):
        for each in node.each(part):
            yield from _columns(each, root, dataset, names, seen)
    if items := node.get("items"):
        yield from _columns(items, root, dataset, (*names, EACH) if names else (), seen)
    for key, member in _members(node.get("properties")):
        path = (*names, str(key.value))
        yield from [*_columns(member, root, dataset, path, seen)] or [Column(FieldPath.of(dataset, *path), key.place)]


def _target(reference: Node, root: Node) -> Node:
    """Return what a reference within the document names."""
    target: Node | None = root
    for step in str(reference.value)[2:].split("/"):
        target = target.get(step.replace("~1", "/").replace("~0", "~")) if target else None
    if target is None:
        raise SourceError("A reference leads nowhere.", hint="Define what it names.", place=reference.place)
    return target
