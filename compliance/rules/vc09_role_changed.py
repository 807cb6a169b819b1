"""VC09: a processor stays one."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import changes


@rule(
    "VC09",
    "role-changed",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 26", "UK GDPR 28(10)"),
)
def role_changed(case: Case) -> Iterator[Hit]:
    """The vendor was the processor for a purpose and now decides about it, alone or together with the school.

    Why:
        A school gave data to somebody who acts for it. Whoever decides for itself needs a basis, a notice and
        answers to parents of its own, and the school may well not want that.
    Example:
        "role: processor" in version 2.0.0, "role: controller" in version 2.1.0.
    Instead:
        Stay the processor, or agree the new role with the school before anything is done by it.
    Silent when:
        - The school has authorised the new version.
        - The vendor gives up deciding and becomes a processor.
    """
    for change in changes(case, Kind.ROLE_CHANGED):
        if change.sign is Sign.BREAKING:
            yield change.hit(fix="Stay the processor, or agree the new role with the school first.")
