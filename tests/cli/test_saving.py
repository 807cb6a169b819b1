"""Inventories that are saved, added up, and audited without the data."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from compliance.example.generate import ExamplePaths

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def key(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a key and keep it."""
    path = tmp_path / "inventory.key"
    done = cli("inventory", "--new-key", path)
    assert (done.code, done.out) == (0, "")
    assert path.read_text(encoding="ascii").strip() not in done.err
    monkeypatch.setenv("COMPLIANCE_KEY_FILE", str(path))
    return path


@pytest.fixture
def halves(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Write one table whole and in two parts."""
    rows = [{"id": n, "name": f"Zorvik {n % 3}"} for n in range(10)]
    paths = tmp_path / "all" / "pupil.jsonl", tmp_path / "one" / "pupil.jsonl", tmp_path / "two" / "pupil.jsonl"
    for path, part in zip(paths, (rows, rows[:4], rows[4:]), strict=True):
        path.parent.mkdir()
        path.write_text("".join(f"{json.dumps(row)}\n" for row in part), encoding="utf-8")
    return paths


def counted(text: str) -> Any:
    """Return what an inventory counts, without the rows that tell where."""
    return json.loads(re.sub(r'"first_row": \d+', '"first_row": 1', text))


@pytest.mark.usefixtures("key")
def test_parts_that_are_saved_add_up_to_the_whole(cli: Cli, halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    whole, *parts = halves
    files = [tmp_path / f"{path.parent.name}.inventory.json" for path in parts]
    for path, file in zip(parts, files, strict=True):
        done = cli("inventory", path, "--save", file)
        assert (done.code, done.err) == (0, "")
        assert done.out == cli("inventory", path).out
    merged = [cli("merge", *order, "--save", tmp_path / name, "--format", "json")
              for order, name in ((files, "a"), (files[::-1], "b"))]  # fmt: skip
    assert {done.code for done in merged} == {0}
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert counted(merged[0].out) == counted(cli("inventory", whole, "--format", "json").out)
    assert cli("merge", tmp_path / "a").out == cli("inventory", whole).out
    assert merged[0].err == (
        "compliance: several of these inventories name the source pupil.jsonl: if it is the same data, it was counted "
        "twice.\n"
    )


@pytest.mark.usefixtures("key")
def test_the_same_data_and_key_save_the_same_bytes(
    cli: Cli, halves: tuple[Path, Path, Path], tmp_path: Path, key: Path
) -> None:
    for name in ("a", "b"):
        cli("inventory", halves[0], "--save", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    text = (tmp_path / "a").read_text(encoding="ascii")
    assert "Zorvik" not in text
    assert key.read_text(encoding="ascii").strip() not in text


def test_without_a_kept_key_each_run_stands_alone(cli: Cli, halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Even with SOURCE_DATE_EPOCH, which the fixture sets: a key that can be guessed hides nobody."""
    files = [tmp_path / "one.inventory.json", tmp_path / "two.inventory.json"]
    for path, file in zip(halves[1:], files, strict=True):
        done = cli("inventory", path, "--save", file)
        assert done.code == 0
        assert done.err == (
            f"compliance: {file} adds up with nothing that another run takes, as the key of this run is not kept. "
            "`compliance inventory --new-key FILE` makes one that is, for COMPLIANCE_KEY_FILE.\n"
        )
    assert cli("merge", *files, "--save", tmp_path / "c") == (
        3,
        "",
        (
            f"compliance: error: {files[1]}: It was saved with another key than {files[0]}: their digests cannot be "
            "compared. Take both with one COMPLIANCE_KEY_FILE (`compliance inventory --new-key FILE` makes one).\n"
        ),
    )
    assert not (tmp_path / "c").exists()
    assert cli("merge", files[0]).code == 0


@POSIX
def test_what_is_saved_and_the_key_are_for_their_owner_alone(
    cli: Cli, key: Path, halves: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        cli("inventory", halves[0], "--save", tmp_path / "a.inventory.json")
        cli("merge", tmp_path / "a.inventory.json", "--save", tmp_path / "b.inventory.json")
    finally:
        os.umask(before)
    for path in (key, tmp_path / "a.inventory.json", tmp_path / "b.inventory.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key.chmod(0o640)
    done = cli("inventory", halves[0], "--save", tmp_path / "c.inventory.json")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"compliance: error: {key}: The key file of COMPLIANCE_KEY_FILE may be read or changed by others than its "
        "owner. Run `chmod 600` on it.\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read: No such file or directory"),
        ("secret", "holds no key"),
        ("", "holds no key"),
        ("ab" * 33, "holds no key"),
        ("AB" * 32, "holds no key"),
        ("é" * 32, "holds no key"),
    ],
)
def test_a_key_file_that_is_none_is_refused(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, told: str
) -> None:
    path = tmp_path / "inventory.key"
    monkeypatch.setenv("COMPLIANCE_KEY_FILE", str(path))
    if text is not None:
        path.touch(0o600)
        path.write_text(text, encoding="utf-8")
    done = cli("inventory", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"compliance: error: {path}: The key file of COMPLIANCE_KEY_FILE {told}. "
        "`compliance inventory --new-key FILE` makes one.\n"
    )


