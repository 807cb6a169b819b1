"""By what two saved inventories know whether their digests can meet.

Digests of people are pseudonyms: whoever has them *and* their key can try out who is meant. So the key is kept apart
from every file, and a file carries only its *mark*.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from compliance.errors import Place, SourceError
from compliance.model.inventory import Inventory

_MARKED = b"compliance: the mark of a saved inventory's key"
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Saved:
    """An inventory, and the mark of the key with which its digests were made."""

    inventory: Inventory
    mark: str


def mark_of(key: bytes) -> str:
    """Return the mark of a key: 32 hexadecimal digits that tell keys apart and from which none can be found."""
    return hmac.digest(key, _MARKED, "sha256").hex()[:_DIGITS]


def meet(name: str, mark: str, other_name: str, other_mark: str) -> None:
    """See to it that the digests of two inventories were made with one key. Raises ``SourceError``."""
    if mark != other_mark:
        raise SourceError(
            f"It was saved with another key than {other_name}: their digests cannot be compared.",
            hint="Take both with one COMPLIANCE_KEY_FILE (`compliance inventory --new-key FILE` makes one).",
            place=Place(name),
        )
