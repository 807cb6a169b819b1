from __future__ import annotations

from typing import Any

import pytest

from compliance.errors import Place
from compliance.integrators.grant import authorisation_from, in_force, speaks_of
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


def a_grant(**said: Any) -> Grant:
    usual = {"source": "token.json", "estab": "1234567", "relying_party": "app.example.org", "scopes": ("UPN",)}
    return Grant(**(usual | said))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"expires": "2026-09-01T10:00:00Z", "paused": True}, {"expires": "2026-11-01T10:00:00.1852229Z"}),
        ({"expires": "2026-11-01T10:30:00+01:00"}, {"expires": "2026-11-01T10:00:00"}),
        ({"expires": "soon", "paused": True}, {"expires": "2026-11-01T10:00:00Z"}),
        ({}, {"paused": True}),
        ({"scopes": ("SEN", "UPN")}, {"scopes": ("SEN",)}),
    ],
    ids=["re-issued", "zones", "no day", "paused", "least"],
)
def test_of_several_grants_the_newest_is_in_force_and_else_the_one_that_gives_least(
    older: dict[str, Any], newer: dict[str, Any]
) -> None:
    first, last = a_grant(**older), a_grant(**newer)
    assert in_force([first, last]) == in_force([last, first]) == last


@pytest.mark.parametrize(
    ("estab", "laestab", "party", "told"),
    [
        ("1234567", "123/4567", "", True),
        ("1234567", "1234567", "app.example.org", True),
        ("1234567", "", "", True),
        ("A1930499544", "1234567", "", True),
        ("1234567", "7654321", "", False),
        ("1234567", "1234567", "other.example.org", False),
    ],
)
def test_a_grant_speaks_of_a_school_unless_its_number_is_another(
    estab: str, laestab: str, party: str, *, told: bool
) -> None:
    assert speaks_of(a_grant(estab=estab), School(name="Blenthy School", laestab=laestab), party) is told


@pytest.mark.parametrize(("estab", "name"), [("A1930499544", "School A1930499544"), ("", "School without a number")])
def test_a_school_s_number_at_its_integrator_is_no_laestab(estab: str, name: str) -> None:
    grant = Grant(source="permissions.json", estab=estab, relying_party="", scopes=())
    assert authorisation_from(grant, "reading").school == School(name=name)
