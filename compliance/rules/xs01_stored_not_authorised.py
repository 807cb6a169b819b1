"""XS01: what is kept was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named

FROM_SCHOOL = "mis"


@rule(
    "XS01",
    "stored-not-authorised",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 5(1)(a)", "UK GDPR 5(1)(b)", "UK GDPR 28(3)(a)"),
)
def stored_not_authorised(case: Case) -> Iterator[Hit]:
    """A stored field comes from the school's system, and the permission set does not ask for it.

    Why:
        The permission set is what schools read and authorise. What is kept beside it was never put to them.
    Example:
        The store declares "religion" with "from: Students.Religion"; the permission set does not name that field.
    Instead:
        Ask for the field and have it authorised, or stop keeping it and erase what is there.
    Silent when:
        - The field does not come from the school's system: its source is user_entered, parent, derived,
          product_account, school_upload or other.
        - The permission set asks for the same field under another spelling that the catalogue lists as an alias.
    """
    app = given(case.declarations.permission_set).label
    for line in case.ledger:
        if line.stored and line.stored.source == FROM_SCHOOL and line.asked.no:
            known = f"comes from {line.source_path}, which {app} does not ask for"
            unknown = "comes from the school's system, and nothing says from which field"
            yield Hit(
                message=f"{named(line.item, line.stored.path)} {known if line.source_path else unknown}.",
                path=line.stored.path,
                place=line.stored.place,
                item=line.item,
                data_class=line.data_class,
                fix="Add the field to the permission set and have it authorised, or stop keeping it.",
            )
