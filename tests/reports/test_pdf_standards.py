"""veraPDF's verdict on the report, and a test that veraPDF can say no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from compliance.example.generate import write_example
from compliance.model.audit import Audit
from compliance.pipeline import Request, run_audit
from compliance.reports.pdf import render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from compliance.reports.writers import WRITERS, draft
from compliance.rules.base import RuleOptions
from tests.reports import example_audit, structure, test_html, test_pdf, verapdf
from tests.reports.wide import ones

pytestmark = pytest.mark.slow

RULES = {"ua1": 106, "3a": 155}
"""How many rules each official profile has: fewer would mean that the gate stands open."""


def nothing() -> Audit:
    return example_audit.audit_without(*test_html.PARTS)


def shipped_example() -> Audit:
    with TemporaryDirectory() as folder:
        paths = write_example(Path(folder), at=example_audit.AT.date())
        request = Request(
            declarations=paths.declarations,
            feeds=(str(paths.feed),),
            stores=(str(paths.store),),
            at=example_audit.AT,
            options=RuleOptions(include_reserved=True),
        )
        return run_audit(request)


@pytest.mark.parametrize("profile", RULES)
def test_the_report_keeps_the_standard(pdf_file: Path, profile: str) -> None:
    judgement = verapdf.judge(pdf_file, profile)
    assert judgement.failures == ()
    assert judgement.rules == RULES[profile]
    assert judgement.checks > 10_000


@pytest.mark.parametrize("profile", RULES)
@pytest.mark.parametrize("audit_of", [shipped_example, nothing, test_html.hostile_audit])
def test_other_reports_keep_it_too(tmp_path: Path, profile: str, audit_of: Callable[[], Audit]) -> None:
    html = render_html(audit_of(), REPORT_KINDS["school-privacy"], json_text="{}")
    (tmp_path / "report.pdf").write_bytes(render_pdf(html))
    assert verapdf.judge(tmp_path / "report.pdf", profile).failures == ()
    assert structure.faults(tmp_path / "report.pdf") == []


@pytest.mark.parametrize("kind", ones(sorted(REPORT_KINDS.keys() - {"school-privacy"}), "record-controller"))
def test_every_kind_keeps_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "document.pdf"
    made = draft(REPORT_KINDS[kind], (example_audit.example_audit(),), json_text="{}")
    path.write_bytes(WRITERS["pdf"](made))
    assert {profile: verapdf.judge(path, profile).failures for profile in RULES} == {"ua1": (), "3a": ()}
    assert structure.faults(path) == []
    assert test_pdf.missing_words(made.html, path.read_bytes()) == []


@pytest.mark.wide
@pytest.mark.parametrize("audit_of", [nothing, test_html.hostile_audit])
@pytest.mark.parametrize("kind", sorted(REPORT_KINDS.keys() - {"school-privacy"}))
def test_every_kind_keeps_it_whatever_it_says(tmp_path: Path, kind: str, audit_of: Callable[[], Audit]) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(render_pdf(render_html(audit_of(), REPORT_KINDS[kind], json_text="{}")))
    assert {profile: verapdf.judge(path, profile).failures for profile in RULES} == {"ua1": (), "3a": ()}
    assert structure.faults(path) == []


def test_the_gate_says_no(tmp_path: Path, pdf_file: Path) -> None:
    with pikepdf.open(pdf_file) as opened:
        del opened.Root.Lang
        del opened.Root.MarkInfo
        opened.Root.Metadata.write(opened.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:nope"))
        opened.save(tmp_path / "spoilt.pdf", fix_metadata_version=False)
    for profile, clause in (("ua1", "5-2"), ("3a", "6.7.2.2-1")):
        judgement = verapdf.judge(tmp_path / "spoilt.pdf", profile)
        assert not judgement.passed
        assert clause in {failure.split(" ")[0] for failure in judgement.failures}, judgement.failures
    assert replace(judgement, failures=()).passed
