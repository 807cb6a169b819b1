"""Which columns of the store, and which fields of the feed, say who somebody is.

The declarations say it: the columns of a stored dataset, where each comes from, and the data items of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compliance.inventory.ways import Way, way_to
from compliance.model.declarations import Declarations, StoredDataset, StoredField
from compliance.model.paths import FieldPath, escape
from compliance.model.vocabulary import Subject

PEOPLE = frozenset({Subject.PUPIL, Subject.STAFF, Subject.CONTACT})
UPN = "upn"

Ways = tuple[Way, ...]
"""Every spelling of one field, the documented one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the records of one dataset say who somebody is. What they do not say has no way."""

    dataset: str
    key: Ways = ()
    """The identifier of the school's system."""
    upn: Ways = ()
    names: tuple[Ways, ...] = ()
    born: Ways = ()
    year_group: Ways = ()
    school: Ways = ()
    pending: Ways = ()
    """Set while two records wait to be merged."""

    @property
    def ways(self) -> Iterator[Way]:
        """Yield every way."""
        yield from (way for each in (*self.names, self.key, self.upn, self.born, self.year_group) for way in each)
        yield from (way for each in (self.school, self.pending) for way in each)


def of_store(dataset: StoredDataset, declarations: Declarations) -> Columns | None:
    """Return the columns of a stored dataset that says who somebody is; None for one that does not."""
    if dataset.subject not in PEOPLE or not (dataset.person_key or dataset.name_columns):
        return None
    upn = next((each.path.column for each in dataset.fields if _is_upn(each, declarations)), "")
    if not dataset.name_columns and not upn and not dataset.birth_date:
        return None  # it only points to people who are named elsewhere, such as an answer to a survey
    return Columns(
        dataset=dataset.name,
        key=_column(dataset.person_key),
        upn=_column(upn),
        names=tuple(map(_column, dataset.name_columns)),
        born=_column(dataset.birth_date),
        year_group=_column(dataset.year_group),
        school=_column(dataset.school_key),
        pending=_column(dataset.merge_pending),
    )


def of_feed(dataset: StoredDataset, declarations: Declarations) -> Columns | None:
    """Return the fields of the feed from which a stored dataset comes; None when nothing says which they are."""
    stored = {each.path.column: each for each in dataset.fields if not each.path.is_nested}
    sources = [dataset.person_key_source, *(_source(stored.get(name)) for name in dataset.name_columns)]
    name = next((source.dataset for source in sources if source), "")
    if not name:
        return None

    def field(column: str) -> Ways:
        known = stored.get(column)
        path = _source(known) or _by_item(known, name, declarations)
        return _spellings(path, declarations) if path and path.dataset == name else ()

    upn = next((each.path.column for each in dataset.fields if _is_upn(each, declarations)), "")
    person = dataset.person_key_source
    return Columns(
        dataset=name,
        key=_spellings(person, declarations) if person and person.dataset == name else field(dataset.person_key),
        upn=field(upn),
        names=tuple(filter(None, map(field, dataset.name_columns))),
        born=field(dataset.birth_date),
        year_group=field(dataset.year_group),
    )


def _column(name: str) -> Ways:
    return (way_to(escape(name)),) if name else ()


def _source(stored: StoredField | None) -> FieldPath | None:
    return stored.source_path if stored else None


def _by_item(stored: StoredField | None, dataset: str, declarations: Declarations) -> FieldPath | None:
    """Return the field of the feed's dataset that carries the same data item, where only one does."""
    fields: Mapping[FieldPath, object] = declarations.catalogue.fields if declarations.catalogue else {}
    if stored is None or not stored.item or declarations.catalogue is None:
        return None
    alike = [path for path in fields if path.dataset == dataset and _item(path, declarations) == stored.item]
    return alike[0] if len(alike) == 1 else None


def _item(path: FieldPath, declarations: Declarations) -> str | None:
    return declarations.catalogue.fields[path].item if declarations.catalogue else None


def _spellings(path: FieldPath, declarations: Declarations) -> Ways:
    aliases = declarations.catalogue.aliases if declarations.catalogue else {}
    others = (wire for wire, meant in sorted(aliases.items()) if meant == path and wire.dataset == path.dataset)
    return tuple(way_to(each.field) for each in (path, *others))


def _is_upn(stored: StoredField, declarations: Declarations) -> bool:
    item = declarations.item(stored.item)
    return not stored.path.is_nested and UPN in {stored.format or (item.format if item else None), stored.item}
