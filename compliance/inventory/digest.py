"""Keyed digests: all that is left of a value once it was counted."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from compliance.model.inventory import Digest

Digester = Callable[[str], Digest]
"""Turns a text into its digest. Two runs have different keys, so that their digests cannot be matched."""

_SIZE = 8  # bytes: 64 bits


def keyed(key: bytes) -> Digester:
    """Return the digester of one run. ``key`` holds at most 64 bytes, and nobody may learn it."""
    blank = blake2b(digest_size=_SIZE, key=key)

    def digest(text: str) -> Digest:
        hasher = blank.copy()
        # JSON may hold half a surrogate pair, which strict UTF-8 refuses.
        hasher.update(text.encode("utf-8", "surrogatepass"))
        return int.from_bytes(hasher.digest())

    return digest
