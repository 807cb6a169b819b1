"""DA43: who was erased stays erased."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers
from compliance.rules.wording import counted


@rule(
    "DA43",
    "rights-request-undone",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 17", "UK GDPR 19"),
)
def rights_request_undone(case: Case) -> Iterator[Hit]:
    """A person on the app's own list of those who were erased is in the store again.

    Why:
        The sync brings back whoever is still in the school's system. Without a list that is looked at before each sync,
        an erasure lasts for one night.
    Example:
        "erased_people" (lists_erased: true) names the pupil 101; so does the table "pupil".
    Instead:
        Look at the list before each sync, and erase whom it brought back.
    Silent when:
        - The school authorised the person again in writing, and the list's row says so (hold).
        - The list and the dataset name people by different numbers, or the list keeps hashes, so that they cannot be
          compared.
        - No dataset is declared to be such a list (lists_erased).
    """
    stored_fields, store = given(case.declarations.stored_fields), given(case.store)
    lists = {dataset.name for dataset in stored_fields.datasets if dataset.lists_erased}
    places = {dataset.name: dataset.place for dataset in stored_fields.datasets}
    people = [*answers(store, "person")]
    for key, present in people:
        if key.dataset in lists:
            continue
        erased = {digest for other, listed in people if other.dataset in lists and other.basis == key.basis
                  for digest in listed.keys}  # fmt: skip
        if back := len(present.keys.keys() & erased):
            yield Hit(
                message=f"{key.dataset} holds {counted(back, 'person', 'people')} who had been erased.",
                path=FieldPath(key.dataset),
                place=places.get(key.dataset),
                evidence={"dataset": key.dataset, "people": back},
                fix="Erase them again, and look at the list before each sync.",
            )
