"""A gate that cannot silently check nothing."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from compliance.cli.starter import starter
from compliance.formats.registry import FORMATS
from compliance.model.findings import Input
from compliance.rules.gaps import LEAVABLE, is_left_out


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]

EMPTY = "CREATE TABLE pupil (mis_id TEXT, first_name TEXT)"
OLD = dt.datetime(2026, 11, 10, tzinfo=dt.UTC).timestamp()
BUT = ("feed", "grant", "old_permission_set")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with declarations, a store without a row, and a feed."""
    monkeypatch.chdir(tmp_path)
    for name, text in starter().items():
        path = Path("privacy") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with closing(sqlite3.connect("empty.sqlite")) as base:
        base.execute(EMPTY)
        base.commit()
    feed = {"Students": [{"Id": "1", "Forename": "Blenthy", "Surname": "Zorvik", "RegGroup": "6H"}]}
    Path("feed.json").write_text(json.dumps(feed), encoding="utf-8")


def gaps(done: Outcome) -> list[tuple[str, str]]:
    told: Any = json.loads(done.out)
    return [(gap["kind"], gap["subject"]) for gap in told["gaps"]]


def without(*names: str) -> list[str]:
    return [word for name in names for word in ("--without", name)]


def test_no_source_is_a_gap_of_audit_and_not_of_check(cli: Cli) -> None:
    done = cli("audit", "privacy", "--format", "json", *without("old_permission_set"))
    assert ("no_source", "") in gaps(done)
    assert cli("audit", "privacy", "--strict", *without("old_permission_set", "grant")).code == 1
    assert gaps(cli("check", "privacy", "--format", "json", *without("old_permission_set"))) == []
    assert cli("check", "privacy", "--strict", *without("old_permission_set")).code == 0
    alone = gaps(cli("check", "privacy", "--format", "json"))
    assert ("rule_without_input", "old_permission_set") in alone
    assert {kind for kind, _ in alone} == {"rule_without_input"}
    assert cli("check", "privacy", "--strict").code == 1
    assert cli("check", "privacy").code == 0


def test_a_store_without_a_row_is_a_gap_unless_it_is_meant(cli: Cli) -> None:
    asked = ("audit", "privacy", "--store", "empty.sqlite", "--format", "json", *without(*BUT))
    assert gaps(cli(*asked)) == [("empty_store", "")]
    assert gaps(cli(*asked, "--without", "rows")) == []
    assert cli(*asked, "--strict", "--fail-on", "error").code == 1
    assert cli(*asked, "--strict", "--fail-on", "never").code == 0


def test_a_declared_dataset_that_is_missing_is_a_gap(cli: Cli) -> None:
    with closing(sqlite3.connect("other.sqlite")) as base:
        base.execute("CREATE TABLE staff (name TEXT)")
        base.execute("INSERT INTO staff VALUES ('Zorvik')")
        base.commit()
    done = cli("audit", "privacy", "--store", "other.sqlite", "--format", "json", *without(*BUT))
    assert gaps(done) == [("dataset_missing", "pupil")]


def test_a_feed_that_lacks_what_is_asked_for_is_a_gap(cli: Cli) -> None:
    Path("feed.json").write_text('{"Staff": [{"Id": "1"}]}', encoding="utf-8")
    done = cli("audit", "privacy", "--feed", "feed.json", "--format", "json", *without("store", *BUT[1:]))
    assert ("dataset_missing", "Students") in gaps(done)


@pytest.mark.parametrize(("limit", "told"), [("P7D", True), ("P13D", False), (None, False)])
def test_a_feed_older_than_its_limit_is_a_gap(cli: Cli, limit: str | None, *, told: bool) -> None:
    os.utime("feed.json", (OLD, OLD))
    aged = ("--max-age", limit) if limit else ()
    done = cli("audit", "privacy", "--feed", "feed.json", "--format", "text", *without("store"), *aged)
    assert ("feed.json is 13 days old, and may be no older than P7D." in done.out) is told


def test_a_saved_feed_is_as_old_as_its_inventory(cli: Cli) -> None:
    assert cli("inventory", "feed.json", "--save", "feed.inventory.json", "--at", "2026-11-01").code == 0
    done = cli("audit", "privacy", "--feed", "feed.inventory.json", "--max-age", "P7D")
    assert "feed.inventory.json is 22 days old, and may be no older than P7D." in done.out


def test_nothing_to_read_is_an_error_and_no_pass(cli: Cli) -> None:
    Path("nothing.json").write_text("[]", encoding="utf-8")
    assert cli("audit", "privacy", "--feed", "nothing.json").code == 3
    with closing(sqlite3.connect("bare.sqlite")) as base:
        base.execute("CREATE TABLE gone (a)")
        base.execute("DROP TABLE gone")
        base.commit()
    done = cli("audit", "privacy", "--store", "bare.sqlite")
    assert (done.code, done.out) == (3, "")
    assert "bare.sqlite: It holds no tables." in done.err


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_was_looked_at_and_what_was_not(cli: Cli, name: str) -> None:
    done = cli("audit", "privacy", "--store", "empty.sqlite", "--format", name)
    assert "The store holds no row: its columns were seen, and no values." in done.out
    looked = ('"rows": 0', '"datasets"') if name == "json" else ("1 dataset, 0 rows, 2 fields", "ran,")
    assert all(each in done.out for each in looked)


def test_a_rule_is_left_out_by_its_name_and_told(cli: Cli) -> None:
    done = cli("check", "privacy", "--format", "json", "--without", "ps01", "--without", "old_permission_set")
    skipped = {each["rule"]: (each["missing"], each["on_purpose"]) for each in json.loads(done.out)["rules_skipped"]}
    assert skipped["PS01"] == ([], True)
    assert skipped["VC01"] == (["old_permission_set"], True)
    assert "PS01 purpose-missing: left out by name" in cli("check", "privacy", "--without", "PS01").out


def test_what_nobody_can_leave_out_is_wrong_usage(cli: Cli) -> None:
    done = cli("check", "privacy", "--without", "fed")
    assert done.code == 2
    assert "Did you mean feed?" in done.err
    assert cli("audit", "privacy", "--max-age", "a week").code == 2


def test_what_comes_with_another_input_is_left_out_with_it() -> None:
    assert is_left_out(Input.GRANT, ["feed"])
    assert is_left_out(Input.DATA, ["feed", "store"])
    assert not is_left_out(Input.DATA, ["feed"])
    assert not is_left_out(Input.FEED, ["store"])
    assert Input.REPORT not in LEAVABLE
