from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.integrators.batches import ROWS_PER_BATCH, Row, batches
from compliance.inventory.batch import Batch, Record

RECORDS: st.SearchStrategy[Record] = st.dictionaries(st.sampled_from(["Id", "Name"]), st.integers())
ROWS = st.lists(st.builds(Row, st.sampled_from("AB"), RECORDS, st.booleans()))


@given(ROWS)
def test_no_row_is_lost_or_invented(rows: list[Row]) -> None:
    gathered = list(batches("f", rows))
    for dataset in "AB":
        mine = [batch for batch in gathered if batch.dataset == dataset]
        records = [record for batch in mine for record in batch.records]
        assert records == [row.record for row in rows if row.dataset == dataset and not row.bare]
        assert sum(batch.bare for batch in mine) == sum(row.bare for row in rows if row.dataset == dataset)


@given(ROWS)
def test_a_record_s_row_is_its_place_among_all_rows_of_its_dataset(rows: list[Row]) -> None:
    by_dataset = {dataset: [row.record for row in rows if row.dataset == dataset] for dataset in "AB"}
    for batch in batches("f", rows):
        start = batch.first_row - 1
        assert list(batch.records) in ([], by_dataset[batch.dataset][start : start + len(batch.records)])


def test_many_rows_travel_in_several_batches() -> None:
    rows = (Row("A", {"Id": number}) for number in range(ROWS_PER_BATCH + 1))
    assert [(batch.first_row, len(batch.records)) for batch in batches("f", rows)] == [
        (1, ROWS_PER_BATCH),
        (ROWS_PER_BATCH + 1, 1),
    ]


def test_a_dataset_without_records_is_known() -> None:
    assert list(batches("f", [Row("A")], columns=("Id",))) == [
        Batch(source="f", dataset="A", records=[], columns=("Id",))
    ]
