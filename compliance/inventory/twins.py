"""Two members of one name in one object: every decoder drops one of them, so their number is counted in the text."""

from __future__ import annotations

import json
import re

import numpy as np

_QUOTE, _COLON, _BACKSLASH = b'":\\'
_BEFORE_COLON = (b" :", b"\t:", b"\n:", b"\r:")
_SPACED = re.compile(rb'(?<!\\)"[ \t\r\n]+:')


def members_in(raw: bytes) -> int:
    """Return how many members the objects of a JSON text have; more or -1 where that is not plain to see.

    A colon after a quote stands behind a name, unless the quote is escaped, as in a text that holds JSON itself. What
    looks like it in other texts is counted too, so that the number is never too small; ``has_twins`` looks closely.
    """
    if b'\\\\"' in raw:
        return -1  # an escaped backslash before the quote, or more of them
    text = np.frombuffer(raw, dtype=np.uint8)
    quotes = text == _QUOTE
    if b"\\" in raw:
        quotes[1:] &= text[:-1] != _BACKSLASH
    count = int(np.count_nonzero(quotes[:-1] & (text[1:] == _COLON)))
    return count + len(_SPACED.findall(raw)) if any(space in raw for space in _BEFORE_COLON) else count


def has_twins(raw: bytes) -> bool:
    """Whether an object of a JSON text has two members of one name."""
    met = False

    def members(pairs: list[tuple[str, object]]) -> None:
        nonlocal met
        met = met or len({name for name, _ in pairs}) < len(pairs)

    json.loads(raw, object_pairs_hook=members)
    return met
