"""The integrator's catalogue: from its file to its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliance.declarations.nodes import Node
from compliance.declarations.scalars import path_below
from compliance.model.catalogue import NO_SCOPE, Catalogue, CatalogueField, Contradiction, Meaning, Option, Scope
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject


def read_catalogue(root: Node) -> Catalogue:
    """Return the value of a file that keeps to its schema."""
    fields = {field.path: field for dataset in root.each("datasets") for field in _fields(dataset)}
    aliases = {FieldPath.parse(wire): FieldPath.parse(spelt) for wire, spelt in root.pairs("aliases").items()}
    return Catalogue(
        integrator=root.text("id"),
        label=root.text("label"),
        version=root.text("version"),
        absent_means=Meaning(root.text("absent_means")),
        null_means=Meaning(root.text("null_means")),
        scopes={node.text("id"): _scope(node) for node in root.each("scopes")},
        fields=fields,
        options={node.text("id"): _option(node) for node in root.each("options")},
        aliases=aliases,
        notes=root.texts("notes"),
        people_listed_by=frozenset(map(FieldPath.parse, root.texts("people_listed_by"))),
        contradictions=tuple(map(_contradiction, root.each("contradictions"))),
        deleted_below=root.text("deleted_below"),
        _folded=_folded(fields, aliases),
    )


def _scope(node: Node) -> Scope:
    return Scope(
        id=node.text("id"),
        label=node.text("label"),
        description=node.text("description"),
        subjects=tuple(Subject(subject) for subject in node.texts("subjects")),
        writes=bool(node.flag("writes")),
        note=node.text("note"),
    )


def _option(node: Node) -> Option:
    return Option(id=node.text("id"), dataset=node.text("dataset"), widens=node.text("widens"))


def _contradiction(node: Node) -> Contradiction:
    return Contradiction(
        says=" ".join(node.text("says").split()).removesuffix("."),
        scopes=frozenset(node.texts("scopes")),
        fields=frozenset(map(FieldPath.parse, node.texts("fields"))),
    )


def _fields(dataset: Node) -> Iterator[CatalogueField]:
    name = dataset.text("name")
    for node in dataset.each("fields"):
        yield CatalogueField(
            path=path_below(name, node.text("name")),
            any_of=tuple(tuple(way.split(" & ")) for way in node.texts("scopes")) or NO_SCOPE,
            item=node.text_or_none("item"),
            documented=node.flag("documented") is not False,
            option=node.text_or_none("option"),
            note=node.text("note"),
        )


def _folded(fields: Iterable[FieldPath], aliases: Mapping[FieldPath, FieldPath]) -> Mapping[tuple[str, str], FieldPath]:
    """Index documented spellings, and those of the wire, without regard to case; the documented one goes first."""
    folded: dict[tuple[str, str], FieldPath] = {}
    for wire, spelt in (*((path, path) for path in fields), *aliases.items()):
        folded.setdefault((wire.dataset.casefold(), wire.field.casefold()), spelt)
    return folded
