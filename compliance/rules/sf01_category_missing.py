"""SF01: every stored field says what it is and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.kept import KeptField, kept_fields
from compliance.rules.wording import listed


@rule(
    "SF01",
    "category-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 30(1)(c)",),
)
def category_missing(case: Case) -> Iterator[Hit]:
    """A stored field has no data item, so that nobody knows what it is, or nothing says whom it is about.

    Why:
        A record of processing lists the categories of people and of their data. Without them a school can neither
        answer a parent nor tell how much care a field needs.
    Example:
        "{name: flag_7, source: user_entered}" without "item".
    Instead:
        Name the data item of the vocabulary that the field carries; it says what it is and whom it is about.
    Silent when:
        - The declaration says why the field is no personal data (not_personal).
        - The dataset says whom its rows are about, and the field has a data item.
    """
    for kept in kept_fields(case):
        lacks = tuple(_lacks(kept))
        if lacks:
            yield kept.hit(
                f"Nothing says {listed(lacks)}: {kept.name}.",
                fix="Name the data item that the field carries, or say under not_personal why it is no personal data.",
            )


def _lacks(kept: KeptField) -> Iterator[str]:
    if kept.item is None:
        yield "what is kept"
    if kept.item is None and kept.field.subject is None:
        yield "about whom"
