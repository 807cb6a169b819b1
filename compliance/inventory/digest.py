"""Keyed digests: all that is left of a value once it was counted.

A digest is the first 64 bits of the MD5 of key and text. It is made where the value lives: MD5 is the one hash that
Python and every database have, so that a sketch of a column is the same whether its values were read here or never
left the database. Nothing rests on collisions being hard to make. That nobody can turn a digest back rests on the
key, 256 random bits that stand before the text.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from compliance.model.sketch import Digest

Digester = Callable[[str], Digest]
"""Turns a text into its digest. Two runs have different keys, so that their digests cannot be matched."""

Digests = Callable[[Iterable[str], Digest], Mapping[str, Digest]]
"""Makes the digests of texts, and keeps those below a bound."""

HEX_DIGITS = 16
"""Leading digits of the MD5 in hexadecimal that a digest is: 64 bits."""
_SIZE = HEX_DIGITS // 2
SPACE = 2 ** (8 * _SIZE)
"""Every digest is below it."""


def prefix_of(key: bytes) -> str:
    """Return the text that stands before every value that is digested with ``key``, as a database needs it."""
    return key.hex()


def keyed(key: bytes) -> Digester:
    """Return the digester of one run. Nobody may learn ``key``."""
    blank = _md5(prefix_of(key).encode())

    def digest(text: str) -> Digest:
        hasher = blank.copy()
        hasher.update(_encoded(text))
        return int.from_bytes(hasher.digest()[:_SIZE])

    return digest


def keyed_below(key: bytes) -> Digests:
    """Return what makes the digests of many texts and keeps those below a bound (``SPACE`` keeps all).

    They are those of ``keyed(key)``. A sketch keeps the smallest only: what is thrown away here costs it nothing.
    """
    copy = _md5(prefix_of(key).encode()).copy

    def digests(texts: Iterable[str], below: Digest) -> Mapping[str, Digest]:
        bound = below.to_bytes(_SIZE) if below < SPACE else _ABOVE_ALL
        kept = []
        for text in texts:
            hasher = copy()
            hasher.update(_encoded(text))
            made = hasher.digest()
            if made < bound:
                kept.append((text, made))
        return {text: int.from_bytes(made[:_SIZE]) for text, made in kept}

    return digests


@dataclass(frozen=True, slots=True)
class Made:
    """Digests that were made already. As a rule, what a detector sees is the whole text."""

    make: Digests
    texts: AbstractSet[str]
    below: Digest
    kept: Mapping[str, Digest]
    """The digests of ``texts`` that are below ``below``."""

    def __repr__(self) -> str:
        """Say how much it is without a text."""
        return f"<Made of {len(self.texts)} texts>"

    def digests(self, texts: Iterable[str], below: Digest) -> Mapping[str, Digest]:
        """Return digests as ``make`` does, and maybe some that are not below the bound; make what is missing."""
        if below > self.below:
            return self.make(texts, below)
        different = set(texts)
        made = {text: self.kept[text] for text in self.kept.keys() & different}
        missing = different - self.texts
        return {**made, **self.make(missing, below)} if missing else made


_ABOVE_ALL = b"\xff" * (2 * _SIZE + 1)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()  # three times as fast as with an error policy
    except UnicodeEncodeError:
        # JSON may hold half a surrogate pair, which strict UTF-8 refuses.
        return text.encode("utf-8", "surrogatepass")


def _fastest_md5() -> Callable[[bytes], hashlib._Hash]:
    """Return CPython's own MD5, which takes half the time of OpenSSL's for short texts; else what hashlib has."""
    try:
        fastest: Callable[[bytes], hashlib._Hash] = importlib.import_module("_md5").md5
    except ImportError:
        return lambda data: hashlib.md5(data, usedforsecurity=False)
    return fastest


_md5 = _fastest_md5()
