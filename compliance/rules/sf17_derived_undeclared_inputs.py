"""SF17: what a program worked out says from what."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import StoredField
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.base import Case, rule
from compliance.rules.kept import KeptField, kept_fields
from compliance.rules.wording import listed

DERIVED = "derived"


@rule(
    "SF17",
    "derived-undeclared-inputs",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(d)", "UK GDPR 13(2)(f)", "UK GDPR 15(1)(h)"),
)
def derived_undeclared_inputs(case: Case) -> Iterator[Hit]:
    """A field that a program worked out does not say from which others, or what for.

    Why:
        A score looks like a fact. A parent who doubts it must be able to learn what went into it, and a wrong date of
        birth must be traceable to every value that was made from it.
    Example:
        "{name: score, source: derived}" without "derived_from".
    Instead:
        List under "derived_from" what it is worked out from, and name its purpose.
    Silent when:
        - It is technical and says nothing about a person, such as a sort key: its data item is no personal data.
        - It says from what it is worked out, and what for.
    """
    for kept in kept_fields(case):
        lacks = tuple(_lacks(kept.field)) if is_worked_out(kept) else ()
        if lacks:
            yield kept.hit(
                f"{kept.name} is worked out by a program, and does not say {listed(lacks, 'or')}.",
                fix="List what it is worked out from under derived_from, and name its purpose.",
            )


def is_worked_out(kept: KeptField) -> bool:
    """Whether a program worked the field out, and it tells something about a person."""
    return kept.data_class is not DataClass.NOT_PERSONAL and DERIVED in {kept.field.source, kept.field.transform}


def _lacks(stored: StoredField) -> Iterator[str]:
    if not stored.derived_from.is_answered:
        yield "from what"
    if not stored.purposes:
        yield "what for"
