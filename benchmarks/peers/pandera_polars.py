"""pandera over polars, as its documentation has it: a strict schema, validated lazily.

    python pandera_polars.py FILE COLUMNS.json

COLUMNS.json lists the declared columns, of which a nested one is a struct or a list.
"""

import json
import sys
from pathlib import Path

import pandera.polars as pa
import polars as pl


def read(path: str) -> pl.DataFrame:
    """Read the whole file; types are told from all of it, since by default keys after the first rows are lost."""
    if path.endswith(".csv"):
        return pl.read_csv(path, infer_schema_length=None)
    if path.endswith(".parquet"):
        return pl.read_parquet(path)
    return pl.read_ndjson(path, infer_schema_length=None)


def main() -> None:
    """Print what fails."""
    path, columns = sys.argv[1:]
    names = json.loads(Path(columns).read_text(encoding="utf-8"))
    schema = pa.DataFrameSchema({name: pa.Column(nullable=True, required=False) for name in names}, strict=True)
    try:
        schema.validate(read(path), lazy=True)
    except pa.errors.SchemaErrors as error:
        print(error.failure_cases)
        print(error)


main()
