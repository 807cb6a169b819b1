"""The loop closes: a review goes out, its form comes back, and the next audit goes by what was decided."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from compliance.example.generate import ExamplePaths
from compliance.reports.pdf_form import fields_of
from tests.conftest import Cli, Outcome
from tests.reports.filling import filled

AT = "2026-11-24"
REVIEW = "exampleton-primary-school-authorisation-review"


@pytest.fixture(name="declarations")
def _declarations(school: ExamplePaths, tmp_path: Path) -> Path:
    return Path(shutil.copytree(school.declarations[0], tmp_path / "declarations"))


@pytest.fixture(name="form")
def _form(cli: Cli, declarations: Path, school: ExamplePaths, tmp_path: Path) -> Path:
    """Make the review and answer its form: optional items are declined one by one."""
    out = tmp_path / "out"
    made = cli("report", "authorisation-review", declarations, "--store", school.store, "--out", out, "--format", "pdf")
    assert made.code == 0, made.err
    pdf = (out / f"{REVIEW}.pdf").read_bytes()
    items = [name for name in fields_of(pdf) if name.startswith("item-")]
    answers = {name: "decline" if number % 3 else "authorise" for number, name in enumerate(items)}
    path = tmp_path / "form.pdf"
    path.write_bytes(filled(pdf, {"decision": "items", "role": "Headteacher", "date": AT, **answers}))
    return path


def authorised(cli: Cli, form: Path, declarations: Path, *more: str | Path) -> Outcome:
    return cli("authorise", form, declarations, "--at", AT, *more)


def receipt_in(text: str) -> str:
    return text.rpartition("receipt: ")[2].strip().strip('"')


def test_the_next_audit_goes_by_what_was_decided(
    cli: Cli, form: Path, declarations: Path, school: ExamplePaths
) -> None:
    target = declarations / "authorisation.yaml"
    made = authorised(cli, form, declarations, "--out", target, "--replace")
    assert (made.code, made.err) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert made.out.splitlines()[-1] == f"Receipt number: {receipt_in(text)}"
    assert len(receipt_in(text)) == 64
    audit = cli("audit", declarations, "--feed", school.feed, "--at", AT, "--format", "json", "--fail-on", "never")
    assert audit.code == 0, audit.err
    told = json.loads(audit.out)
    declined = {line.split('"')[3] for line in text.splitlines() if line.startswith('  - {"id": "Students.')}
    assert declined
    found = {line["source_path"]: line["granted"]["why"] for line in told["ledger"]["lines"]}
    assert {found[path] for path in declined} == {"the school declined this field"}
    assert "XS11" not in {finding["rule"] for finding in told["findings"]}


def test_an_authorisation_is_written_over_only_when_asked_for(
    cli: Cli, form: Path, declarations: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new.yaml"
    assert authorised(cli, form, declarations, "--out", target).code == 0
    first = target.read_bytes()
    target.write_bytes(b"another")
    again = authorised(cli, form, declarations, "--out", target)
    assert (again.code, again.out) == (3, "")
    assert again.err == (
        f"compliance: error: {target}: It is there already, and nothing was written. "
        "Name another file with --out, or write over it with --replace.\n"
    )
    assert target.read_bytes() == b"another"
    assert authorised(cli, form, declarations, "--out", target, "--replace", "--quiet") == (0, "", "")
    assert target.read_bytes() == first
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_form_of_changed_declarations_writes_nothing(
    cli: Cli, form: Path, declarations: Path, tmp_path: Path
) -> None:
    asked = declarations / "permission-set.yaml"
    asked.write_text(asked.read_text(encoding="utf-8").replace("Teachers find a pupil by name.", "x"), encoding="utf-8")
    made = authorised(cli, form, declarations, "--out", tmp_path / "new.yaml")
    assert (made.code, made.out) == (3, "")
    assert made.err == (
        f"compliance: error: {form.as_posix()}: The form does not fit these declarations: they were changed since it "
        "was made, or it was. Make the review again and fill in that one.\n"
    )
    assert not (tmp_path / "new.yaml").exists()


def test_what_is_no_form_writes_nothing(cli: Cli, declarations: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.txt"
    form.write_text("yes", encoding="utf-8")
    made = authorised(cli, form, declarations, "--out", tmp_path / "new.yaml")
    assert (made.code, made.out, made.err.count("\n")) == (3, "", 1)
    assert not (tmp_path / "new.yaml").exists()


def test_without_a_permission_set_it_is_wrong_usage(cli: Cli, declarations: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.txt"
    made = authorised(cli, form, declarations / "authorisation.yaml")
    assert made.code == 2
    assert "There is no permission set." in made.err
