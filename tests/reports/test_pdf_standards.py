"""veraPDF's verdict on the report, and a test that veraPDF can say no."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from compliance.reports.pdf import render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports import example_audit, test_html, verapdf

pytestmark = pytest.mark.slow

RULES = {"ua1": 106, "3a": 155}
"""How many rules each official profile has: fewer would mean that the gate stands open."""


@pytest.mark.parametrize("profile", RULES)
def test_the_report_keeps_the_standard(pdf_file: Path, profile: str) -> None:
    judgement = verapdf.judge(pdf_file, profile)
    assert judgement.failures == ()
    assert judgement.rules == RULES[profile]
    assert judgement.checks > 10_000


@pytest.mark.parametrize("profile", RULES)
@pytest.mark.parametrize("missing", [("feed", "store"), test_html.PARTS, ("hostile",)])
def test_other_reports_keep_it_too(tmp_path: Path, profile: str, missing: tuple[str, ...]) -> None:
    audit = test_html.hostile_audit() if missing == ("hostile",) else example_audit.audit_without(*missing)
    html = render_html(audit, REPORT_KINDS["school-privacy"], json_text="{}")
    (tmp_path / "report.pdf").write_bytes(render_pdf(html))
    assert verapdf.judge(tmp_path / "report.pdf", profile).failures == ()


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
