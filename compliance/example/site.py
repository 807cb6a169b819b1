"""What a simulated server knows of one integrator: how it lets an app in, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from compliance.example.draft import Draft

SECRET = "invented"  # noqa: S105 - it opens nothing but these servers


class Asked(NamedTuple):
    """One request."""

    path: str
    query: Mapping[str, str]

    def number(self, name: str, otherwise: int) -> int:
        """Return a number of the query."""
        return int(self.query.get(name, otherwise))


class Reply(NamedTuple):
    """One answer."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = {}


class Site(Protocol):
    """One integrator's server."""

    def __init__(self, draft: Draft) -> None: ...

    @property
    def school(self) -> str:
        """The number by which it knows the invented school."""

    @property
    def scheme(self) -> str:
        """Word before the token in the header of a request."""

    @property
    def has_tokens(self) -> bool:
        """Whether it gives tokens for a secret; the secret itself is one otherwise."""

    @property
    def refusal(self) -> Reply:
        """What it says to a wrong secret."""

    @property
    def error(self) -> object:
        """The error that it sends with HTTP status 200."""

    def knows(self, authorisation: str, body: str) -> bool:
        """Whether a request for a token proves who it is from."""

    def token(self, token: str) -> object:
        """Return the answer that hands over ``token``."""

    def page(self, asked: Asked) -> int | None:
        """Return which page of records is asked for; None when no records are."""

    def answer(self, asked: Asked, *, repeats: bool, shrunk: bool) -> Reply | None:
        """Return the answer; None when there is none.

        ``repeats``: whatever page is asked for, it is the first. ``shrunk``: the first record has gone in the meantime.
        """
