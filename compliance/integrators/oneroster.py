"""OneRoster: bundles of tables (CSV, versions 1.1 and 1.2), and answers of its endpoints (REST, version 1.1).

Columns are those of the standard's CSV binding; answers are objects with one list, called like the table is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from compliance.errors import Place, SourceError
from compliance.integrators.base import Document, Page, Seen
from compliance.integrators.batches import Row, batches
from compliance.integrators.oneroster_columns import COLUMNS, KEPT
from compliance.integrators.oneroster_tables import GONE, MANIFEST, STATUS, TABLES
from compliance.integrators.tables import DELETED
from compliance.inventory.batch import Deletions, Piece
from compliance.model.inventory import Notice

ERROR_KEYS = frozenset({"statusInfoSet", "imsx_StatusInfo", "imsx_codeMajor", "imsx_severity", "imsx_description"})
"""Members of an answer that says that something went wrong."""
_SINGULAR: Mapping[str, str] = MappingProxyType(
    {"category": "categories", "class": "classes"}
    | {name.removesuffix("s"): name for name in COLUMNS if name not in {MANIFEST, "categories", "classes"}}
)
"""The member that holds one record alone, by whose id was asked for, to its table."""


class OneRoster:
    """Tables and answers of OneRoster."""

    name = "oneroster"
    tables = TABLES

    def recognise(self, seen: Seen) -> str | None:
        """Know a bundle by its manifest, and a table or an answer by what each of its records begins with."""
        if PurePosixPath(seen.path).stem.casefold() == MANIFEST and seen.keys == {*COLUMNS[MANIFEST]}:
            return "has 'propertyName' and 'value' as its columns"
        if {*KEPT} <= seen.keys:
            return f"has {', '.join(map(repr, KEPT[:-1]))} and {KEPT[-1]!r} in its records"
        return None

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Turn one answer into pieces.

        Raises ``SourceError`` when the document is no answer of OneRoster.
        """
        if document.shape == "array":
            raise _no_answer(document)
        deleted: Counter[str] = Counter()
        others: Counter[str] = Counter()
        is_answer = False
        for batch in batches(document.source, _rows(document, deleted, others)):
            is_answer = True
            yield batch
        if others.keys() & ERROR_KEYS:
            what = "records may be missing" if is_answer else "there is no data in it"
            yield Notice(document.source, f"is an error answer of the integrator: {what}")
        elif not is_answer:
            raise _no_answer(document)
        for dataset, count in sorted(deleted.items()):
            yield Deletions(source=document.source, dataset=dataset, count=count)
        if unread := others.total() - sum(others[key] for key in ERROR_KEYS):
            yield Notice(
                document.source, f"holds {unread} values that are no records of a known kind and were not read"
            )


def _rows(document: Document, deleted: Counter[str], others: Counter[str]) -> Iterator[Row]:
    for name, value in document.members():
        dataset = name if name in COLUMNS and name != MANIFEST else _SINGULAR.get(name, "")
        if dataset and value == []:
            yield Row(dataset)
        elif not dataset or not isinstance(value, dict):
            others[name if name in ERROR_KEYS else ""] += 1
        elif str(value.get(STATUS)).casefold() in GONE:
            deleted[dataset] += 1
            yield Row(dataset, {DELETED: value})
        else:
            yield Row(dataset, value)


def _no_answer(document: Document) -> SourceError:
    return SourceError(
        "This is no answer of OneRoster: it is not an object that holds a list of records of a known kind.",
        hint="If the data comes from somewhere else, say `--integrator plain`.",
        place=Place(document.source),
    )
