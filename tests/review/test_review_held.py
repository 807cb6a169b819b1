"""``compliance review-held`` over the example school: what it counts, what it writes, and what it keeps to itself."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from compliance.example import people
from compliance.example.generate import ExamplePaths
from compliance.sources.held_counts import read_counts
from tests.conftest import Cli

NAMES = (*people.FORENAMES, *people.SURNAMES)


def given(school: ExamplePaths, *, fed: bool = True) -> tuple[str | Path, ...]:
    return (*school.declarations, "--store", school.store, *(("--feed", school.feed) if fed else ()))


def counts(cli: Cli, *arguments: str | Path) -> dict[str, dict[str, object]]:
    done = cli("review-held", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    return {each["dataset"]: each for each in json.loads(done.out)["review"]["datasets"]}


def found(dataset: dict[str, object]) -> dict[str, object]:
    untidy = dataset["untidy"]
    assert isinstance(untidy, dict)
    return {what: each["count"] for what, each in untidy.items()}


def test_the_planted_faults_are_counted(cli: Cli, school: ExamplePaths) -> None:
    made = counts(cli, *given(school))
    assert found(made["pupil"]) == {
        "held_twice": 1,
        "may_be_held_twice": 1,
        "two_identifiers": 2,
        "wrong_year_group": 5,
        "leaver": 5,
        "leaver_overdue": 3,
    }
    assert made["pupil"]["of_held"] == {"matched": 419, "may_match": 0, "not_matched": 0, "would_be_desynced": 8}
    assert made["pupil"]["of_incoming"] == {"matched": 419, "may_match": 0, "new": 0}
    assert made["staff"]["of_incoming"] == {"matched": 18, "may_match": 0, "new": 12}
    assert found(made["class"]) == {"stale_class": 2}


def test_a_clean_school_is_tidy_but_for_those_who_left_lately(cli: Cli, clean_school: ExamplePaths) -> None:
    made = counts(cli, *given(clean_school))
    assert {what for each in made.values() for what, count in found(each).items() if count} == {"leaver"}
    assert made["pupil"]["of_held"] == {"matched": 419, "may_match": 0, "not_matched": 0, "would_be_desynced": 2}


def test_the_text_says_the_same(cli: Cli, school: ExamplePaths) -> None:
    done = cli("review-held", *given(school))
    assert (done.code, done.err) == (0, "")
    assert (
        "pupil  427 held, 419 come in\n  Tidy first\n        1  records too many of people who are held twice"
        in done.out
    )
    assert "      419  matched\n" in done.out
    assert "        -  leavers still held: not looked at, the declarations name no day of leaving" in done.out
    assert cli("review-held", *given(school), "--quiet") == (0, "", "")


def test_without_a_feed_nobody_is_matched(cli: Cli, school: ExamplePaths) -> None:
    made = counts(cli, *given(school, fed=False))
    assert (made["pupil"]["incoming"], made["pupil"]["of_held"], made["pupil"]["of_incoming"]) == (None, {}, {})
    assert found(made["class"]) == {"stale_class": 1}
    assert "not looked at: no feed was given" in cli("review-held", *given(school, fed=False)).out


@pytest.mark.parametrize("day", ["2027-07-15", "2027-09-30"])
def test_in_rollover_nobody_is_asked_for_a_year_group(cli: Cli, school: ExamplePaths, day: str) -> None:
    made = counts(cli, *given(school), "--at", day)
    assert found(made["pupil"])["wrong_year_group"] is None
    assert found(made["class"]) == {"stale_class": None}


@pytest.mark.parametrize("day", ["2027-07-14", "2027-10-01"])
def test_before_and_after_rollover_they_are(cli: Cli, school: ExamplePaths, day: str) -> None:
    made = counts(cli, *given(school), "--at", day)
    assert found(made["pupil"])["wrong_year_group"] is not None
    assert found(made["class"])["stale_class"] is not None


# --- the list ---------------------------------------------------------------------------------------------------


def test_the_list_is_private_marked_and_names_people(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")
    done = cli("review-held", *given(school), "--list", path, "--quiet")
    assert (done.code, done.out) == (0, "")
    assert "holds personal data" in done.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (mark,), head, *lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert mark.startswith("PERSONAL DATA")
    assert {len(line) for line in lines} == {len(head)}
    twice = next(line for line in lines if line[0] == "Held twice")
    assert twice[3:6] == ["9921", "Lumbrix Glimmerstoat-Quandle", "2022-03-13"]
    assert (twice[7], twice[11]) == ("3011", "the same UPN")
    assert [line[0] for line in lines].count("Matched") == 437


def test_the_list_is_the_same_each_time(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    for name in ("one.csv", "other.csv"):
        cli("review-held", *given(school), "--list", tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()


def test_a_name_is_no_formula(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "fields.yaml").write_text(FIELDS, encoding="utf-8")
    (tmp_path / "pupil.csv").write_text('id,name\n1,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    listed = tmp_path / "list.csv"
    done = cli("review-held", tmp_path / "fields.yaml", "--store", tmp_path / "pupil.csv",
               "--feed", tmp_path / "pupil.csv", "--list", listed)  # fmt: skip
    assert done.code == 0
    assert "'=HYPERLINK" in listed.read_text(encoding="utf-8-sig")


FIELDS = """\
kind: stored_fields
app: blenthy
version: "1.0.0"
stores: [{id: db, label: Database, kind: database}]
datasets:
  - name: pupil
    store: db
    subject: pupil
    person_key: id
    name_columns: [name]
    fields:
      - {name: id, source: mis, from: pupil.id}
      - {name: name, source: mis, from: pupil.name}
