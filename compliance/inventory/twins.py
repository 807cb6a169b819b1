"""Two members of one name in one object: every decoder drops one of them, so their number is counted in the text."""

from __future__ import annotations

import json
import os
from functools import cache
from types import ModuleType
from typing import Any

_QUOTE, _COLON, _BACKSLASH = b'":\\'
_NAME_END = int.from_bytes(b'":', "little")
_BEFORE_A_COLON = _COLON << 8
_LAST_BLANK = ord(" ")


def members_in(raw: bytes) -> int:
    """Return how many members the objects of a JSON text have; more or -1 where that is not plain to see.

    A colon after a quote stands behind a name, unless the quote is escaped, as in a text that holds JSON itself. What
    looks like it in other texts is counted too, so that the number is never too small; ``has_twins`` looks closely.
    """
    np = _numpy()
    if b"\\" in raw:
        return _members_beside_escapes(raw)
    # Two bytes at once, from an even place and from an odd one, cost half of looking at each byte by itself.
    count = 0
    for start in (0, 1):
        pairs = np.frombuffer(raw, "<u2", (len(raw) - start) // 2, start)
        if ((pairs - np.uint16(_BEFORE_A_COLON)) <= _LAST_BLANK).any():
            return _members_beside_escapes(raw)
        count += int(np.count_nonzero(pairs == _NAME_END))
    return count


def has_twins(raw: bytes) -> bool:
    """Whether an object of a JSON text has two members of one name."""
    met = False

    def members(pairs: list[tuple[str, object]]) -> None:
        nonlocal met
        met = met or len({name for name, _ in pairs}) < len(pairs)

    json.loads(raw, object_pairs_hook=members)
    return met


def _members_beside_escapes(raw: bytes) -> int:
    """Count in a text with escapes, or with blanks before colons."""
    np = _numpy()
    is_blank = _blanks()
    text = np.frombuffer(raw, dtype=np.uint8)
    quotes, colons = text == _QUOTE, text == _COLON
    if b'\\\\"' in raw:
        return -1  # an escaped backslash before the quote, or more of them
    quotes[1:] &= text[:-1] != _BACKSLASH
    count = int(np.count_nonzero(quotes[:-1] & colons[1:]))
    apart = np.flatnonzero(colons[2:] & ~quotes[1:-1]) + 2
    is_spaced = is_blank[text[apart - 1]]
    if np.any(is_spaced & is_blank[text[apart - 2]]):
        return -1  # several blanks before a colon
    return count + int(np.count_nonzero(is_spaced & quotes[apart - 2]))


@cache
def _blanks() -> Any:  # noqa: ANN401 - an array of NumPy, which is imported late
    """Say of each byte whether JSON takes it for a blank."""
    np = _numpy()
    return np.isin(np.arange(256), list(b" \t\r\n"))


@cache
def _numpy() -> ModuleType:
    """Import NumPy when bytes are counted, and keep its linear algebra from starting threads that nobody uses."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np  # noqa: PLC0415 - a tenth of a second, which `--help` and `check` save

    return np
