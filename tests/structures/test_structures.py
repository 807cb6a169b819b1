"""Stores of which only the structure is known: every kind reads the same two tables, and what is wrong is told."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.cli.starter import starter
from compliance.errors import Place, SourceError
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory
from compliance.structures.base import inventory_of, places_of
from compliance.structures.registry import STRUCTURES, is_structure, read_structure

ROOT = Path(__file__).parents[2]
AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]

SQL = """\
-- One of each
CREATE TABLE public.pupil (
  mis_id text PRIMARY KEY,
  "Home Language" text,
  CONSTRAINT one UNIQUE (mis_id)
);
CREATE TABLE class (name varchar(20));
"""
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "pupil": {"type": "object", "properties": {"mis_id": {"type": "string"}, "Home Language": {"type": "string"}}},
        "class": {"allOf": [{"properties": {"name": {"type": "string"}}}]},
    },
}
OPENAPI = """\
openapi: 3.1.0
components:
  schemas:
    pupil:
      properties:
        mis_id: {type: string}
        Home Language: {type: string}
    class: {$ref: "#/components/schemas/Group"}
"""
MANIFEST = {
    "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
    "nodes": {
        "model.app.pupil": {
            "resource_type": "model", "name": "pupil", "original_file_path": "models/pupil.sql",
            "columns": {"mis_id": {"name": "mis_id"}, "Home Language": {"name": "Home Language"}},
        },
        "test.app.one": {"resource_type": "test", "name": "one"},
    },
    "sources": {
        "source.app.class": {
            "resource_type": "source", "name": "x", "identifier": "class", "columns": {"name": {"name": "name"}},
        },
    },
}  # fmt: skip
EXPECTED = {"pupil": {"pupil.mis_id", "pupil.Home Language"}, "class": {"class.name"}}
FILES = {
    "schema.sql": SQL,
    "schema.json": json.dumps(SCHEMA),
    "api.yaml": OPENAPI.replace('{$ref: "#/components/schemas/Group"}', "{properties: {name: {type: string}}}"),
    "manifest.json": json.dumps(MANIFEST),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def described(address: str) -> dict[str, set[str]]:
    inventory = inventory_of(read_structure(address), AT)
    return {name: {str(path) for path in dataset.fields} for name, dataset in inventory.datasets.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_describes_the_same_tables(name: str) -> None:
    address = write(name, FILES[name])
    assert is_structure(address)
    assert described(address) == EXPECTED
    inventory = inventory_of(read_structure(address), AT)
    assert inventory.rows == 0
    profiles = [profile for dataset in inventory.datasets.values() for profile in dataset.fields.values()]
    assert profiles == [FieldProfile()] * 3


def test_every_kind_is_read_in_a_test() -> None:
    assert [kind.name for kind in STRUCTURES] == [
        "SQL files", "dbt manifest", "SQLAlchemy models", "Django models", "JSON Schema or OpenAPI",
    ]  # fmt: skip


MODELS = """\
from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Pupil(Base):
    __tablename__ = "pupil"
    mis_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column("Home Language")


group = Table("class", Base.metadata, Column("name", String, primary_key=True))
"""
DJANGO = {
    "shop/__init__.py": "",
    "shop/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nDATABASES = {'default': {'ENGINE': 'nowhere'}}\n",
    "shop/models.py": """\
from django.db import models


class Pupil(models.Model):
    mis_id = models.CharField(max_length=9, primary_key=True)
    religion = models.CharField(max_length=9, db_column="faith")

    class Meta:
        db_table = "pupil"
""",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": """\
from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Pupil",
            fields=[
                ("mis_id", models.CharField(max_length=9, primary_key=True, serialize=False)),
                ("religion", models.CharField(max_length=9, db_column="faith")),
            ],
            options={"db_table": "pupil"},
        )
    ]
