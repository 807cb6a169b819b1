"""XS13: the written authorisation is the one that the integrator goes by."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from compliance.integrators.grant import in_force, speaks_of
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

_FIX = "Ask the school which of the two is right, and put the other one right."


@rule(
    "XS13",
    "grant-disagrees",
    Severity.ERROR,
    needs=(Input.AUTHORISATION, Input.GRANT),
    law=("UK GDPR 28(3)(a)", "UK GDPR 5(2)"),
)
def grant_disagrees(case: Case) -> Iterator[Hit]:
    """The school's written authorisation and the integrator's own grant differ in scopes or in status.

    Why:
        Data flows by what the integrator was told; the app and its records go by what was written down. Where the two
        differ, one of them is not what the school decided.
    Example:
        The authorisation lists "UPN"; the integrator's TokenDetails do not.
    Instead:
        Ask the school which of the two is right, and put the other one right.
    Silent when:
        - The grant is of another school, by its LAESTAB.
        - The grant is of another app than the permission set names (relying_party).
        - A newer grant, whose token ends later, says what is written down.
        - The scope is of no matter, as the authorisation is revoked or paused and so is the grant.
    """
    authorisation = given(case.declarations.authorisation)
    permission_set = case.declarations.permission_set
    party = permission_set.relying_party if permission_set else ""
    grants = [grant for grant in given(case.feed).grants if speaks_of(grant, authorisation.school, party)]
    if not grants:
        return
    grant = in_force(grants)
    flows, may_flow = not grant.paused, authorisation.status == "active"
    school, place = authorisation.school.name, authorisation.place
    if flows != may_flow:
        said = "paused" if grant.paused else "in force"
        yield Hit(
            message=f"The authorisation of {school} is {authorisation.status}; to the integrator it is {said}.",
            place=place,
            evidence={"authorised": authorisation.status, "integrator": said, "grant": grant.source},
            fix=_FIX,
        )
    if not (flows or may_flow):
        return
    written, granted = authorisation.granted_scopes, frozenset(grant.scopes)
    for scopes, said, key in (
        (written - granted, "stands in the written authorisation, and not in the integrator's grant", "only_written"),
        (granted - written, "stands in the integrator's grant, and not in the written authorisation", "only_granted"),
    ):
        if scopes:
            yield Hit(
                message=f"{_listed(scopes)} {said if len(scopes) == 1 else said.replace('stands', 'stand')}.",
                place=place,
                evidence={key: ", ".join(sorted(scopes)), "grant": grant.source},
                fix=_FIX,
            )


def _listed(scopes: Collection[str]) -> str:
    *first, last = sorted(scopes)
    return f"{', '.join(first)} and {last}" if first else last
