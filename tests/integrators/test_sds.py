from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.errors import SourceError
from compliance.integrators.base import Document, Seen
from compliance.integrators.sds import SchoolDataSync
from compliance.integrators.sds_columns import FIRST, SECOND
from compliance.inventory.batch import Rows
from compliance.model.inventory import Notice
from compliance.sources.registry import read_source


def test_tables_are_called_as_documented_and_misspelt_columns_are_told(tmp_path: Path) -> None:
    (tmp_path / "student.csv").write_text("ID,School DfE Number,Frist Name\n1,2,Blenthy\n", encoding="utf-8")
    what = "has names of columns that are not spelt as documented: column 3 was read as 'First Name'"
    assert list(read_source(str(tmp_path / "student.csv"), integrator=SchoolDataSync())) == [
        Notice("student.csv", what),
        Rows(
            source="student.csv",
            dataset="Student",
            columns=("ID", "School DfE Number", "First Name"),
            cells=[["1", "2", "Blenthy"]],
        ),
    ]


@pytest.mark.parametrize(("form", "table"), [(form, table) for form in (FIRST, SECOND) for table in form])
def test_no_documented_column_is_taken_for_another(
    tmp_path: Path, form: dict[str, tuple[str, ...]], table: str
) -> None:
    path = tmp_path / f"{table}.csv"
    path.write_text(",".join(form[table]), encoding="utf-8")
    assert list(read_source(str(path), integrator=SchoolDataSync())) == [
        Rows(source=path.name, dataset=table, columns=form[table], cells=[])
    ]


def test_a_document_is_none_of_its_tables(told: Callable[..., Document]) -> None:
    with pytest.raises(
        SourceError, match=r"^feed/students\.json: This is no table of School Data Sync: it is no CSV\. "
    ):
        SchoolDataSync().read(told('{"users": []}'))


@pytest.mark.parametrize(
    ("path", "keys", "why"),
    [
        ("feed/School.csv", {"DfE Number", "Name"}, "has 'DfE Number' and 'Name' among its columns"),
        ("feed/Student.csv", {"SIS ID", "School SIS ID"}, "has 'School SIS ID' among its columns"),
        ("users.csv", {"sourcedId", "activeDirectoryMatchId"}, "has 'activeDirectoryMatchId' among its columns"),
        (
            "enrollments.csv",
            {"classSourcedId", "userSourcedId", "role"},
            "has 'classSourcedId' and 'userSourcedId' among its columns",
        ),
        ("enrollments.csv", {"classSourcedId", "userSourcedId", "status", "dateLastModified"}, None),
        ("day1_students.csv", {"SIS ID", "School SIS ID"}, None),
        ("users.csv", {"sourcedId", "status", "dateLastModified"}, None),
    ],
)
def test_it_knows_its_own_by_name_and_columns(path: str, keys: set[str], why: str | None) -> None:
    assert SchoolDataSync().recognise(Seen(path=path, keys=frozenset(keys))) == why
