from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.integrators.oneroster_columns import COLUMNS
from compliance.integrators.spelling import respelt

USERS = COLUMNS["users"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("giveName", "givenName"),
        ("Given Name", "givenName"),
        ("given_name", "givenName"),
        ("sourceId", "sourcedId"),
        ("orgSourceIds", "orgSourcedIds"),
        ("gievnName", "givenName"),
        ("gievnNmae", None),
        ("SMS", "sms"),
        ("parentSourcedId", None),
        ("sex", None),
        ("rôle", None),
        ("locker", None),
    ],
)
def test_a_slip_or_two_are_forgiven_in_a_long_name_and_none_in_a_short_one(name: str, meant: str | None) -> None:
    assert respelt([name], USERS) == ({name: meant} if meant else {})


def test_what_is_there_in_its_own_spelling_is_not_taken_twice() -> None:
    assert respelt(["givenName", "giveName"], USERS) == {}


def test_two_names_do_not_become_one() -> None:
    assert respelt(["giveName", "given-name"], USERS) == {}


def test_nothing_is_guessed_between_two_that_are_as_near() -> None:
    assert respelt(["lineitemX"], ["lineItemA", "lineItemB"]) == {}


@given(st.lists(st.text(max_size=20), unique=True), st.lists(st.text(max_size=20), unique=True))
def test_every_name_is_one_of_the_documented_and_no_two_become_one(names: list[str], documented: list[str]) -> None:
    meant = respelt(names, documented)
    after = [meant.get(name, name) for name in names]
    assert set(meant.values()) <= {*documented}
    assert len(set(after)) == len(names)


@given(st.lists(st.sampled_from(USERS), unique=True))
def test_documented_names_stay_as_they_are(names: list[str]) -> None:
    assert respelt(names, USERS) == {}
