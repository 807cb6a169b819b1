"""SF12: every store says who sees what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule(
    "SF12",
    "recipient-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 30(1)(d)", "UK GDPR 28(2)", "UK GDPR 28(4)"),
)
def recipient_missing(case: Case) -> Iterator[Hit]:
    """A store does not say who sees what is in it.

    Why:
        A school has to record the categories of recipients of its pupils' data: inside the vendor, outside it,
        and the companies that work for it. An empty list may mean that nobody sees the data, or that nobody has
        asked.
    Example:
        The store "backups" has no "recipients".
    Instead:
        List them, or confirm that there are none.
    Silent when:
        - Somebody confirmed that there are none (none_confirmed).
    """
    for store in given(case.declarations.stored_fields).stores.values():
        if not store.recipients.is_answered:
            yield Hit(
                message=f"{store.label} does not say who sees what is in it.",
                place=store.place,
                evidence={"store": store.id},
                fix="List its recipients, or write recipients: {none_confirmed: true}.",
            )
