"""Rows to batches: the one place that decides how many records travel together and counts their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple

from compliance.inventory.batch import Batch, Record

ROWS_PER_BATCH = 2_000
"""Enough that the work per batch does not count, few enough that a batch fits into memory."""


class Row(NamedTuple):
    """One row of a dataset; without a record it only says that the dataset is there."""

    dataset: str
    record: Record | None = None
    bare: bool = False
    """Whether it is a delta's row that says only "unchanged"."""


def batches(source: str, rows: Iterable[Row], *, columns: tuple[str, ...] = (), first_row: int = 1) -> Iterator[Batch]:
    """Gather neighbouring rows of a dataset; bare rows are counted and stand in batches of their own.

    ``first_row`` is the number of each dataset's first row.
    """
    met: Counter[str] = Counter()
    for (dataset, bare), run in groupby(rows, key=lambda row: (row.dataset, row.bare)):
        while chunk := list(islice(run, ROWS_PER_BATCH)):
            records = [row.record for row in chunk if row.record is not None]
            yield Batch(
                source=source,
                dataset=dataset,
                records=[] if bare else records,
                first_row=met[dataset] + first_row,
                columns=columns,
                bare=len(records) if bare else 0,
            )
            met[dataset] += len(records)
