"""Two members of one name in one object: every decoder drops one of them, so their number is counted in the text."""

from __future__ import annotations

import json

import numpy as np

_QUOTE, _COLON, _BACKSLASH, _SPACE = b'":\\ '
_IS_BLANK = np.isin(np.arange(256), list(b" \t\r\n"))


def members_in(raw: bytes) -> int:
    """Return how many members the objects of a JSON text have; more or -1 where that is not plain to see.

    A colon after a quote stands behind a name, unless the quote is escaped, as in a text that holds JSON itself. What
    looks like it in other texts is counted too, so that the number is never too small; ``has_twins`` looks closely.
    """
    text = np.frombuffer(raw, dtype=np.uint8)
    quotes, colons = text == _QUOTE, text == _COLON
    if b"\\" in raw:
        if b'\\\\"' in raw:
            return -1  # an escaped backslash before the quote, or more of them
        quotes[1:] &= text[:-1] != _BACKSLASH
    count = int(np.count_nonzero(quotes[:-1] & colons[1:]))
    spaced = colons[2:] & (text[1:-1] == _SPACE)
    if not (b"\t" in raw or b"\n" in raw or b"\r" in raw or np.any(spaced & (text[:-2] == _SPACE))):
        return count + int(np.count_nonzero(quotes[:-2] & spaced))
    apart = np.flatnonzero(colons[2:] & ~quotes[1:-1]) + 2
    is_spaced = _IS_BLANK[text[apart - 1]]
    if np.any(is_spaced & _IS_BLANK[text[apart - 2]]):
        return -1  # several blanks before a colon
    return count + int(np.count_nonzero(is_spaced & quotes[apart - 2]))


def has_twins(raw: bytes) -> bool:
    """Whether an object of a JSON text has two members of one name."""
    met = False

    def members(pairs: list[tuple[str, object]]) -> None:
        nonlocal met
        met = met or len({name for name, _ in pairs}) < len(pairs)

    json.loads(raw, object_pairs_hook=members)
    return met
