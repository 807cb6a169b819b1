"""OneRoster's tables: their columns, and the manifest that says which of them came, and whether whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.integrators.base import Beside, Claim, Tables
from compliance.integrators.oneroster_columns import COLUMNS
from compliance.integrators.tables import beside
from compliance.inventory.batch import Piece, Record
from compliance.model.inventory import Notice

MANIFEST = "manifest"
STATUS = "status"
GONE = frozenset({"tobedeleted"})
"""What stands in ``status`` of what is gone. Other words than this and ``active`` are no standard's."""
VERSIONS = frozenset({"1.1", "1.2"})


def _told(source: str, records: Sequence[Record]) -> Iterator[Piece | Claim]:
    """Read a manifest. Of what it holds, only the names of known tables are ever repeated."""
    unknown = claims = 0
    for record in records:
        name, said = (str(record.get(column) or "").strip() for column in COLUMNS[MANIFEST])
        if name == "oneroster.version" and said not in VERSIONS:
            yield Notice(
                source, "is of another version of OneRoster than 1.1 or 1.2: it was read as if it were one of them"
            )
        if not name.startswith("file."):
            continue
        table = name.removeprefix("file.").rstrip("*")
        if table not in COLUMNS or said.casefold() not in {"absent", "bulk", "delta"}:
            unknown += 1
            continue
        claims += 1
        yield _claim(source, table, is_there=said.casefold() != "absent")
        if said.casefold() == "delta":
            yield Notice(source, f"says that {table}.csv holds changes alone: what did not change is not there", table)
    if unknown or not claims:
        yield Notice(
            source, f"does not say of every file whether it is there and whole ({unknown} lines are not understood)"
        )


def _claim(source: str, table: str, *, is_there: bool) -> Beside:
    what = f"names {table}.csv, which did not come" if is_there else f"says that {table}.csv is absent, and it came"
    return Beside(
        source=source,
        file=beside(source, f"{table}.csv"),
        otherwise=Notice(source, what, table if is_there else ""),
        is_there=is_there,
    )


TABLES = Tables(
    label="OneRoster",
    columns=COLUMNS,
    added=("metadata.", "ext_"),
    marks=frozenset({"sourcedId"}),
    status=STATUS,
    gone=GONE,
    control=MANIFEST,
    told=_told,
)
