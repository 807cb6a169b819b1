"""XS07: data is kept about the people whom the school was told of."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named

PEOPLE = frozenset({Subject.PUPIL, Subject.CONTACT, Subject.STAFF})
MADE_IN_THE_PRODUCT = "product_account"


@rule(
    "XS07",
    "subject-mismatch",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 28(3)",),
)
def subject_mismatch(case: Case) -> Iterator[Hit]:
    """A stored field is about a group of people that no scope of the permission set names.

    Why:
        A contract with a processor has to name whose data it covers. Parents who do not stand in the permission
        set may never learn that the app knows of them.
    Example:
        The dataset "parent" is about contacts; every scope of the permission set is about pupils.
    Instead:
        Name the group of people in the permission set and have it authorised, or stop keeping their data.
    Silent when:
        - The field belongs to an account that was made in the product (source: product_account).
        - The field is about a class or the school, and so about no person.
        - It is declared to be no personal data (not_personal).
    """
    permission_set = given(case.declarations.permission_set)
    told = {subject for scope in permission_set.scopes for subject in scope.subjects}
    for stored in given(case.declarations.stored_fields).fields:
        if stored.subject not in PEOPLE - told or stored.source == MADE_IN_THE_PRODUCT or stored.not_personal:
            continue
        item = case.declarations.item(stored.item)
        yield Hit(
            message=f"{named(item, stored.path)} is about {_WORDS[stored.subject]}, of whom no scope of "
            f"{permission_set.label} speaks.",
            path=stored.path,
            place=stored.place,
            item=item,
            data_class=stored.data_class,
            evidence={"subject": stored.subject.value},
            fix="Name them under subjects of a scope and have it authorised, or stop keeping their data.",
        )


_WORDS = {Subject.PUPIL: "pupils", Subject.CONTACT: "parents and other contacts", Subject.STAFF: "staff"}
