"""SF20: who uses data for itself is a controller."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Declarations, PermissionSet, Purpose, Role
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

OWN = frozenset({"product_development", "analytics", "benchmarking", "anonymisation", "marketing", "ai_training"})
"""Kinds of purpose that serve the vendor and not the school (ICO, Edtech examined)."""


@rule(
    "SF20",
    "own-purpose-as-processor",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 28(10)", "UK GDPR 6", "UK GDPR 9", "ICO, Edtech examined (2026)"),
)
def own_purpose_as_processor(case: Case) -> Iterator[Hit]:
    """A purpose serves the vendor itself, and the vendor does not answer for it as a controller.

    Why:
        A processor acts for the school only. Whoever uses pupils' data to develop products, to train models or to
        advertise decides about it, and the law treats it as a controller whatever the contract calls it.
    Example:
        A purpose of the kind "product_development" with "role: processor".
    Instead:
        Drop the purpose; or take the role of a controller for it, with a lawful basis, an Article 9 condition for
        special category data, a DPIA and a privacy notice.
    Silent when:
        - The vendor is the controller for the purpose and has all of these: a lawful basis, an Article 9 condition
          for each special category field, a DPIA and a privacy notice.
    """
    permission_set, stored_fields = given(case.declarations.permission_set), given(case.declarations.stored_fields)
    for purpose in permission_set.purposes.values():
        lacks = tuple(_lacks(purpose, permission_set, case.declarations)) if purpose.kind in OWN else ()
        if lacks:
            kept = sum(purpose.id in stored.purposes for stored in stored_fields.fields)
            yield Hit(
                message=f"The purpose {purpose.id} serves the vendor itself ({str(purpose.kind).replace('_', ' ')}), "
                f"and is declared without {listed(lacks, 'or')}.",
                place=purpose.place,
                evidence={"purpose": purpose.id, "fields": kept},
                fix="Drop the purpose, or answer for it as a controller.",
            )


def _lacks(purpose: Purpose, permission_set: PermissionSet, declarations: Declarations) -> Iterator[str]:
    organisation = declarations.organisation
    if purpose.role not in {Role.CONTROLLER, Role.JOINT_CONTROLLER}:
        yield "the role of a controller"
    if not purpose.lawful_basis:
        yield "a lawful basis"
    if any(
        asked.data_class is DataClass.SPECIAL
        and purpose.id in asked.field.purposes
        and not asked.has_condition(purpose.id)
        for asked in asked_fields(declarations, permission_set)
    ):
        yield "an Article 9 condition"
    if not (organisation and organisation.dpia):
        yield "a DPIA"
    if not (organisation and organisation.privacy_notice):
        yield "a privacy notice"
