"""Where a person can be found, and where not: what was not searched has to be said (LAW.md 7)."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.errors import Place
from compliance.model.audit import Audit
from compliance.model.declarations import StoredDataset, StoredField
from compliance.reports.parts.activities import NOT_STATED, PEOPLE
from compliance.reports.parts.items import is_technical
from compliance.reports.parts.levels import Tag
from compliance.reports.parts.matrix import ORIGINS
from compliance.reports.parts.recipients import recipients
from compliance.reports.parts.retention import limit_words
from compliance.reports.words import counted, listed, named, sentence

BY_KEY, BY_HAND = Tag("ok", "By key"), Tag("caution", "By hand")
NOT_READ = Tag("unseen", "Not read")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLine:
    """One dataset, and how somebody is found in it."""

    dataset: str
    store: str
    people: str
    how: Tag
    key: str
    """The column to search by; what to do where there is none."""
    rows: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryLine:
    """One field that may hold the person's data."""

    label: str
    where: str
    source: str
    recipients: str
    kept: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One item that the app works out."""

    label: str
    made_from: str
    purposes: str
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """One item that may speak of somebody else."""

    label: str
    why: str


def search_lines(audit: Audit) -> tuple[SearchLine, ...]:
    """Return every declared dataset about people."""
    stored = audit.declarations.stored_fields
    return tuple(
        _search(audit, dataset) for dataset in (stored.datasets if stored else ()) if dataset.subject in PEOPLE
    )


def dictionary(audit: Audit) -> tuple[DictionaryLine, ...]:
    """Return every declared field about people in plain words, with its source and its recipients."""
    stored = audit.declarations.stored_fields
    technical = {line.stored_path for line in audit.ledger if is_technical(line)}
    return tuple(
        _word(audit, dataset, field)
        for dataset in (stored.datasets if stored else ())
        if dataset.subject in PEOPLE
        for field in dataset.fields
        if field.path not in technical
    )


def derived(audit: Audit) -> tuple[Derived, ...]:
    """Return what the app works out about people, and from what."""
    stored = audit.declarations.stored_fields
    asked = audit.declarations.permission_set
    purposes = asked.purposes if asked else {}
    return tuple(
        Derived(
            label=label_of(audit, field),
            made_from=listed(named(name) for name in field.derived_from)
            or ("Nothing else" if field.derived_from.none_confirmed else NOT_STATED),
            purposes=" ".join(sentence(purposes[key].text) for key in field.purposes if key in purposes) or NOT_STATED,
            trace=str(field.place),
        )
        for field in (stored.fields if stored else ())
        if field.source == "derived"
    )


def third_parties(audit: Audit) -> tuple[ThirdParty, ...]:
    """Return the items in which somebody else may be spoken of: free text, contacts, and what staff write."""
    found: dict[str, str] = {}
    for line in audit.ledger:
        if line.item and (line.declared.yes or line.held.yes):
            if line.item.free_text:
                found.setdefault(line.label, "Somebody writes sentences into it.")
            elif line.item.subject == "contact":
                found.setdefault(line.label, "It is about a parent or carer, who has rights of their own.")
    return tuple(ThirdParty(label=label, why=why) for label, why in found.items())


def label_of(audit: Audit, field: StoredField) -> str:
    """Return the plain name of a declared field."""
    item = audit.declarations.item(field.item) or next(
        (line.item for line in audit.ledger if line.stored_path == field.path and line.item), None
    )
    return item.label if item else f"Undescribed field {field.path}"


def _search(audit: Audit, dataset: StoredDataset) -> SearchLine:
    stored = audit.declarations.stored_fields
    store = stored.stores.get(dataset.store) if stored else None
    found = audit.store.datasets.get(dataset.name) if audit.store else None
    return SearchLine(
        dataset=named(dataset.name).capitalize(),
        store=store.label if store else NOT_STATED,
        people=PEOPLE[dataset.subject] if dataset.subject else NOT_STATED,
        how=BY_KEY if dataset.person_key else BY_HAND,
        key=f"Column {dataset.person_key}" if dataset.person_key
        else "No key of a person is declared: search it by hand, or say that it was not searched",
        rows=counted(found.rows, "row") if found else NOT_READ.word,
        trace=str(dataset.place),
    )  # fmt: skip


def _word(audit: Audit, dataset: StoredDataset, field: StoredField) -> DictionaryLine:
    limit = field.retention or dataset.retention
    catalogue = audit.declarations.catalogue
    source = (
        f"The school's records system, through {catalogue.label if catalogue else 'the integrator'}"
        if field.source_path
        else ORIGINS.get(field.source, NOT_STATED).rstrip(".")
    )
    return DictionaryLine(
        label=label_of(audit, field),
        where=named(dataset.name).capitalize(),
        source=source,
        recipients=recipients(audit, (dataset.name,)).sentence,
        kept=limit_words(limit) if limit else "No time limit is declared",
        trace=_place(field.place),
    )


def _place(place: Place) -> str:
    return str(place) if place.file else ""
