"""The declared fields of a shape, in the words of each peer. Nothing here knows what is planted."""

from __future__ import annotations

from benchmarks.cells import Declared

Document = dict[str, object]


def json_schema(declared: Declared) -> Document:
    """Return a JSON Schema that allows no other property at any level."""
    match declared:
        case dict():
            members: dict[str, object] = {name: json_schema(below) for name, below in declared.items()}
            return {"type": "object", "additionalProperties": False, "properties": members}
        case list():
            return {"type": "array", "items": json_schema(declared[0])}
        case _:
            return {"type": [declared, "null"]}


def table_schema(declared: dict[str, Declared]) -> Document:
    """Return a Table Schema (Frictionless Data)."""
    return {"fields": [{"name": name, "type": _kind(below)} for name, below in declared.items()]}


def contract(declared: dict[str, Declared], *, path: str, kind: str) -> Document:
    """Return a contract of the Open Data Contract Standard for one local file; ``kind`` is that of ``data_file``."""
    server = {"server": "local", "type": "local", "path": path, "format": "json" if kind == "jsonl" else kind}
    if kind == "jsonl":
        server["delimiter"] = "new_line"
    if kind == "csv":
        server["delimiter"] = ","
    return {
        "apiVersion": "v3.0.2",
        "kind": "DataContract",
        "id": "pupils",
        "name": "pupils",
        "version": "1.0.0",
        "status": "active",
        "servers": [server],
        "schema": [{"name": "pupils", "physicalType": "table", "properties": _properties(declared)}],
    }


def _properties(declared: dict[str, Declared]) -> list[Document]:
    return [{"name": name, **_property(below)} for name, below in declared.items()]


def _property(declared: Declared) -> Document:
    match declared:
        case dict():
            return {"logicalType": "object", "properties": _properties(declared)}
        case list():
            return {"logicalType": "array", "items": _property(declared[0])}
        case _:
            return {"logicalType": declared}


def _kind(declared: Declared) -> str:
    return "object" if isinstance(declared, dict) else "array" if isinstance(declared, list) else declared
