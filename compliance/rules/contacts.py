"""Whether a reader finds somebody to turn to."""

from __future__ import annotations

import re

from compliance.model.declarations import Party

_PLACEHOLDER = re.compile(r"(tbc|tba|tbd|todo|n/?a|none|unknown|x{2,}|\?+|-+|example@.*|name@.*)", re.IGNORECASE)


def can_be_reached(party: Party | None) -> bool:
    """Whether one of the ways to reach a party is there, and no placeholder."""
    return party is not None and any(map(_is_real, (party.email, party.telephone, party.address)))


def _is_real(contact: str) -> bool:
    return bool(contact) and not _PLACEHOLDER.fullmatch(contact.strip())
