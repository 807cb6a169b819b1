"""What changed in what the app says it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compliance.changes.base import Change, Kind, Sign, both, details
from compliance.changes.classes import class_change
from compliance.changes.exactness import by_exactness, precision
from compliance.changes.retentions import retention_changes
from compliance.model.declarations import (
    Declarations,
    Recipient,
    Retention,
    Store,
    StoredDataset,
    StoredField,
    StoredFields,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass
from compliance.model.wording import named

UNVEILED = ("hashed", "truncated", "derived", "none")
"""How a value is transformed before it is kept, the most protective first."""
PROTECTIONS = {"encrypted": "encrypted", "access_logged": "watched"}
"""Member of a store that protects what stands there to what one says of it."""
OUTSIDE = ("internal", "sub_processor", "external")
"""Kinds of recipient, the nearest first."""


def stored_field_changes(before: Declarations, now: Declarations) -> Iterator[Change]:
    """Yield every change from one declaration of stored fields to the next; nothing when one is lacking."""
    earlier, later = before.stored_fields, now.stored_fields
    if earlier is None or later is None:
        return
    told = {"version", "stores", "retentions", "datasets"}
    yield from details(earlier, later, told, name="The declaration of stored fields", place=later.place)
    yield from _countries(earlier, later)
    for was, store in both(earlier.stores, later.stores):
        yield from _store(was, store)
    for then, retention in both(earlier.retentions, later.retentions):
        if then and retention:
            yield from _retention(then, retention)
    datasets = [{dataset.name: dataset for dataset in given.datasets} for given in (earlier, later)]
    for old, dataset in both(*datasets):
        yield from _dataset(old, dataset)
    fields = [dict(_fields(declared, given)) for declared, given in ((before, earlier), (now, later))]
    for kept, field in both(*fields):
        yield from _field(kept, field)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stored field, and what is known of its meaning."""

    field: StoredField
    declarations: Declarations

    @property
    def data_class(self) -> DataClass | None:
        """Its own class, or that of its data item."""
        item = self.declarations.item(self.field.item)
        return self.field.data_class or (item.data_class if item else None)

    @property
    def name(self) -> str:
        return named(self.declarations.item(self.field.item), self.field.path)

    def change(self, kind: Kind, sign: Sign, message: str, **evidence: str) -> Change:
        return Change(
            kind=kind,
            sign=sign,
            message=message,
            path=self.field.path,
            place=self.field.place,
            item=self.declarations.item(self.field.item),
            data_class=self.data_class,
            evidence=evidence,
        )


def _fields(declarations: Declarations, stored: StoredFields) -> Iterator[tuple[str, _Kept]]:
    return ((str(field.path), _Kept(field, declarations)) for field in stored.fields)


def _countries(before: StoredFields, now: StoredFields) -> Iterator[Change]:
    """Yield each country to which a new store brings data for the first time; a store that moves tells of itself."""
    known = {store.country for store in before.stores.values()}
    for store in now.stores.values():
        if store.id not in before.stores and store.country not in known:
            known.add(store.country)
            message = f"Data now also stands in {store.country or 'a country that is not named'} ({store.label})."
            yield _of_store(Kind.COUNTRY_ADDED, Sign.BREAKING, store, message, country=store.country)


def _store(before: Store | None, now: Store | None) -> Iterator[Change]:
    if now is None:
        if before:
            yield _of_store(Kind.STORE_REMOVED, Sign.NARROWER, before, f"{before.label} is no longer a store.")
        return
    if before is None:
        yield _of_store(Kind.STORE_ADDED, Sign.NEUTRAL, now, f"{now.label} is a new store.")
        yield from _recipients({}, now)
        return
    yield from _where(before, now)
    yield from _guarded(before, now)
    yield from _recipients({each.id: each for each in before.recipients}, now)
    told = {"country", "safeguard", "provider"}
    told |= {member for member in PROTECTIONS if getattr(before, member)}
    told |= {"recipients"} if _kinds(before) != _kinds(now) else set()
    yield from details(before, now, told, name=now.label, place=now.place)


