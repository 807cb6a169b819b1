"""What somebody who knows a table would write in SQL to take the figures that an inventory takes of it.

One statement: how many rows, and of every column how many are filled and how many different keyed digests lie below
the bound that leaves about 1,300; of every text also how many are blank, the shortest and the longest, how many are a
code of each code set, and, with detectors, how many show the sign of each. It still does less than ours, which also
checks digits, keeps the digests of what detectors met, looks into JSON and tells in which row.

    python by_hand.py STATEMENT    asks DuckDB, on one thread, what stands in the file STATEMENT
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

KEEP = 1_300
"""Digests that a bound leaves, about."""
_MATCHES = {"duckdb": "regexp_matches({0}, '{1}')", "postgres": "{0} ~ '{1}'"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What is known of a column before it is asked about."""

    name: str
    is_text: bool
    differs: bool
    """Whether almost every row has a value of its own, so that a bound is worth it."""


def statement(relation: str, kind: str, columns: Iterable[Column], rows: int, *, detect: bool = True) -> str:
    """Return the SQL for a relation of a ``kind`` of database: ``duckdb``, ``postgres``, or ``sqlite`` undetected."""
    from benchmarks.asked import asked_for  # noqa: PLC0415 - who runs the statement needs none of ours
    from compliance.inventory.digest import HEX_DIGITS, prefix_of  # noqa: PLC0415 - likewise
    from compliance.inventory.tables.signs import plain_codes  # noqa: PLC0415 - likewise
    from compliance.inventory.take import reader_of  # noqa: PLC0415 - likewise

    plan, vocabulary = asked_for()
    signs = reader_of(plan, vocabulary).signs if detect else ()
    code_sets = [plain_codes(code.code for code in each.codes) for each in vocabulary.code_sets.values()]
    asked = ["count(*)"]
    for column in columns:
        name = f'"{column.name}"'
        digest = f"substr(md5('{prefix_of(plan.key)}' || CAST({name} AS VARCHAR)), 1, {HEX_DIGITS})"
        below = f"{round(16**HEX_DIGITS * KEEP / rows):0{HEX_DIGITS}x}" if column.differs and rows > KEEP else "g"
        asked += [f"count({name})", f"count(DISTINCT CASE WHEN {digest} < '{below}' THEN {digest} END)"]
        if column.is_text:
            asked += [f"min(length({name}))", f"max(length({name}))", _how_many(f"trim({name}) = ''")]
            asked += [_how_many(_MATCHES[kind].format(name, sign.replace("'", "''"))) for sign in signs]
            asked += [_how_many(f"lower(trim({name})) IN ({_listed(codes)})") for codes in code_sets if codes]
    return f"SELECT {', '.join(asked)} FROM {relation}"  # noqa: S608 - ours


def relation_of(path: Path) -> str:
    """Return how DuckDB reads a file."""
    return f"read_csv('{path}', all_varchar=true)" if path.suffix == ".csv" else f"read_parquet('{path}')"


def known(path: Path) -> tuple[Sequence[Column], int]:
    """Look at a file beforehand: its columns, and how many rows it has."""
    import duckdb  # noqa: PLC0415 - only tables need it

    with duckdb.connect() as database:
        reads = database.from_query(f"FROM {relation_of(path)}")
        rows = reads.count("*").fetchall()[0][0]
        differ = reads.aggregate(", ".join(f'approx_count_distinct("{name}")' for name in reads.columns)).fetchall()[0]
        return [
            Column(name=name, is_text=str(of) == "VARCHAR", differs=different > rows / 2)
            for name, of, different in zip(reads.columns, reads.types, differ, strict=True)
        ], rows


def _how_many(condition: str) -> str:
    return f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join("'" + code.replace("'", "''") + "'" for code in codes)


def main() -> None:
    """Ask."""
    import duckdb  # noqa: PLC0415 - whoever only writes statements needs none

    with duckdb.connect(config={"temp_directory": "", "threads": 1}) as database:
        print(*database.execute(Path(sys.argv[1]).read_text(encoding="utf-8")).fetchall()[0])


if __name__ == "__main__":
    main()
