"""Decodes a file and keeps nothing: what no program that looks at every value can go below.

python bare.py {orjson,msgspec,csv} FILE
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Decode every line."""
    what, path = sys.argv[1:]
    if what == "csv":
        _rows(path)
        return
    decode = _decoder(what)
    with Path(path).open("rb") as lines:
        for line in lines:
            decode(line)


def _decoder(what: str) -> Callable[[bytes], object]:
    if what == "orjson":
        import orjson  # noqa: PLC0415 - only what is measured is imported

        loads: Callable[[bytes], object] = orjson.loads
        return loads
    import msgspec  # noqa: PLC0415 - likewise

    return msgspec.json.Decoder().decode


def _rows(path: str) -> None:
    import csv  # noqa: PLC0415 - likewise

    with Path(path).open(encoding="utf-8", newline="") as text:
        for _ in csv.reader(text):
            pass


if __name__ == "__main__":
    main()
