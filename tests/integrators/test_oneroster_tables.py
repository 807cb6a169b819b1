"""OneRoster's CSV, from a folder and from a zip."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from compliance.engines.local import take_locally
from compliance.engines.work import How, Work
from compliance.errors import SourceError
from compliance.integrators.base import Seen
from compliance.integrators.oneroster import OneRoster
from compliance.inventory.batch import Batch, Deletions, Piece, Rows
from compliance.inventory.measures import InventoryPlan
from compliance.inventory.take import take_inventory
from compliance.model.inventory import Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import EMPTY_VOCABULARY
from compliance.sources import parts
from compliance.sources.recognition import recognise
from compliance.sources.registry import read_source

BEGIN = "sourcedId,status,dateLastModified"
USERS = f"{BEGIN},enabledUser,orgSourcedIds,role,username,givenName,familyName,password,metadata.locker,ext_shelf"
MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
WHOLE = MANIFEST + "file.users,bulk\nfile.demographics,absent\nsource.systemName,Blenthy's\n"
ROW = ("1", "active", "2026-09-01", "true", "s1", "student", "blenthy", "Blenthy", "Zorvik", "Quillfeather", "12", "9")
GONE = (
    "2",
    "ToBeDeleted",
    "2026-09-01",
    "true",
    "s1",
    "student",
    "otter",
    "Otter",
    "Zorvik",
    "Quillfeather",
    "13",
    "9",
)

Bundle = Callable[[Mapping[str, str]], str]


def csv_of(header: str, *rows: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in (header, *map(",".join, rows)))


def in_a_folder(tmp_path: Path, files: Mapping[str, str]) -> str:
    folder = tmp_path / "feed"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def in_a_zip(tmp_path: Path, files: Mapping[str, str]) -> str:
    path = tmp_path / "feed"
    with zipfile.ZipFile(path, "w") as bundle:
        for name, text in files.items():
            bundle.writestr(name, text)
    return str(path)


@pytest.fixture(name="bundle", params=[in_a_folder, in_a_zip])
def _bundle(request: pytest.FixtureRequest, tmp_path: Path) -> Bundle:
    return lambda files: str(request.param(tmp_path, files))


def read(address: str) -> list[Piece]:
    return list(read_source(address, integrator=OneRoster()))


def inventory(pieces: list[Piece]) -> Inventory:
    plan = InventoryPlan(at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC), key=b"a key for this test")
    return take_inventory(pieces, plan, EMPTY_VOCABULARY)


def users(*rows: tuple[str, ...]) -> Rows:
    return Rows(
        source="feed/users.csv", dataset="users", columns=tuple(USERS.split(",")), cells=[list(r) for r in rows]
    )


def test_a_bundle_that_is_whole_says_nothing(bundle: Bundle) -> None:
    assert read(bundle({"manifest.csv": WHOLE, "Users.csv": csv_of(USERS, ROW)})) == [
        Rows(source="feed/Users.csv", dataset="users", columns=tuple(USERS.split(",")), cells=[list(ROW)])
    ]


def test_rows_that_are_gone_are_counted_and_profiled_by_themselves(bundle: Bundle) -> None:
    pieces = read(bundle({"manifest.csv": WHOLE, "users.csv": csv_of(USERS, ROW, GONE, ROW)}))
    columns = tuple(USERS.split(","))
    there, gone = dict(zip(columns, ROW, strict=True)), dict(zip(columns, GONE, strict=True))
    assert pieces == [
        Batch(source="feed/users.csv", dataset="users", columns=columns, records=[there, {"deleted": gone}, there]),
        Deletions(source="feed/users.csv", dataset="users", count=1),
    ]
    taken = inventory(pieces).datasets["users"]
    assert (taken.rows, taken.deleted) == (3, 1)
    profiles = {field: taken.fields[FieldPath("users", field)] for field in ("password", "deleted.password")}
    assert [(field, each.present, each.first_row) for field, each in profiles.items()] == [
        ("password", 2, 1),
        ("deleted.password", 1, 2),
    ]


def test_a_table_of_which_nothing_is_left_still_has_its_columns(bundle: Bundle) -> None:
    taken = inventory(read(bundle({"manifest.csv": WHOLE, "users.csv": csv_of(USERS, GONE)}))).datasets["users"]
    names = [path.names for path, profile in taken.fields.items() if not profile.present]
    assert names == [(name,) for name in sorted(USERS.split(","))]


def test_a_delta_leaves_its_tables_incomplete(bundle: Bundle) -> None:
    manifest = MANIFEST + "file.users,delta\nfile.orgs,bulk\n"
    address = bundle({"manifest.csv": manifest, "users.csv": csv_of(USERS, ROW), "orgs.csv": f"{BEGIN},name\n"})
    pieces = read(address)
    said = "says that users.csv holds changes alone: what did not change is not there"
    assert [piece for piece in pieces if isinstance(piece, Notice)] == [Notice("feed/manifest.csv", said, "users")]
    assert inventory(pieces).incomplete == {"users"}
    assert inventory(pieces).datasets["orgs"].rows == 0


def test_what_the_manifest_names_and_did_not_come_is_told_and_so_is_the_other_way_round(bundle: Bundle) -> None:
    manifest = MANIFEST + "file.users,absent\nfile.orgs,bulk\nfile.roles*,bulk\n"
    said = read(bundle({"manifest.csv": manifest, "users.csv": csv_of(USERS, ROW)}))
    assert said[1:] == [
        Notice("feed/manifest.csv", "says that users.csv is absent, and it came"),
        Notice("feed/manifest.csv", "names orgs.csv, which did not come", "orgs"),
        Notice("feed/manifest.csv", "names roles.csv, which did not come", "roles"),
    ]


def test_without_a_manifest_nobody_knows_whether_rows_are_missing(bundle: Bundle) -> None:
    what = "came without manifest.csv: whether it holds all rows or changes alone is not known"
    assert read(bundle({"users.csv": csv_of(USERS, ROW)})) == [users(ROW), Notice("feed/users.csv", what)]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("oneroster.version,Quillfeather\nfile.users,bulk\n", "is of another version of OneRoster than 1.1 or 1.2: "),
        ("file.Quillfeather,bulk\nfile.users,bulk\n", "does not say of every file whether it is there and whole (1 "),
        ("file.users,Quillfeather\n", "does not say of every file whether it is there and whole (1 "),
        ("", "does not say of every file whether it is there and whole (0 "),
    ],
)
def test_a_manifest_that_is_not_understood_is_told_and_not_quoted(bundle: Bundle, lines: str, what: str) -> None:
    manifest = f"propertyName,value\n{lines}"
    said = read(bundle({"manifest.csv": manifest, "users.csv": csv_of(USERS, ROW)}))[:-1]
    notices = [piece for piece in said if isinstance(piece, Notice)]
    assert [notice.what.startswith(what) for notice in notices] == [True]
    assert "Quillfeather" not in repr(notices)


def test_misspelt_columns_are_read_as_they_were_meant(bundle: Bundle) -> None:
    header = "SourcedID,Status,date last modified,giveName,PassWord,metadata.giveName,Zorvik"
    pieces = read(bundle({"manifest.csv": WHOLE, "users.csv": csv_of(header, ("1", "tobedeleted", *"abcde"))}))
    meant = ("sourcedId", "status", "dateLastModified", "givenName", "password", "metadata.giveName", "Zorvik")
    what = (
        "has names of columns that are not spelt as documented: column 1 was read as 'sourcedId', column 2 was read "
        "as 'status', column 3 was read as 'dateLastModified', column 4 was read as 'givenName', column 5 was read as "
        "'password'"
    )
    assert pieces == [
        Notice("feed/users.csv", what),
        Batch(
            source="feed/users.csv",
            dataset="users",
            columns=meant,
            records=[{"deleted": dict(zip(meant, ("1", "tobedeleted", *"abcde"), strict=True))}],
        ),
        Deletions(source="feed/users.csv", dataset="users", count=1),
    ]


def test_version_1_2_has_its_roles_and_profiles(bundle: Bundle) -> None:
    roles = f"{BEGIN},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
    profiles = (
        f"{BEGIN},userSourcedId,profileType,vendorId,applicationId,description,credentialType,username,password\n"
    )
    manifest = "propertyName,value\noneroster.version,1.2\nfile.roles,bulk\nfile.userProfiles,bulk\n"
    pieces = read(bundle({"manifest.csv": manifest, "roles.csv": roles, "userProfiles.csv": profiles}))
    assert [(piece.dataset, len(piece)) for piece in pieces if isinstance(piece, Rows)] == [
        ("roles", 0),
        ("userProfiles", 0),
    ]
    assert not any(isinstance(piece, Notice) for piece in pieces)


def test_a_table_of_its_own_is_read_by_its_own_name(bundle: Bundle) -> None:
    pieces = read(
        bundle({"manifest.csv": WHOLE, "users.csv": csv_of(USERS, ROW), "clubs.csv": "sourceId,title\n1,Otters\n"})
    )
    assert (
        Rows(source="feed/clubs.csv", dataset="clubs", columns=("sourcedId", "title"), cells=[["1", "Otters"]])
        in pieces
    )


@pytest.mark.parametrize(
    "files",
    [
        {"pupils.csv": "Id,Forename\n1,Quillfeather\n"},
        {"users.csv": "Id,status,Quillfeather\n1,active,x\n"},
        {"manifest.csv": "Quillfeather,b\n1,2\n"},
    ],
)
def test_tables_of_somebody_else_are_refused(bundle: Bundle, files: Mapping[str, str]) -> None:
    with pytest.raises(SourceError) as caught:
        read(bundle(files))
    assert str(caught.value) == (
        f"feed/{next(iter(files))}: This is no table of OneRoster: neither its name nor its columns are documented. "
        "If the data comes from somewhere else, say `--integrator plain`."
    )


def test_a_bundle_is_recognised_by_its_manifest_or_by_what_a_row_begins_with(tmp_path: Path) -> None:
    found = recognise([in_a_folder(tmp_path, {"a.csv": f"{BEGIN}\n", "manifest.csv": WHOLE})])
    assert found
    assert found.why == (
        "Recognised as oneroster: feed/a.csv has 'sourcedId', 'status' and 'dateLastModified' in its records"
    )


def test_an_answer_is_recognised_by_the_same_keys(tmp_path: Path) -> None:
    record = {"sourcedId": "1", "status": "active", "dateLastModified": "2026-09-01", "orgs": [{"sourcedId": "2"}]}
    path = tmp_path / "users_1.json"
    path.write_text(json.dumps({"users": [record]}), encoding="utf-8")
    found = recognise([str(path)])
    assert found
    assert found.integrator == "oneroster"


@pytest.mark.parametrize(
    ("path", "keys", "why"),
    [
        ("a/Manifest.csv", {"propertyName", "value"}, "has 'propertyName' and 'value' as its columns"),
        ("a/settings.csv", {"propertyName", "value"}, None),
        ("users.csv", {"sourcedId", "username"}, None),
    ],
)
def test_what_it_knows_as_its_own(path: str, keys: set[str], why: str | None) -> None:
    assert OneRoster().recognise(Seen(path=path, keys=frozenset(keys))) == why


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_that_are_taken_by_themselves_say_the_same_together(
    bundle: Bundle, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART", 1)  # every file is a part
    manifest = MANIFEST + "file.users,delta\nfile.orgs,bulk\n"
    address = bundle({"manifest.csv": manifest, "users.csv": csv_of(USERS, ROW, GONE)})
    plan = InventoryPlan(at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC), key=b"a key for this test")
    vocabulary = replace(EMPTY_VOCABULARY, groups={}, items={}, code_sets={})  # as it is when it was loaded
    work = Work(plan=plan, vocabulary=vocabulary, integrator=OneRoster())
    taken = take_locally(address, work, How(jobs=jobs))
    whole = inventory(read(address))
    assert (taken.datasets, taken.notices) == (whole.datasets, whole.notices)
    assert taken.incomplete == {"orgs", "users"}


def test_a_sheet_is_a_table_like_a_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Users"
    for row in (USERS.split(","), ROW, GONE):
        book.worksheets[0].append(list(row))
    book.create_sheet("orgs").append([*BEGIN.split(","), "name"])
    content = io.BytesIO()
    book.save(content)
    (tmp_path / "roster.xlsx").write_bytes(content.getvalue())
    datasets = inventory(read(str(tmp_path / "roster.xlsx"))).datasets
    assert {name: (each.rows, each.deleted) for name, each in datasets.items()} == {"orgs": (0, 0), "users": (2, 1)}


def test_a_table_that_is_asked_where_it_lives_is_told_to_stand_as_it_is(tmp_path: Path) -> None:
    rows = 20_001  # one more than are read
    columns = {"sourcedId": [str(number) for number in range(rows)], "status": ["tobedeleted"] * rows}
    pq.write_table(pa.table(columns), tmp_path / "users.parquet")
    what = "was read as it stands: whether rows say that they are gone was not looked at"
    pieces = read(str(tmp_path / "users.parquet"))
    assert [piece for piece in pieces if isinstance(piece, Notice)] == [Notice("users.parquet", what)]
