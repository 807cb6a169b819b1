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
from compliance.rules.base import RuleOptions
from tests.reports import example_audit, structure, test_html, verapdf

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
