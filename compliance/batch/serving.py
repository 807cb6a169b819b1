"""Shows a folder of reports to a browser of this machine: read-only, and nothing else.

Only 127.0.0.1 is listened at, only for a request that names it (so that no page from elsewhere can reach it under a
name of its own), only GET and HEAD are answered, and only with documents that stand in the folder.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from compliance.batch.index import INDEX
from compliance.batch.outcomes import MANIFEST, Outcome, recorded
from compliance.errors import Place, SourceError, UsageError

TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".md": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a document to its media type; nothing else is shown."""
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Whatever a document allows itself, it fetches nothing. Its own policy, which names its script, holds beside this."""
NO_SCRIPT = "script-src 'none'"
"""Also for a document that has no policy of its own: it is none of ours."""
_OWN_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
_HEAD = 2048
PATIENCE = 30.0
"""Seconds for a browser to say what it wants."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs."""

    address: str
    ended: threading.Event

    def wait(self) -> None:
        """Wait until somebody ends it."""
        self.ended.wait()


@contextmanager
def serving(folder: Path, index: Callable[[], str], *, port: int = 0) -> Iterator[Serving]:
    """Show ``folder`` until the block ends; ``index`` writes the page to find each school by where none stands there.

    Raises ``SourceError`` when there is no such folder, and ``UsageError`` when the port is taken.
    """
    if not folder.is_dir():
        raise SourceError("There is no such folder.", hint="Give a folder of reports.", place=Place(str(folder)))
    members = {"root": folder.resolve(), "index": staticmethod(index)}
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), type("Showing", (_Showing,), members))
    except OSError:
        raise UsageError("The port cannot be used.", hint="Name another with --port, or 0 for any.") from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Serving(f"http://127.0.0.1:{server.server_address[1]}/", threading.Event())
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def shown_in(folder: Path) -> tuple[Outcome, ...]:
    """Return what stands in a folder of reports: what a batch recorded, and every other document by itself."""
    known = {
        name: outcome
        for name, outcome in recorded(folder).items()
        if outcome.files and all((folder / each).is_file() for each in outcome.files)
    }
    listed = {name for outcome in known.values() for name in outcome.files} | {INDEX, MANIFEST}
    others: dict[str, dict[str, str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in listed and document_at(folder.resolve(), name):
            others.setdefault(name.removesuffix(path.suffix), {})[name] = ""
    return (*known.values(), *(Outcome(school=stem, asked="", files=files) for stem, files in others.items()))


def document_at(root: Path, name: str) -> Path | None:
    """Return the document that a path below ``root`` names; None for what is hidden, of no known kind or elsewhere."""
    steps = name.split("/")
    if any(not step or step.startswith(".") or "\\" in step or "\0" in step or ":" in step for step in steps):
        return None
    try:
        path = root.joinpath(*steps).resolve()
        is_document = path.is_relative_to(root) and path.suffix.casefold() in TYPES and path.is_file()
    except OSError:
        return None
    return path if is_document else None


class _Showing(BaseHTTPRequestHandler):
    """Answers one browser."""

    root: Path
    index: Callable[[], str]
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "compliance", ""
    timeout = PATIENCE

    def do_GET(self) -> None:
        """Answer with a document."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with what a document would be sent with."""
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """Keep no record of who read what."""

    def _answer(self, *, with_body: bool) -> None:
        status, kind, body = self._found()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if kind != TYPES[".pdf"]:  # a browser's own viewer is a page with scripts
            self.send_header("Content-Security-Policy", POLICY)
            if not _OWN_POLICY.search(body[:_HEAD]):
                self.send_header("Content-Security-Policy", NO_SCRIPT)
        self.end_headers()
        if with_body:
            with suppress(ConnectionError):
                self.wfile.write(body)

    def _found(self) -> tuple[HTTPStatus, str, bytes]:
        plain = "text/plain; charset=utf-8"
        port = self.connection.getsockname()[1]
        if self.headers.get("Host", "") not in {f"127.0.0.1:{port}", f"localhost:{port}"}:
            return HTTPStatus.MISDIRECTED_REQUEST, plain, b"Ask for 127.0.0.1.\n"
        name = unquote(urlsplit(self.path).path, errors="replace").removeprefix("/")
        path = document_at(self.root, name or INDEX)
        try:
            if path:
                return HTTPStatus.OK, TYPES[path.suffix.casefold()], path.read_bytes()
        except OSError:
            path = None
        if name in {"", INDEX}:
            return HTTPStatus.OK, TYPES[".html"], self.index().encode()
        return HTTPStatus.NOT_FOUND, plain, b"There is no such document here.\n"
