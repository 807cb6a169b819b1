"""Two members of one name in one object: every decoder drops one of them, so their number is counted in the text."""

from __future__ import annotations

import json

import numpy as np

_QUOTE, _COLON, _BACKSLASH, _SPACE = b'":\\ '


def members_in(raw: bytes) -> int:
    """Return how many members the objects of a JSON text have, as far as ``":`` or ``" :`` tells.

    A colon after a quote stands behind a name, unless the quote is escaped, as in a text that holds JSON itself. Two
    names in some million are told wrongly, such as one that ends in a backslash: ``has_twins`` then looks closely.
    """
    text = np.frombuffer(raw, dtype=np.uint8)
    quotes, colons = text == _QUOTE, text == _COLON
    if b"\\" in raw:
        quotes[1:] &= text[:-1] != _BACKSLASH
    count = int(np.count_nonzero(quotes[:-1] & colons[1:]))
    return count or int(np.count_nonzero(quotes[:-2] & (text[1:-1] == _SPACE) & colons[2:]))


def has_twins(raw: bytes) -> bool:
    """Whether an object of a JSON text has two members of one name."""
    met = False

    def members(pairs: list[tuple[str, object]]) -> None:
        nonlocal met
        met = met or len({name for name, _ in pairs}) < len(pairs)

    json.loads(raw, object_pairs_hook=members)
    return met
