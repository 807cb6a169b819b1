"""``compliance pull`` as its user calls it: exact and auditable, or one error; and the secret is nowhere."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from compliance import resources
from compliance.example.simulated import simulated
from compliance.example.site import SECRET

TODAY = dt.date(2026, 10, 1)
ASKED = ("--for", str(resources.example_app() / "permission-set.yaml"), "--at", "2026-10-01")
BEARER = "Idaas t"


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every pull know the secret of the simulated server."""
    monkeypatch.delenv("COMPLIANCE_SECRET_FILE", raising=False)
    monkeypatch.setenv("COMPLIANCE_SECRET", SECRET)


@contextmanager
def pointing(elsewhere: str) -> Iterator[str]:
    """Serve redirects to ``elsewhere``, and yield the address."""

    class Pointing(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing of requests."""

        def do_POST(self) -> None:
            self.send_response(307)
            self.send_header("Location", f"{elsewhere}/?CANARY-ADDRESS")
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Pointing)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("fault", ["error-body", "repeated-page", "deletion"])
def test_what_did_not_come_whole_ends_with_3_and_leaves_nothing(cli: Cli, tmp_path: Path, fault: str) -> None:
    with simulated(TODAY, faults=frozenset({fault})) as server:
        outcome = cli("pull", "1234567", *ASKED, "--to", server.address, "--save", tmp_path / "answers")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count(": error: ") == 1
    assert "Traceback" not in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_is_not_followed_and_not_repeated(cli: Cli) -> None:
    with simulated(TODAY) as other, pointing(other.address) as address:
        outcome = cli("pull", "1234567", *ASKED, "--to", address)
        assert (outcome.code, outcome.out, other.tokens) == (3, "", 0)
    assert "It points to another address, and it was not followed." in outcome.err
    assert "CANARY" not in outcome.err


@pytest.mark.parametrize("fault", ["", "expired-token", "too-many-requests", "error-body", "deletion"])
def test_neither_secret_nor_token_is_said_even_in_the_logs(
    cli: Cli, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    with caplog.at_level(logging.DEBUG), simulated(TODAY, faults=frozenset({fault} - {""})) as server:
        outcome = cli("pull", "1234567", *ASKED, "--to", server.address)
    said = f"{outcome.out}{outcome.err}{caplog.text}"
    assert "api/v1" in said  # the logs of the network were listened to
    assert not any(word in said for word in (f'"{SECRET}"', f"'{SECRET}'", "token-1", "token-2", BEARER))


def test_a_pull_can_be_audited_with_its_own_grant(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPLIANCE_KEY_FILE", str(tmp_path / "key"))
    assert cli("inventory", "--new-key", tmp_path / "key").code == 0
    saved = tmp_path / "pulled.json"
    with simulated(TODAY) as server:
        pulled = cli("pull", "1234567", *ASKED, "--to", server.address, "--save-inventory", saved, "--format", "json")
    assert pulled.code == 0, pulled.err
    permission_set = ASKED[1]
    audit = cli(
        "audit", permission_set, "--feed", saved, "--at", "2026-10-01", "--format", "json", "--fail-on", "never"
    )
    assert audit.code == 0, audit.err
    ledger = json.loads(audit.out)["ledger"]
    received = [line for line in ledger["lines"] if line["received"]["state"] == "yes"]
    assert len(received) == ledger["counts"]["received"] > ledger["counts"]["asked"]
    assert {line["granted"]["state"] for line in received if line["asked"]["state"] == "yes"} == {"yes"}
