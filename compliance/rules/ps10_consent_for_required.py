"""PS10: consent can be refused."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import served_by
from compliance.rules.wording import listed

CONSENT = "6.1.a"


@rule(
    "PS10",
    "consent-as-basis-for-required",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 4(11)", "UK GDPR 6(1)(a)", "UK GDPR 7"),
)
def consent_as_basis_for_required(case: Case) -> Iterator[Hit]:
    """A field rests on consent, and the app cannot work without it, or nothing says how one person is left out.

    Why:
        Consent must be freely given, and whoever gave it may take it back at any time. Where the app needs the field
        from everybody, nobody is free to refuse.
    Example:
        "lawful_basis: 6.1.a" for a purpose of the field "Students.Surname", which is "required: true".
    Instead:
        Name the basis on which the school really relies; or make the field optional and say under
        "per_person_opt_out" how a person is left out.
    Silent when:
        - The field is optional, and the permission set says how a school leaves one person out.
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        resting = [p.id for p in served_by(asked, permission_set) if p.lawful_basis == CONSENT]
        is_required = asked.field.required or asked.field.sync_key
        if resting and (is_required or not permission_set.per_person_opt_out):
            why = "the app cannot work without it" if is_required else "nothing says how one person is left out"
            yield asked.hit(
                f"{asked.name} rests on consent for {listed(resting)}, and {why}.",
                fix="Name the basis that the school relies on; or make the field optional with a per_person_opt_out.",
            )
