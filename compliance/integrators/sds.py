"""Microsoft School Data Sync: a folder of CSV, in one of three formats.

The columns are those of the samples that Microsoft publishes (OfficeDev/O365-EDU-Tools, MIT).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from compliance.errors import Place, SourceError
from compliance.integrators.base import Document, Page, Seen, Tables
from compliance.integrators.sds_columns import FIRST, SECOND
from compliance.inventory.batch import Piece

_OWN = (
    {"DfE Number", "Name"}, {"School DfE Number"}, {"School SIS ID"}, {"Section ID", "ID"},
    {"Section SIS ID", "SIS ID"}, {"activeDirectoryMatchId"}, {"userSourcedId", "sessionSourcedId"},
    {"relationshipUserSourcedId"}, {"userSourcedId", "flag"}, {"sourcedId", "sessionSourcedIds"},
    {"classSourcedId", "userSourcedId"},
)  # fmt: skip
"""Columns that stand together in a documented table of School Data Sync."""
_STRANGE = {"status", "dateLastModified"}
"""Columns that tables of the same names have at OneRoster, and none has here."""


class SchoolDataSync:
    """Tables of School Data Sync; it has no documents."""

    name = "sds"
    tables = Tables(
        label="School Data Sync",
        columns={**FIRST, **SECOND},
        marks=frozenset({"School DfE Number", "School SIS ID", "activeDirectoryMatchId"}),
    )

    def recognise(self, seen: Seen) -> str | None:
        """Know a table by its name together with columns that only such a table has."""
        is_named = PurePosixPath(seen.path).stem.casefold() in map(str.casefold, self.tables.columns)
        if not is_named or seen.keys >= _STRANGE:
            return None
        own = next((columns for columns in _OWN if columns <= seen.keys), None)
        return f"has {' and '.join(map(repr, sorted(own)))} among its columns" if own else None

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Raise ``SourceError``: whatever a document is, it is none of School Data Sync's."""
        raise SourceError(
            "This is no table of School Data Sync: it is no CSV.",
            hint="If the data comes from somewhere else, say `--integrator plain`.",
            place=Place(document.source),
        )
