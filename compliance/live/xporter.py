"""Xporter on Demand: a token for one school, then a page after the other (INTEGRATORS.md, sections 1.1 to 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from compliance.errors import SourceError
from compliance.integrators.xporter_aside import ERROR_KEYS, PAGE_KEYS, PAUSED
from compliance.live.base import LAESTAB, Answer, Pull, Unasked, Unsent
from compliance.live.connection import Call, Connection, Got, TokenRefusedError
from compliance.live.pages import Pages, no_records, repeated
from compliance.live.tokens import Tokens, is_token, refused

PAGE_SIZE = 1000

ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {
        "Students": "Students",
        "StudentSiblings": "Students",
        "Staff": "Staff",
        "Contacts": "Contacts",
        "StudentContacts": "StudentContacts",
        "PersonComms": "PersonComms",
        "Group": "Groups",
        "StaffMembers": "Groups",
        "StudentMembers": "Groups",
        "GroupTypes": "Groups",
        "SchoolInfo": "SchoolInfo",
        "Photos": "Photos",
    }
)
"""Dataset to the endpoint that sends it."""

_GROUPS_OF_A_PERSON = frozenset({"includeGroupIds", "includeGroupIdaasIds", "includeGroupXIDs"})
_OF_STUDENTS = (
    *("includePhotos", "includeParentIdaasIds", "includeParentXIDs", "includeAttStats", "includeAttMarkString"),
    *("includeSiblingsList", "includeSiblingsResultset", "includeLeavers", "includePreAdmissions", "includeGuests"),
    *("includeSubsidiary", "includeComms"),
)
_OF_STAFF = (
    "includePhotos",
    "includeFuture",
    "includePrevious",
    "includeTemporary",
    "includeHierarchy",
    "teachersOnly",
)
_OF_GROUPS = (
    *("includeStaffMembers", "includeStudentMembers", "includeMembersIds", "includeMembersIdaasIds"),
    *("includeMembersXIDs", "includeSubjects", "includeGroupTypes", "includeSubGroups"),
)
OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Students": _GROUPS_OF_A_PERSON.union(_OF_STUDENTS),
        "Staff": _GROUPS_OF_A_PERSON.union(_OF_STAFF),
        "Contacts": frozenset({"includeChildIdaasIds", "includeChildXIDs", "onlyParentalResponsibility"}),
        "StudentContacts": frozenset({"includeExternalIds"}),
        "Groups": frozenset(_OF_GROUPS),
    }
)
"""Endpoint to the options that widen or narrow it; of these, those that the permission set lists are sent."""


class XporterClient:
    """Asks Xporter on Demand."""

    schools = LAESTAB
    hosts = MappingProxyType({"token": "https://login.groupcall.com", "data": "https://xporter.groupcall.com"})

    def answers(self, connection: Connection, pull: Pull) -> Iterator[Answer | Unasked | Unsent]:
        """Yield the token's details, the school's exclusions, and every page of every endpoint that is needed."""
        session = _Session(connection, pull)
        body, details, _ = session.ask(Call(host="data", path="/api/v1/TokenDetails"))
        _check_school(connection, pull, details)
        yield Answer(name="token_details.json", body=body)
        yield Answer(name="gdpr_ids.json", body=session.ask(Call(host="data", path="/api/v1/GDPRIDs")).body)
        yield from (Unasked(dataset=dataset) for dataset in sorted(pull.datasets - ENDPOINTS.keys()))
        yield from (Unsent(option=option) for option in sorted(set(pull.options).difference(*OPTIONS.values())))
        for endpoint in sorted({ENDPOINTS[name] for name in pull.datasets & ENDPOINTS.keys()}):
            yield from _pages(session, endpoint)


class _Session:
    """Asks with a token, and with a new one after an answer that is an error."""

    def __init__(self, connection: Connection, pull: Pull) -> None:
        self.connection = connection
        self.pull = pull
        self._tokens = Tokens(connection, "Idaas", self._new_token)

    def ask(self, call: Call) -> Got:
        """Return an answer that is no error. Raises ``SourceError`` when a new token does not help either."""
        for is_last in (False, True):
            got = self._tokens.ask(call)
            if not _is_error(got.found):
                return got
            if is_last or PAUSED in _words(got.found):
                raise _error_answer(self.connection, call, got.found)
            self._tokens.renew()
        raise AssertionError

    def _new_token(self) -> str:
        call = Call(
            host="token",
            path="/idaas/sts/STS/GetToken",
            content={
                "estab": self.pull.school,
                "relyingParty": self.pull.relying_party,
                "password": self.pull.secret,
                "thirdPartyId": "XporterOnDemand",
            },
        )
        try:
            found = self.connection.ask(call).found
        except TokenRefusedError:
            raise refused(self.connection, call) from None
        if PAUSED in _words(found):
            raise _error_answer(self.connection, call, found)
        if _is_error(found) or not is_token(found.get("token")):
            raise refused(self.connection, call)
        return str(found["token"])


def _pages(session: _Session, endpoint: str) -> Iterator[Answer]:
    """Yield every page of one endpoint, each once. Raises ``SourceError`` when they are not one whole."""
    connection, pull = session.connection, session.pull
    options = ",".join(option for option in pull.options if option in OPTIONS.get(endpoint, ()))
    call = Call(host="data", path=f"/api/v1/School/{pull.school}/{endpoint}/")
    pages = Pages(connection, call)
    count, all_rows = 1, 0
    while pages.number < count:
        query = {"page": str(pages.number + 1), "pageSize": str(PAGE_SIZE), "httpStatusCodes": "true"}
        body, found, _ = session.ask(replace(call, query={**query, **({"options": options} if options else {})}))
        paging = _paging(found)
        if paging is None:
            pages.check(is_so=not (pages.number or PAGE_KEYS & found.keys()))
            yield Answer(name=f"{endpoint.casefold()}.json", body=body)
            return
        at, *whole = paging
        pages.check(is_so=not pages.number or whole == [count, all_rows])
        count, all_rows = whole
        pages.add([row.get("Id") for row in _main_rows(found) if isinstance(row, dict)], of=count)
        if at != pages.number:
            raise repeated(connection, call, f"Page {pages.number} of {count}")
        yield Answer(name=f"{endpoint.casefold()}_{pages.number}.json", body=body)
    pages.check(is_so=pages.rows == all_rows)


def _paging(found: Mapping[str, Any]) -> tuple[int, int, int] | None:
    """Return number of the page, count of pages and count of all rows; None for an answer that is not paged."""
    match found.get("__pagination__") or found.get("Pagination"):
        case [{"PageNumber": int(number), "PageCount": int(count), "RowCount": int(rows)}, *_]:
            return number, count, rows
        case _:
            return None


def _main_rows(found: Mapping[str, Any]) -> list[Any]:
    """Return the rows of the first dataset, which is the one that is paged."""
    return next((rows for name, rows in found.items() if name in ENDPOINTS and isinstance(rows, list)), [])


def _check_school(connection: Connection, pull: Pull, details: Mapping[str, Any]) -> None:
    if str(details.get("Estab")) != pull.school or details.get("RelyingParty") != pull.relying_party:
        raise connection.error(
            Call(host="data", path="/api/v1/TokenDetails"),
            "The token is for another school or another app.",
            hint="Check the school's number, the relying party and the secret.",
        )


def _is_error(found: Mapping[str, Any]) -> bool:
    return any(found.get(key) for key in ERROR_KEYS)


def _words(found: Mapping[str, Any]) -> str:
    return " ".join(str(found.get(key)) for key in ERROR_KEYS)


def _error_answer(connection: Connection, call: Call, found: Mapping[str, Any]) -> SourceError:
    if PAUSED in _words(found):
        return connection.error(
            call, "The school has paused its authorisation.", hint="Ask the school; nothing was pulled."
        )
    return no_records(connection, call)
