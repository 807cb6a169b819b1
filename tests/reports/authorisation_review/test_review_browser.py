"""The review in a real Chromium: axe finds nothing, and what a person answers comes back as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.decision import decide
from compliance.reports.authorisation_review.handed_in import KIND, read_form
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports.reviewed import TODAY, answers, form, review_audit, the_offer
from tests.reports.test_browser import VIEWS, Visit, _browser, pytestmark  # noqa: F401 - a fixture and a mark

AUDIT = review_audit()
OFFER = the_offer(AUDIT)
OPTIONAL = [item for item in OFFER.items if not item.required]


@pytest.fixture(name="address", scope="module")
def _address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(render_html(AUDIT, REPORT_KINDS["authorisation-review"], json_text="{}"), encoding="utf-8")
    return path.as_uri()


def saved(page: Any, folder: Path) -> Path:
    """Press the button and return the file that the page gives."""
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "data-authorisation.json"
    path = folder / "form.json"
    download.value.save_as(path)
    return path


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
    assert visit.requests == []
    assert visit.said == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_answered_comes_back_as_a_decision(browser: Any, address: str, tmp_path: Path) -> None:
    visit = Visit(browser, address)
    page = visit.page
    page.check("#decision-items")
    page.click("#fill-required")
    assert (
        page.locator("#count").inner_text()
        == f"{len(OFFER.items) - len(OPTIONAL)} of {len(OFFER.items)} items answered"
    )
    for item in OPTIONAL:
        page.get_by_role("radiogroup", name=item.label, exact=True).get_by_role("radio", name="Decline").check()
    page.get_by_label("Role").fill("Headteacher")
    page.fill("#date", "24 November 2026")
    page.fill("#name", "A. Zorvik")
    page.fill("#dpo_advice", 'No "objection", </script> £')
    path = saved(page, tmp_path)
    assert page.locator("#told").inner_text() == "Saved as data-authorisation.json. Send that file back."
    handed = read_form(path)
    chosen = {item.key: q.DECLINE if item in OPTIONAL else q.AUTHORISE for item in OFFER.items}
    expected = answers(OFFER, decision=q.ITEMS, dpo_advice='No "objection", </script> £', **chosen)
    assert json.loads(path.read_text(encoding="utf-8")) == {"kind": KIND, "answers": expected}
    by_pdf = decide(form(expected), OFFER, AUDIT.declarations, today=TODAY)
    by_page = decide(handed, OFFER, AUDIT.declarations, today=TODAY)
    assert by_page.declined_scopes == by_pdf.declined_scopes
    assert by_page.granted_scopes == by_pdf.granted_scopes
    assert visit.requests == []
    assert visit.said == []


def test_what_is_left_open_is_told_and_nothing_is_saved(browser: Any, address: str) -> None:
    page = Visit(browser, address).page
    page.click("#save")
    assert page.locator("#told").inner_text() == "Not saved. Still open: What do you decide?; Role; Date"
    page.check("#decision-items")
    page.fill("#role", "Headteacher")
    page.fill("#date", "24 November 2026")
    page.click("#save")
    told = page.locator("#told").inner_text()
    assert told == f"Not saved. Still open: {'; '.join(item.label for item in OFFER.items)}"
    page.click("#fill-required")
    page.click("#fill-none")
    assert page.locator("[data-item] input:checked").count() == 0


def test_it_can_be_answered_with_the_keyboard_alone(browser: Any, address: str, tmp_path: Path) -> None:
    page = Visit(browser, address).page
    page.focus("#decision-all")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "decision-required"
    page.focus("#role")
    page.keyboard.type("Headteacher")
    page.keyboard.press("Tab")
    page.keyboard.type("24/11/2026")
    page.focus("#save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "form.json")
    made = decide(read_form(tmp_path / "form.json"), OFFER, AUDIT.declarations, today=TODAY)
    assert made.declined_scopes


def test_without_scripts_it_says_what_to_do(browser: Any, address: str) -> None:
    page = Visit(browser, address, java_script_enabled=False).page
    assert page.locator("#save").is_disabled()
    assert "Fill in the form of the PDF instead." in page.locator("#told").inner_text()
    assert page.locator("#tools").is_hidden()
    assert page.locator("[data-item] input").count() == 2 * len(OFFER.items)