def _kinds(store: Store) -> dict[str, str]:
    return {recipient.id: recipient.kind for recipient in store.recipients}


def _where(before: Store, now: Store) -> Iterator[Change]:
    if before.country != now.country:
        message = f"{now.label} stood in {before.country or 'no named country'} and now stands in {now.country}."
        yield _of_store(Kind.COUNTRY_ADDED, Sign.BREAKING, now, message, moved_to=now.country)
    if before.safeguard != now.safeguard:
        message = f"{now.label} relies on another safeguard for the transfer than before."
        yield _of_store(Kind.SAFEGUARD_CHANGED, Sign.BREAKING if before.safeguard else Sign.NEUTRAL, now, message)
    if before.provider != now.provider:
        was, is_now = (provider or "nobody named" for provider in (before.provider, now.provider))
        sign = Sign.BREAKING if now.provider and before.provider else Sign.NEUTRAL
        message = f"{now.label} was run by {was} and is now run by {is_now}."
        yield _of_store(Kind.RECIPIENT_ADDED, sign, now, message, provider=now.provider)


def _guarded(before: Store, now: Store) -> Iterator[Change]:
    for member, what in PROTECTIONS.items():
        if getattr(before, member) and not getattr(now, member):
            message = f"{now.label} was {what} and is no longer said to be."
            yield _of_store(Kind.PROTECTION_LOWERED, Sign.BREAKING, now, message, protection=member)


def _recipients(before: Mapping[str, Recipient], now: Store) -> Iterator[Change]:
    for recipient in now.recipients:
        was = before.get(recipient.id)
        if was is None:
            message = f"{recipient.label} now sees what stands in {now.label}."
            yield _of_store(Kind.RECIPIENT_ADDED, Sign.BREAKING, now, message, recipient=recipient.id)
        elif was.kind != recipient.kind:
            kinds = [kind.replace("_", "-") for kind in (was.kind, recipient.kind)]
            message = f"{recipient.label}, who sees what stands in {now.label}, was {kinds[0]} and is now {kinds[1]}."
            is_further = OUTSIDE.index(recipient.kind) > OUTSIDE.index(was.kind)
            kind, sign = (
                (Kind.RECIPIENT_ADDED, Sign.BREAKING) if is_further else (Kind.RECIPIENT_REMOVED, Sign.NARROWER)
            )
            yield _of_store(kind, sign, now, message, recipient=recipient.id)
    for gone in sorted(before.keys() - {each.id for each in now.recipients}):
        message = f"{before[gone].label} no longer sees what stands in {now.label}."
        yield _of_store(Kind.RECIPIENT_REMOVED, Sign.NARROWER, now, message, recipient=gone)


def _of_store(kind: Kind, sign: Sign, store: Store, message: str, **evidence: str) -> Change:
    return Change(kind=kind, sign=sign, message=message, place=store.place, evidence={"store": store.id, **evidence})


def _retention(before: Retention, now: Retention) -> Iterator[Change]:
    """Yield what changed in a rule that fields may share: it is told once, and not of each of them."""
    for kind, sign, what in retention_changes(before, now):
        message = f"What is kept under {now.id} {what}."
        yield Change(kind=kind, sign=sign, message=message, place=now.place, evidence={"retention": now.id})
    told = {"period", "trigger", "grace", "round_to", "backups", "action"}
    yield from details(before, now, told, name=f"The retention {now.id}", place=now.place)


def _dataset(before: StoredDataset | None, now: StoredDataset | None) -> Iterator[Change]:
    """Yield what changed for the dataset itself; fields that come or go with it are told one by one."""
    if before and now:
        told = {"name", "fields", "retention"}
        name = f"The dataset {now.name}"
        yield from details(before, now, told, name=name, path=FieldPath(now.name), place=now.place)
    elif (either := now or before) and (not either.fields or now is None):
        what = "is new and declares no field" if now else "is no longer declared"
        yield Change(
            kind=Kind.DETAIL_CHANGED,
            sign=Sign.NEUTRAL,
            message=f"The dataset {either.name} {what}.",
            path=FieldPath(either.name),
            place=either.place,
        )


