"""VC08: the ground under a use of data does not move unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import AUTHORISE, changes


@rule(
    "VC08",
    "basis-or-condition-changed",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 6", "UK GDPR 9", "UK GDPR 13(3)"),
)
def basis_or_condition_changed(case: Case) -> Iterator[Hit]:
    """A purpose names another lawful basis than before, or a field another Article 9 condition or Schedule 1
    paragraph.

    Why:
        The rights of a parent hang on the basis: who relies on a public task must hear objections. A new basis
        means a new notice, and a school has to decide about it.
    Example:
        "lawful_basis: 6.1.e" in version 2.0.0, "6.1.f" in version 2.1.0.
    Instead:
        Have the school, whose basis it is, authorise the new version, and tell it what its notice has to say.
    Silent when:
        - The school has authorised the new version.
        - Nothing was named before, so that a gap was filled.
    """
    for change in changes(case, Kind.BASIS_CHANGED, Kind.CONDITION_CHANGED):
        if change.sign is Sign.BREAKING:
            yield change.hit(fix=AUTHORISE)
