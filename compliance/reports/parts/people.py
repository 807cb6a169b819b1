"""How many people the data is about, by what they are to the school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliance.model.audit import Audit
from compliance.model.inventory import Inventory
from compliance.model.vocabulary import Subject

WORDS = {Subject.PUPIL: "Pupils", Subject.STAFF: "Staff", Subject.CONTACT: "Parents and carers"}


def people_held(audit: Audit) -> Mapping[Subject, int]:
    """Count the people in the store, by the person keys that the stored fields declare."""
    stored, store = audit.declarations.stored_fields, audit.store
    if stored is None or store is None:
        return {}
    keys = ((d.subject, d.name, str(d.person_key_source or "")) for d in stored.datasets if d.subject and d.person_key)
    return _most((subject, _people(store, dataset, basis)) for subject, dataset, basis in keys)


def people_received(audit: Audit) -> Mapping[Subject, int]:
    """Count the people in the feed: by the fields that person keys come from, else by whole datasets."""
    stored, feed = audit.declarations.stored_fields, audit.feed
    if feed is None:
        return {}
    if stored is None:
        return _most(_by_catalogue(audit, feed))
    keys = ((d.subject, d.person_key_source) for d in stored.datasets if d.subject and d.person_key_source)
    return _most((subject, _people(feed, source.dataset, str(source))) for subject, source in keys)


def people_of(audit: Audit) -> Mapping[Subject, int]:
    """Count the people whom the data is about: those kept, or those received where no store was looked at."""
    return {**people_received(audit), **people_held(audit)}


def _people(inventory: Inventory, dataset: str, basis: str) -> int:
    """Count different person keys; where nobody asked for them, rows."""
    measure = inventory.measure("person", dataset, basis)
    if measure is not None:
        return len(measure.keys)
    profile = inventory.datasets.get(dataset)
    return profile.rows if profile else 0


def _by_catalogue(audit: Audit, feed: Inventory) -> Iterator[tuple[Subject, int]]:
    """Yield the rows of every dataset that holds the school's own number of a person."""
    catalogue = audit.declarations.catalogue
    for dataset in feed.datasets.values():
        fields = (catalogue.fields.get(catalogue.canonical(path)) for path in dataset.fields) if catalogue else ()
        items = {field.item for field in fields if field}
        for item, subject in (("mis-id", Subject.PUPIL), ("staff-mis-id", Subject.STAFF)):
            if item in items:
                yield subject, dataset.rows


def _most(counts: Iterator[tuple[Subject, int]]) -> Mapping[Subject, int]:
    """Keep the largest count of each subject, in the order in which documents list them."""
    most: dict[Subject, int] = {}
    for subject, count in counts:
        if subject in WORDS:
            most[subject] = max(count, most.get(subject, 0))
    return {subject: most[subject] for subject in WORDS if subject in most}
