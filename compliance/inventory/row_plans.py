"""Which questions are asked of the store's rows by themselves, each filed under the column that answers it.

``old_record``, ``account_of_leaver``, ``age_out_of_range`` and ``in_time`` are asked where a dataset declares the roles
that they need; ``too_precise``, ``retired_code``, ``temporary_upn``, ``birth_date_in_text`` and ``no_day`` where a
field's declaration or data item says what its values are. Days are asked of lists of people, and elsewhere of columns
with a role: a table of what people did may be long, and its rows would have to come for this alone. ``link`` and
``linked`` are two halves of one question: what rows say that they belong to, and what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from compliance.inventory.measures import MeasurePlan
from compliance.inventory.questions.precision import FINER
from compliance.model.declarations import Declarations, Retention, StoredDataset, StoredField
from compliance.model.paths import escape
from compliance.model.vocabulary import DataItem, Subject

RECORDED = frozenset({"record.created"})
"""Triggers that are the day on which a row was written."""
JOINING = "entry-date"
"""Data item of the day on which a pupil joined."""


def plan_rows(dataset: StoredDataset, declarations: Declarations) -> Iterator[MeasurePlan]:
    """Yield the questions that the dataset's rows can answer by themselves."""
    yield from _of_roles(dataset, declarations)
    yield from _of_fields(dataset, declarations)


def plan_links(datasets: tuple[StoredDataset, ...]) -> Iterator[MeasurePlan]:
    """Yield what rows say that they belong to, and where it is looked for."""
    for dataset in datasets:
        link = dataset.belongs_to
        if link is None:
            continue
        yield MeasurePlan(
            kind="link",
            dataset=dataset.name,
            columns=(escape(link.column),),
            basis="+".join(map(str, link.found_in)),
            hold=_column(dataset.hold),
        )
        for path in link.found_in:
            yield MeasurePlan(kind="linked", dataset=path.dataset, columns=(path.field,), basis=str(path))


def retention_from(dataset: StoredDataset, triggers: frozenset[str]) -> Retention | None:
    """Return the retention that counts from one of these events: the dataset's, or else a field's."""
    retentions = (dataset.retention, *(stored.retention for stored in dataset.fields))
    return next((each for each in retentions if each and each.period and each.trigger in triggers), None)


def _of_roles(dataset: StoredDataset, declarations: Declarations) -> Iterator[MeasurePlan]:
    ask, hold = partial(MeasurePlan, dataset=dataset.name), _column(dataset.hold)
    recorded = retention_from(dataset, RECORDED)
    if dataset.recorded_on and recorded:
        yield ask(kind="old_record", columns=(escape(dataset.recorded_on),), retention=recorded, hold=hold)
    if dataset.leaving_date and dataset.active:
        columns = (escape(dataset.leaving_date), escape(dataset.active), _column(dataset.access_until))
        yield ask(kind="account_of_leaver", columns=columns, basis=escape(dataset.active))
    ages = declarations.authorisation.school.ages if declarations.authorisation else None
    if dataset.birth_date and dataset.subject is Subject.PUPIL and ages:
        yield ask(kind="age_out_of_range", columns=(escape(dataset.birth_date),), ages=ages)
    if dataset.synced_on and dataset.sync_within:
        yield ask(kind="in_time", columns=(escape(dataset.synced_on),), within=dataset.sync_within)


def _of_fields(dataset: StoredDataset, declarations: Declarations) -> Iterator[MeasurePlan]:
    ask = partial(MeasurePlan, dataset=dataset.name)
    known = [(stored, declarations.item(stored.item)) for stored in dataset.fields]
    joined = next((stored.path.field for stored, item in known if item and item.id == JOINING), "")
    texts = tuple(stored.path.field for stored, item in known if item and item.free_text)
    if dataset.birth_date and texts:
        born = escape(dataset.birth_date)
        yield ask(kind="birth_date_in_text", columns=(born, *texts), basis="+".join(texts))
    for stored, item in known:
        field = stored.path.field
        if stored.precision in FINER:
            yield ask(kind="too_precise", columns=(field,), precision=stored.precision)
        if retired := _retired(stored, item, declarations):
            yield ask(kind="retired_code", columns=(field,), codes=retired, hold=_column(dataset.historic))
        match stored.format or (item.format if item else None):
            case "upn" if joined:
                yield ask(kind="temporary_upn", columns=(field, joined), basis=field)
            case "date" if dataset.name_columns or stored.path.column in dataset.roles:
                yield ask(kind="no_day", columns=(field,))
            case _:
                pass


def _retired(stored: StoredField, item: DataItem | None, declarations: Declarations) -> frozenset[str]:
    """Return the retired codes of the set whose codes a field holds."""
    code_set = declarations.vocabulary.code_sets.get(stored.code_set or (item.code_set if item else None) or "")
    return frozenset(entry.code for entry in code_set.codes if entry.retired) if code_set else frozenset()


def _column(name: str) -> str:
    return escape(name) if name else ""