def test_a_key_is_never_written_over(cli: Cli, key: Path) -> None:
    before = key.read_bytes()
    done = cli("inventory", "--new-key", key)
    assert (done.code, done.out) == (3, "")
    assert "It cannot be written: File exists." in done.err
    assert key.read_bytes() == before


@pytest.mark.usefixtures("key")
def test_an_audit_of_saved_inventories_is_that_of_the_data(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    feed, store = tmp_path / "feed.inventory.json", tmp_path / "store.inventory.json"
    asking = [option for path in school.declarations for option in ("--for", path)]
    assert cli("inventory", school.feed, *asking, "--as", "feed", "--save", feed).code == 0
    assert cli("inventory", school.store, *asking, "--as", "store", "--save", store).code == 0

    def audit(feed: Path, store: Path) -> Outcome:
        return cli("audit", *school.declarations, "--feed", feed, "--store", store, "--format", "json")

    live = audit(school.feed, school.store)
    assert (live.code, live.err) == (1, "")
    assert audit(feed, store) == live
    assert audit(feed, school.store) == live
    assert audit(school.feed, store) == live


def test_digests_of_two_keys_are_never_compared(
    cli: Cli, school: ExamplePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store.inventory.json"
    cli("inventory", school.store, "--as", "store", "--save", store)
    done = cli("audit", *school.declarations, "--feed", school.feed, "--store", store)
    assert (done.code, done.out) == (3, "")
    assert f"{store}: It was saved with another key than the digests of this run" in done.err
    cli("inventory", "--new-key", tmp_path / "key")
    monkeypatch.setenv("COMPLIANCE_KEY_FILE", str(tmp_path / "key"))
    cli("inventory", school.feed, "--save", tmp_path / "feed")
    both = cli("audit", *school.declarations, "--feed", tmp_path / "feed", "--store", store)
    assert (both.code, both.out) == (3, "")
    alone = cli("audit", *school.declarations, "--store", store)
    assert alone.code == 1
    assert (
        "store.inventory.json: was saved without the answers to 18 questions of these declarations "
        "(birth_date_in_text, duplicate, group, leaver, no_day, other_school, past_year, person, person_year, "
        "retired_code, year_off_age): `compliance inventory --for` asks them"
    ) in alone.out


@pytest.mark.usefixtures("key")
def test_a_saved_inventory_is_never_taken_for_data(cli: Cli, halves: tuple[Path, Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    cli("inventory", halves[0], "--save", folder / "a.json")
    done = cli("inventory", folder)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "compliance: error: saved/a.json: It is a saved inventory, not data: `compliance merge` adds these up. "
        "Give a file or a folder with records in it, and pull or export it again if there should be some.\n"
    )
    assert cli("merge", halves[0]) == (
        3,
        "",
        (
            f"compliance: error: {halves[0]}:2:1: The saved inventory breaks off or is no JSON here. "
            "Take the inventory and save it again.\n"
        ),
    )


def test_what_cannot_be_merged_is_one_error(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    none = "It is no saved inventory. `compliance inventory ADDRESS --save FILE` makes one."
    assert cli("merge", school.store) == (3, "", f"compliance: error: {school.store}: {none}\n")
    assert cli("merge", tmp_path / "missing") == (
        3,
        "",
        (
            f"compliance: error: {tmp_path / 'missing'}: It cannot be read: No such file or directory. "
            "Check its spelling and that you may read it.\n"
        ),
    )
    later = tmp_path / "later.inventory.json"
    later.write_text('{"kind": "saved-inventory", "version": 7}', encoding="utf-8")
    told = (
        f"compliance: error: {later}: It is a saved inventory of version 7; this program reads version 1. Update the "
        "program, or save it again with this one.\n"
    )
    assert cli("merge", later) == (3, "", told)
    assert cli("audit", *school.declarations, "--store", later) == (3, "", told)
