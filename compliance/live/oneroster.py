"""Xporter's OneRoster 1.1: a token for one school, then records by limit and offset (INTEGRATORS.md, section 1.8)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from compliance.integrators.oneroster import ERROR_KEYS
from compliance.live.base import LAESTAB, Answer, Pull, Unasked, Unsent
from compliance.live.connection import Call, Connection, Got, TokenRefusedError
from compliance.live.pages import Pages, no_records, rows_in
from compliance.live.tokens import Tokens, is_token, refused

BASE = "/api/ims/oneroster/v1p1/school"
LIMIT = 1000
ENDPOINTS = frozenset({"academicSessions", "classes", "courses", "enrollments", "orgs", "users"})
"""Endpoints, each called like the table that it sends; there is none for demographics."""
TOTAL = "x-total-count"
"""Header that says how many records there are (1.1 of the standard, on pagination)."""


class OneRosterClient:
    """Asks the OneRoster endpoints of Xporter."""

    schools = LAESTAB
    hosts = MappingProxyType({"data": "https://xporter.groupcall.com"})

    def answers(self, connection: Connection, pull: Pull) -> Iterator[Answer | Unasked | Unsent]:
        """Yield every page of every endpoint that is needed."""
        tokens = Tokens(connection, "Bearer", lambda: _token(connection, pull))
        yield from (Unsent(option=option) for option in sorted(set(pull.options)))
        yield from (Unasked(dataset=dataset) for dataset in sorted(pull.datasets - ENDPOINTS))
        for endpoint in sorted(pull.datasets & ENDPOINTS):
            yield from _pages(connection, tokens, endpoint)


def _token(connection: Connection, pull: Pull) -> str:
    """Ask for a token with the app's name, the school and the secret (RFC 6749, section 4.4.2)."""
    proof = b64encode(f"{pull.relying_party}|{pull.school}:{pull.secret}".encode()).decode()
    call = Call(
        host="data",
        path=f"{BASE}/auth/token",
        headers={"Authorization": f"Basic {proof}"},
        form={"grant_type": "client_credentials"},
    )
    try:
        token = connection.ask(call).found.get("access_token")
    except TokenRefusedError:
        raise refused(connection, call) from None
    if not is_token(token):
        raise refused(connection, call)
    return str(token)


def _pages(connection: Connection, tokens: Tokens, endpoint: str) -> Iterator[Answer]:
    """Yield every page of one endpoint, each once. Raises ``SourceError`` when they are not one whole.

    A server may send fewer records than it was asked for, and need not say how many there are: the end is the count of
    all, or else an empty page.
    """
    call = Call(host="data", path=f"{BASE}/{endpoint}")
    pages = Pages(connection, call)
    total: int | None = None
    ids: list[object] = [None]
    while ids and (total is None or pages.rows < total):
        before, so_far = pages.last, pages.rows
        got, ids = _records(connection, tokens, call, endpoint, offset=so_far, limit=LIMIT)
        said = _total(got.headers.get(TOTAL, ""))
        pages.check(is_so=not pages.number or said == total)
        total = said
        pages.add(ids)
        if before and ids:
            pages.check(is_so=_records(connection, tokens, call, endpoint, offset=so_far - 1, limit=1)[1] == [before])
        if ids or pages.number == 1:
            yield Answer(name=f"{endpoint.casefold()}_{pages.number}.json", body=got.body)
    pages.check(is_so=total is None or pages.rows == total)


def _records(
    connection: Connection, tokens: Tokens, call: Call, endpoint: str, *, offset: int, limit: int
) -> tuple[Got, list[object]]:
    """Return some of the records in the order of their ids, and these ids."""
    query = {"limit": str(limit), "offset": str(offset), "sort": "sourcedId", "orderBy": "asc"}
    got = tokens.ask(replace(call, query=query))
    ids = rows_in(got.found, endpoint, "sourcedId")
    if ids is None or got.found.keys() & ERROR_KEYS:
        raise no_records(connection, call)
    return got, ids


def _total(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() else None
