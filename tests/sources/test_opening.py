"""Files that are packed, bundled or kept elsewhere: what is damaged, protected or hostile is refused once."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
import zstandard
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compliance.errors import SourceError, UsageError
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Piece, Rows
from compliance.sources import bundles, compressed, streams
from compliance.sources.base import SourceFile
from compliance.sources.registry import read_source

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

CANARY = "Quillfeather"
TEXT = f"Id,Forename\n1,{CANARY}\n".encode() + b"2,x\n" * 5000
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": lambda content: zstandard.ZstdCompressor(write_checksum=True).compress(content),
}
AGAIN = "Fetch or export it again."
CUT = f"It ends before its data does: it was cut off. {AGAIN}"
DAMAGED = f"It is damaged: it cannot be unpacked. {AGAIN}"
BY_HAND = "Unpack it by hand, and give the folder."


def bundle(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return path


def rows(pieces: list[Piece]) -> dict[str, int]:
    found: dict[str, int] = {}
    for piece in pieces:
        if isinstance(piece, Rows):
            found[piece.source] = found.get(piece.source, 0) + len(piece.cells)
    return found


@pytest.mark.parametrize("ending", PACKED)
def test_a_packed_file_is_cut_off_wherever_it_ends(tmp_path: Path, refusal: Refusal, ending: str) -> None:
    content = PACKED[ending](TEXT)
    path = tmp_path / f"pupils.csv{ending}"
    for kept in (len(content) // 2, len(content) - 1):
        path.write_bytes(content[:kept])
        assert refusal(path) == f"pupils.csv{ending}: {CUT}"


@pytest.mark.parametrize("ending", PACKED)
def test_a_packed_file_is_damaged(tmp_path: Path, refusal: Refusal, ending: str) -> None:
    content = bytearray(PACKED[ending](TEXT))
    content[-6] ^= 0xFF
    path = tmp_path / f"pupils.csv{ending}"
    path.write_bytes(content)
    assert refusal(path) in {f"pupils.csv{ending}: {DAMAGED}", f"pupils.csv{ending}: {CUT}"}
    path.write_text(f"{CANARY}, not packed at all", encoding="utf-8")
    assert refusal(path) == f"pupils.csv{ending}: {DAMAGED}"


@pytest.mark.parametrize("ending", PACKED)
def test_a_packed_file_is_known_by_its_first_bytes(tmp_path: Path, read: Read, ending: str) -> None:
    path = tmp_path / "pupils.csv"
    path.write_bytes(PACKED[ending](TEXT))
    assert rows(read(path)) == {"pupils.csv": 5001}


@settings(deadline=None)
@given(
    st.sampled_from(sorted(PACKED)), st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(0, 9000)
)
def test_what_was_packed_in_parts_is_one_stream_that_can_be_sought_in(
    ending: str, parts: list[bytes], place: int
) -> None:
    whole = b"".join(parts)
    assume(not any(each.magic.match(whole) for each in compressed.COMPRESSIONS))  # it would be unpacked once more
    packed = b"".join(map(PACKED[ending], parts))
    stored = SourceFile(name=f"a{ending}", integrator=Plain(), opener=lambda: io.BytesIO(packed))
    with compressed.unpacked(stored).open() as stream:
        assert stream.read() == whole
        assert stream.seek(place) == min(place, len(whole))
        assert stream.read() == whole[place:]
        assert stream.seek(-min(3, len(whole)), os.SEEK_END) == max(len(whole) - 3, 0)
        assert stream.read() == whole[-3:]


@pytest.mark.parametrize("ending", ["", *PACKED])
def test_a_table_whose_first_column_is_called_like_a_compression_is_a_table(
    tmp_path: Path, read: Read, ending: str
) -> None:
    path = tmp_path / f"pupils.csv{ending}"
    text = b"BZhead,BZh9\n1,2\n"
    path.write_bytes(PACKED[ending](text) if ending else text)
    assert list(rows(read(path)).values()) == [1]


def test_zeros_behind_a_packed_stream_are_no_data(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "pupils.csv.gz"
    path.write_bytes(gzip.compress(TEXT) + b"\0" * 5000)
    assert rows(read(path)) == {"pupils.csv.gz": 5001}


@pytest.mark.parametrize("ending", PACKED)
def test_a_bomb_is_stopped(tmp_path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(streams, "UNJUDGED", 1_000_000)
    path = tmp_path / f"pupils.json{ending}"
    path.write_bytes(PACKED[ending](b" " * 100_000_000))
    tracemalloc.start()
    try:
        told = refusal(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert told == (
        f"pupils.json{ending}: It unpacks to more than 250 times its size. "
        "Unpack it by hand if you trust it, and give what was in it."
    )
    assert peak < 20_000_000


def test_what_is_packed_again_and_again_is_refused(tmp_path: Path, read: Read, refusal: Refusal) -> None:
    content = TEXT
    for _ in range(3):
        content = gzip.compress(content)
    path = tmp_path / "pupils.csv.gz.gz.gz"
    path.write_bytes(content)
    [*_, last] = read(path)
    assert isinstance(last, Rows)
    assert last.dataset == "pupils"
    path.write_bytes(gzip.compress(content))
    assert refusal(path) == (
        f"{path.name}: It is compressed more than 3 times. Unpack it by hand, and give what was in it."
    )


def test_a_packed_database_is_refused_with_a_remedy(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "app.db.gz"
    path.write_bytes(gzip.compress(b"SQLite format 3\0" + b"\0" * 100))
    assert refusal(path) == (
        "app.db.gz: SQLite can only be read where it stands on this machine, not compressed and not from elsewhere. "
        "Download and unpack it first, and give its path."
    )


def test_a_bundle_is_read_like_a_folder(tmp_path: Path, read: Read) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("deep.csv", TEXT)
    path = bundle(
        tmp_path / "export.zip",
        ("b/pupils.csv", TEXT),
        ("a/staff.csv.gz", gzip.compress(TEXT)),
        ("c.zip", inner.getvalue()),
        ("__MACOSX/._pupils.csv", b"\0"),
        (".hidden/pupils.csv", b"\0"),
        ("empty/", b""),
    )
    assert rows(read(path)) == {
        "export.zip/a/staff.csv.gz": 5001,
        "export.zip/b/pupils.csv": 5001,
        "export.zip/c.zip/deep.csv": 5001,
    }
    assert [entry.name for entry in tmp_path.iterdir()] == ["export.zip"]


@pytest.mark.parametrize(
    "name", ["../pupils.csv", "a/../../pupils.csv", "/etc/pupils.csv", r"..\pupils.csv", r"C:\p.csv"]
)
def test_a_member_that_climbs_out_is_refused(tmp_path: Path, refusal: Refusal, name: str) -> None:
    path = bundle(tmp_path / "export.zip", (name, TEXT))
    assert refusal(path) == ("export.zip: It names files outside itself. Do not trust it; ask who sent it for another.")


def test_a_bundle_with_a_password_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = bundle(tmp_path / "export.zip", ("pupils.csv", TEXT))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refusal(path) == f"export.zip: It is protected by a password. {BY_HAND}"


def test_a_bundle_that_is_a_bomb_is_refused(tmp_path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "UNJUDGED", 1_000_000)
    path = bundle(tmp_path / "export.zip", ("pupils.csv", b"Id\n" * 3_000_000), ("noise.csv", os.urandom(50_000)))
    assert refusal(path) == (f"export.zip: It, or a file in it, unpacks to more than 250 times its size. {BY_HAND}")
    monkeypatch.setattr(bundles, "MOST_BYTES", 5_000_000)
    assert refusal(path) == f"export.zip: It unpacks to more than 0 GiB. {BY_HAND}"


def test_a_bundle_with_two_files_of_one_name_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = bundle(tmp_path / "export.zip", ("pupils.csv", TEXT), ("pupils.csv", TEXT))
    assert refusal(path) == f"export.zip: It holds two files of one name. {BY_HAND}"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_is_refused(tmp_path: Path, refusal: Refusal, method: int) -> None:
    path = bundle(tmp_path / "export.zip", ("pupils.csv", TEXT), method=method)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") * 2 // 3] ^= 0x55
    path.write_bytes(content)
    assert refusal(path) == f"export.zip/pupils.csv: {DAMAGED}"


def test_a_bundle_that_was_cut_off_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = bundle(tmp_path / "export.zip", ("pupils.csv", TEXT))
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path) == f"export.zip: {DAMAGED}"
    path.write_text(CANARY, encoding="utf-8")
    assert refusal(path) == f"export.zip: It is damaged, or no zip file. {AGAIN}"


def test_a_member_packed_in_an_unknown_way_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    path = bundle(tmp_path / "export.zip", ("pupils.csv", TEXT))
    content = bytearray(path.read_bytes())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # Deflate64, which Windows uses for large files
    path.write_bytes(content)
    assert refusal(path) == f"export.zip/pupils.csv: It is compressed in a way that is not known here. {BY_HAND}"


@pytest.fixture(name="memory")
def _memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_a_folder_of_an_object_store_is_listed(memory: fsspec.AbstractFileSystem) -> None:
    for name in ("b/pupils.csv", "a.csv", ".hidden/x.csv"):
        memory.pipe(f"/bucket/feed/{name}", TEXT)
    assert rows(list(read_source("memory://bucket/feed/", integrator=None))) == {
        "feed/a.csv": 5001,
        "feed/b/pupils.csv": 5001,
    }


def test_an_object_store_holds_nothing_there() -> None:
    with pytest.raises(SourceError) as caught:
        list(read_source("memory://bucket/none", integrator=None))
    assert str(caught.value) == "memory://bucket/none: There is no such file or folder. Check its spelling."


def test_a_driver_that_fails_is_told_without_its_words(
    memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/bucket/pupils.csv", TEXT)

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise RuntimeError(f"{CANARY} {size}")

    monkeypatch.setattr(type(memory), "open", lambda *_, **__: Broken())
    with pytest.raises(SourceError) as caught:
        list(read_source("memory://bucket/pupils.csv", integrator=None))
    assert str(caught.value) == (
        "pupils.csv: It cannot be read: the driver said RuntimeError. "
        "Check the address, the network, and the credentials in the driver's own places."
    )
    assert caught.value.__cause__ is None


def test_a_missing_driver_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "filesystem", missing)
    with pytest.raises(SourceError) as caught:
        list(read_source("s3://bucket/feed", integrator=None))
    assert str(caught.value) == (
        "s3://bucket/feed: Addresses that begin with s3:// need the driver s3fs. "
        "Install it: `pip install 'compliance-for-schools[s3]'`."
    )


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://example.org/pupils.csv", "Pages are not fetched. Download the file, and give its path."),
        ("gopher://example.org/pupils.csv", "It begins like no address that can be read."),
        (f"hdfs://ann:{CANARY}@example.org/p.csv", "The address holds a password, which others can read"),
    ],
)
def test_other_addresses_are_a_wrong_usage(address: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(read_source(address, integrator=None))
    assert str(caught.value).startswith(told)
    assert CANARY not in str(caught.value)
