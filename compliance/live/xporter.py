"""Xporter on Demand: a token for one school, then a page after the other (INTEGRATORS.md, sections 1.1 to 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from compliance.errors import SourceError
from compliance.integrators.xporter_aside import ERROR_KEYS, PAGE_KEYS, PAUSED
from compliance.live.base import Answer, Pull, Unasked
from compliance.live.connection import Call, Connection, TokenRefusedError, with_header

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

OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Students": frozenset(
            {
                "includePhotos",
                "includeGroupIds",
                "includeParentIdaasIds",
                "includeAttStats",
                "includeAttMarkString",
                "includeSiblingsList",
                "includeLeavers",
                "includePreAdmissions",
                "includeGuests",
                "includeSubsidiary",
                "includeComms",
            }
        ),
        "Staff": frozenset(
            {
                "includePhotos",
                "includeFuture",
                "includePrevious",
                "includeTemporary",
                "teachersOnly",
            }
        ),
        "Contacts": frozenset({"includeChildIdaasIds", "onlyParentalResponsibility"}),
        "Groups": frozenset({"includeStudentMembers"}),
    }
)
"""Endpoint to the options that widen or narrow it."""


class XporterClient:
    """Asks Xporter on Demand."""

    hosts = MappingProxyType({"token": "https://login.groupcall.com", "data": "https://xporter.groupcall.com"})

    def answers(self, connection: Connection, pull: Pull) -> Iterator[Answer | Unasked]:
        """Yield the token's details, the school's exclusions, and every page of every endpoint that is needed."""
        session = _Session(connection, pull)
        body, details = session.ask(Call(host="data", path="/api/v1/TokenDetails"))
        _check_school(connection, pull, details)
        yield Answer(name="token_details.json", body=body)
        yield Answer(name="gdpr_ids.json", body=session.ask(Call(host="data", path="/api/v1/GDPRIDs"))[0])
        yield from map(_unasked, sorted(pull.datasets - ENDPOINTS.keys()))
        for endpoint in sorted({ENDPOINTS[name] for name in pull.datasets & ENDPOINTS.keys()}):
            yield from _pages(session, endpoint)


class _Session:
    """Asks with a token, and with a new one when the first is refused."""

    def __init__(self, connection: Connection, pull: Pull) -> None:
        self.connection = connection
        self.pull = pull
        self._token = self._new_token()

    def ask(self, call: Call) -> tuple[bytes, dict[str, Any]]:
        """Return an answer that is no error. Raises ``SourceError`` when a new token does not help either."""
        for is_last in (False, True):
            try:
                body, found = self.connection.ask(with_header(call, "Authorization", f"Idaas {self._token}"))
            except TokenRefusedError:
                if is_last:
                    raise _refused(self.connection, call) from None
            else:
                if not _is_error(found):
                    return body, found
                if is_last or PAUSED in _words(found):
                    raise _error_answer(self.connection, call, found)
            self._token = self._new_token()
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
            _, found = self.connection.ask(call)
        except TokenRefusedError:
            raise _refused(self.connection, call) from None
        token = found.get("token")
        if PAUSED in _words(found):
            raise _error_answer(self.connection, call, found)
        if _is_error(found) or not isinstance(token, str) or not (token.isascii() and token.isprintable() and token):
            raise _refused(self.connection, call)
        return token


def _pages(session: _Session, endpoint: str) -> Iterator[Answer]:
    """Yield every page of one endpoint, each once. Raises ``SourceError`` when they are not one whole."""
    connection, pull = session.connection, session.pull
    options = ",".join(option for option in pull.options if option in OPTIONS.get(endpoint, ()))
    call = Call(host="data", path=f"/api/v1/School/{pull.school}/{endpoint}/")
    count, all_rows, rows = 1, 0, 0
    met: set[object] = set()
    number = 0
    while number < count:
        number += 1
        query = {"page": str(number), "pageSize": str(PAGE_SIZE), "httpStatusCodes": "true"}
        body, found = session.ask(
            Call(host=call.host, path=call.path, query={**query, **({"options": options} if options else {})})
        )
        paging = _paging(found)
        if paging is None:
            if number > 1 or PAGE_KEYS & found.keys():
                raise _changed(connection, call)
            yield Answer(name=f"{endpoint.casefold()}.json", body=body)
            return
        if number > 1 and paging[1:] != (count, all_rows):
            raise _changed(connection, call)
        at, count, all_rows = paging
        ids = [row.get("Id") for row in _main_rows(found) if isinstance(row, dict)]
        rows += len(ids)
        if at != number or met.intersection(ids) or len(set(ids)) < len(ids):
            raise connection.error(
                call,
                f"Page {number} of {count} repeats what another page holds.",
                hint="Nothing was kept. Pull again; if it stays so, ask the integrator.",
            )
        if count > connection.limits.pages:
            raise connection.error(call, f"It has {count:,} pages.", hint="No school has so many: ask the integrator.")
        met.update(ids)
        yield Answer(name=f"{endpoint.casefold()}_{number}.json", body=body)
    if rows != all_rows:
        raise _changed(connection, call)


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
    return connection.error(
        call,
        "It is an error answer of the integrator, sent as if nothing had happened.",
        hint="Nothing was kept. Try again later, or ask the integrator.",
    )


def _refused(connection: Connection, call: Call) -> SourceError:
    return connection.error(
        call,
        "The integrator refuses the token or the secret.",
        hint="Check the secret of this school: authorising an app again makes a new one.",
    )


def _changed(connection: Connection, call: Call) -> SourceError:
    return connection.error(
        call,
        "The school's data changed between two pages, or rows are missing.",
        hint="Nothing was kept. Pull again.",
    )


def _unasked(dataset: str) -> Unasked:
    return Unasked(dataset=dataset)
