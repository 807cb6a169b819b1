from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from compliance.model.vocabulary import DataClass
from compliance.reports.small_numbers import FEWER, HIDDEN, in_sentence, is_guarded, shown, shown_of, shown_with_total

T, ORDINARY = DataClass.TREAT_AS_SPECIAL, DataClass.ORDINARY


def test_which_classes_are_guarded() -> None:
    assert [data_class for data_class in (*DataClass, None) if not is_guarded(data_class)] == [
        DataClass.NOT_PERSONAL,
        DataClass.ORDINARY,
    ]


def test_one_to_four_are_hidden_and_nothing_else() -> None:
    assert [shown(count, T) for count in range(7)] == ["0", FEWER, FEWER, FEWER, FEWER, "5", "6"]
    assert shown(3, ORDINARY) == "3"
    assert shown(1234, T) == "1,234"


def test_the_rest_of_a_whole_is_hidden_too() -> None:
    assert shown_of(3, 412, T) == f"{FEWER} of 412"
    assert shown_of(409, 412, T) == f"all but {FEWER} of 412"
    assert shown_of(2, 4, T) == f"{FEWER} of 4"
    assert shown_of(412, 412, T) == "412 of 412"
    assert shown_of(3, 412, ORDINARY) == "3 of 412"


def test_a_total_gives_nothing_away() -> None:
    assert shown_with_total([3, 19, 40], T) == ((FEWER, HIDDEN, "40"), "62")
    assert shown_with_total([3, 2, 40], T) == ((FEWER, FEWER, "40"), "45")
    assert shown_with_total([1, 1, 40], T) == ((FEWER, FEWER, "40"), HIDDEN)
    assert shown_with_total([1, 5], T) == ((FEWER, HIDDEN), HIDDEN)
    assert shown_with_total([3], T) == ((FEWER,), HIDDEN)
    assert shown_with_total([0, 5], T) == (("0", "5"), "5")
    assert shown_with_total([3, 19], ORDINARY) == (("3", "19"), "22")


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.sampled_from([T, DataClass.SPECIAL, None]))
def test_no_small_count_can_be_worked_out_from_its_total(counts: list[int], data_class: DataClass | None) -> None:
    """Try everything that the printed table allows: each small count must still be able to be two things."""
    texts, total = shown_with_total(counts, data_class)
    may_be = [{FEWER: range(1, 5), HIDDEN: range(5, 60)}.get(text) or (int(text),) for text in texts]
    fits = [table for table in product(*may_be) if total == HIDDEN or sum(table) == int(total)]
    assert tuple(counts) in fits
    for place, text in enumerate(texts):
        assert text != FEWER or len({table[place] for table in fits}) > 1
    assert not any(0 < count < 5 and text == str(count) for count, text in zip(counts, texts, strict=True))


def test_sentences_lose_small_counts_of_rows_and_people() -> None:
    assert in_sentence("It is held in 3 of 412 rows.", T) == f"It is held in {FEWER} of 412 rows."
    assert in_sentence("pupil holds 1 person more than once.", None) == f"pupil holds {FEWER} people more than once."
    assert in_sentence("It fits in one row.", T) == f"It fits in {FEWER} rows."
    unchanged = "Version 2.1.0 of 3 January asks for 12 rows, 103 pupils and 1,204 records."
    assert in_sentence(unchanged, T) == unchanged
    assert in_sentence("It is held in 3 rows.", ORDINARY) == "It is held in 3 rows."
