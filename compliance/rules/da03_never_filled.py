"""DA03: what is kept is of use."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import StoredDataset
from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import FieldProfile
from compliance.model.vocabulary import DataClass, Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.found import FoundField, dataset_of, found_fields
from compliance.rules.wording import counted

FEWEST_ROWS = 20
MIS = "mis"


@rule(
    "DA03",
    "never-filled",
    Severity.INFO,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(c)",),
)
def never_filled(case: Case) -> Iterator[Hit]:
    """A field that comes from the school's system is empty in every row, or holds the same text in every row.

    Why:
        What is empty or always the same is of no use to anybody, so it need not be asked for. It often tells of a
        column that the sync no longer fills.
    Example:
        "pupil.house" is declared and is empty in all 420 rows.
    Instead:
        Ask no longer for the field, or put right what fills it.
    Silent when:
        - The dataset holds fewer than twenty rows.
        - The field is a yes or no, or more than ordinary personal data: a school may have nobody of whom it is true.
        - It is about the school, which is the same in every row.
        - It is a column of the declared roles, such as the leaving date: nobody may have left.
        - The field does not come from the school's system.
    """
    stored_fields = given(case.declarations.stored_fields)
    for found in found_fields(case):
        dataset = dataset_of(found.path, stored_fields)
        if found.side != "store" or dataset is None or not _says_something(found, dataset):
            continue
        if said := _sameness(found.profile):
            yield found.hit(
                f"{found.name} {said} in {counted(found.profile.present, 'row')}.",
                {"rows": found.profile.present, "filled": found.profile.filled},
                fix="Ask no longer for it, or put right what fills it.",
            )


def _says_something(found: FoundField, dataset: StoredDataset) -> bool:
    """Whether sameness tells that a field is of no use."""
    return (
        found.stored is not None
        and found.stored.source == MIS
        and found.item is not None
        and found.item.data_class is DataClass.ORDINARY
        and Subject.SCHOOL not in {found.stored.subject, found.item.subject}
        and found.path.column not in {*dataset.roles, *dataset.name_columns}
        and found.profile.present >= FEWEST_ROWS
    )


def _sameness(profile: FieldProfile) -> str:
    if not profile.filled:
        return "is empty"
    is_text = profile.types.keys() == {"string"} and profile.filled == profile.present
    return "holds the same text" if is_text and profile.distinct.count == 1 else ""
