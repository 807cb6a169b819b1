from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from compliance.errors import UsageError
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.model.inventory import Notice

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

TABLE = [{"Id": "1", "Forename": "Ann"}, {"Id": "2", "Forename": ""}]
ENDINGS = (
    ".json .jsonl .ndjson .csv .tsv .xml .ctf .xlsx .xlsm .xls .ods .arrow .feather .ipc .orc .avro "
    ".db .sqlite .sqlite3 .zip .gz .bz2 .zst"
)
NOT_READ = f"was not read: files that can be read end in {ENDINGS}"
GIVE = "Give a file or a folder with records in it, and pull or export it again if there should be some."


def write_table(path: Path, kind: str) -> None:
    """Write the same two records."""
    match kind:
        case "JSON":
            path.write_text(json.dumps(TABLE), encoding="utf-8")
        case "JSON Lines":
            path.write_text("".join(json.dumps(record) + "\n" for record in TABLE), encoding="utf-8")
        case "CSV":
            path.write_text("Id,Forename\n1,Ann\n2,\n", encoding="utf-8")
        case "SQLite":
            with closing(sqlite3.connect(path)) as base, base:
                base.execute(f'CREATE TABLE "{path.stem}" (Id TEXT, Forename TEXT)')
                base.executemany(f'INSERT INTO "{path.stem}" VALUES (?, ?)', [tuple(r.values()) for r in TABLE])  # noqa: S608 - the test's own name


def test_a_database_is_known_by_its_first_bytes(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "backup.2024"
    write_table(path, "SQLite")
    [piece] = read(path)
    assert isinstance(piece, Batch)
    assert piece.records == TABLE


def test_a_folder_is_read_in_order_and_says_what_it_left_out(tmp_path: Path, read: Read) -> None:
    feed = tmp_path / "feed"
    (feed / "b").mkdir(parents=True)
    (feed / ".hidden").mkdir()
    write_table(feed / "z.json", "JSON")
    write_table(feed / "b" / "a.csv", "CSV")
    write_table(feed / ".hidden" / "a.json", "JSON")
    write_table(feed / ".a.json", "JSON")
    (feed / "empty.json").write_bytes(b"\xef\xbb\xbf\r\n")
    (feed / "notes.txt").write_text("x", encoding="utf-8")
    assert read(feed) == [
        Rows(source="feed/b/a.csv", dataset="a", columns=("Id", "Forename"), cells=[["1", "Ann"], ["2", ""]]),
        Notice("feed/empty.json", "is empty"),
        Notice("feed/notes.txt", NOT_READ),
        Batch(source="feed/z.json", dataset="z", records=TABLE),
    ]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path, read: Read) -> None:
    write_table(tmp_path / "a.json", "JSON")
    try:
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    assert read(tmp_path)[1:] == [Notice(f"{tmp_path.name}/loop", "was not read: it is a link to a folder, or no file")]


def test_the_folder_we_stand_in_has_a_name(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    write_table(tmp_path / "a.json", "JSON")
    monkeypatch.chdir(tmp_path)
    assert [piece.source for piece in read(Path()) if isinstance(piece, Batch)] == [f"{tmp_path.name}/a.json"]


def test_nothing_is_there(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "none.json"
    assert refusal(path) == f"{path}: There is no such file or folder. Check its spelling."


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", b"", f"a.json: It is empty. {GIVE}"),
        ("a.json", b"\xef\xbb\xbf", f"a.json: It is empty. {GIVE}"),
        ("a.csv", b"\xff\xfe", f"a.csv: It is empty. {GIVE}"),
        ("a.db", b"", f"a.db: It is empty. {GIVE}"),
        ("a.pdf", b"%PDF", f"a.pdf: It {NOT_READ}. {GIVE}"),
        ("a.json", b"7", f"a.json: It holds 1 other value that was not read as records: in 'a'. {GIVE}"),
    ],
)
def test_a_file_without_records_is_refused(
    tmp_path: Path, refusal: Refusal, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == told


def test_a_folder_without_files_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name}: It holds no records that could be read. {GIVE}"


def test_a_folder_without_records_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    (feed / "a.json").touch()
    (feed / "b.pdf").touch()
    assert refusal(feed) == (
        f"feed: It holds no records that could be read. The first of 2 reasons: feed/a.json is empty. {GIVE}"
    )


def test_a_forbidden_file_is_refused(tmp_path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    write_table(feed / "a.json", "JSON")

    def forbid(path: Path, *_: object, **__: object) -> Iterator[bytes]:
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(Path, "open", forbid)
    assert refusal(feed) == (
        "feed/a.json: It cannot be read: Permission denied. Check that you may read it and that it is not in use."
    )


@pytest.mark.parametrize("encoding", ["cp125x", "base64"])
def test_an_unknown_encoding_is_a_wrong_usage(tmp_path: Path, read: Read, encoding: str) -> None:
    with pytest.raises(UsageError, match=f"There is no encoding '{encoding}'."):
        read(tmp_path, encoding=encoding)
