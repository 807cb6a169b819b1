"""XS04: a field is of one class, whoever declares it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named


@rule(
    "XS04",
    "class-mismatch",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 9", "UK GDPR 30"),
)
def class_mismatch(case: Case) -> Iterator[Hit]:
    """A custom field is kept as data of another class than the permission set gave it.

    Why:
        The school was told how much care the field needs when it was asked for it. Kept as something less, it may miss
        the controls that the school counts on.
    Example:
        The permission set describes the custom field "Students.Allergy" as special; it is stored as ordinary.
    Instead:
        Give the field the same class in both files.
    Silent when:
        - Both files give the field the same class.
        - The stored field is classed with more care than the permission set asks for: then it is a warning.
        - The field stands in the integrator's catalogue, so that one data item classes both (SF28 looks at those).
    """
    custom = {own.path: own for own in given(case.declarations.permission_set).custom_fields}
    for line in case.ledger:
        own = custom.get(line.source_path) if line.source_path else None
        if own is None or line.stored is None:
            continue
        item = case.declarations.item(line.stored.item)
        kept = line.stored.data_class or (item.data_class if item else None)
        if kept is None or kept is own.data_class:
            continue
        yield Hit(
            message=f"{named(line.item, line.stored.path)} is stored as {kept.value}; the permission set asks for it "
            f"as {own.data_class.value}.",
            path=line.stored.path,
            place=line.stored.place,
            item=line.item,
            data_class=max(kept, own.data_class, key=lambda each: each.rank),
            strength=Strength.FIRM if kept.rank < own.data_class.rank else Strength.WEAK,
            evidence={"asked": own.data_class.value, "kept": kept.value},
            fix="Give the field the same class in both files.",
        )
