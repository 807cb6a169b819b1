"""Great Expectations over pandas, as its documentation has it: a batch of a data frame and an expected set of columns.

    python expectations.py FILE COLUMNS.json

COLUMNS.json lists the declared columns. Nested pupils go through ``pandas.json_normalize``.
"""

import json
import sys
from pathlib import Path

import great_expectations as gx
import pandas as pd


def read(path: str) -> pd.DataFrame:
    """Read the whole file."""
    if path.endswith(".csv"):
        return pd.read_csv(path)
    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    with Path(path).open(encoding="utf-8") as lines:
        return pd.json_normalize([json.loads(line) for line in lines])


def main() -> None:
    """Print what the validation says."""
    path, columns = sys.argv[1:]
    names = json.loads(Path(columns).read_text(encoding="utf-8"))
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("pupils").add_dataframe_asset("pupils")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    batch = whole.get_batch(batch_parameters={"dataframe": read(path)})
    expected = gx.expectations.ExpectTableColumnsToMatchSet(column_set=names, exact_match=True)
    found = batch.validate(expected).to_json_dict()["result"]
    print(json.dumps(found.get("details", {}), indent=1))


main()
