"""``compliance serve``: only documents, only to this machine, and in a real browser."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.batch.index import TEMPLATE, index_view
from compliance.batch.outcomes import MANIFEST, Outcome, manifest
from compliance.batch.schools import sha256_of
from compliance.batch.serving import document_at, serving, shown_in
from compliance.errors import SourceError, UsageError
from compliance.reports.render import page_of
from tests.reports.test_browser import CHROMIUM, QUIET, VIEWS, Visit

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # as tests/reports/test_browser.py has it, for Playwright

LABELS = ("Blenthy Primary", "Corvimo School", "Ysgol Dwimla")


def index_of(folder: Path) -> str:
    view = index_view(shown_in(folder), author="compliance", date="23 November 2026", date_iso="2026-11-23")
    return page_of(view, TEMPLATE)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    outcomes = []
    for number, label in enumerate(LABELS):
        name = f"school {number}/report é.html"
        (folder / f"school {number}").mkdir(parents=True)
        (folder / name).write_text(
            page_of(index_view([], author="compliance", date=label, date_iso="2026-11-23"), TEMPLATE),
            encoding="utf-8",
        )
        outcomes.append(
            Outcome(school=f"school {number}", asked="x", files={name: sha256_of(folder / name)}, label=label,
                    urn=f"10000{number}", findings={"error": number, "warning": 0, "info": 1})
        )  # fmt: skip
    (folder / MANIFEST).write_text(manifest(outcomes, "2026-11-23"), encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret")
    (folder / ".hidden.html").write_text("secret")
    (folder / "notes.txt").write_text("secret")
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    return folder


@pytest.fixture(name="address")
def _address(folder: Path) -> Iterator[str]:
    with serving(folder, lambda: index_of(folder)) as server:
        yield server.address


def ask(address: str, target: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    place = address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(place, timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_the_index_names_every_school(address: str) -> None:
    status, headers, body = ask(address, "/")
    assert status == 200
    assert [label for label in LABELS if label in body.decode()] == [*LABELS]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "secret" not in body.decode()


def test_a_document_comes_as_it_is(address: str, folder: Path) -> None:
    status, headers, body = ask(address, "/school%200/report%20%C3%A9.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body == (folder / "school 0" / "report é.html").read_bytes()
    status, headers, body = ask(address, "/school%200/report%20%C3%A9.html", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 1000


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html",
        "/school%200/../../secret.html", "//secret.html",
        "/%5c..%5csecret.html", "/.hidden.html", "/notes.txt", "/out.html", "/school%200", "/school%200/",
        "/nothing.html",
        "/secret.html%00.html", "/C:/secret.html", "/manifest.json", "/etc/passwd", "/%ff.html",
    ],
)  # fmt: skip
def test_nothing_else_is_shown(address: str, target: str) -> None:
    status, _, body = ask(address, target)
    assert (status, body) == (404, b"There is no such document here.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(address: str, method: str) -> None:
    assert ask(address, "/", method)[0] == 501


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""])
def test_no_page_from_elsewhere_reaches_it(address: str, host: str) -> None:
    status, _, body = ask(address, "/", Host=host)
    assert (status, body) == (421, b"Ask for 127.0.0.1.\n")


def test_a_document_of_others_runs_nothing(address: str, folder: Path) -> None:
    (folder / "foreign.html").write_text("<script>1</script>")
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=10)
    connection.request("GET", "/foreign.html")
    answer = connection.getresponse()
    answer.read()
    policies = [value for name, value in answer.getheaders() if name == "Content-Security-Policy"]
    connection.close()
    assert policies[1:] == ["script-src 'none'"]


def test_documents_that_no_batch_wrote_are_listed_too(tmp_path: Path) -> None:
    for name in ("north.html", "north.pdf", "south/report.html", "other.txt", ".hidden.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert {each.school: [*each.files] for each in shown_in(tmp_path)} == {
        "north": ["north.html", "north.pdf"],
        "south/report": ["south/report.html"],
    }


def test_a_document_is_found_by_its_name_alone(folder: Path) -> None:
    assert document_at(folder, "school 1/report é.html") == folder / "school 1" / "report é.html"
    assert document_at(folder, "school 1/report é.html/") is None


def test_bad_input_is_refused(folder: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"), serving(folder / "nowhere", str):
        pass
    with serving(folder, str) as server:
        port = int(server.address.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match="port"), serving(folder, str, port=port):
            pass


def test_the_command_says_where_and_ends_when_it_is_told(folder: Path) -> None:
    command = [sys.executable, "-m", "compliance", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(  # noqa: S603 - ours
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - it waits for no thread
    ) as running:
        assert running.stdout
        address = running.stdout.readline().strip()
        assert ask(address, "/")[0] == 200
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 130


def _hear_interrupts() -> None:
    """Let the child be interrupted even where the tests themselves run in the background, and cannot be."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


# --- in a browser -----------------------------------------------------------------------------------------------


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for slow tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.mark.slow
def test_a_school_is_found_and_opened(browser: Any, address: str) -> None:
    visit = Visit(browser, address)
    shown = visit.page.locator("#items tr[data-row]:visible")
    assert shown.count() == 3
    visit.page.fill("#search", "dwimla")
    assert shown.count() == 1
    visit.page.fill("#search", "100001")
    assert shown.locator("th").inner_text() == "Corvimo School"
    visit.page.click("#reset")
    visit.page.select_option("#only", "error")
    assert shown.count() == 2
    shown.first.locator("a").click()
    visit.page.wait_for_load_state()
    assert visit.page.locator(".kicker").text_content() == "Corvimo School"
    assert visit.page.url.startswith(f"{address}school%201/")
    assert {url for url in visit.asked if not url.startswith(("data:", address))} == set()
    assert visit.said == []


@pytest.mark.slow
def test_an_injected_script_neither_runs_nor_calls(browser: Any, address: str, folder: Path) -> None:
    evil = "document.title = 'run'"
    (folder / "foreign.html").write_text(
        f'<title>calm</title><script>{evil}</script><img src="https://example.org/x.png" onerror="{evil}">'
    )
    visit = Visit(browser, f"{address}foreign.html")
    assert visit.page.title() == "calm"
    assert visit.said


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_the_index(browser: Any, address: str, view: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only for slow tests

    visit = Visit(browser, address, bypass_csp=True, **VIEWS[view])
    found = Axe().run(visit.page)
    assert found.violations_count == 0, found.generate_report()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