""",
}


def run(*words: str) -> Outcome:
    """Run the program in a process of its own, because it imports code of the app."""
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "compliance", *words], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_sqlalchemy_models_are_asked_and_know_their_lines() -> None:
    write("app_models.py", MODELS)
    done = run("inventory", "sqlalchemy:app_models:Base", "--format", "json")
    assert (done.code, done.err) == (0, "")
    datasets = json.loads(done.out)["datasets"]
    assert {name: {*dataset["fields"]} for name, dataset in datasets.items()} == EXPECTED
    for name, text in starter().items():
        write(f"privacy/{name}", text)
    done = run("audit", "privacy", "--store", "sqlalchemy:app_models:Base", "--format", "github")
    assert done.code == 1
    assert "::error file=app_models.py,line=12,col=5,title=DA01-" in done.out


def test_django_migrations_run_on_a_database_in_memory() -> None:
    for name, text in DJANGO.items():
        write(name, text)
    for name, text in starter().items():
        write(f"privacy/{name}", text)
    done = run("audit", "privacy", "--store", "django:shop.settings", "--format", "github")
    assert done.code == 1
    assert "::error file=shop/models.py,line=6,col=5,title=DA01-" in done.out
    assert "pupil.faith is not declared; no values were seen, as its dataset holds no row." in done.out


@pytest.mark.parametrize("address", ["sqlalchemy:nowhere:Base", "django:nowhere.settings", "sqlalchemy:broken"])
def test_code_that_fails_is_one_clear_error(address: str) -> None:
    write("broken.py", "raise RuntimeError('Zorvik')")
    done = run("inventory", address)
    assert (done.code, done.out) == (3, "")
    assert f"{address}: The code that it names fails with " in done.err
    assert "Zorvik" not in done.err
    assert "Traceback" not in done.err


def test_a_column_knows_its_line() -> None:
    places = {str(path): place for path, place in places_of([read_structure(write("schema.sql", SQL))]).items()}
    assert places["pupil.mis_id"] == Place("schema.sql", 3, 3)
    assert places["class.name"] == Place("schema.sql", 7, 21)
    assert places["pupil.Home Language"].line == 4
    places = {
        str(path): place for path, place in places_of([read_structure(write("a.yaml", FILES["api.yaml"]))]).items()
    }
    assert places["pupil.Home Language"] == Place("a.yaml", 7, 9)


def test_migrations_are_followed_in_the_order_of_their_numbers() -> None:
    write("m/V1__begin.sql", SQL)
    write("m/V2__more.sql", "ALTER TABLE PUPIL ADD COLUMN religion text, ADD COLUMN gone int;")
    write("m/V2__more.down.sql", "DROP TABLE pupil;")
    write("m/V10__less.sql", "ALTER TABLE pupil DROP COLUMN gone;\nALTER TABLE pupil RENAME COLUMN religion TO faith;")
    write("m/V11__name.sql", "-- +goose Up\nALTER TABLE class RENAME TO form;\n-- +goose Down\nDROP TABLE form;\n")
    write(
        "m/V12__drop.sql", "CREATE TABLE other (a int);\nDROP TABLE IF EXISTS other;\nINSERT INTO form VALUES ('6H');"
    )
    assert described("m") == {
        "pupil": {"pupil.mis_id", "pupil.Home Language", "pupil.faith"}, "form": {"form.name"},
    }  # fmt: skip
    places = {str(path): place for path, place in places_of([read_structure("m")]).items()}
    assert places["pupil.faith"].file == "m/V10__less.sql"


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("mysql", "CREATE TABLE `pupil` (`mis_id` int AUTO_INCREMENT, `x` enum('a','b')) ENGINE=InnoDB;"),
        ("sqlite", 'CREATE TABLE IF NOT EXISTS "pupil" ("mis_id" integer PRIMARY KEY AUTOINCREMENT, x TEXT);'),
        ("tsql", "CREATE TABLE [dbo].[pupil] ([mis_id] INT IDENTITY(1,1) NOT NULL, [x] NVARCHAR(MAX));"),
        ("postgres", "\\connect app\nCREATE TABLE pupil (mis_id serial, x jsonb DEFAULT '{}'::jsonb);\nSET x = 1;"),
    ],
)
def test_dialects_are_told_by_what_they_understand(dialect: str, sql: str) -> None:
    assert described(write(f"{dialect}.sql", sql)) == {"pupil": {"pupil.mis_id", "pupil.x"}}


def test_another_schema_stays_in_the_name() -> None:
    assert described(write("a.sql", "CREATE TABLE audit.log (who text);")) == {"audit.log": {r"audit\.log.who"}}


def test_a_table_made_of_another_is_known_to_be_incomplete() -> None:
    more = (
        "CREATE TABLE copy AS SELECT 1; CREATE TABLE heir (a int) INHERITS (pupil); CREATE TABLE alike (LIKE pupil);"
        "CREATE TABLE part PARTITION OF pupil FOR VALUES FROM (1) TO (2); ALTER TABLE pupil OWNER TO app;"
    )
    inventory = inventory_of(read_structure(write("a.sql", SQL + more)), AT)
    assert inventory.incomplete == {"copy", "heir", "alike"}
    assert "part" not in inventory.datasets


def test_objects_and_arrays_are_followed_down_and_never_round() -> None:
    schema = {
        "$schema": "x", "title": "pupil", "type": "array",
        "items": {"$ref": "#/$defs/one"},
        "$defs": {
            "one": {
                "properties": {
                    "address": {"properties": {"postcode": {}}},
                    "notes": {"type": "array", "items": {"properties": {"text": {}}}},
                    "friend": {"$ref": "#/$defs/one"},
                    "codes": {"type": "array", "items": {"type": "string"}},
                    "any": True,
                },
            },
        },
    }  # fmt: skip
    found = described(write("pupil.json", json.dumps(schema)))
    assert {"pupil.address.postcode", "pupil.notes[].text", "pupil.codes", "pupil.any"} <= found["pupil"]
    assert "pupil.friend" in found["pupil"]
    assert max(path.count("friend") for path in found["pupil"]) == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.sql", "CREATE TABEL pupil 'Zorvik", "Its SQL cannot be read."),
        ("a.sql", "ALTER TABLE pupil ADD WHATEVER (x) Zorvik OF (y);", "Its SQL cannot be read."),
        ("a.sql", "-- nothing", "It describes no table."),
        ("a.json", '{"$schema": "x"}', "It describes no object with properties."),
        (
            "a.json",
            '{"openapi": "3.1.0", "components": {"schemas": {"a": {"$ref": "#/b"}}}}',
            "A reference leads nowhere.",
        ),
        ("a.json", '{"openapi": "3.1.0", ', "This is not YAML"),
        ("a.yaml", "- a\n", "The file is not a mapping of keys and values."),
        (
            "manifest.json",
            '{"metadata": {"dbt_schema_version": "x/manifest/v1"}, "nodes": []}',
            "It is no manifest of dbt.",
        ),
        ("manifest.json", '{"metadata": {"dbt_schema_version": "x/manifest/v1"}}', "It describes no column."),
    ],
)
def test_what_is_wrong_is_one_clear_error(name: str, text: str, message: str) -> None:
    address = write(name, text)
    with pytest.raises(SourceError) as caught:
        read_structure(address)
    assert caught.value.message.startswith(message)
    assert caught.value.place
    assert caught.value.place.file == name
    assert "Zorvik" not in str(caught.value)


def test_rows_in_a_dump_are_never_parsed(cli: Cli) -> None:
    write("a.sql", f"{SQL}COPY public.pupil (mis_id) FROM stdin;\nit's Zorvik'\n\\.\nCREATE TABLE z (a int;")
    done = cli("inventory", "a.sql")
    assert (done.code, done.out) == (3, "")
    assert "Zorvik" not in done.err
    assert "a.sql:11" in done.err


@pytest.mark.parametrize("text", ['{"Students": [{"openapi": "x"}]}', '{"value": []}', "[1]", ""])
def test_data_is_no_description(text: str) -> None:
    assert not is_structure(write("feed.json", text))
    assert not is_structure("nowhere.json")


@given(st.lists(st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True), min_size=1, max_size=9, unique=True))
def test_every_column_that_is_added_is_there(names: list[str]) -> None:
    first, *rest = names
    added = "".join(f'ALTER TABLE pupil ADD COLUMN "{name}" text;\n' for name in rest)
    created = f'CREATE TABLE pupil ("{first}" text);'
    write("a.sql", f"{created}\n{added}")
    assert described("a.sql") == {"pupil": {f"pupil.{name}" for name in names}}


# --- the gate --------------------------------------------------------------------------------------------------


def test_an_undeclared_field_in_a_migration_fails_on_the_line_of_its_column(cli: Cli) -> None:
    for name, text in starter().items():
        write(f"privacy/{name}", text)
    columns = "mis_id text, first_name text, last_name text, class_name text"
    write("db/001.sql", f"CREATE TABLE pupil ({columns});")
    asked = (
        "audit",
        "privacy",
        "--store",
        "db",
        "--without",
        "feed",
        "--without",
        "rows",
        "--without",
        "old_permission_set",
    )
    done = cli(*asked, "--strict")
    assert (done.code, done.err) == (0, "")
    assert "store  1 source, 1 dataset, 0 rows, 4 fields" in done.out
    assert "  held      4 fields" in done.out
    write("db/002.sql", "ALTER TABLE pupil\n  ADD COLUMN religion text;")
    done = cli(*asked, "--format", "github")
    assert done.code == 1
    assert "::error file=db/002.sql,line=2,col=14,title=DA01-838a3a3a undeclared-column::" in done.out
    assert "pupil.religion is not declared; no values were seen, as its dataset holds no row." in done.out
    told = json.loads(cli(*asked, "--format", "json").out)
    (line,) = [each for each in told["ledger"]["lines"] if each["path"] == "pupil.religion"]
    assert line["held"]["state"] == "yes"
    assert line["held"]["why"] == "there; its dataset holds no row, so that no values were seen"


def test_a_declared_column_that_the_schema_lacks_is_told(cli: Cli) -> None:
    for name, text in starter().items():
        write(f"privacy/{name}", text)
    done = cli("audit", "privacy", "--store", write("a.sql", "CREATE TABLE pupil (mis_id text);"))
    assert "First name (pupil.first_name) is declared and is not in the store." in done.out


def test_no_command_without_a_description_imports_sqlglot() -> None:
    asked = "import sys, compliance.pipeline; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert "sqlglot" not in done.stdout.splitlines()[-1].split()


def test_a_report_for_a_school_says_that_no_values_were_seen(cli: Cli) -> None:
    for name, text in starter().items():
        write(f"privacy/{name}", text)
    school = Path("privacy/authorisation.yaml")
    declined = 'declined_fields: [{id: Students.Surname, since: "2026-09-01"}]'
    text = school.read_text(encoding="utf-8").replace("declined_fields: {none_confirmed: true}", declined)
    assert declined in text
    school.write_text(text, encoding="utf-8")
    write("a.sql", "CREATE TABLE pupil (mis_id text, first_name text, last_name text, class_name text);")
    done = cli("audit", "privacy", "--store", "a.sql", "--report", "html=report.html", "--fail-on", "never")
    assert done.code == 0
    html = Path("report.html").read_text(encoding="utf-8")
    assert "what stands in the columns of its store" in html
    assert "Still kept<" not in html
    assert "Cannot tell" in html


def test_data_beside_sql_is_never_passed_over(cli: Cli) -> None:
    write("exports/schema.sql", SQL)
    write("exports/notes.txt", "nothing")
    assert is_structure("exports")
    write("exports/pupil.csv", "mis_id\n1\n")
    assert not is_structure("exports")
    done = cli("inventory", "exports")
    assert done.out.startswith("3 sources, 1 dataset, 1 row, 1 field\n")
    assert "schema.sql: was not read" in done.out


def test_an_inventory_without_rows_adds_nothing_to_one_with_rows() -> None:
    bare = inventory_of(read_structure(write("a.sql", SQL)), AT)
    full = Inventory(datasets={"pupil": DatasetProfile(rows=3)})
    assert (bare + full).rows == 3
