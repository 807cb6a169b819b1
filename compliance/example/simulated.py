"""A server of this machine that answers as Xporter does, with the invented school and with faults."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from compliance.errors import UsageError
from compliance.example import numbers
from compliance.example.draft import clean_draft
from compliance.example.feed import ERROR_ANSWER, answers

SECRET = "invented"  # noqa: S105 - it opens nothing but this server
FAULTS = (
    "slow-pages", "cut-connection", "too-many-requests", "server-error", "always-server-error", "error-body",
    "expired-token", "repeated-page", "endless-page", "gzip", "deletion",
)  # fmt: skip
_STEMS = {"Students": "students", "Staff": "staff", "Groups": "groups", "SchoolInfo": "school_info"}
SLOW = 0.3
"""Seconds that a slow page takes."""


class Simulated:
    """The state of the server."""

    def __init__(self, today: dt.date, faults: frozenset[str]) -> None:
        draft = clean_draft(today)
        self.answers = answers(draft.school, draft.agreement)
        self.faults = faults
        self.asked: Counter[str] = Counter()
        self.tokens = 0
        self.address = ""
        self.ended = threading.Event()

    def wait(self) -> None:
        """Wait until somebody ends it."""
        self.ended.wait()

    def page(self, endpoint: str, number: int) -> Any:  # noqa: ANN401 - JSON
        """Return one page of an endpoint; None when there is none."""
        stem = _STEMS.get(endpoint)
        number = 1 if "repeated-page" in self.faults else number
        found = self.answers.get(f"{stem}_{number}.json") or (self.answers.get(f"{stem}.json") if number == 1 else None)
        if found and "deletion" in self.faults and number > 1:
            found = json.loads(json.dumps(found))
            found["__pagination__"][0]["RowCount"] -= 1
        return found


@contextmanager
def simulated(today: dt.date, *, faults: frozenset[str] = frozenset(), port: int = 0) -> Iterator[Simulated]:
    """Serve until the block ends. Raises ``UsageError`` when the port is taken."""
    state = Simulated(today, faults)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), type("Answering", (_Answering,), {"state": state}))
    except OSError:
        raise UsageError("The port cannot be used.", hint="Name another with --port, or 0 for any.") from None
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answering(BaseHTTPRequestHandler):
    state: Simulated
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""

    def do_POST(self) -> None:
        """Give a token to who knows the secret."""
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if asked.get("password") != SECRET:
            self._send({"Message": "Refused", "ExceptionType": "Refused"})
            return
        self.state.tokens += 1
        self._send({"token": f"token-{self.state.tokens}", "expires": "", "Message": None, "ExceptionMessage": None})

    def do_GET(self) -> None:
        """Answer, or fail as was wished."""
        parts = urlsplit(self.path)
        state, faults = self.state, self.state.faults
        state.asked[self.path] += 1
        is_page = "/School/" in parts.path
        first = is_page and state.asked[self.path] == 1
        if self.headers.get("Authorization") != f"Idaas token-{state.tokens}" or (
            first and "expired-token" in faults and state.tokens == 1 and "page=2" in parts.query
        ):
            self._send({}, 401)
        elif first and "too-many-requests" in faults:
            self._send({}, 429, {"Retry-After": "0"})
        elif is_page and ("always-server-error" in faults or (first and "server-error" in faults)):
            self._send({}, 500)
        elif is_page and "error-body" in faults:
            self._send(ERROR_ANSWER)
        else:
            self._answer(parts.path, int(parse_qs(parts.query).get("page", ["1"])[0]), first=first)

    def _answer(self, path: str, number: int, *, first: bool) -> None:
        faults = self.state.faults
        match path.strip("/").split("/"):
            case ["api", "v1", "TokenDetails"]:
                found: Any = self.state.answers["token_details.json"]
            case ["api", "v1", "GDPRIDs"]:
                found = self.state.answers["gdpr_ids.json"]
            case ["api", "v1", "School", numbers.LAESTAB, endpoint]:
                found = self.state.page(endpoint, number)
                if "slow-pages" in faults:
                    time.sleep(SLOW)
                if "endless-page" in faults:
                    self._endless()
                    return
            case _:
                found = None
        if found is None:
            self._send({}, 404)
        else:
            self._send(found, cut=first and "cut-connection" in faults)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(b'{"Students": [')
            while True:
                self.wfile.write(b'{"Id": "1"},' * 1000)

    def _send(
        self, answer: object, status: int = 200, headers: dict[str, str] | None = None, *, cut: bool = False
    ) -> None:
        body = json.dumps(answer).encode()
        more = dict(headers or {})
        if "gzip" in self.state.faults and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, more["Content-Encoding"] = gzip.compress(body), "gzip"
        with suppress(OSError):
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = self.close_connection or cut
