"""PS09: a lawful basis that is open to whoever decides."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Purpose, Role
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import purpose_hit

OUTSIDE_TASKS = "outside_public_tasks"
"""Kind of a purpose that is none of the tasks which a school has as a public authority."""


@rule(
    "PS09",
    "basis-wrong-for-role",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 6(1)",),
)
def basis_wrong_for_role(case: Case) -> Iterator[Hit]:
    """A purpose names a lawful basis that is closed to the one who decides about it: legitimate interests for the tasks
    of a school that is a public authority, or a public task for the vendor as controller.

    Why:
        Article 6(1) closes legitimate interests to public authorities in the performance of their tasks, and a company
        that decides for itself performs no public task. A notice that names such a basis tells parents wrong rights.
    Example:
        "role: controller" and "lawful_basis: 6.1.e"; or "6.1.f" at a community school.
    Instead:
        Ask the school which basis it relies on as controller; as the vendor, name the basis of your own.
    Silent when:
        - The school is no public authority, as an independent school is not.
        - The purpose is outside the school's public tasks, and its kind says so (outside_public_tasks).
        - The vendor is a processor: the basis is the school's, which may well be a public task.
        - Nobody said whether the school is a public authority (public_authority in the authorisation).
    """
    authorisation = case.declarations.authorisation
    is_authority = authorisation is not None and authorisation.school.public_authority is True
    for purpose in given(case.declarations.permission_set).purposes.values():
        closed = _closed(purpose, is_authority=is_authority)
        if closed:
            yield purpose_hit(
                purpose,
                f"The purpose {purpose.id} relies on {purpose.lawful_basis}, which is closed to {closed}.",
                "Name a basis that is open to whoever decides about the purpose.",
            )


def _closed(purpose: Purpose, *, is_authority: bool) -> str:
    """Return to whom the basis of a purpose is closed; empty when it is not."""
    if purpose.role is Role.CONTROLLER:
        return "a vendor that is the controller" if purpose.lawful_basis == "6.1.e" else ""
    of_interest = purpose.lawful_basis in {"6.1.f", "6.1.ea"} and purpose.kind != OUTSIDE_TASKS
    return "a school that is a public authority" if is_authority and of_interest else ""
