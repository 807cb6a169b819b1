"""Numbers in the shape of real ones that can belong to nobody."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping

URN = "123456"
LAESTAB = "1234567"
"""Both are printed as examples in the DfE's API documentation. Local authority numbers begin at 201, so there is
no authority 123, and no pupil number that begins with it."""

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 check letters; I, O and S are left out."""

NI_NUMBER = "QQ 12 34 56 A"
"""HMRC's own example: no number is ever given out that begins with Q."""

PHONE = "07700 900123"
"""From the range that Ofcom keeps for drama."""


def upn(entry_year: int, serial: int) -> str:
    """Return a unique pupil number of the example school, with its check letter (LAW.md, section 9.2)."""
    digits = f"{LAESTAB}{entry_year % 100:02}{serial:03}"
    total = sum(position * int(digit) for position, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % len(UPN_LETTERS)] + digits


def xid(kind: str, mis_id: str) -> str:
    """Return an identifier as the integrator makes them: a lower-case x and six letters or digits."""
    return "x" + base64.b32encode(_digest(kind, mis_id)).decode()[:6]


def guid(kind: str, mis_id: str) -> str:
    """Return a GUID as the school's own system makes them."""
    return str(uuid.UUID(bytes=_digest(kind, mis_id)[:16], version=4))


def row_hash(row: Mapping[str, object]) -> str:
    """Return a fingerprint in the shape of the one that the integrator sends with each row."""
    return _digest("row", json.dumps(row)).hex().upper()


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=20).digest()
