"""Writes the files that are measured, and keeps them between runs.

    python -m benchmarks.data {flat,nested,sparse} RECORDS {jsonl,json,csv,parquet} [--data DIR]

Prints where the file is. A file is written anew when its size is not what it was, or when the programs that make it
have changed. Tables are made of the flat shape alone: the same pupils, turned by DuckDB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.pupils import SHAPES
from benchmarks.shapes import Shape

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench" / "data"
KINDS = ("jsonl", "json", "csv", "parquet")
_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR", "boolean": "BOOLEAN"}
_PIECE = 1 << 20


def made(folder: Path, shape: Shape, records: int, kind: str) -> Path:
    """Return the file of this shape, size and kind, made by a process of its own: the runner stays small."""
    ask = [sys.executable, "-m", "benchmarks.data", shape.name, str(records), kind, "--data", str(folder)]
    said = subprocess.run(ask, check=True, capture_output=True, text=True, cwd=ROOT)  # noqa: S603 - ourselves
    return Path(said.stdout.strip())


def data_file(folder: Path, shape: Shape, records: int, kind: str) -> Path:
    """Return the file of this shape, size and kind; write it unless it is there and whole."""
    path = folder / f"{shape.name}-{records}.{kind}"
    mark = path.with_suffix(path.suffix + ".whole")
    with suppress(FileNotFoundError, ValueError):
        if json.loads(mark.read_text(encoding="utf-8")) == [path.stat().st_size, _makers()]:
            return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".part.{kind}")
    _WRITERS[kind](part, folder, shape, records)
    part.replace(path)
    mark.write_text(json.dumps([path.stat().st_size, _makers()]), encoding="utf-8")
    return path


def _json_lines(path: Path, _: Path, shape: Shape, records: int) -> None:
    with path.open("wb", buffering=_PIECE) as out:
        out.writelines(shape.lines(records))


def _json_document(path: Path, _: Path, shape: Shape, records: int) -> None:
    with path.open("wb", buffering=_PIECE) as out:
        out.writelines(_as_array(shape.lines(records)))


def _as_array(lines: Iterator[bytes]) -> Iterator[bytes]:
    yield b"["
    for number, line in enumerate(lines):
        yield b"," + line if number else line
    yield b"]\n"


def _table(options: str) -> Callable[[Path, Path, Shape, int], None]:
    def write(path: Path, folder: Path, shape: Shape, records: int) -> None:
        import duckdb  # noqa: PLC0415 - the other kinds need none

        fields = {**shape.declared, **{plant.path: "string" for plant in shape.planted}}
        columns = ", ".join(f"{name}: '{_TYPES[str(kind)]}'" for name, kind in fields.items())
        lines = data_file(folder, shape, records, "jsonl")
        with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)}) as database:
            database.execute(
                f"COPY (FROM read_json('{lines}', format='newline_delimited', columns={{{columns}}}))"
                f" TO '{path}' ({options})"
            )

    return write


def _makers() -> str:
    """Fingerprint the programs that decide what is in a file."""
    sources = (Path(__file__).with_name(name) for name in ("cells.py", "shapes.py", "pupils.py", "data.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


_WRITERS: dict[str, Callable[[Path, Path, Shape, int], None]] = {
    "jsonl": _json_lines,
    "json": _json_document,
    "csv": _table("FORMAT csv, HEADER"),
    "parquet": _table("FORMAT parquet, COMPRESSION zstd"),
}


def main() -> None:
    """Write one file and say where it is."""
    shapes = {shape.name: shape for shape in SHAPES}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=sorted(shapes))
    parser.add_argument("records", type=int)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--data", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    print(data_file(chosen.data, shapes[chosen.shape], chosen.records, chosen.kind))


if __name__ == "__main__":
    main()
