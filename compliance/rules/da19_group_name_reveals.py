"""DA19: the name of a class tells nothing about who is in it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import found_fields
from compliance.rules.wording import counted

GROUP_NAMES = frozenset({"group-name", "registration-group", "class", "house"})
"""Data items that name a group."""
DETECTOR = "group_name:"


@rule(
    "DA19",
    "group-name-reveals",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 9", "UK GDPR 5(1)(c)", "UK GDPR 5(1)(f)"),
)
def group_name_reveals(case: Case) -> Iterator[Hit]:
    """The name of a class or group says something private about everybody in it.

    Why:
        A class name is shown to every teacher and often to every pupil. "SEN Maths 2" tells all of them who has
        special educational needs, whatever else is guarded.
    Example:
        "Y9 LAC mentoring", or "SEN Maths 2".
    Instead:
        Ask the school to give the group a name that tells nothing, such as "Maths 2".
    Silent when:
        - The word means something harmless at this app, and the declaration lists it (allowed_tokens), such as PP for
          peripatetic piano.
        - The word is part of a longer word, such as "SENior choir".
        - It is the code of a subject, such as RE, PE or HI.
    """
    side = "feed" if case.store is None else "store"
    for found in found_fields(case):
        if found.side != side or not found.item or found.item.id not in GROUP_NAMES:
            continue
        allowed = {token.upper() for token in found.stored.allowed_tokens} if found.stored else set()
        for detector, detection in sorted(found.profile.detections.items()):
            token = detector.removeprefix(DETECTOR)
            if detector.startswith(DETECTOR) and token not in allowed and detection.matches:
                names = detection.matching.count
                yield found.hit(
                    f'{found.name}: the word "{token}" stands in {counted(names, "name")} and tells something about '
                    "everybody in the group.",
                    {"token": token, "names": names, "rows": detection.matches},
                    fix="Ask the school to rename the group, or list the word under allowed_tokens if it is harmless.",
                )
