"""SF15: data that needs care gets it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from compliance.model.declarations import Store
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.classes import most_careful
from compliance.rules.kept import KeptField, kept_fields
from compliance.rules.wording import counted, listed


@rule(
    "SF15",
    "sensitive-without-extra-control",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(f)", "UK GDPR 32"),
)
def sensitive_without_control(case: Case) -> Iterator[Hit]:
    """A store holds data that needs special care, and is not declared to be encrypted, limited to named roles and
    logged.

    Why:
        Security has to fit the risk. Who read about a child in care must be few, and afterwards it must be possible
        to tell who they were.
    Example:
        The store "database" holds "looked_after" and has no "access_logged".
    Instead:
        Add "encrypted: true", "access_roles" and "access_logged: true" once they are so, or move the data.
    Silent when:
        - All three controls are declared for the store, and so cover every field in it.
        - No field of the store needs special care.
    """
    careful: defaultdict[str, list[KeptField]] = defaultdict(list)
    for kept in kept_fields(case):
        if kept.data_class is not None and kept.data_class.needs_care:
            careful[kept.dataset.store].append(kept)
    for store in given(case.declarations.stored_fields).stores.values():
        lacks = tuple(_lacks(store))
        if careful[store.id] and lacks:
            yield Hit(
                message=f"{store.label} holds {counted(len(careful[store.id]), 'field')} of data that needs special "
                f"care, and is not declared to be {listed(lacks, 'or')}.",
                place=store.place,
                data_class=most_careful(kept.data_class for kept in careful[store.id]),
                evidence={"store": store.id, "fields": len(careful[store.id])},
                fix="Declare encrypted, access_roles and access_logged once they are so, or move the data.",
            )


def _lacks(store: Store) -> Iterator[str]:
    if not store.encrypted:
        yield "encrypted"
    if not store.access_roles.is_answered:
        yield "limited to named roles"
    if not store.access_logged:
        yield "logged"
