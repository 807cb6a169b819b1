"""SQLAlchemy metadata: ``sqlalchemy:package.module:Base``, a declarative base or a ``MetaData``.

Nothing of SQLAlchemy is imported here: the app's own objects are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from typing import Any

from compliance.errors import Place
from compliance.model.paths import FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.code import from_here, line_of
from compliance.structures.files import nothing_in

PREFIX = "sqlalchemy:"
HOME = frozenset({None, "public", "dbo", "main"})


def read_models(address: str) -> Structure:
    """Import what ``address`` names, and read its tables. Raises ``SourceError``."""
    module, _, name = address.removeprefix(PREFIX).partition(":")
    with from_here(address):
        named: Any = reduce(getattr, name.split(".") if name else (), import_module(module))
        places = dict(_mapped(named))
        tables = [*getattr(named, "metadata", named).tables.values()]
        columns = [
            Column(path, places.get((table, column.key), Place(module)))
            for table in tables
            for column in table.columns
            for path in [FieldPath.of(_dataset(table), column.name)]
        ]
    if not columns:
        raise nothing_in(address, "table")
    return Structure(sources=(address,), datasets=tuple(map(_dataset, tables)), columns=tuple(columns))


def _dataset(table: Any) -> str:  # noqa: ANN401 - the app's own SQLAlchemy, whichever version
    return str(table.name) if table.schema in HOME else f"{table.schema}.{table.name}"


def _mapped(base: Any) -> Iterator[tuple[tuple[object, str], Place]]:  # noqa: ANN401 - likewise
    """Yield where the attribute of each mapped column stands."""
    for mapper in getattr(getattr(base, "registry", None), "mappers", ()):
        for attribute in mapper.column_attrs:
            for column in attribute.columns:
                yield (column.table, column.key), line_of(mapper.class_, attribute.key)
