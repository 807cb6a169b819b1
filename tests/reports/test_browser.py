"""The HTML in a real Chromium: axe finds nothing, nothing is asked of the network, nothing sticks out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.model.audit import Audit
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports.wide import pairs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "narrow and dark": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
}


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for slow tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(name="address", scope="module")
def _address(html: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("html") / "report.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


class Visit:
    """A page and everything that it asked for or said."""

    def __init__(self, browser: Any, address: str, **view: Any) -> None:
        self.page = browser.new_context(**view).new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address)

    @property
    def requests(self) -> list[str]:
        return [url for url in self.asked if not url.startswith(("data:", "file:"))]


@pytest.mark.parametrize(
    ("kind", "view"),
    pairs(
        sorted(REPORT_KINDS.keys() - {"school-privacy"}),
        VIEWS,
        lambda kind, view: kind == "record-controller" and view == next(iter(VIEWS)),
    ),
)
def test_axe_finds_nothing_in_any_kind(browser: Any, kind: str, view: str, audit: Audit, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only for slow tests

    path = tmp_path / "document.html"
    path.write_text(render_html(audit, REPORT_KINDS[kind], json_text="{}"), encoding="utf-8")
    visit = Visit(browser, path.as_uri(), bypass_csp=True, **VIEWS[view])
    found = Axe().run(visit.page)
    assert found.violations_count == 0, found.generate_report()
    assert visit.requests == []
    plain = Visit(browser, path.as_uri(), **VIEWS[view])
    assert plain.said == []
    assert plain.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(browser: Any, address: str, view: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only for slow tests

    visit = Visit(browser, address, bypass_csp=True, **VIEWS[view])
    found = Axe().run(visit.page)
    assert found.violations_count == 0, found.generate_report()
    assert visit.requests == []


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_quiet_and_fits(browser: Any, address: str, view: str) -> None:
    visit = Visit(browser, address, **VIEWS[view])
    assert visit.asked == [address, *(url for url in visit.asked if url.startswith("data:"))]
    assert visit.said == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert visit.page.evaluate("document.fonts.size") == 4


def test_it_is_readable_without_scripts(browser: Any, address: str) -> None:
    visit = Visit(browser, address, java_script_enabled=False, viewport={"width": 1200, "height": 900})
    assert visit.page.locator("#tools").is_hidden()
    assert visit.page.locator("#items tr[data-row]:visible").count() == 31
    assert visit.said == []


def test_the_filter_finds_items(browser: Any, address: str) -> None:
    page = Visit(browser, address).page
    shown = page.locator("#items tr[data-row]:visible")
    assert page.locator("#count").inner_text() == "31 of 31 items shown"
    page.fill("#search", "LOOKED")
    assert shown.count() == 1
    assert page.locator("#items tr.group:visible").count() == 1
    page.fill("#search", "")
    page.select_option("#only", "care")
    assert page.locator("#count").inner_text() == f"{shown.count()} of 31 items shown"
    assert 0 < shown.count() < 31
    page.click("#reset")
    assert shown.count() == 31
    assert page.evaluate("document.activeElement.id") == "search"


def test_injected_scripts_do_not_run(browser: Any, address: str, html: str, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    script = "document.title = 'run'"
    evil = f'<script>{script}</script><img src="https://example.org/x.png" onerror="{script}">'
    spoilt.write_text(html.replace("<main", f"{evil}<main"), encoding="utf-8")
    visit = Visit(browser, spoilt.as_uri())
    assert visit.page.title() != "run"
    assert visit.said
    assert address != spoilt.as_uri()


def test_print_shows_no_tools(browser: Any, address: str) -> None:
    page = Visit(browser, address).page
    page.emulate_media(media="print")
    assert page.locator("#tools").is_hidden()
    assert page.locator(".skip").is_hidden()
