"""The example's documents, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.model.audit import Audit
from compliance.reports.pdf import attached_json, render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports import example_audit

JSON_TEXT = '{"schema": "audit", "findings": 15}'


@pytest.fixture(name="audit", scope="session")
def _audit() -> Audit:
    return example_audit.example_audit()


@pytest.fixture(name="html", scope="session")
def _html(audit: Audit) -> str:
    return render_html(audit, REPORT_KINDS["school-privacy"], json_text=JSON_TEXT)


@pytest.fixture(name="pdf", scope="session")
def _pdf(audit: Audit, html: str) -> bytes:
    return render_pdf(html, attachments=[attached_json(audit, JSON_TEXT)])


@pytest.fixture(name="pdf_file", scope="session")
def _pdf_file(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(pdf)
    yield path
    path.unlink()
