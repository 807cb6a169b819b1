"""dbt manifests (``target/manifest.json``): the columns that models, seeds, snapshots and sources declare."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compliance.errors import Place, SourceError
from compliance.model.inventory import Notice
from compliance.model.paths import FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.files import nothing_in, text_at

TABLES = frozenset({"model", "seed", "snapshot", "source"})
_VERSION = re.compile(rb'"dbt_schema_version"\s*:\s*"[^"]*/manifest/')
_HEAD = 4_096


def is_manifest(address: str) -> bool:
    """Whether a dbt manifest stands at an address, by how it begins."""
    path = Path(address)
    try:
        if path.suffix.casefold() != ".json" or not path.is_file():
            return False
        with path.open("rb") as stream:
            return bool(_VERSION.search(stream.read(_HEAD)))
    except OSError:
        return False  # whoever reads it says why it cannot be read


def read_manifest(address: str) -> Structure:
    """Read a manifest. Raises ``SourceError``."""
    path = Path(address)
    try:
        manifest = json.loads(text_at(path))
        tables = [*_tables(manifest)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise SourceError(
            "It is no manifest of dbt.", hint="`dbt parse` writes one.", place=Place(path.as_posix())
        ) from None
    columns = [column for _, told, _ in tables for column in told]
    if not columns:
        raise nothing_in(address, "column")
    silent = (Notice(file, f"declares no column of {name!r}", name) for name, told, file in tables if not told)
    return Structure(
        sources=(path.as_posix(),),
        datasets=tuple(name for name, _, _ in tables),
        columns=tuple(columns),
        notices=tuple(silent),
    )


def _tables(manifest: Mapping[str, Any]) -> Iterator[tuple[str, list[Column], str]]:
    """Yield name, columns and file of each table."""
    for node in (*manifest.get("nodes", {}).values(), *manifest.get("sources", {}).values()):
        if node.get("resource_type") in TABLES and node.get("config", {}).get("materialized") != "ephemeral":
            name = str(node.get("alias") or node.get("identifier") or node["name"])
            file = str(node.get("patch_path") or node.get("original_file_path") or "").rpartition("://")[2]
            names = [str(column.get("name") or key) for key, column in node.get("columns", {}).items()]
            yield name, [Column(FieldPath.of(name, each), Place(file)) for each in names], file
