"""The integrator's own word for what a school authorised."""

from __future__ import annotations

import re

from compliance.errors import Place
from compliance.model.declarations import Authorisation, School
from compliance.model.inventory import Grant

LAESTAB = re.compile(r"[0-9]{7}")
"""The local authority's number and the establishment's, as the DfE writes them together."""


def authorisation_from(grant: Grant, app: str) -> Authorisation:
    """Return what ``grant`` says the school authorised.

    It knows the school by the integrator's number alone, which is its LAESTAB or a number of the integrator's own.
    """
    is_laestab = bool(LAESTAB.fullmatch(grant.estab))
    return Authorisation(
        app=app,
        school=School(name=f"School {grant.estab or 'without a number'}", laestab=grant.estab if is_laestab else ""),
        status="paused" if grant.paused else "active",
        granted_scopes=frozenset(grant.scopes),
        place=Place(grant.source),
    )
