"""PS11: a basis that the law of every school knows."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import purpose_hit


@rule(
    "PS11",
    "uk-only-basis-in-eu",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("EU GDPR 6(1)",),
    packs=("eu",),
)
def uk_only_basis_in_eu(case: Case) -> Iterator[Hit]:
    """A purpose relies on recognised legitimate interest (6.1.ea), and the app has schools in the European Union.

    Why:
        Recognised legitimate interest is a lawful basis of the United Kingdom alone, in force since 5 February 2026.
        The GDPR of the European Union does not know it.
    Example:
        "jurisdictions: [uk, ie]" and a purpose with "lawful_basis: 6.1.ea".
    Instead:
        Name a basis that both laws know, or keep one permission set for each.
    Silent when:
        - All schools are in the United Kingdom.
    """
    permission_set = given(case.declarations.permission_set)
    abroad = [state for state in permission_set.jurisdictions if state != "uk"] or ["eu"]
    for purpose in permission_set.purposes.values():
        if purpose.lawful_basis == "6.1.ea":
            yield purpose_hit(
                purpose,
                f"The purpose {purpose.id} relies on 6.1.ea, which the law in {', '.join(abroad)} does not know.",
                "Name a basis that the law of every school knows, or keep one permission set for each law.",
            )
