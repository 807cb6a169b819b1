"""A table becomes an Excel workbook. The one home of XlsxWriter, imported only when a workbook is wanted."""

from __future__ import annotations

import datetime as dt
import io

from compliance.reports.sheets import Cell, Sheet, one_line

_LONGEST_TITLE = 31
"""Excel's limit for the name of a sheet."""
_LONGEST_TEXT = 32_767
"""Excel's limit for a cell."""
_TINT = "#F2F5F8"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(sheet: Sheet) -> bytes:
    """Return the table as a workbook: what stands above it, frozen titles with a filter, real dates, no formulas.

    The same table gives the same bytes.
    """
    import xlsxwriter  # noqa: PLC0415 - only a workbook needs it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": sheet.title, "author": sheet.author, "created": sheet.at.replace(tzinfo=None)})
        page = book.add_worksheet(sheet.title[:_LONGEST_TITLE])
        styles = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"}),
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": _TINT}),
            "name": book.add_format({"bold": True, "valign": "top"}),
        }  # fmt: skip

        def put(row: int, column: int, cell: Cell, style: str = "text") -> None:
            if isinstance(cell, dt.date):
                page.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), styles["date"])  # noqa: DTZ001 - a day has no zone
            elif isinstance(cell, int):
                page.write_number(row, column, cell, styles[style])
            else:
                page.write_string(row, column, one_line(cell)[:_LONGEST_TEXT], styles[style])

        for number, cells in enumerate(sheet.preamble):
            for column, cell in enumerate(cells):
                put(number, column, cell, "text" if column else "name")
        head = len(sheet.preamble)
        for column, (title, width) in enumerate(zip(sheet.titles, sheet.widths, strict=True)):
            page.set_column(column, column, width)
            put(head, column, title, "head")
        for number, cells in enumerate(sheet.rows, head + 1):
            for column, cell in enumerate(cells):
                put(number, column, cell)
        page.freeze_panes(head + 1, 0)
        page.autofilter(head, 0, head + len(sheet.rows), len(sheet.titles) - 1)
        page.set_landscape()
        page.repeat_rows(head)
    return target.getvalue()
