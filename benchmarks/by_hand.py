"""What a person would write in SQL to take the same figures of a table with DuckDB.

    python by_hand.py FILE [--detectors]

Of every column: how often it is filled, how often blank, lengths, and about how many values differ; with
``--detectors`` also how many values look like each of seven identifiers (no check digits).
"""

from __future__ import annotations

import sys

import duckdb

PATTERNS = (
    r"(^|[^0-9A-Za-z])[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]([^0-9A-Za-z]|$)",
    r"[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+\.[A-Za-z]{2,}",
    r"(^|[^0-9A-Za-z])(\+44|0)[0-9][0-9 -]{8,11}([^0-9A-Za-z]|$)",
    r"(^|[^0-9A-Za-z])[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}([^0-9A-Za-z]|$)",
    r"(^|[^0-9A-Za-z])[0-9]{3} ?[0-9]{3} ?[0-9]{4}([^0-9A-Za-z]|$)",
    r"(^|[^0-9A-Za-z])[A-Z]{2} ?([0-9]{2} ?){3}[A-D]([^0-9A-Za-z]|$)",
    r"(^|[^0-9A-Za-z])[0-9]{10}([^0-9A-Za-z]|$)",
)


def main() -> None:
    """Take the figures in one statement."""
    path, with_detectors = sys.argv[1], "--detectors" in sys.argv
    reads = f"read_csv('{path}', all_varchar=true)" if path.endswith(".csv") else f"read_parquet('{path}')"
    with duckdb.connect(config={"threads": 1}) as database:
        columns = database.execute(f"DESCRIBE FROM {reads}").fetchall()
        figures = [figure for name, kind, *_ in columns for figure in _figures(name, kind, with_detectors)]
        row = database.execute(f"SELECT {', '.join(figures)} FROM {reads}").fetchall()[0]  # noqa: S608 - likewise
    print(*row)


def _figures(name: str, kind: str, with_detectors: bool) -> list[str]:  # noqa: FBT001 - one flag, one caller
    figures = [f'count("{name}")', f'approx_count_distinct("{name}")']
    if kind == "VARCHAR":
        figures += [f"count(*) FILTER (trim(\"{name}\") = '')", f'min(length("{name}"))', f'max(length("{name}"))']
        if with_detectors:
            figures += [f"count(*) FILTER (regexp_matches(\"{name}\", '{pattern}'))" for pattern in PATTERNS]
    return figures


if __name__ == "__main__":
    main()
