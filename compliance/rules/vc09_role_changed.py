"""VC09: a processor stays one."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Role
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.purposes import purpose_hit
from compliance.rules.versions import changed_purposes


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
    for before, purpose in changed_purposes(case):
        if before and before.role is Role.PROCESSOR and purpose.role in {Role.CONTROLLER, Role.JOINT_CONTROLLER}:
            now = str(purpose.role).replace("_", " ")
            yield purpose_hit(
                purpose,
                f"The vendor was the processor for the purpose {purpose.id} and is now its {now}.",
                "Stay the processor, or agree the new role with the school first.",
            )
