"""The only place that speaks to an integrator over the network, and the home of httpx.

Nothing of what is sent or comes back reaches an error: it names the host, the path and the kind of failure.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from compliance.errors import Place, SourceError, UsageError
from compliance.live.base import Limits

PIECE = 64 * 1024
UNAUTHORISED, TOO_MANY, FIRST_SERVER_ERROR = 401, 429, 500
_OK = 200
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Got(NamedTuple):
    """One whole answer: its bytes, the object that they hold, and its headers with names in small letters."""

    body: bytes
    found: dict[str, Any]
    headers: Mapping[str, str]


class TokenRefusedError(Exception):
    """The server no longer takes the token: a new one may help."""


class _AgainError(Exception):
    """The answer did not come whole, and another attempt may bring it."""

    def __init__(self, what: str, pause: float | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.pause = pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request; ``headers``, ``form`` and ``content`` may hold secrets."""

    host: str
    """Which of the client's hosts."""
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: Mapping[str, str] | None = field(default=None, repr=False)
    """Sent as JSON with POST."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """Sent as a form with POST. Without content and form the request is a GET."""


class Connection:
    """An open connection to the hosts of one integrator, and to no other."""

    def __init__(
        self,
        hosts: Mapping[str, str],
        limits: Limits,
        session: Any,  # noqa: ANN401 - httpx is imported late
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._hosts = hosts
        self._session = session
        self._sleep = sleep
        self.limits = limits

    def ask(self, call: Call) -> Got:
        """Return a whole answer.

        An answer that does not come whole is asked for again, and nothing that came before is. Raises ``SourceError``
        when it never does, and ``TokenRefusedError``.
        """
        pause = self.limits.pause
        for attempt in range(1, self.limits.attempts + 1):
            try:
                body, headers = self._once(call)
                return Got(body, _object(body), headers)
            except _AgainError as failed:
                what, asked = failed.what, failed.pause
            if attempt < self.limits.attempts:
                self._sleep(pause if asked is None else asked)
                pause *= 2
        raise self.error(call, f"It {what}, {self.limits.attempts} times.", hint="Nothing was kept. Try again later.")

    def error(self, call: Call, message: str, *, hint: str) -> SourceError:
        """Say what went wrong with a call, and where, without anything that was sent or that came back."""
        return SourceError(message, hint=hint, place=Place(f"{urlsplit(self._hosts[call.host]).netloc}{call.path}"))

    def _once(self, call: Call) -> tuple[bytes, Mapping[str, str]]:
        import httpx  # noqa: PLC0415 - an extra

        begun = time.monotonic()
        try:
            with self._session.stream(
                "GET" if call.content is None and call.form is None else "POST",
                self._hosts[call.host] + call.path,
                params=dict(call.query),
                headers=dict(call.headers),
                json=call.content,
                data=call.form,
            ) as response:
                self._check(call, response)
                body = bytearray()
                for piece in response.iter_bytes(PIECE):
                    body += piece
                    if len(body) > self.limits.answer_size:
                        raise self.error(
                            call,
                            f"An answer is longer than {self.limits.answer_size:,} bytes and was not read to its end.",
                            hint="No page of a school is so large: ask the integrator.",
                        )
                    if time.monotonic() - begun > self.limits.answer_within:
                        raise self.error(
                            call,
                            f"An answer did not end within {self.limits.answer_within:g} seconds.",
                            hint="Nothing was kept. Try again later, or ask the integrator.",
                        )
                return bytes(body), {name.lower(): value for name, value in response.headers.items()}
        except httpx.TimeoutException:
            raise _AgainError(f"was silent for {self.limits.silent_for:g} seconds") from None
        except httpx.HTTPError as failed:
            raise _AgainError(f"broke the connection ({type(failed).__name__})") from None

    def _check(self, call: Call, response: Any) -> None:  # noqa: ANN401 - httpx is imported late
        status = int(response.status_code)
        if status == UNAUTHORISED:
            raise TokenRefusedError
        if status == TOO_MANY or status >= FIRST_SERVER_ERROR:
            raise _AgainError(f"answered with HTTP status {status}", self._asked_pause(call, response))
        if response.is_redirect:
            raise self.error(
                call,
                "It points to another address, and it was not followed.",
                hint="The addresses of integrators are fixed: ask the integrator.",
            )
        if status != _OK:
            raise self.error(
                call,
                f"It answered with HTTP status {status}.",
                hint="Check the school, the permission set and that the school has authorised the app.",
            )

    def _asked_pause(self, call: Call, response: Any) -> float | None:  # noqa: ANN401 - httpx is imported late
        """Return the seconds of ``Retry-After`` (RFC 9110, section 10.2.3); None when it names none."""
        said = response.headers.get("Retry-After", "")
        try:
            seconds = float(said) if said.isdigit() else parsedate_to_datetime(said).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
        if seconds > self.limits.longest_pause:
            raise self.error(
                call,
                f"It asks to wait for {seconds:.0f} seconds.",
                hint="Nothing was kept. Pull again after that time.",
            )
        return max(seconds, 0.0)


@contextmanager
def connect(hosts: Mapping[str, str], to: str | None, limits: Limits) -> Iterator[Connection]:
    """Yield a connection to ``hosts``, or to a server of this machine that stands for all of them.

    Certificates are always checked. Neither the environment nor ``.netrc`` can send requests elsewhere.
    Raises ``UsageError`` for a server that is not of this machine, and ``SourceError`` without httpx.
    """
    hosts = dict.fromkeys(hosts, _loopback(to)) if to else hosts
    try:
        import httpx  # noqa: PLC0415 - an extra
    except ImportError:
        raise SourceError(
            "A live pull needs httpx.",
            hint="Install it: `pip install 'compliance-for-schools[pull]'`.",
            place=Place("pull"),
        ) from None
    with httpx.Client(follow_redirects=False, trust_env=False, timeout=limits.silent_for) as session:
        yield Connection(hosts, limits, session)


def _loopback(address: str) -> str:
    wrong = UsageError(
        "--to names no server of this machine.",
        hint="It is for trials with `compliance simulate`: write http://127.0.0.1:PORT.",
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    is_bare = not (parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"))
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK or not port or not is_bare:
        raise wrong
    return f"http://{parts.netloc}"


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise _AgainError("answered with what is not whole JSON") from None
    if not isinstance(found, dict):
        raise _AgainError("answered with what is no JSON object")
    return found


def with_header(call: Call, name: str, value: str) -> Call:
    """Return ``call`` with one more header."""
    return replace(call, headers={**call.headers, name: value})
