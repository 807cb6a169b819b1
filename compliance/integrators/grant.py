"""The integrator's own word for what a school authorised."""

from __future__ import annotations

from compliance.errors import Place
from compliance.model.declarations import Authorisation, School
from compliance.model.inventory import Grant


def authorisation_from(grant: Grant, app: str) -> Authorisation:
    """Return what ``grant`` says the school authorised. It knows the school by its LAESTAB alone."""
    return Authorisation(
        app=app,
        school=School(name=f"School {grant.estab}", laestab=grant.estab),
        status="paused" if grant.paused else "active",
        granted_scopes=frozenset(grant.scopes),
        place=Place(grant.source),
    )
