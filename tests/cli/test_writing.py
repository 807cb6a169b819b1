"""A file is there whole or not at all, and no name leads it astray."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.cli.naming import slug
from compliance.cli.writing import make_folder, write_absent, write_bytes, write_text
from compliance.errors import OutputError


def test_a_file_is_replaced_in_one_step_with_its_own_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "one\n")
    write_text(path, "zwölf\r\n")
    assert path.read_bytes() == "zwölf\r\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=re.escape(f"{path}: It cannot be written: No space left on device.")):
        write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("has_links", [True, False])
def test_what_is_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:  # noqa: FBT001 - of a file system
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.yaml"
    write_absent(path, "first\n", hint="Name another.")
    with pytest.raises(OutputError) as caught:
        write_absent(path, "second\n", hint="Name another.")
    assert str(caught.value) == f"{path}: It is there already, and nothing was written. Name another."
    assert path.read_text(encoding="utf-8") == "first\n"
    assert [found.name for found in tmp_path.iterdir()] == ["new.yaml"]
    with pytest.raises(OutputError, match="It cannot be written"):
        write_absent(tmp_path / "none" / "new.yaml", "x", hint="")


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "a.txt", b"new")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["missing/a.txt", "folder", "folder/" + "a" * 300])
def test_what_cannot_be_written_is_an_error_with_its_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as refused:
        write_text(tmp_path / name, "text")
    assert refused.value.place
    assert refused.value.place.file == str(tmp_path / name)
    assert not list((tmp_path / "folder").iterdir())


def test_a_folder_in_the_way_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        make_folder(tmp_path / "file" / "folder")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links without a privilege")
def test_a_link_is_followed_and_a_device_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_text(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text(encoding="utf-8") == "text"
    write_text(Path(os.devnull), "text")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Exampleton Primary School", "exampleton-primary-school"),
        ("St. Mary's C of E (VA)", "st-mary-s-c-of-e-va"),
        ("Ysgol Gyfun Gŵyr", "ysgol-gyfun-gwyr"),
        ("../../etc", "etc"),
        ("..\\..\\Windows", "windows"),
        ("CON", "school-con"),
        ("lpt1", "school-lpt1"),
        ("", "school-123456"),
        ("...", "school-123456"),
        ("學校", "school-123456"),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_school_becomes_a_file_name(name: str, expected: str) -> None:
    assert slug(name, "123456") == expected


@given(name=st.text(st.characters()), number=st.text(st.characters()))
def test_no_name_of_a_school_leaves_its_folder(name: str, number: str) -> None:
    made = slug(name, number)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert not re.fullmatch("con|prn|aux|nul|(com|lpt)[0-9]", made)
    assert len(made) <= 95
