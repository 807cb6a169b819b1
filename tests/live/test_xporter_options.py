"""Which options of a permission set a pull sends, and to which endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from compliance import resources
from compliance.declarations.load import load_declarations
from compliance.live.base import Answer, Limits, Pull, Unsent
from compliance.live.connection import Call, Connection, Got
from compliance.live.xporter import ENDPOINTS, OPTIONS, XporterClient
from compliance.model.paths import FieldPath

if TYPE_CHECKING:
    from collections.abc import Iterator


class Recording:
    """A connection that notes what it is asked, and answers as little as it may."""

    limits = Limits()

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def ask(self, call: Call) -> Got:
        self.calls.append(call)
        found = {"token": "t", "Estab": "1234567", "RelyingParty": "app.example.org"}
        return Got(b"{}", dict(found), {})


def asked(*options: str) -> tuple[dict[str, str], list[Unsent]]:
    """Return the options that each endpoint was sent, and those that none was."""
    connection = Recording()
    pull = Pull(
        school="1234567",
        relying_party="app.example.org",
        fields=frozenset(map(FieldPath.parse, ("Students.Forename", "Staff.Surname", "Group.Name"))),
        options=options,
        secret="invented",  # noqa: S106 - it is
    )
    answers: Iterator[object] = XporterClient().answers(cast("Connection", connection), pull)
    unsent = [each for each in answers if not isinstance(each, Answer)]
    schools = {call.path.strip("/").rpartition("/")[2]: call for call in connection.calls if "/School/" in call.path}
    assert all(isinstance(each, Unsent) for each in unsent)
    return {name: call.query.get("options", "") for name, call in schools.items()}, cast("list[Unsent]", unsent)


def test_without_options_none_is_sent() -> None:
    assert asked() == ({"Groups": "", "Staff": "", "Students": ""}, [])


def test_only_listed_options_are_sent_and_each_to_those_who_take_it() -> None:
    sent, unsent = asked("includeGroupIds", "includeLeavers", "includeStudentMembers")
    assert sent == {
        "Groups": "includeStudentMembers",
        "Staff": "includeGroupIds",
        "Students": "includeGroupIds,includeLeavers",
    }
    assert unsent == []


def test_an_option_that_no_known_endpoint_takes_is_named() -> None:
    assert asked("includeComments", "includeChildXIDs") == (
        {"Groups": "", "Staff": "", "Students": ""},
        [Unsent(option="includeComments")],
    )


def test_every_option_of_the_catalogue_goes_to_the_endpoint_that_it_widens() -> None:
    catalogue = load_declarations([resources.example_app().parents[1] / "integrators" / "xporter.yaml"]).catalogue
    assert catalogue
    known = {
        option.id: ENDPOINTS[option.dataset] for option in catalogue.options.values() if option.dataset in ENDPOINTS
    }
    assert len(known) > 30
    assert {name for name, endpoint in known.items() if name not in OPTIONS[endpoint]} == set()
    assert frozenset().union(*OPTIONS.values()) == known.keys()
