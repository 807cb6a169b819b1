"""The grid of data and purposes: the picture, its words and the table hold the same facts."""

from __future__ import annotations

from dataclasses import replace

from compliance.model.audit import Audit
from compliance.reports.parts.activities import activities
from compliance.reports.parts.grid import MOST_COLUMNS, NOT_USED, grid
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import draft
from tests.reports import reading


def test_every_activity_is_one_field(audit: Audit) -> None:
    told = activities(audit)
    drawn = grid(told)
    assert drawn
    fields = [field for row in drawn.rows for field in row.fields]
    assert sum(field.tag != NOT_USED for field in fields) == len(told)
    assert all(field.x >= 0 and field.x + field.width <= drawn.width for field in fields)
    assert drawn.rows[-1].y + drawn.row <= drawn.height
    assert {field.mark for field in fields if field.tag.word == "Special"} == {"Special"}


def test_the_table_says_the_same(audit: Audit) -> None:
    drawn = grid(activities(audit))
    assert drawn
    page = reading.tree(draft(REPORT_KINDS["dpia-annex"], (audit,), json_text="{}").html)
    (table,) = page.xpath('//section[@aria-labelledby="grid"]//table/tbody')
    assert [[reading.words_of(cell) for cell in row[1:]] for row in table] == [
        [field.tag.word for field in row.fields] for row in drawn.rows
    ]


def test_too_many_purposes_are_told_and_not_drawn(audit: Audit) -> None:
    (first, *_) = activities(audit)
    many = [
        replace(first, purpose=replace(first.purpose, id=str(number), text=f"To do {number}"))
        for number in range(MOST_COLUMNS + 1)
    ]
    assert (found := grid(many)) is not None
    assert not found.is_drawn
    assert len(found.purposes) == MOST_COLUMNS + 1
    assert grid([]) is None
