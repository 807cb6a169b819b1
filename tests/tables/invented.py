"""One invented table that holds everything a column can hold, and how it is said in each engine's SQL."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections.abc import Sequence
from typing import Any

from compliance.inventory.tables.piece import Kind

ROWS = 25_000
"""More than are read whole, and more different values than are fetched with their counts."""
COLUMNS: dict[str, Kind] = {
    "id": Kind.INTEGER,
    "name": Kind.TEXT,
    "note": Kind.TEXT,
    "ethnicity": Kind.TEXT,
    "email": Kind.TEXT,
    "learner": Kind.INTEGER,
    "score": Kind.FLOAT,
    "weight": Kind.FLOAT,
    "born": Kind.SPELLED,
    "seen_at": Kind.SPELLED,
    "fee": Kind.SPELLED,
    "present": Kind.SPELLED,
    "extra": Kind.TEXT,
    "blank": Kind.TEXT,
    "nothing": Kind.TEXT,
}
_WORDS = ("Blenthy", "Zorvik", "Gribbo", "É́lodie", "Zoë ", "ß", "李", "\tTab", "", "  ", "[see file]", "SEN Maths")
_NOTES = (
    "lives at SW1A 1AA", "rang 07700 900123", "zorvik@example.org", "QQ123456C", "apkn", " APKN ", "Auti\u017fm group",
    "943 476 5919", "line\nbreak", "tail ", "\u00a0", "{'a': 1}", '{"religion": "x"}', "[1, 2]", "a\\b", "it's 100%",
)  # fmt: skip
_CODES = ("WBRI", "APKN", "wbri", " WBRI ", "REFU", None)


def row(number: int) -> tuple[Any, ...]:
    """Return one row, from 0."""
    some = number % 1000
    return (
        number,
        _WORDS[number % 12] if number % 40 == 0 else f"Pupil {number}" if number % 9 else "Twin",
        _NOTES[some % 16] if number % 50 == 0 else f"note {number * 7}",
        _CODES[number % 6],
        f"p{some}@example.org" if number % 3 else None,
        9_000_000_000 + number * 11 if number % 2 else number,
        (0.0, -0.0, 1.5, 0.1, 1e22, -3.25)[number % 6],
        number / 7,
        dt.date(2008, 1, 1) + dt.timedelta(days=number % 4000),
        dt.datetime(2026, 1, 1, 8) + dt.timedelta(seconds=number, microseconds=(number % 4) * 250_000),  # noqa: DTZ001 - as databases hold them
        decimal.Decimal(number % 300 * 25).scaleb(-2) if number % 5 else None,
        number % 4 == 0,
        json.dumps({"size": number % 14, "notes": [{"text": "x@example.org"}]}) if number % 100 == 0 else f"{number:x}",
        ("", " ", None)[number % 3],
        None,
    )  # fmt: skip


def rows() -> Sequence[tuple[Any, ...]]:
    """Return all rows."""
    return [row(number) for number in range(ROWS)]
