"""The integrator's own word for what a school authorised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from compliance.errors import Place
from compliance.model.declarations import Authorisation, School
from compliance.model.inventory import Grant

_LAESTAB = re.compile(r"(\d{3})\D?(\d{4})")
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def authorisation_from(grant: Grant, app: str) -> Authorisation:
    """Return what ``grant`` says the school authorised.

    It knows the school by the integrator's number alone, which is its LAESTAB or a number of the integrator's own.
    """
    return Authorisation(
        app=app,
        school=School(
            name=f"School {grant.estab or 'without a number'}", laestab=grant.estab if _laestab(grant.estab) else ""
        ),
        status="paused" if grant.paused else "active",
        granted_scopes=frozenset(grant.scopes),
        place=Place(grant.source),
    )


def in_force(grants: Sequence[Grant]) -> Grant:
    """Return the newest of one school's grants: re-authorising issues another, and the token of that one ends later.

    Of those that cannot be told apart by that, it is a paused one, or the one that grants least.
    """
    return max(grants, key=lambda grant: (_moment(grant.expires), grant.paused, -len(grant.scopes)))


def speaks_of(grant: Grant, school: School, relying_party: str) -> bool:
    """Whether ``grant`` is of this school and this app. What one side does not know tells nobody apart."""
    schools = {number for text in (school.laestab, *school.also_known_as) if (number := _laestab(text))}
    number = _laestab(grant.estab)
    is_school = not (number and schools) or number in schools
    return is_school and not (relying_party and grant.relying_party and relying_party != grant.relying_party)


def _laestab(text: str) -> str:
    """Return a LAESTAB as seven digits; nothing of a number of another kind."""
    found = _LAESTAB.fullmatch(text.strip())
    return "".join(found.groups()) if found else ""


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return _LONG_AGO
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
