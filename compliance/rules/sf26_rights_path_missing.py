"""SF26: what a parent asks for can be done in every store."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Rights, Store, StoredFields
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "SF26",
    "rights-path-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 15-21", "UK GDPR 28(3)(e)"),
)
def rights_path_missing(case: Case) -> Iterator[Hit]:
    """A store does not say how one person's data in it is exported, corrected, erased and restricted.

    Why:
        A processor has to help the school to answer parents and pupils. The ICO found that about three in ten had
        areas from which data could be neither fetched nor erased.
    Example:
        The store "warehouse" without "rights".
    Instead:
        Write one sentence for each under "rights", for all stores at once or for this one.
    Silent when:
        - Every field in it is declared to be no personal data.
        - The declaration says it once for all stores (rights).
    """
    stored_fields = given(case.declarations.stored_fields)
    for store in stored_fields.stores.values():
        lacks = tuple(_lacks(store.rights))
        if lacks and not _holds_nobody(store, stored_fields):
            yield Hit(
                message=f"{store.label} does not say how one person's data is {listed(lacks, 'or')}.",
                place=store.place,
                evidence={"store": store.id},
                fix="Write one sentence for each under rights.",
            )


def _lacks(rights: Rights) -> Iterator[str]:
    answers = {
        "exported": rights.export,
        "corrected": rights.correct,
        "erased": rights.erase,
        "restricted": rights.restrict,
    }
    return (what for what, answer in answers.items() if not answer)


def _holds_nobody(store: Store, stored_fields: StoredFields) -> bool:
    """Whether the store has declared fields, and none of them is personal data."""
    kept = [stored for dataset in stored_fields.datasets if dataset.store == store.id for stored in dataset.fields]
    return bool(kept) and all(stored.not_personal for stored in kept)
