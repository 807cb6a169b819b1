"""When two names are one name that somebody spelled otherwise."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

CLOSE = 0.84
"""Jaro-Winkler similarity from which two words may be spellings of one: it holds Mohammed and Muhammad together, and
keeps Ella from Emma."""
FEWEST = 2
"""Words that a part of a longer name must have to stand for it, as when a double name lost one half."""

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
"""Letters that Unicode does not take apart."""
_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


@lru_cache(maxsize=65536)
def words_of(name: str) -> Words:
    """Return the words of a name in their plainest spelling: no case, no accents; an apostrophe parts nothing."""
    folded = name.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "").translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return tuple(_WORD.findall(bare))


def are_alike(one: Words, other: Words) -> bool:
    """Whether two names may be spellings of one. It does not matter which is named first."""
    if not one or not other:
        return False
    if len(one) == len(other):
        return all(map(_are_close, one, other)) or sorted(one) == sorted(other)
    few, many = (one, other) if len(one) < len(other) else (other, one)
    return len(few) >= FEWEST and set(few) <= set(many)


@lru_cache(maxsize=65536)
def _are_close(one: str, other: str) -> bool:
    low, high = sorted((one, other))  # the measure itself is not quite the same both ways
    return JaroWinkler.similarity(low, high) >= CLOSE
