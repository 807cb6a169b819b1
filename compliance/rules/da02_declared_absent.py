"""DA02: what is declared is there."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import StoredDataset
from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import DatasetProfile
from compliance.model.ledger import LedgerLine
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named


@rule(
    "DA02",
    "declared-absent",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(2)", "UK GDPR 30"),
)
def declared_absent(case: Case) -> Iterator[Hit]:
    """A declared field is nowhere in the store.

    Why:
        A record that lists what is not there is as wrong as one that leaves out what is: a school believes that the
        data exists, and a search for it comes to nothing.
    Example:
        The declarations name "pupil.house"; the table has no such column.
    Instead:
        Take the field out of the declarations, or say since when it is no longer filled (deprecated_from).
    Silent when:
        - The field is optional and this school has not granted it.
        - The day has come from which it is no longer filled (deprecated_from).
        - The field is a key of records or objects of which the store holds none, so that nobody can see it.
    """
    store = given(case.store)
    absent = {
        line.stored_path: line
        for line in case.ledger
        if line.stored_path and line.stored and line.held.profile is None and not _is_expected(line, case)
    }
    for dataset in given(case.declarations.stored_fields).datasets:
        profile = store.datasets.get(dataset.name)
        lines = [absent[stored.path] for stored in dataset.fields if stored.path in absent]
        if profile is None and lines:
            yield _missing(dataset)
        elif profile is not None:
            yield from (_absent(line) for line in lines if line.stored_path and _can_be_seen(line.stored_path, profile))


def _is_expected(line: LedgerLine, case: Case) -> bool:
    is_optional = line.request is not None and line.request.required is False
    deprecated = line.stored.deprecated_from if line.stored else None
    return (is_optional and line.granted.no) or (deprecated is not None and deprecated <= case.today)


def _can_be_seen(path: FieldPath, dataset: DatasetProfile) -> bool:
    """Whether the dataset would show the field if it were there: keys show in records and objects only."""
    if not path.is_nested:
        return bool(dataset.rows or dataset.fields)
    column = dataset.fields.get(FieldPath.of(path.dataset, path.column))
    return column is None or bool(column.filled)


def _missing(dataset: StoredDataset) -> Hit:
    return Hit(
        message=f"The dataset {dataset.name} is declared and is not in the store.",
        path=FieldPath(dataset.name),
        place=dataset.place,
        evidence={"fields": len(dataset.fields)},
        fix="Take the dataset out of the declarations, or look at the store that holds it as well.",
    )


def _absent(line: LedgerLine) -> Hit:
    path = line.stored_path or line.path
    return Hit(
        message=f"{named(line.item, path)} is declared and is not in the store.",
        path=path,
        place=line.stored.place if line.stored else None,
        item=line.item,
        data_class=line.data_class,
        evidence={"dataset": path.dataset},
        fix="Take the field out of the declarations, or add deprecated_from.",
    )