def _field(before: _Kept | None, now: _Kept | None) -> Iterator[Change]:
    if now is None:
        if before:
            yield before.change(Kind.STORED_REMOVED, Sign.NARROWER, f"{before.name} is no longer declared as stored.")
        return
    if before is None:
        yield now.change(Kind.STORED_ADDED, Sign.BREAKING, f"{now.name} is stored and was not before.")
        return
    if before.data_class is not now.data_class:
        yield class_change(before.data_class, now.change(Kind.CLASS_LOWERED, Sign.BREAKING, now.name))
    yield from _uses(before, now)
    yield from _kept_longer(before, now)
    yield from _shape(before, now)
    yield from _grounds(before, now)
    told = {"path", "purposes", "retention", "precision", "transform", "art9_condition", "lawful_basis"}
    told |= {"data_class"} if before.data_class is not now.data_class else set()
    path, place = now.field.path, now.field.place
    yield from details(before.field, now.field, told, name=now.name, path=path, place=place)


def _uses(before: _Kept, now: _Kept) -> Iterator[Change]:
    was, is_now = before.field.purposes, now.field.purposes
    for purpose in is_now:
        if purpose not in was:
            message = f"{now.name} is kept for the purpose {purpose} as well."
            yield now.change(Kind.FIELD_PURPOSE_ADDED, Sign.BREAKING, message, purpose=purpose)
    for purpose in was:
        if purpose not in is_now:
            message = f"{now.name} is no longer kept for the purpose {purpose}."
            yield now.change(Kind.FIELD_PURPOSE_REMOVED, Sign.NARROWER, message, purpose=purpose)


def _kept_longer(before: _Kept, now: _Kept) -> Iterator[Change]:
    """Yield what it means that a field is kept under another retention; a changed retention is told of itself."""
    was, is_now = before.field.retention, now.field.retention
    if (was and was.id) == (is_now and is_now.id):
        return
    told = [*retention_changes(was, is_now)]
    yield from (now.change(kind, sign, f"{now.name} {what}.") for kind, sign, what in told)
    if not told:
        yield now.change(Kind.DETAIL_CHANGED, Sign.NEUTRAL, f"{now.name} is kept as long as before, by another name.")


def _shape(before: _Kept, now: _Kept) -> Iterator[Change]:
    was, is_now = before.field, now.field
    if was.precision != is_now.precision:
        kind, sign = by_exactness(is_now.precision, was.precision)
        words = f"{precision(was.precision)} and is now kept with {precision(is_now.precision)}"
        yield now.change(kind, sign, f"{now.name} was kept with {words}.")
    if was.transform != is_now.transform:
        barer = UNVEILED.index(is_now.transform) > UNVEILED.index(was.transform)
        kind, sign = (Kind.PROTECTION_LOWERED, Sign.BREAKING) if barer else (Kind.DETAIL_CHANGED, Sign.NARROWER)
        words = f"{_transformed(was.transform)} and is now kept {_transformed(is_now.transform)}"
        yield now.change(kind, sign, f"{now.name} was kept {words}.")


def _grounds(before: _Kept, now: _Kept) -> Iterator[Change]:
    was, is_now = before.field, now.field
    if was.art9_condition != is_now.art9_condition:
        sign = Sign.BREAKING if was.art9_condition else Sign.NEUTRAL
        message = f"{now.name} is kept under another Article 9 condition than before."
        yield now.change(Kind.CONDITION_CHANGED, sign, message)
    if was.lawful_basis != is_now.lawful_basis:
        sign = Sign.BREAKING if was.lawful_basis else Sign.NEUTRAL
        words = [basis or "no lawful basis" for basis in (was.lawful_basis, is_now.lawful_basis)]
        yield now.change(Kind.BASIS_CHANGED, sign, f"{now.name} rested on {words[0]} and now rests on {words[1]}.")


def _transformed(word: str) -> str:
    return "as it came" if word == "none" else word
