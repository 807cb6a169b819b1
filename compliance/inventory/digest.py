"""Keyed digests: all that is left of a value once it was counted.

A digest is the first 64 bits of the MD5 of key and text. It is made where the value lives: MD5 is the one hash that
Python and every database have, so that a sketch of a column is the same whether its values were read here or never
left the database. Nothing rests on collisions being hard to make. That nobody can turn a digest back rests on the
key, 256 random bits that stand before the text.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5

from compliance.model.sketch import Digest

Digester = Callable[[str], Digest]
"""Turns a text into its digest. Two runs have different keys, so that their digests cannot be matched."""

HEX_DIGITS = 16
"""Leading digits of the MD5 in hexadecimal that a digest is: 64 bits."""
_SIZE = HEX_DIGITS // 2


def prefix_of(key: bytes) -> str:
    """Return the text that stands before every value that is digested with ``key``, as a database needs it."""
    return key.hex()


def keyed(key: bytes) -> Digester:
    """Return the digester of one run. Nobody may learn ``key``."""
    blank = md5(prefix_of(key).encode(), usedforsecurity=False)

    def digest(text: str) -> Digest:
        hasher = blank.copy()
        # JSON may hold half a surrogate pair, which strict UTF-8 refuses.
        hasher.update(text.encode("utf-8", "surrogatepass"))
        return int.from_bytes(hasher.digest()[:_SIZE])

    return digest
