"""A server of this machine that answers as an integrator does, with the invented school and with faults."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

from compliance.errors import UsageError
from compliance.example.draft import clean_draft
from compliance.example.simulated_oneroster import OneRosterSite
from compliance.example.simulated_wonde import WondeSite
from compliance.example.simulated_xporter import XporterSite
from compliance.example.site import SECRET, Asked, Reply, Site

SITES: Mapping[str, type[Site]] = MappingProxyType(
    {"xporter": XporterSite, "oneroster": OneRosterSite, "wonde": WondeSite}
)
"""Name of the integrator to what its server knows."""
FAULTS = (
    "slow-pages", "cut-connection", "too-many-requests", "server-error", "always-server-error", "error-body",
    "expired-token", "repeated-page", "endless-page", "gzip", "deletion",
)  # fmt: skip
SLOW = 0.3
"""Seconds that a slow page takes."""


class Simulated:
    """The state of the server."""

    def __init__(self, site: Site, faults: frozenset[str]) -> None:
        self.site = site
        self.faults = faults
        self.asked: Counter[str] = Counter()
        self.further: set[str] = set()
        """Paths of which more than the first page was asked for: by then, a record may have gone."""
        self.tokens = 0
        self.address = ""
        self.ended = threading.Event()

    def wait(self) -> None:
        """Wait until somebody ends it."""
        self.ended.wait()

    def takes(self, authorisation: str | None) -> bool:
        """Whether a request says who it is from: by the latest token, or by the secret where there are no tokens."""
        scheme = self.site.scheme
        return authorisation == (f"{scheme} token-{self.tokens}" if self.site.has_tokens else f"{scheme} {SECRET}")


@contextmanager
def simulated(
    today: dt.date, *, faults: frozenset[str] = frozenset(), port: int = 0, name: str = "xporter"
) -> Iterator[Simulated]:
    """Serve as the integrator ``name`` does until the block ends. Raises ``UsageError`` when the port is taken."""
    state = Simulated(SITES[name](clean_draft(today)), faults)
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
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        site = self.state.site
        if not site.knows(self.headers.get("Authorization", ""), body):
            self._send(site.refusal)
            return
        self.state.tokens += 1
        self._send(Reply(site.token(f"token-{self.state.tokens}")))

    def do_GET(self) -> None:
        """Answer, or fail as was wished."""
        parts = urlsplit(self.path)
        state, faults = self.state, self.state.faults
        asked = Asked(path=parts.path, query=dict(parse_qsl(parts.query)))
        state.asked[self.path] += 1
        page = state.site.page(asked)
        first = page is not None and state.asked[self.path] == 1
        expires = "expired-token" in faults and page == 2 and (state.tokens == 1 or not state.site.has_tokens)  # noqa: PLR2004 - the second page
        if not state.takes(self.headers.get("Authorization")) or expires:
            self._send(Reply({}, 401))
        elif first and "too-many-requests" in faults:
            self._send(Reply({}, 429, {"Retry-After": "0"}))
        elif page and ("always-server-error" in faults or (first and "server-error" in faults)):
            self._send(Reply({}, 500))
        elif page and "error-body" in faults:
            self._send(Reply(state.site.error))
        else:
            self._answer(asked, page, first=first)

    def _answer(self, asked: Asked, page: int | None, *, first: bool) -> None:
        faults = self.state.faults
        if page and "slow-pages" in faults:
            time.sleep(SLOW)
        if page and "endless-page" in faults:
            self._endless()
            return
        repeats = "repeated-page" in faults and page is not None
        if page and page > 1:
            self.state.further.add(asked.path)
        shrunk = "deletion" in faults and asked.path in self.state.further
        reply = self.state.site.answer(asked, repeats=repeats, shrunk=shrunk)
        self._send(reply or Reply({}, 404), cut=first and "cut-connection" in faults)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(b'{"Students": [')
            while True:
                self.wfile.write(b'{"Id": "1"},' * 1000)

    def _send(self, reply: Reply, *, cut: bool = False) -> None:
        body = json.dumps(reply.body).encode()
        more = dict(reply.headers)
        if "gzip" in self.state.faults and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, more["Content-Encoding"] = gzip.compress(body), "gzip"
        with suppress(OSError):
            self.send_response(reply.status)
            for name, value in {**more, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = self.close_connection or cut
