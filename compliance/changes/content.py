"""What a declaration says, whatever it looks like in its file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass

from compliance.model.declarations import PermissionSet, StoredFields


def content(value: object) -> object:
    """Return what a value says as plain JSON values: without places in files, comments and the order of keys."""
    if is_dataclass(value) and not isinstance(value, type):
        return {member.name: content(getattr(value, member.name)) for member in fields(value) if member.name != "place"}
    if isinstance(value, Mapping):
        return {str(key): content(member) for key, member in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [content(member) for member in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def content_hash(value: object) -> str:
    """Return the SHA-256 of what a value says: two files that say the same have the same one."""
    text = json.dumps(content(value), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_unnumbered(before: PermissionSet | StoredFields, now: PermissionSet | StoredFields) -> bool:
    """Whether a declaration says something else than before under the same version."""
    return before.version == now.version and content_hash(before) != content_hash(now)
