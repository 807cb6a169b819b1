"""DA34: no parent or contact stays without a child at the school."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, rule
from compliance.rules.orphans import orphans
from compliance.rules.wording import counted, listed


@rule(
    "DA34",
    "orphan-contact",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(e)",),
)
def orphan_contact(case: Case) -> Iterator[Hit]:
    """A parent or contact is in the store, and no pupil to whom they belong.

    Why:
        Parents are kept for the sake of their children. When the pupil is erased and the parents are not, names,
        addresses and numbers stay for good, as nothing ever leads to them again.
    Example:
        "contact" belongs to "contact_pupil.contact_id"; 12 rows of "contact" are named there by nobody.
    Instead:
        Erase a contact together with the last pupil who is tied to them.
    Silent when:
        - A brother or sister is still on roll, and the contact is tied to them.
        - The contact is a member of staff as well, and the declaration names that table too (found_in).
        - A legal hold is set on the row.
        - The pupil left and is kept for as long as the retention and its grace allow: the row is still there.
        - The dataset of pupils was not looked at, or not to its end.
    """
    for each in orphans(case):
        if each.dataset.subject is Subject.CONTACT:
            yield Hit(
                message=f"{counted(each.rows, 'row')} of {each.dataset.name} {'is' if each.rows == 1 else 'are'} about "
                f"contacts who are not in {listed(map(str, each.found_in), 'or')}.",
                path=each.path,
                place=each.dataset.place,
                evidence={"dataset": each.dataset.name, "rows": each.rows, "people": each.owners},
                fix="Erase them, and erase contacts together with the last pupil from now on.",
            )
