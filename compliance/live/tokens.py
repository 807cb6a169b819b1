"""A token in the header of every call, and a new one when it is refused."""

from __future__ import annotations

from collections.abc import Callable

from compliance.errors import SourceError
from compliance.live.connection import Call, Connection, Got, TokenRefusedError, with_header


class Tokens:
    """The token of one pull: made when it is first needed, and once more when the integrator no longer takes it."""

    def __init__(self, connection: Connection, scheme: str, make: Callable[[], str]) -> None:
        self._connection = connection
        self._scheme = scheme
        self._make = make
        self._held = ""

    def ask(self, call: Call) -> Got:
        """Return a whole answer. Raises ``SourceError`` when a new token does not help either."""
        for _ in range(2):
            self._held = self._held or self._make()
            try:
                return self._connection.ask(with_header(call, "Authorization", f"{self._scheme} {self._held}"))
            except TokenRefusedError:
                self.renew()
        raise refused(self._connection, call)

    def renew(self) -> None:
        """Forget the token, so that the next call makes another."""
        self._held = ""


def is_token(text: object) -> bool:
    """Whether ``text`` can stand in a header."""
    return isinstance(text, str) and bool(text) and text.isascii() and text.isprintable()


def refused(connection: Connection, call: Call) -> SourceError:
    """Say that neither secret nor token is taken."""
    return connection.error(
        call,
        "The integrator refuses the token or the secret.",
        hint="Check the relying_party of the permission set, and the secret of this school: "
        "authorising an app again makes a new one.",
    )