"""


def test_nothing_but_the_list_holds_a_name(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("review-held", *given(school), "--counts", tmp_path / "counts.json", "--list", tmp_path / "list.csv")
    shown = done.out + done.err + (tmp_path / "counts.json").read_text(encoding="utf-8")
    assert [name for name in NAMES if name in shown] == []
    assert [name for name in NAMES if name in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counts.json", "list.csv"]


# --- the counts -------------------------------------------------------------------------------------------------


@pytest.fixture(name="counted")
def _counted(cli: Cli, school: ExamplePaths, tmp_path: Path) -> Path:
    path = tmp_path / "counts.json"
    assert cli("review-held", *given(school), "--counts", path, "--quiet").code == 0
    return path


def test_counts_come_back_as_they_went(cli: Cli, counted: Path, school: ExamplePaths) -> None:
    review = read_counts(counted)
    assert {each.dataset: each.held for each in review.datasets} == {"pupil": 427, "staff": 18, "class": 20}
    done = cli("audit", *school.declarations, "--review", counted, "--format", "json", "--fail-on", "never")
    assert json.loads(done.out)["review"] == json.loads(counted.read_text())["review"]


def test_the_report_says_what_to_tidy_first(cli: Cli, counted: Path, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("report", *school.declarations, "--review", counted, "--format", "html", "--out", tmp_path)
    assert done.code == 0
    (path,) = tmp_path.glob("*.html")
    page = path.read_text(encoding="utf-8")
    assert '<h3 id="tidy">Tidy first</h3>' in page
    assert '<th scope="row">In the wrong year group</th><td>5</td>' in page
    assert '<th scope="row">Held twice</th><td>fewer than 5</td>' in page
    assert cli("report", *school.declarations, "--format", "html", "--out", tmp_path).code == 0
    assert "Tidy first" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"review-held"', '"other"', "holds no counts of a review"),
        ('"held": 427', '"held": -1', "holds no counts of a review"),
        ('"held": 427', '"held": "Blenthy"', "holds no counts of a review"),
        ('"school": "', '"school": "9', "is the review of another school"),
    ],
)
def test_counts_that_are_none_are_refused(
    cli: Cli, counted: Path, school: ExamplePaths, old: str, new: str, message: str
) -> None:
    text = counted.read_text(encoding="utf-8")
    assert old in text
    counted.write_text(text.replace(old, new), encoding="utf-8")
    done = cli("audit", *school.declarations, "--review", counted)
    assert (done.code, done.out) == (3, "")
    assert message in done.err
    assert "Blenthy" not in done.err


def test_counts_that_are_not_there_are_refused(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("audit", *school.declarations, "--review", tmp_path / "none.json")
    assert done.code == 3
    assert "cannot be read" in done.err


# --- bad input --------------------------------------------------------------------------------------------------


def test_a_store_is_needed(cli: Cli, school: ExamplePaths) -> None:
    done = cli("review-held", *school.declarations)
    assert (done.code, done.out) == (2, "")
    assert "There is no store" in done.err


def test_declarations_must_say_where_people_are(cli: Cli, school: ExamplePaths) -> None:
    done = cli("review-held", school.declarations[0] / "organisation.yaml", "--store", school.store)
    assert (done.code, done.out) == (2, "")
    assert "do not say where people are held" in done.err


def test_what_was_declared_and_not_met_is_said(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    done = cli("review-held", *school.declarations, "--store", tmp_path / "other.csv")
    assert done.code == 0
    assert "pupil: declared, and not met in the store" in done.out


def test_a_large_table_is_asked_for_what_matters(cli: Cli, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "fields.yaml").write_text(FIELDS, encoding="utf-8")
    large = tmp_path / "pupil.parquet"
    rows = "SELECT range AS id, concat('Blenthy ', range // 2) AS name, 'x' AS other FROM range(30001)"
    duckdb.sql(f"COPY ({rows}) TO '{large}' (FORMAT parquet)")
    made = counts(cli, tmp_path / "fields.yaml", "--store", large)
    assert made["pupil"]["held"] == 30001
    assert found(made["pupil"]) == {
        "held_twice": 0,
        "may_be_held_twice": 15000,
        "two_identifiers": 15000,
        "wrong_year_group": None,
        "leaver": None,
    }


def test_a_missing_page_is_said(cli: Cli, clean_school: ExamplePaths, tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    pages = [path for path in sorted(clean_school.feed.iterdir()) if path.name.startswith("students_")]
    for path in pages[1:2]:
        (feed / path.name).write_bytes(path.read_bytes())
    made = counts(cli, *clean_school.declarations, "--store", clean_school.store, "--feed", feed)
    assert made["pupil"]["incomplete"] is True
    done = cli("review-held", *clean_school.declarations, "--store", clean_school.store, "--feed", feed)
    assert "Rows of the feed are missing" in done.out
