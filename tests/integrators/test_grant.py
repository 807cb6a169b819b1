from __future__ import annotations

import pytest

from compliance.errors import Place
from compliance.integrators.grant import authorisation_from
from compliance.model.declarations import Authorisation, School
from compliance.model.inventory import Grant


@pytest.mark.parametrize(("paused", "status"), [(False, "active"), (True, "paused")])
def test_a_grant_authorises_what_it_lists(*, paused: bool, status: str) -> None:
    grant = Grant(
        source="feed/token.json", estab="1234567", relying_party="app.example.org", scopes=("UPN", "SEN"), paused=paused
    )
    assert authorisation_from(grant, "reading") == Authorisation(
        app="reading",
        school=School(name="School 1234567", laestab="1234567"),
        status=status,
        granted_scopes=frozenset({"UPN", "SEN"}),
        place=Place("feed/token.json"),
    )


@pytest.mark.parametrize(("estab", "name"), [("A1930499544", "School A1930499544"), ("", "School without a number")])
def test_a_school_s_number_at_its_integrator_is_no_laestab(estab: str, name: str) -> None:
    grant = Grant(source="permissions.json", estab=estab, relying_party="", scopes=())
    assert authorisation_from(grant, "reading").school == School(name=name)
