"""Which questions the declarations ask of the feed and of the store.

A rule pairs the two by kind and basis; the datasets' names differ. The basis of a question that both are asked is
the *integrator's* field path, in the feed's plan and in the store's:

==============  =======================================  ========================================================
kind            basis                                    asked of
==============  =======================================  ========================================================
``person``      person key, such as ``Students.Id``      feed: the integrator's dataset; store: every dataset with
                                                         a ``person_key`` that comes from it
``person_year`` person key and year group, such as       likewise, where the dataset has a ``year_group`` that
                ``Students.Id+Students.YearGroup``       comes from the same integrator's dataset
``group``       group name, such as ``Group.Name``       store: every dataset with a ``group_name``; feed: that
                                                         field and every other one that may name a group, such as
                                                         ``Students.RegGroup``: a class of the store is known to
                                                         the feed when *any* of the feed's ``group`` answers has it
``excluded``    none; the dataset is the subject         feed only, from the integrator's own list: its keys meet
                                                         those of the store's ``person``
==============  =======================================  ========================================================

A person key that comes from nowhere in the feed is filed under its own column.

The store alone is asked, each filed under the columns that answer it: ``duplicate`` (datasets that name people: by
UPN, by person key, and by name, date of birth and school), ``leaver``, ``year_off_age``, ``other_school`` (the
authorisation's school is its own), ``past_year``, and what ``row_plans`` asks of single rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.row_plans import plan_links, plan_rows, retention_from
from compliance.inventory.spanned import spanned_in_feed, spanned_in_store
from compliance.model.declarations import Declarations, Retention, StoredDataset
from compliance.model.paths import FieldPath, escape

GROUP_ITEMS = frozenset({"group-name", "registration-group", "class", "year-group", "house"})
"""Data items by which a feed names groups of pupils."""
LEAVING = frozenset({"roll.leaving_date", "staff.leaving_date"})
"""Triggers that are the dataset's day of leaving."""


def plan_feed(declarations: Declarations, *, at: dt.datetime, key: bytes) -> InventoryPlan:
    """Plan what to ask of the feed: what the store's answers will be compared with."""
    return InventoryPlan(at=at, key=key, measures=_once(_of_feed(declarations)), spans=spanned_in_feed(declarations))


def plan_store(declarations: Declarations, *, at: dt.datetime, key: bytes) -> InventoryPlan:
    """Plan what to ask of the store."""
    return InventoryPlan(
        at=at,
        key=key,
        measures=_once(
            chain(
                *(_of_dataset(dataset, declarations) for dataset in _datasets(declarations)),
                *(plan_rows(dataset, declarations) for dataset in _datasets(declarations)),
                plan_links(_datasets(declarations)),
            )
        ),
        spans=spanned_in_store(declarations),
    )


def _of_feed(declarations: Declarations) -> Iterator[MeasurePlan]:
    for dataset in _datasets(declarations):
        person, year = dataset.person_key_source, _source(dataset, dataset.year_group)
        if person:
            yield _of_paths("person", person)
        if person and year and year.dataset == person.dataset:
            yield _of_paths("person_year", person, year)
    yield from (_of_paths("group", path) for path in _group_names(declarations))


def _of_paths(kind: str, *paths: FieldPath) -> MeasurePlan:
    """Ask one of the integrator's datasets, by its own names."""
    return MeasurePlan(
        kind=kind,
        dataset=paths[0].dataset,
        columns=tuple(path.field for path in paths),
        basis="+".join(map(str, paths)),
    )


def _group_names(declarations: Declarations) -> Iterator[FieldPath]:
    """Yield every field of the feed that may name a group, in datasets from which the app keeps people or groups."""
    declared = [source for each in _datasets(declarations) if (source := _source(each, each.group_name))]
    if not declared:
        return
    yield from declared
    people = {each.person_key_source.dataset for each in _datasets(declarations) if each.person_key_source}
    datasets = people | {path.dataset for path in declared}
    for stored in declarations.stored_fields.fields if declarations.stored_fields else ():
        if stored.source_path and stored.source_path.dataset in datasets and stored.item in GROUP_ITEMS:
            yield stored.source_path
    for path, entry in declarations.catalogue.fields.items() if declarations.catalogue else ():
        if path.dataset in datasets and entry.item in GROUP_ITEMS:
            yield path


