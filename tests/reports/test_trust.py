"""The overview of several schools: who comes first, what is special, and a picture with the same facts in a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import openpyxl

from compliance.cli.documents import write_documents_of
from compliance.cli.naming import documents_in
from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.trust.heat import ON_ONE_PAGE, heat_maps
from compliance.reports.trust.schools import common, outliers, school_lines
from compliance.reports.trust.view import trust_view
from compliance.reports.writers import WRITERS, draft
from tests.reports import example_audit, reading

KIND = REPORT_KINDS["trust-overview"]


def at(name: str, audit: Audit, **changes: object) -> Audit:
    granted = audit.declarations.authorisation
    assert granted
    other = replace(granted, school=replace(granted.school, name=name), **changes)  # type: ignore[arg-type]
    return replace(audit, declarations=replace(audit.declarations, authorisation=other))


def schools() -> tuple[Audit, ...]:
    bad = example_audit.example_audit()
    calm = replace(bad, findings=tuple(f for f in bad.findings if f.rule.id == "XS11"))
    unseen = replace(example_audit.audit_without("store", "feed"), findings=calm.findings)
    return (
        at("Blenthy School", unseen, version="2.1.0", review_on=dt.date(2026, 1, 1)),
        at("Zorvik Academy", calm, version="2.1.0"),
        at("Exampleton Primary School", bad),
        at("Amberly School", calm),
    )


def test_the_school_that_asks_for_most_comes_first() -> None:
    lines = school_lines(schools())
    assert lines[0].name == "Exampleton Primary School"
    assert {line.name: line.count(Severity.ERROR) for line in lines} == {
        "Exampleton Primary School": 6, "Amberly School": 1, "Blenthy School": 1, "Zorvik Academy": 1,
    }  # fmt: skip
    assert school_lines(schools()[::-1]) == lines, "the order of asking is no matter"


def test_versions_and_reviews_are_judged_by_what_is_in_use() -> None:
    found = {line.name: (line.age.word, line.review.word) for line in school_lines(schools())}
    assert found["Exampleton Primary School"] == ("Older", "1 September 2027")
    assert found["Blenthy School"] == ("In use", "Overdue")


def test_what_is_special_and_what_is_common() -> None:
    lines = school_lines(schools())
    assert {it.school for it in outliers(lines)} == {"Exampleton Primary School"}
    assert ("People who left are still kept (1 finding)", "Rule DA30") in {(it.what, it.rule) for it in outliers(lines)}
    assert common(lines) == (("You authorised an older version", "Rule XS11"),)
    assert common(lines[:1]) == ()


def test_silence_is_not_good() -> None:
    view = trust_view(schools())
    blenthy = next(row for row in view.heat[0].rows if row.name == "Blenthy School")
    assert "Unseen" in {field.word for field in blenthy.fields}
    assert any("nobody looked" in line for line in view.brief.lines)
    assert next(line for line in view.lines if line.name == "Blenthy School").overdue is None


def test_the_picture_and_the_table_hold_the_same_facts() -> None:
    view = trust_view(schools())
    (figure,) = view.heat
    drawn = [[field.style for field in row.fields] for row in figure.rows]
    assert drawn == [[check.level.value for check in line.checks] for line in view.lines]
    assert all(field.x + field.width <= figure.width for row in figure.rows for field in row.fields)
    assert figure.rows[-1].y + figure.row <= figure.height
    page = reading.tree(draft(KIND, schools(), json_text="[]").html)
    (table,) = page.xpath('//table[contains(@class, "heat-table")]/tbody')
    words = {"Not looked at": "Unseen"}
    printed = [[words.get(text, text) for text in map(reading.words_of, row[1:])] for row in table]
    assert printed == [[field.word for field in row.fields] for row in figure.rows]


def test_many_schools_are_several_figures() -> None:
    audit = example_audit.example_audit()
    lines = school_lines([at(f"School {number:02}", audit) for number in range(ON_ONE_PAGE + 1)])
    assert [len(figure.rows) for figure in heat_maps(lines)] == [ON_ONE_PAGE, 1]


def test_the_table_is_a_spreadsheet_with_real_dates() -> None:
    made = draft(KIND, schools(), json_text="[]")
    rows = list(csv.reader(io.StringIO(WRITERS["csv"](made).decode("utf-8-sig"))))
    assert len(rows) == 5
    assert rows[0][0] == "School"
    assert rows[0][-8:] == list(trust_view(schools()).checks)
    assert rows[1][5] == "2025-09-08"
    page = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](made))).active
    assert page["F5"].value == dt.datetime(2025, 9, 8)  # noqa: DTZ001 - a day has no zone
    assert page.freeze_panes == "A5"


def test_the_document_of_several_schools_is_written_once(tmp_path: Path) -> None:
    wanted = documents_in(tmp_path, schools()[0], KIND, ("html", "csv"))
    written = write_documents_of(schools(), wanted)
    assert [path.name for path in written] == [
        "wellbeing-survey-trust-overview.html", "wellbeing-survey-trust-overview.csv",
    ]  # fmt: skip
    text = written[0].read_text(encoding="utf-8")
    assert [line.name for line in school_lines(schools()) if line.name not in text] == []
