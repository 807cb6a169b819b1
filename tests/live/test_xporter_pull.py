"""A pull through a real socket: the inventory is exact, or there is one clear error."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from compliance import resources
from compliance.errors import SourceError, UsageError
from compliance.example.draft import clean_draft
from compliance.example.simulated import simulated
from compliance.example.site import SECRET
from compliance.live.base import Limits
from compliance.model.inventory import Inventory
from compliance.runs.pull import PullRequest, run_pull

TODAY = dt.date(2026, 10, 1)
AT = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
QUICK = Limits(silent_for=2, answer_within=5, answer_size=2_000_000, attempts=3, pause=0.01)


def pulled(*faults: str, secret: str = SECRET, limits: Limits = QUICK, to: str | None = None) -> Inventory:
    with simulated(TODAY, faults=frozenset(faults)) as server:
        return run_pull(
            PullRequest(
                declarations=(resources.example_app() / "permission-set.yaml",),
                at=AT,
                school="1234567",
                secret=secret,
                key=b"k" * 32,
                to=to or server.address,
                limits=limits,
            )
        )


@pytest.fixture(scope="module")
def exact() -> Inventory:
    return pulled()


def test_a_pull_is_whole(exact: Inventory) -> None:
    school = clean_draft(TODAY).school
    assert {name: each.rows for name, each in exact.datasets.items() if each.rows} == {
        "Students": len(school.pupils) - 1,  # one is excluded
        "Staff": len(school.staff),
        "Group": len(school.groups),
        "SchoolInfo": 1,
    }
    assert exact.notices == ()
    assert [grant.estab for grant in exact.grants] == ["1234567"]


@pytest.mark.parametrize(
    "fault", ["slow-pages", "cut-connection", "too-many-requests", "server-error", "expired-token", "gzip"]
)
def test_what_can_be_asked_again_changes_nothing(fault: str, exact: Inventory) -> None:
    assert pulled(fault) == exact


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("always-server-error", "It answered with HTTP status 500, 3 times."),
        ("error-body", "It is an error answer of the integrator, sent as if nothing had happened."),
        ("repeated-page", "Page 2 of 5 repeats what another page holds."),
        ("endless-page", "An answer is longer than 2,000,000 bytes and was not read to its end."),
        ("deletion", "The school's data changed between two pages, or rows are missing."),
    ],
)
def test_what_did_not_come_whole_is_an_error(fault: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        pulled(fault)
    assert caught.value.message == message


def test_a_server_that_is_silent_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"It was silent for 0\.05 seconds, 3 times\."):
        pulled("slow-pages", limits=replace(QUICK, silent_for=0.05))


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(SourceError, match="refuses the token or the secret") as caught:
        pulled(secret="CANARY-SECRET")  # noqa: S106 - a canary
    assert "CANARY" not in f"{caught.value}{caught.value!r}{caught.value.__context__!r}"


@pytest.mark.parametrize(
    "to", ["http://example.org:80", "https://127.0.0.1:1", "http://127.0.0.1", "http://u:p@127.0.0.1:1"]
)
def test_only_this_machine_stands_for_an_integrator(to: str) -> None:
    with pytest.raises(UsageError, match="names no server of this machine"):
        pulled(to=to)
