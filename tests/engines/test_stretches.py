from __future__ import annotations

import json
from functools import reduce
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.engines.stretches import Fault, Stretch, fold_lines, whole_file
from compliance.errors import Place
from compliance.inventory.measures import InventoryPlan
from compliance.model.inventory import Inventory, Notice
from compliance.model.vocabulary import EMPTY_VOCABULARY, Vocabulary

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.sampled_from("abcdef"), VALUES, max_size=4)
LINES = st.sampled_from([b"", b" \t\r", b"{", b"7"]) | RECORDS.map(lambda record: json.dumps(record).encode())


def folded(lines: list[bytes], plan: InventoryPlan, vocabulary: Vocabulary = EMPTY_VOCABULARY) -> Stretch:
    return fold_lines([lines], source="feed/pupils.jsonl", dataset="pupils", plan=plan, vocabulary=vocabulary)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(lines=st.lists(LINES, max_size=12), data=st.data())
def test_stretches_join_to_the_whole_wherever_it_was_cut(
    plan: InventoryPlan, lines: list[bytes], data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), max_size=4)))
    parts = [folded(lines[start:end], plan) for start, end in pairwise([0, *cuts, len(lines)])]
    whole = folded(lines, plan)
    joined = reduce(Stretch.then, parts, Stretch())
    assert (joined.inventory, joined.fault) == (whole.inventory, whole.fault)
    if not whole.fault:
        assert joined.lines == whole.lines == len(lines)


def test_a_stretch_further_down_has_its_rows_further_down(plan: InventoryPlan, vocabulary: Vocabulary) -> None:
    line = b'{"Id": 1, "Mail": "blenthy@example.org"}'
    before, after = folded([b""] * 40, plan, vocabulary), folded([b"", line], plan, vocabulary)
    assert before.then(after) == folded([b""] * 41 + [line], plan, vocabulary)
    assert before.then(after).inventory != after.inventory


def test_a_wrong_line_is_named_by_its_place_in_the_file(plan: InventoryPlan) -> None:
    good, bad = folded([b'{"a": 1}', b"", b'{"a": 2}'], plan), folded([b'{"a": 1}', b'{"name": "Zorvik"'], plan)
    joined = good.then(bad).then(bad)
    assert joined.inventory == Inventory()
    assert joined.fault
    assert str(joined.fault.error()) == (
        "feed/pupils.jsonl:5:1: The line is not JSON, or a number in it is too long. "
        "Pull or export it again, as one JSON object a line in UTF-8."
    )


def test_of_several_faults_the_first_counts_folder_by_folder() -> None:
    files = ["feed/b.jsonl", "feed/a/z.jsonl", "feed/a.jsonl"]
    stretches = [Stretch(fault=Fault(message="No.", hint="", place=Place(file, 1, 1))) for file in files]
    for order in (stretches, stretches[::-1]):
        fault = reduce(Stretch.__add__, order).fault
        assert fault
        assert fault.place.file == "feed/a/z.jsonl"


def test_what_nobody_foresaw_crosses_without_its_text(plan: InventoryPlan) -> None:
    def broken() -> list[bytes]:
        message = "Zorvik"
        raise KeyError(message)

    stretch = fold_lines(
        (broken() for _ in range(1)), source="feed/p.jsonl", dataset="p", plan=plan, vocabulary=EMPTY_VOCABULARY
    )
    assert stretch.fault
    said = str(stretch.fault.error())
    assert "Something failed inside the program: KeyError at compliance/" in said
    assert "Zorvik" not in repr(stretch)


def test_a_file_without_records_is_empty(plan: InventoryPlan) -> None:
    assert whole_file(folded([b"", b" "], plan), "feed/p.jsonl").inventory == Inventory(
        sources=("feed/p.jsonl",), notices=(Notice("feed/p.jsonl", "is empty"),)
    )
    assert whole_file(full := folded([b"{}"], plan), "feed/p.jsonl") is full
