"""SF03: everything that is kept has an end."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import StoredField
from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted, named


@rule(
    "SF03",
    "retention-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(e)", "UK GDPR 30(1)(f)", "UK GDPR 13(2)(a)"),
)
def retention_missing(case: Case) -> Iterator[Hit]:
    """A stored field has no retention, and neither has its dataset or its store.

    Why:
        Data without an end is kept for ever. A school has to record, where possible, how long each kind of data
        is kept, and the app has to be able to carry it out.
    Example:
        The dataset "survey_answer" names no retention, and its store names none either.
    Instead:
        Name a retention on the field, on its dataset or on its store.
    Silent when:
        - No period is possible, and the retention says by what criteria the end is found and how often they are
          looked at again.
        - The declaration says why the field is no personal data.
    """
    for dataset in given(case.declarations.stored_fields).datasets:
        lacking = [stored for stored in dataset.fields if _has_no_end(stored)]
        if len(lacking) > 1 and len(lacking) == len(dataset.fields):
            yield Hit(
                message=f"None of the {counted(len(lacking), 'field')} of {dataset.name} has a retention.",
                path=FieldPath(dataset.name),
                place=dataset.place,
                evidence={"fields": len(lacking)},
                fix="Name a retention on the dataset.",
            )
            continue
        for stored in lacking:
            item = case.declarations.item(stored.item)
            yield Hit(
                message=f"{named(item, stored.path)} has no retention.",
                path=stored.path,
                place=stored.place,
                item=item,
                data_class=stored.data_class,
                fix="Name a retention on the field, on its dataset or on its store.",
            )


def _has_no_end(stored: StoredField) -> bool:
    return stored.retention is None and not stored.not_personal
