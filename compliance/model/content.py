"""What a value says, in one form that everybody can work out again: the ground of every number that stands for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

PLACE = "place"
"""Where a declaration says something is no part of what it says."""


def content(value: object) -> object:
    """Return what ``value`` says as mappings, lists, texts, numbers, booleans and None.

    Members called ``place`` are left out, sets are sorted, and dates are written as YYYY-MM-DD.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {member.name: content(getattr(value, member.name)) for member in fields(value) if member.name != PLACE}
    if isinstance(value, Mapping):
        return {str(key): content(member) for key, member in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [content(member) for member in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def digest(value: object) -> str:
    """Return the SHA-256 of what ``value`` says: of its content as JSON, keys sorted, without spaces, in UTF-8."""
    text = json.dumps(content(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
