"""PS02: a purpose says what happens with the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import purpose_hit

SHORTEST, SHORTEST_DETAIL = 40, 60
_VAGUE = re.compile(
    r"\b(provide (the|our) services?|improve our (products?|services?)|as required|other (purposes|uses)|etc)\b",
    re.IGNORECASE,
)


@rule(
    "PS02",
    "purpose-vague",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 5(1)(b)", "ICO, Edtech examined (2026)"),
)
def purpose_vague(case: Case) -> Iterator[Hit]:
    """A purpose is told in fewer than 40 characters, or in words that fit any use of any data.

    Why:
        A purpose has to be specified and explicit. Words such as "to provide the service" tell neither a school nor a
        parent what happens with the data, and allow everything.
    Example:
        "text: To provide the service."
    Instead:
        Write one sentence that names what the app does with the data and for whom.
    Silent when:
        - The purpose says more under "detail", in 60 characters or more.
    """
    for purpose in given(case.declarations.permission_set).purposes.values():
        vague = _VAGUE.search(purpose.text)
        if len(purpose.detail) >= SHORTEST_DETAIL or (not vague and len(purpose.text) >= SHORTEST):
            continue
        says = f'says "{vague[0]}", which fits any use' if vague else "is too short to say what happens with the data"
        yield purpose_hit(
            purpose,
            f"The text of the purpose {purpose.id} {says}.",
            "Say in one sentence what the app does with the data and for whom, or say more under detail.",
        )
