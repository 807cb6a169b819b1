"""pandera over pandas, as its documentation has it: a strict schema, validated lazily.

    python pandera_pandas.py FILE COLUMNS.json

COLUMNS.json lists the declared columns. Nested pupils go through ``pandas.json_normalize``, which makes a column of
every path of objects and leaves arrays as they are.
"""

import json
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa


def read(path: str) -> pd.DataFrame:
    """Read the whole file."""
    if path.endswith(".csv"):
        return pd.read_csv(path)
    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    with Path(path).open(encoding="utf-8") as lines:
        return pd.json_normalize([json.loads(line) for line in lines])


def main() -> None:
    """Print what fails."""
    path, columns = sys.argv[1:]
    names = json.loads(Path(columns).read_text(encoding="utf-8"))
    schema = pa.DataFrameSchema({name: pa.Column(nullable=True, required=False) for name in names}, strict=True)
    try:
        schema.validate(read(path), lazy=True)
    except pa.errors.SchemaErrors as error:
        print(error.failure_cases.to_string())


main()
