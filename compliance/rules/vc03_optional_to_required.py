"""VC03: what was free to refuse stays free to refuse."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, rule
from compliance.rules.versions import changes


@rule(
    "VC03",
    "optional-to-required",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 25(2)", "UK GDPR 28(3)(a)"),
)
def optional_to_required(case: Case) -> Iterator[Hit]:
    """A field that was optional in the earlier version is required now.

    Why:
        A school that said no would lose the app, or find its no overruled. A school that said yes did so while it
        was free to say no.
    Example:
        "required: false" for "Students.Gender" in version 2.0.0, "required: true" in version 2.1.0.
    Instead:
        Leave the field optional, or ask each school to authorise the new version.
    Silent when:
        - The school has authorised the new version.
        - The school supplies the field already: it still has to authorise the new version, and until then it is a
          warning.
    """
    granted = {line.source_path for line in case.ledger if line.granted.yes}
    for change in changes(case, Kind.FIELD_REQUIRED):
        is_supplied = change.path in granted
        yield change.hit(
            message=f"{change.message.removesuffix('.')}; the school supplies it." if is_supplied else "",
            strength=Strength.WEAK if is_supplied else Strength.FIRM,
            fix="Leave it optional, or have the school authorise the new version.",
        )
