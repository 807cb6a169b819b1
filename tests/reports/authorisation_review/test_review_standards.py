"""veraPDF's verdict on the review: as it is made, and as it comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from compliance.model.audit import Audit
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.offer import offer_of
from compliance.reports.pdf import render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports import example_audit, structure, test_html, verapdf
from tests.reports.filling import filled
from tests.reports.reviewed import answers, review_audit
from tests.reports.test_pdf_standards import RULES

pytestmark = pytest.mark.slow


def first_time() -> Audit:
    audit = review_audit()
    return replace(audit, declarations=replace(audit.declarations, authorisation=None))


def nothing() -> Audit:
    return example_audit.audit_without(*test_html.PARTS)


def rendered(audit: Audit) -> bytes:
    html = render_html(audit, REPORT_KINDS["authorisation-review"], json_text="{}")
    return render_pdf(html, fillable=True)


def held_to(pdf: bytes, path: Path) -> None:
    path.write_bytes(pdf)
    for profile, rules in RULES.items():
        judgement = verapdf.judge(path, profile)
        assert judgement.failures == ()
        assert judgement.rules == rules
    assert structure.faults(path) == []


@pytest.mark.parametrize("audit_of", [review_audit, first_time, nothing, test_html.hostile_audit])
def test_the_review_keeps_the_standards_empty_and_filled(tmp_path: Path, audit_of: Callable[[], Audit]) -> None:
    audit = audit_of()
    pdf = rendered(audit)
    held_to(pdf, tmp_path / "empty.pdf")
    offer = offer_of(audit.declarations)
    if offer is None:
        return
    items = {item.key: q.AUTHORISE if number % 2 else q.DECLINE for number, item in enumerate(offer.items)}
    given = answers(offer, decision=q.ITEMS, dpo_advice="Read it: “£” and é. " * 9, name="A. Zorvik", **items)
    written = {name: answer for name, answer in given.items() if answer and name not in q.MARKS}
    held_to(filled(pdf, written), tmp_path / "filled.pdf")


def test_every_field_says_what_it_asks() -> None:
    with pikepdf.open(io.BytesIO(rendered(review_audit()))) as opened:
        notes = [note for page in opened.pages for note in page.obj.get("/Annots", [])]
        words = [str(note.TU) for note in notes if note.Subtype == "/Widget"]
        groups = [str(field.TU) for field in opened.Root.AcroForm.Fields if "/Kids" in field]
        assert {"Gender", "What do you decide"} <= {*groups}
        assert len(words) == len({*words})
        assert "Gender: decline" in words
        assert "What do you decide: Only what is required" in words


def test_the_same_review_gives_the_same_bytes() -> None:
    assert rendered(review_audit()) == rendered(review_audit())
