"""Of which fields it may be remembered how far they reach.

The ends of a span are values of somebody, however coarse. So the list is of what is allowed, and short: numbers and
days that whole groups of people share, and that say when or how much, never who.

- ``ITEMS``: the year group and the academic year are those of a class at least, the size of a group and the counts of
  a school are no person's, and a school's calendar is the school's.
- Days of joining, leaving and using the app (items of format ``date`` in ``GROUPS``), as calendar years: a retention
  is judged by the oldest. A day of birth, of employment or of an event in a pupil's life is not among them.

Everything else has no span: identifiers, names and contact details tell who; ages, marks, points, attendance and money
have a highest and a lowest, which is one child's; texts and codes reach nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from compliance.model.declarations import Declarations, StoredDataset, StoredField
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, DataItem

ITEMS = frozenset({"academic-year", "group-size", "school-calendar", "school-counts", "year-group"})
GROUPS = frozenset({"app", "enrolment"})
"""Item groups whose days are remembered as years."""


def spanned_in_feed(declarations: Declarations) -> frozenset[FieldPath]:
    """Return the fields of the feed: all that anybody takes them for must allow it."""
    verdicts: defaultdict[FieldPath, set[bool]] = defaultdict(set)
    for path, entry in declarations.catalogue.fields.items() if declarations.catalogue else ():
        verdicts[path].add(may_be_spanned(declarations.item(entry.item)))
    for dataset, stored in _stored(declarations):
        if stored.source_path:
            verdicts[stored.source_path].add(_of_stored(dataset, stored, declarations))
    return frozenset(path for path, said in verdicts.items() if said == {True})


def spanned_in_store(declarations: Declarations) -> frozenset[FieldPath]:
    """Return the fields of the store."""
    return frozenset(
        stored.path for dataset, stored in _stored(declarations) if _of_stored(dataset, stored, declarations)
    )


def may_be_spanned(item: DataItem | None) -> bool:
    """Whether a field of this data item may have a span; never one that nobody named."""
    return (
        item is not None
        and item.data_class is DataClass.ORDINARY
        and item.code_set is None
        and not item.free_text
        and (item.id in ITEMS if item.format is None else item.format == "date" and item.group in GROUPS)
    )


def _of_stored(dataset: StoredDataset, stored: StoredField, declarations: Declarations) -> bool:
    """Whether the item allows it, and nothing that the vendor says of this field speaks against it."""
    tells_who = {dataset.person_key, dataset.birth_date, dataset.school_key, *dataset.name_columns}
    return (
        may_be_spanned(declarations.item(stored.item))
        and stored.data_class in {None, DataClass.ORDINARY}
        and stored.format in {None, "date"}
        and stored.code_set is None
        and stored.path.column not in tells_who
    )


def _stored(declarations: Declarations) -> Iterator[tuple[StoredDataset, StoredField]]:
    for dataset in declarations.stored_fields.datasets if declarations.stored_fields else ():
        for stored in dataset.fields:
            yield dataset, stored
