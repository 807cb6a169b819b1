"""JSON Schema and OpenAPI documents, in JSON or YAML: each described object is a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from compliance.declarations.nodes import Node
from compliance.declarations.yaml_nodes import YamlMapping, parse_yaml
from compliance.errors import DeclarationError, Place, SourceError
from compliance.model.paths import EACH, FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.files import nothing_in, text_at

ENDINGS = (".yaml", ".yml")
DEEPEST = 12
"""Levels that are followed into objects: descriptions may lead in circles."""
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


def _all(root: Node, stem: str) -> Iterator[Column]:
    """Yield the columns of the document's own object, then those of each object that it defines."""
    title = root.text("title") if isinstance(root.value, YamlMapping) and "title" in root.value else ""
    name = title if re.fullmatch(r"[\w.-]+", title) else stem
    yield from _columns(root, root, name, (), 0)
    for way in _DEFINED:
        defined: Node | None = root
        for step in way:
            defined = defined.get(step) if defined else None
        for key in defined.key_nodes() if defined else ():
            member = defined.get(str(key.value)) if defined else None
            if member:
                yield from _columns(member, root, str(key.value), (), 0)


def _columns(node: Node, root: Node, dataset: str, names: tuple[str, ...], depth: int) -> Iterator[Column]:
    """Yield a column for each property that holds no object of its own, however deep."""
    node = _target(node, root)
    if depth > DEEPEST:
        return
    for part in ("allOf", "anyOf", "oneOf"):
        for each in node.each(part):
            yield from _columns(each, root, dataset, names, depth + 1)
    items = node.get("items")
    if items and isinstance(items.value, YamlMapping):
        below = (*names, EACH) if names else ()
        yield from _columns(items, root, dataset, below, depth + 1)
    properties = node.get("properties")
    for key in properties.key_nodes() if properties else ():
        member = properties.get(str(key.value)) if properties else None
        if member is None:
            continue
        path = (*names, str(key.value))
        inner = [*_columns(member, root, dataset, path, depth + 1)] if isinstance(member.value, YamlMapping) else []
        yield from inner or [Column(FieldPath.of(dataset, *path), key.place)]


def _target(node: Node, root: Node) -> Node:
    """Follow references within the document; one that leads out of it stands for itself."""
    seen: set[str] = set()
    while (reference := node.get("$ref")) and str(reference.value).startswith("#/"):
        way = str(reference.value)
        if way in seen:
            break
        seen.add(way)
        target: Node | None = root
        for step in way[2:].split("/"):
            target = target.get(step.replace("~1", "/").replace("~0", "~")) if target else None
        if target is None:
            raise SourceError(
                "A reference leads nowhere.", hint="Define what it names.", place=Place(node.file, *reference.mark)
            )
        node = target
    return node
