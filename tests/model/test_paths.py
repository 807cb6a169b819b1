"""Field paths: the join key of everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.paths import EACH, FieldPath

names = st.text(min_size=0, max_size=8).filter(lambda name: name != EACH)


@given(st.text(min_size=1, max_size=8), st.lists(names, max_size=4))
def test_every_path_of_plain_names_survives_being_written_and_read(dataset: str, steps: list[str]) -> None:
    path = FieldPath.of(dataset, *steps)
    assert FieldPath.parse(str(path)) == path


@given(st.lists(names, min_size=1, max_size=4))
def test_column_and_leaf_are_the_plain_names(steps: list[str]) -> None:
    path = FieldPath.of("pupil", *steps)
    assert (path.column, path.leaf, path.is_nested) == (steps[0], steps[-1], len(steps) > 1)


@pytest.mark.parametrize(
    ("text", "dataset", "field"),
    [
        ("Students", "Students", ""),
        ("Students.PupilPremium", "Students", "PupilPremium"),
        ("pupil.extra.notes[].text", "pupil", "extra.notes[].text"),
        (r"pupil.a\.b", "pupil", r"a\.b"),
        (r"a\.b.c\[d\]", "a.b", r"c\[d\]"),
        (r"pupil.\e", "pupil", r"\e"),
        ("grid.rows[][].cell", "grid", "rows[][].cell"),
    ],
)
def test_text_is_read_as_written(text: str, dataset: str, field: str) -> None:
    path = FieldPath.parse(text)
    assert (path.dataset, path.field, str(path)) == (dataset, field, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a field path: it must begin with the name of a dataset"),
        (".a", "'.a' is not a field path: a name is missing before a dot"),
        ("a..b", "'a..b' is not a field path: a name is missing before a dot"),
        ("a.", "'a.' is not a field path: it ends with a dot"),
        ("[]", "'[]' is not a field path: '[]' must follow a name"),
        ("a[]b", "'a[]b' is not a field path: a dot is missing before 'b'"),
        ("a[b]", r"'a[b]' is not a field path: write \[ for the sign itself"),
    ],
)
def test_what_is_no_path_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        FieldPath.parse(text)
    assert str(refused.value) == message


def test_the_column_of_an_escaped_name_is_its_plain_name() -> None:
    path = FieldPath.of("pupil", "a.b", EACH, "c")
    assert (str(path), path.column, path.leaf) == (r"pupil.a\.b[].c", "a.b", "c")
