"""Two members of one name in one object: every decoder drops one of them, so their number is counted in the text."""

from __future__ import annotations

import json
import os
from functools import cache
from types import ModuleType

_QUOTE, _COLON, _BACKSLASH, _SPACE = b'":\\ '
_NAME_END = int.from_bytes(b'":', "little")


def members_in(raw: bytes) -> int:
    """Return how many members the objects of a JSON text have, as far as ``":`` or ``" :`` tells.

    A colon after a quote stands behind a name, unless the quote is escaped, as in a text that holds JSON itself. What
    is told wrongly, such as a text that begins with a colon, costs a closer look by ``has_twins`` and no more.
    """
    if b"\\" in raw:
        return _members_beside_escapes(raw)
    np = _numpy()
    # Two bytes at once, from an even place and from an odd one, cost half of looking at each byte by itself.
    pairs = (np.frombuffer(raw, "<u2", (len(raw) - start) // 2, start) for start in (0, 1))
    count = sum(int(np.count_nonzero(each == _NAME_END)) for each in pairs)
    return count or _members_beside_escapes(raw)


def has_twins(raw: bytes) -> bool:
    """Whether an object of a JSON text has two members of one name."""
    met = False

    def members(pairs: list[tuple[str, object]]) -> None:
        nonlocal met
        met = met or len({name for name, _ in pairs}) < len(pairs)

    json.loads(raw, object_pairs_hook=members)
    return met


def _members_beside_escapes(raw: bytes) -> int:
    np = _numpy()
    text = np.frombuffer(raw, dtype=np.uint8)
    quotes, colons = text == _QUOTE, text == _COLON
    quotes[1:] &= text[:-1] != _BACKSLASH
    count = int(np.count_nonzero(quotes[:-1] & colons[1:]))
    return count or int(np.count_nonzero(quotes[:-2] & (text[1:-1] == _SPACE) & colons[2:]))


@cache
def _numpy() -> ModuleType:
    """Import NumPy when bytes are counted, and keep its linear algebra from starting threads that nobody uses."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np  # noqa: PLC0415 - a tenth of a second, which `--help` and `check` save

    return np
