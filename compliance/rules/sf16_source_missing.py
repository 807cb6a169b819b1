"""SF16: every stored field says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.kept import kept_fields


@rule(
    "SF16",
    "source-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 14(2)(f)", "UK GDPR 15(1)(g)"),
)
def source_missing(case: Case) -> Iterator[Hit]:
    """A stored field does not say where its values come from.

    Why:
        Whoever asks what is held of a child must also be told from where it came: from the school, from a parent, or
        worked out by a program.
    Example:
        "{name: band, item: risk-flag}" without "source".
    Instead:
        Add "source": mis, user_entered, parent, derived, product_account, school_upload or other.
    Silent when:
        - The declaration says why the field is no personal data (not_personal).
    """
    for kept in kept_fields(case):
        if not kept.field.source:
            yield kept.hit(f"{kept.name} does not say where its values come from.", fix='Add "source", such as mis.')
