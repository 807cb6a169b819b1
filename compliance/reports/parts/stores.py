"""The places where the app keeps data, and whether a person can be found in them."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import Store, StoredFields
from compliance.reports.countries import country
from compliance.reports.parts.levels import Tag
from compliance.reports.parts.provenance import stores_not_read
from compliance.reports.words import listed, named

READ, NOT_READ = Tag("ok", "Read"), Tag("unseen", "Not read")
_ANSWERS = {True: "yes", False: "no", None: "not stated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLine:
    """One store."""

    label: str
    kind: str
    where: str
    guarded: str
    """Encryption, and who gets in."""
    found_by: str
    """Through which datasets a person can be found, seen, corrected and erased."""
    not_found_by: str
    """Datasets about people without a key of a person; empty when there are none."""
    looked: Tag
    trace: str


def store_lines(audit: Audit) -> tuple[StoreLine, ...]:
    """Return every declared store."""
    stored = audit.declarations.stored_fields
    unread = stores_not_read(audit)
    return tuple(_line(stored, store, unread) for store in stored.stores.values()) if stored else ()


def _line(stored: StoredFields, store: Store, unread: tuple[str, ...]) -> StoreLine:
    about = [d for d in stored.datasets if d.store == store.id and d.subject]
    keyed = [named(d.name) for d in about if d.person_key]
    bare = [named(d.name) for d in about if not d.person_key and d.subject in {"pupil", "staff", "contact"}]
    roles = listed(map(named, store.access_roles)) or ("none" if store.access_roles.none_confirmed else "not stated")
    return StoreLine(
        label=store.label,
        kind=named(store.kind).capitalize(),
        where=f"{country(store.country)}{f', {store.provider}' if store.provider else ''}",
        guarded=f"Encrypted: {_ANSWERS[store.encrypted]}. Who gets in: {roles}. "
        f"Access is logged: {_ANSWERS[store.access_logged]}.",
        found_by=listed(keyed) or "No dataset in it names a key of a person",
        not_found_by=listed(bare),
        looked=NOT_READ if store.label in unread else READ,
        trace=str(store.place),
    )
