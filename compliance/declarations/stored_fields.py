"""The stored fields: from their file to their value, with what a field inherits from its dataset and store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from compliance.declarations.nodes import Node
from compliance.declarations.permission_set import read_free_text
from compliance.declarations.scalars import path_below
from compliance.model.catalogue import Catalogue
from compliance.model.declarations import (
    Anonymisation,
    BelongsTo,
    BreakGlass,
    Decision,
    Recipient,
    Retention,
    Rights,
    Store,
    StoredDataset,
    StoredField,
    StoredFields,
)
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass, Subject


def read_stored_fields(root: Node, catalogue: Catalogue | None) -> StoredFields:
    """Return the value of a file that keeps to its schema and whose names are all defined.

    A field without a data item gets that of the ``catalogue``'s field from which it comes.
    """
    retentions = {node.text("id"): _retention(node) for node in root.each("retentions")}
    recipients = {node.text("id"): _recipient(node) for node in root.each("recipients")}
    of_stores = {node.text("id"): node.text("retention") for node in root.each("stores")}
    return StoredFields(
        app=root.text("app"),
        version=root.text("version"),
        stores={
            node.text("id"): _store(node, recipients, retentions, _rights(root, Rights()))
            for node in root.each("stores")
        },
        retentions=retentions,
        datasets=tuple(
            _dataset(node, retentions, of_stores[node.text("store")], catalogue) for node in root.each("datasets")
        ),
        ignored_columns=frozenset(root.texts("ignored_columns")),
        ignored_datasets=frozenset(root.texts("ignored_datasets")),
        events=root.pairs("events"),
        not_used=root.texts("not_used"),
        place=root.place,
    )


def _recipient(node: Node) -> Recipient:
    return Recipient(id=node.text("id"), label=node.text("label"), kind=node.text("kind"))


def _retention(node: Node) -> Retention:
    return Retention(
        id=node.text("id"),
        period=node.text_or_none("period"),
        trigger=node.text("trigger"),
        action=node.text("action"),
        grace=node.text("grace", "P0D"),
        round_to=node.text("round_to", "none"),
        backups=node.text_or_none("backups"),
        anonymisation=_anonymisation(node),
        authority=node.text("authority"),
        set_by=node.text("set_by"),
        criteria=node.text("criteria"),
        review=node.text_or_none("review"),
        holds=node.listed_texts("holds"),
        place=node.place,
    )


def _anonymisation(retention: Node) -> Anonymisation:
    node = retention.get("anonymisation")
    return Anonymisation(method=node.text("method"), assessment=node.text("assessment")) if node else Anonymisation()


def _store(
    node: Node, recipients: Mapping[str, Recipient], retentions: Mapping[str, Retention], of_all: Rights
) -> Store:
    """Read a store; rights are carried out in it as in all stores (``of_all``) unless it says otherwise itself."""
    return Store(
        id=node.text("id"),
        label=node.text("label"),
        kind=node.text("kind"),
        country=node.text("country"),
        safeguard=node.text("safeguard"),
        provider=node.text("provider"),
        encrypted=node.flag("encrypted"),
        access_roles=node.listed_texts("access_roles"),
        access_logged=node.flag("access_logged"),
        recipients=node.listed("recipients", lambda recipient: recipients[str(recipient.value)]),
        retention=retentions.get(node.text("retention")),
        rights=_rights(node, of_all),
        after_restore=node.text("after_restore"),
        environment=node.text("environment", "production"),
        real_data=node.flag("real_data"),
        break_glass=_break_glass(node),
        place=node.place,
    )


def _rights(owner: Node, otherwise: Rights) -> Rights:
    node = owner.get("rights")
    if node is None:
        return otherwise
    return Rights(
        export=node.text("export", otherwise.export),
        correct=node.text("correct", otherwise.correct),
        erase=node.text("erase", otherwise.erase),
        restrict=node.text("restrict", otherwise.restrict),
    )


def _break_glass(store: Node) -> BreakGlass | None:
    node = store.get("break_glass")
    if node is None:
        return None
    return BreakGlass(reason=node.text("reason"), by=node.text("by"), until=dt.date.fromisoformat(node.text("until")))


def _dataset(
    node: Node, retentions: Mapping[str, Retention], of_store: str, catalogue: Catalogue | None
) -> StoredDataset:
    """Read a dataset; its rows are kept as its store says (``of_store``) unless it says otherwise itself."""
    subject = _subject(node)
    retention = retentions.get(node.text("retention", of_store))
    return StoredDataset(
        name=node.text("name"),
        store=node.text("store"),
        subject=subject,
        person_key=node.text("person_key"),
        person_key_source=node.path("person_key_source"),
        smallest_group=node.count("smallest_group"),
        name_columns=node.texts("name_columns"),
        birth_date=node.text("birth_date"),
        year_group=node.text("year_group"),
        group_name=node.text("group_name"),
        school_key=node.text("school_key"),
        leaving_date=node.text("leaving_date"),
        enrolment_status=node.text("enrolment_status"),
        hold=node.text("hold"),
        merge_pending=node.text("merge_pending"),
        academic_year=node.text("academic_year"),
        historic=node.text("historic"),
        recorded_on=node.text("recorded_on"),
        synced_on=node.text("synced_on"),
        sync_within=node.text("sync_within"),
        active=node.text("active"),
        access_until=node.text("access_until"),
        belongs_to=_belongs_to(node.get("belongs_to")),
        lists_erased=bool(node.flag("lists_erased")),
        retention=retention,
        fields=tuple(
            _field(
                field,
                dataset=node.text("name"),
                subject=subject,
                retention=retentions.get(field.text("retention"), retention),
                catalogue=catalogue,
            )
            for field in node.each("fields")
        ),
        place=node.place,
    )


def _belongs_to(node: Node | None) -> BelongsTo | None:
    if node is None:
        return None
    return BelongsTo(column=node.text("column"), found_in=tuple(map(FieldPath.parse, node.texts("found_in"))))


def _field(
    node: Node, *, dataset: str, subject: Subject | None, retention: Retention | None, catalogue: Catalogue | None
) -> StoredField:
    """Read a field; ``subject`` is its dataset's, ``retention`` its own or what it inherits."""
    data_class = node.text_or_none("class")
    return StoredField(
        path=path_below(dataset, node.text("name")),
        source=node.text("source"),
        source_path=node.path("from"),
        derived_from=node.listed_texts("derived_from"),
        item=node.text_or_none("item") or _item(node, catalogue),
        subject=_subject(node) or subject,
        data_class=DataClass(data_class) if data_class else None,
        class_override_reason=node.text("class_override_reason"),
        class_override_by=node.text("class_override_by"),
        class_override_expires=node.date("class_override_expires"),
        not_personal=node.text("not_personal"),
        purposes=node.texts("purposes"),
        lawful_basis=node.text_or_none("lawful_basis"),
        art9_condition=node.text("art9_condition"),
        retention=retention,
        precision=node.text("precision"),
        format=node.text_or_none("format"),
        code_set=node.text_or_none("code_set"),
        allowed_tokens=node.texts("allowed_tokens"),
        contains=node.texts("contains"),
        deprecated_from=node.date("deprecated_from"),
        transform=node.text("transform", "none"),
        decision=_decision(node),
        free_text=read_free_text(node),
        professional_record=node.text("professional_record"),
        place=node.place,
    )


def _decision(field: Node) -> Decision | None:
    node = field.get("decision")
    if node is None:
        return None
    return Decision(
        taken=bool(node.flag("taken")),
        significant=node.flag("significant"),
        human=node.text("human"),
        route=node.text("route"),
    )


def _item(node: Node, catalogue: Catalogue | None) -> str | None:
    """Return the data item that the integrator's field carries."""
    source = node.path("from")
    entry = catalogue.fields.get(catalogue.canonical(source)) if catalogue and source else None
    return entry.item if entry else None


def _subject(node: Node) -> Subject | None:
    subject = node.text_or_none("subject")
    return Subject(subject) if subject else None
