"""XS11: the school authorised what is in use."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.schools import covers
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, given, rule


@rule(
    "XS11",
    "authorised-version-stale",
    Severity.ERROR,
    needs=(Input.AUTHORISATION, Input.PERMISSION_SET),
    law=("UK GDPR 28(3)(a)", "UK GDPR 5(2)"),
)
def authorised_version_stale(case: Case) -> Iterator[Hit]:
    """The school authorised another version of the permission set than the one in use.

    Why:
        An authorisation is an instruction about what stood in front of the school that day. It does not cover what
        was changed afterwards.
    Example:
        Authorised is version 2.0.0, in use is version 2.1.0.
    Instead:
        Show the school what changed, so that it can authorise the present version or decline it. Until then go
        by the one that it authorised.
    Silent when:
        - The versions differ only in wording, by removal or by shorter retention, and the permission set says so
          (patch_versions).
        - The authorisation does not say which version it is for, as when the integrator's own answer stands for it:
          then it is a warning.
    """
    authorisation, permission_set = given(case.declarations.authorisation), given(case.declarations.permission_set)
    if covers(authorisation, permission_set):
        return
    school, present = authorisation.school.name, permission_set.version
    known = f"{school} authorised version {authorisation.version} of the permission set"
    unknown = f"Nobody knows which version of the permission set {school} authorised"
    yield Hit(
        message=f"{known if authorisation.version else unknown}; version {present} is in use.",
        place=authorisation.place,
        strength=Strength.FIRM if authorisation.version else Strength.WEAK,
        evidence={"authorised": authorisation.version or "unknown", "in_use": present},
        fix=f"Show the school what changed, so that it can authorise version {present} or decline it. Until then go by "
        "the one that it authorised.",
    )
