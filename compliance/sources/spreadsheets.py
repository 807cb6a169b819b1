"""Spreadsheets of Excel and LibreOffice: every sheet is a table, whose first filled row names the columns."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from compliance.errors import SourceError
from compliance.inventory.batch import Rows
from compliance.model.inventory import Notice
from compliance.sources.base import SourceFile
from compliance.sources.tables import columns_of, pieces_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of an XLS file, and of an XLSX file with a password: both stand in a compound file ([MS-CFB] 2.2)."""
MOST_BYTES = 1024**3
"""Bytes to which a spreadsheet may unpack. The reader holds a sheet as a whole; a sheet that Excel can open
(1,048,576 rows) seldom has more."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a protected workbook ([MS-OFFCRYPTO] 2.3.4.4); the reader sees it only in files."""
_BLANK = ("", None)
_AS_CSV = "Save it as CSV, and give that."


def read_spreadsheet(file: SourceFile) -> Iterator[Rows | Notice]:
    """Read every sheet. A sheet is a dataset of its name; a workbook of one sheet is called like the file.

    Whole numbers are integers, days are days, blank cells are null. Raises ``SourceError`` when it is protected,
    damaged or too large, and when a sheet lacks a proper header row.
    """
    with closing(_workbook(file)) as workbook:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - few runs read a spreadsheet

        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        for sheet in sheets:
            dataset = file.stem if len(sheets) == 1 else sheet.name
            if sheet.visible != SheetVisibleEnum.Visible:
                yield Notice(file.name, f"hides the sheet {sheet.name!r}, which was read as well")
            yield from _sheet(file, dataset, _opened(file, workbook, sheet.name))


def _workbook(file: SourceFile) -> CalamineWorkbook:
    """Open a workbook in memory: its parts stand anywhere in the file."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - likewise

    with file.open() as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or _unpacked_size(file, content) > MOST_BYTES:
        raise file.error(f"It unpacks to more than {MOST_BYTES // 1024**2} MiB.", hint=_AS_CSV)
    if content.startswith(OLD_MAGIC) and _ENCRYPTED in content:
        raise _protected(file)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise _protected(file) from None
    except (CalamineError, OSError, ValueError):
        raise _damaged(file) from None


def _unpacked_size(file: SourceFile, content: bytes) -> int:
    if content.startswith(OLD_MAGIC):
        return 0
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise _damaged(file) from None


def _opened(file: SourceFile, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    from python_calamine import CalamineError  # noqa: PLC0415 - likewise

    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        raise _damaged(file) from None


def _sheet(file: SourceFile, dataset: str, sheet: CalamineSheet) -> Iterator[Rows | Notice]:
    where = f"Sheet {sheet.name!r}: "
    top = sheet.start[0] if sheet.start else 0
    rows = (
        (number, _without_blank_end(row))
        for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1)
    )
    filled = ((number, row) for number, row in rows if row)
    line, header = next(filled, (0, []))
    if not line:
        yield Notice(file.name, f"holds the sheet {sheet.name!r}, which is empty")
        return
    columns = columns_of(file, line, [str(cell) for cell in header], where=where)
    yield from pieces_of(file, dataset, columns, (_row(file, where, line, cells, columns) for line, cells in filled))


def _row(
    file: SourceFile, where: str, line: int, cells: Sequence[object], columns: tuple[str, ...]
) -> Sequence[object]:
    if len(cells) > len(columns):
        raise file.error(
            f"{where}The row has {len(cells)} cells, the header {len(columns)}.",
            hint="Name every column in the header row.",
            line=line,
        )
    return [*map(_value, cells), *[None] * (len(columns) - len(cells))]


def _without_blank_end(row: list[Any]) -> list[Any]:
    width = next((number for number in range(len(row), 0, -1) if row[number - 1] not in _BLANK), 0)
    return row[:width]


def _value(cell: object) -> object:
    """Return a cell's value. Spreadsheets know one kind of number; a whole one was meant as such, as a ULN is."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell in _BLANK else cell


def _protected(file: SourceFile) -> SourceError:
    return file.error("It is protected by a password.", hint="Save a copy without one, and give that.")


def _damaged(file: SourceFile) -> SourceError:
    return file.error("It is damaged, or no spreadsheet.", hint="Open and save it again, or save it as CSV.")