def _of_dataset(dataset: StoredDataset, declarations: Declarations) -> Iterator[MeasurePlan]:
    """Yield every question that the dataset's columns can answer."""
    person_source, year_source = dataset.person_key_source, _source(dataset, dataset.year_group)
    person_basis = str(person_source) if person_source else ""
    if dataset.person_key:
        allowed_back = dataset.hold if dataset.lists_erased else ""
        yield _of(dataset, "person", dataset.person_key, basis=person_basis, hold=allowed_back)
    if dataset.person_key and person_source and year_source and year_source.dataset == person_source.dataset:
        basis = f"{person_source}+{year_source}"
        yield _of(dataset, "person_year", dataset.person_key, dataset.year_group, basis=basis)
    if dataset.group_name:
        source = _source(dataset, dataset.group_name)
        basis = str(source) if source else ""
        yield _of(dataset, "group", dataset.group_name, basis=basis, hold=dataset.historic)
    if dataset.name_columns:
        yield from (
            _of(dataset, "duplicate", *columns, hold=dataset.merge_pending)
            for columns in _identities(dataset, declarations)
        )
    retention = retention_from(dataset, LEAVING)
    if dataset.leaving_date and retention:
        yield _of(
            dataset,
            "leaver",
            dataset.leaving_date,
            retention=retention,
            hold=dataset.hold,
            status=dataset.enrolment_status,
        )
    if dataset.year_group and dataset.birth_date:
        yield _of(dataset, "year_off_age", dataset.year_group, dataset.birth_date)
    own = own_numbers(declarations)
    if dataset.school_key and own:
        yield _of(dataset, "other_school", dataset.school_key, own=own)
    if dataset.academic_year:
        yield _of(dataset, "past_year", dataset.academic_year, hold=dataset.historic)


def _of(
    dataset: StoredDataset,
    kind: str,
    *columns: str,
    basis: str = "",
    hold: str = "",
    status: str = "",
    retention: Retention | None = None,
    own: frozenset[str] = frozenset(),
) -> MeasurePlan:
    """Ask one of the store's datasets, by the plain names of its columns."""
    return MeasurePlan(
        kind=kind,
        dataset=dataset.name,
        columns=tuple(map(escape, columns)),
        basis=basis,
        hold=escape(hold) if hold else "",
        status=escape(status) if status else "",
        retention=retention,
        own=own,
    )


def _identities(dataset: StoredDataset, declarations: Declarations) -> Iterator[tuple[str, ...]]:
    """Yield the columns that tell one person from another."""
    for stored in dataset.fields:
        item = declarations.item(stored.item)
        if "upn" in {stored.format or (item.format if item else None), stored.item} and not stored.path.is_nested:
            yield (stored.path.column,)
    if dataset.person_key:
        yield (dataset.person_key,)
    if dataset.birth_date:
        school = (dataset.school_key,) if dataset.school_key else ()
        yield (*dataset.name_columns, dataset.birth_date, *school)


def own_numbers(declarations: Declarations) -> frozenset[str]:
    """Return every number of the authorisation's school; none when there is no authorisation."""
    if declarations.authorisation is None:
        return frozenset()
    school = declarations.authorisation.school
    return frozenset(filter(None, (school.urn, school.laestab, *school.also_known_as)))


def _source(dataset: StoredDataset, column: str) -> FieldPath | None:
    """Return the integrator's field that a column comes from."""
    return next(
        (each.source_path for each in dataset.fields if column and each.path == FieldPath.of(dataset.name, column)),
        None,
    )


def _datasets(declarations: Declarations) -> tuple[StoredDataset, ...]:
    return declarations.stored_fields.datasets if declarations.stored_fields else ()


def _once(plans: Iterable[MeasurePlan]) -> tuple[MeasurePlan, ...]:
    """Ask every question once, whoever wants to know."""
    return tuple({plan.key: plan for plan in plans}.values())
