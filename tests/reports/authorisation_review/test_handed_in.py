"""A form comes back as a filled PDF or as the page's file; anything else gets one error."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from compliance.errors import FormError
from compliance.model.declarations import School
from compliance.reports.authorisation_review import handed_in
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.decision import decide
from compliance.reports.authorisation_review.handed_in import read_form
from compliance.reports.authorisation_review.offer import offer_of
from compliance.reports.pdf import render_pdf
from compliance.reports.pdf_form import fields_of
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports.filling import filled
from tests.reports.reviewed import TODAY, answers, review_audit, the_offer

AUDIT = review_audit()
OFFER = the_offer(AUDIT)
ANSWERS = answers(OFFER, decision=q.ITEMS) | {
    item.key: q.DECLINE if item.required is False else q.AUTHORISE for item in OFFER.items
}
TEXTS = {q.ADVICE: "Advised “in writing”: £0, Ŵ too.", q.SIGNER: "A. Zorvik"}


@pytest.fixture(name="pdf", scope="module")
def _pdf() -> bytes:
    html = render_html(AUDIT, REPORT_KINDS["authorisation-review"], json_text="{}")
    return render_pdf(html, fillable=True)


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_empty_form_asks_what_the_offer_asks_and_answers_nothing(pdf: bytes) -> None:
    asked = dict.fromkeys([*q.questions_of(OFFER), q.SIGNER], "")
    assert fields_of(pdf) == {**asked, **q.marks_of(OFFER)}


def test_a_filled_pdf_gives_its_answers(pdf: bytes, tmp_path: Path) -> None:
    given = {name: answer for name, answer in {**ANSWERS, **TEXTS}.items() if answer and name not in q.MARKS}
    form = read_form(put(tmp_path / "form.pdf", filled(pdf, given)))
    assert form.answers == {**ANSWERS, **TEXTS}
    assert form.method == "Data authorisation review, form of the PDF"


def test_a_first_form_says_which_school_it_is(tmp_path: Path) -> None:
    given = replace(AUDIT.declarations, authorisation=None)
    html = render_html(replace(AUDIT, declarations=given), REPORT_KINDS["authorisation-review"], json_text="{}")
    answered = {"decision": q.ALL, "role": "Headteacher", "date": "2026-11-24", "school_name": "Zorvik School"}
    form = read_form(put(tmp_path / "form.pdf", filled(render_pdf(html, fillable=True), answered)))
    offer = offer_of(given)
    assert offer
    made = decide(form, offer, given, today=TODAY)
    assert made.school == School(name="Zorvik School")
    assert made.authorised_on == dt.date(2026, 11, 24)


def test_what_a_form_bears_cannot_be_written_over_on_the_screen(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        locked = {str(field.T) for field in opened.Root.AcroForm.Fields if int(field.get("/Ff", 0)) & 1}
    assert locked == {*q.MARKS}


def test_buttons_that_only_look_pressed_are_read_too(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(filled(pdf, {"decision": q.ALL}))) as opened:
        for field in opened.Root.AcroForm.Fields:
            if field.T == "decision":
                del field.V
        written = io.BytesIO()
        opened.save(written)
    assert fields_of(written.getvalue())["decision"] == q.ALL


def test_the_pages_file_gives_its_answers(tmp_path: Path) -> None:
    text = json.dumps({"kind": handed_in.KIND, "answers": ANSWERS})
    form = read_form(put(tmp_path / "form.json", text.encode()))
    assert form.answers == ANSWERS
    assert form.method == "Data authorisation review, form of the page"


def test_page_and_program_agree_about_the_files_name_for_itself() -> None:
    html = render_html(AUDIT, REPORT_KINDS["authorisation-review"], json_text="{}")
    assert f'kind: "{handed_in.KIND}"' in html


NEITHER = "It is neither a PDF nor the file that the page of a data authorisation review gives."
NOT_OURS: dict[str, bytes] = {
    "empty": b"",
    "a text": b"I agree to everything.",
    "a picture": b"\x89PNG\r\n\x1a\n\x00",
    "a list": b"[]",
    "another kind": b'{"kind": "audit", "answers": {}}',
    "no answers": b'{"kind": "data-authorisation-review"}',
    "a number": b'{"kind": "data-authorisation-review", "answers": {"decision": 1}}',
    "twice": b'{"kind": "data-authorisation-review", "answers": {"role": "a", "role": "b"}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("case", NOT_OURS)
def test_what_is_no_form_is_told(tmp_path: Path, case: str) -> None:
    with pytest.raises(FormError) as caught:
        read_form(put(tmp_path / "form", NOT_OURS[case]))
    assert caught.value.message == NEITHER
    assert str(caught.value.place) == (tmp_path / "form").as_posix()


def leave_no_fields(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


def written(change: str, pdf: bytes) -> bytes:
    """Return the PDF spoilt in one way."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        form, target = opened.Root.AcroForm, io.BytesIO()
        match change:
            case "printed":
                del opened.Root.AcroForm
                leave_no_fields(opened)
            case "no fields":
                form.Fields = Array()
                leave_no_fields(opened)
            case "a field twice":
                form.Fields.append(opened.make_indirect(Dictionary(FT=Name.Tx, T=String("role"))))
            case "in a circle":
                loop = opened.make_indirect(Dictionary(T=String("a")))
                loop.Kids = Array([loop])
                form.Fields.append(loop)
            case "locked":
                opened.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
                return target.getvalue()
        opened.save(target)
        return target.getvalue()


DAMAGED, FORMLESS = "The PDF is damaged.", "There is no form in the PDF."
SPOILT = {
    "printed": FORMLESS,
    "no fields": FORMLESS,
    "a field twice": DAMAGED,
    "in a circle": DAMAGED,
    "locked": "The PDF is locked with a password.",
}


@pytest.mark.parametrize("change", SPOILT)
def test_a_spoilt_pdf_is_told(tmp_path: Path, pdf: bytes, change: str) -> None:
    with pytest.raises(FormError) as caught:
        read_form(put(tmp_path / "form.pdf", written(change, pdf)))
    assert caught.value.message == SPOILT[change]
    assert caught.value.__cause__ is None


def test_a_pdf_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="damaged"):
        read_form(put(tmp_path / "form.pdf", b"%PDF-1.7\nnothing"))


def test_a_form_that_is_not_there_or_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FormError, match="The form cannot be read: No such file"):
        read_form(tmp_path / "none.pdf")
    monkeypatch.setattr(handed_in, "LARGEST", 3)
    with pytest.raises(FormError, match="larger"):
        read_form(put(tmp_path / "form.pdf", b"1234"))
