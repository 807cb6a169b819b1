from __future__ import annotations

import re
from pathlib import Path

import pytest

from compliance.engines.addresses import Names, dataset_of, holds_lines, lines_glob, shown

CASES = [
    ("/data/feed", "file:/data/feed/a/p.jsonl", "feed/a/p.jsonl", "feed"),
    ("/data/feed/", "file:/data/feed/a%20b/p%25.jsonl", "feed/a b/p%.jsonl", "feed"),
    ("/data/p.jsonl", "file:/data/p.jsonl", "p.jsonl", "p.jsonl"),
    ("/data/x/../feed", "file:/data/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("/data/feed/*/p.jsonl", "file:/data/feed/a/p.jsonl", "feed/a/p.jsonl", "feed"),
    ("/*/p.jsonl", "file:/data/p.jsonl", "data/p.jsonl", ""),
    ("file:///data/feed", "file:/data/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("hdfs://nn:8020/data/feed", "hdfs://nn:8020/data/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("hdfs:///data/feed", "hdfs://nn:8020/data/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("feed", "hdfs://nn:8020/user/zorvik/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("abfss://c@a.example/feed", "abfss://c@a.example/feed/p.jsonl", "feed/p.jsonl", "feed"),
    ("s3a://bucket/feed/2026-*", "s3a://bucket/feed/2026-09/p.jsonl", "feed/2026-09/p.jsonl", "feed"),
]


@pytest.mark.parametrize(("address", "file", "name", "root"), CASES)
def test_files_are_named_from_the_address_on(address: str, file: str, name: str, root: str) -> None:
    names = Names.of(address, (file,))
    assert (names.name(file), names.root) == (name, root)


def test_a_relative_address_of_this_machine_hangs_below_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    names = Names.of("./feed", (f"file:{tmp_path}/feed/p.jsonl",))
    assert (names.name(f"file:{tmp_path}/feed/p.jsonl"), names.root) == ("feed/p.jsonl", "feed")


def test_a_name_before_the_path_is_not_shown() -> None:
    assert shown("s3a://key:word@bucket/feed") == "/feed"
    assert shown("feed/p.jsonl") == "feed/p.jsonl"


@pytest.mark.parametrize(
    ("name", "dataset"),
    [("feed/p.q.jsonl", "p.q"), ("p.JSONL.GZ", "p"), ("p.ndjson.zst", "p"), ("p.json", None), ("p.gz", None)],
)
def test_endings_tell_what_holds_lines(name: str, dataset: str | None) -> None:
    assert holds_lines(name) is (dataset is not None)
    if dataset:
        assert dataset_of(name) == dataset
    globs = lines_glob().strip("{}").replace("*", "").replace(".", r"\.").split(",")
    assert any(re.search(f"{glob}$", name) for glob in globs) is (dataset is not None)
