"""Keys of objects as steps of field paths, without what they may tell of a person."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.inventory.reading import names_a_person
from compliance.model.paths import escape

_ID = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""A number that is no year, or a GUID: no name of a field, but of somebody or something."""
_REMEMBERED = 2**12


@lru_cache(_REMEMBERED)
def step_of(name: str) -> str:
    """Return a key as a step of a field path. A key that is an identifier is personal data: its kind stands for it."""
    identifier = "id" if _ID.fullmatch(name) else names_a_person(name)
    return f"<{identifier}>" if identifier else escape(name)
