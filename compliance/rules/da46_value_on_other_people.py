"""DA46: what is asked about pupils is not kept of staff and contacts."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import FieldProfile
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, found_fields
from compliance.rules.wording import counted

OTHERS = {Subject.STAFF: "staff", Subject.CONTACT: "contacts"}


@rule(
    "DA46",
    "special-value-on-non-population",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 9", "UK GDPR 5(1)(c)"),
)
def special_value_on_non_population(case: Case) -> Iterator[Hit]:
    """A field for something about pupils that needs care is filled for staff or contacts.

    Why:
        A school records special educational needs, care and funding of pupils, because it has to. Nobody asked
        the adults, and no reason that is declared for pupils covers them.
    Example:
        The table "staff" has a column "sen_status", and it is filled in 12 rows.
    Instead:
        Erase what is there, and find out which import writes pupils' columns into other tables.
    Silent when:
        - The field is declared to be about a pupil (subject), such as the pupil of a contact.
        - Every row holds the same yes or no: that is a default, which tells nothing of anybody.
        - The column is empty in every row.
    """
    for found in found_fields(case):
        people = OTHERS.get(found.stored.subject) if found.stored and found.stored.subject else None
        if not people or not found.item or found.item.subject is not Subject.PUPIL:
            continue
        if found.item.data_class.needs_care and found.profile.filled and not _is_default(found.profile):
            yield found.hit(
                f"{found.name} is about pupils, and is filled for {people} in {counted(found.profile.filled, 'row')}.",
                {"rows": found.profile.filled, **first_row(found.profile.first_row)},
                fix="Erase it there, and find out which import writes it.",
            )


def _is_default(profile: FieldProfile) -> bool:
    """Whether all rows hold the same truth value, or the number that a database without them keeps."""
    return profile.distinct.count == 1 and profile.types.keys() <= {"boolean", "integer"}
