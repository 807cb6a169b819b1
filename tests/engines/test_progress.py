"""Who waits is told how many records have been read, of tables that are asked as well."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from compliance.engines.local import take_locally
from compliance.engines.work import How, Work
from compliance.integrators.plain import Plain
from compliance.inventory.measures import InventoryPlan
from compliance.model.vocabulary import Vocabulary

ROWS = 21_000
"""More than are read whole."""


def test_a_table_that_is_asked_counts_as_well(plan: InventoryPlan, vocabulary: Vocabulary, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"Id": 1}\n{"Id": 2}\n')
    pq.write_table(pa.table({"Id": list(range(ROWS))}), tmp_path / "b.parquet")
    told: list[tuple[str, int]] = []
    work = Work(plan=plan, vocabulary=vocabulary, integrator=Plain())
    take_locally(str(tmp_path), work, How(progress=lambda source, rows: told.append((source, rows))))
    assert told[-1] == (f"{tmp_path.name}/b.parquet", ROWS + 2)
    assert {source for source, _ in told[:-1]} == {f"{tmp_path.name}/a.jsonl"}
