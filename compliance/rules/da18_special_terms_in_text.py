"""DA18: a box for remarks tells nothing private that it is not declared to hold."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import found_fields
from compliance.rules.wording import counted

DETECTOR = "special_terms:"
TOPICS = {
    "health": "health",
    "send": "special educational needs",
    "religion": "religion",
    "ethnicity": "origin",
    "care": "care",
    "safeguarding": "safeguarding",
}


@rule(
    "DA18",
    "special-terms-in-text",
    Severity.WARNING,
    needs=(Input.DATA,),
    law=("UK GDPR 9", "UK GDPR 5(1)(c)"),
)
def special_terms_in_text(case: Case) -> Iterator[Hit]:
    """Words of health, special educational needs, religion, origin, care or safeguarding stand in a free text.

    Why:
        What teachers write into a box for remarks is guarded like a remark: seen by whoever sees the class, and erased
        with nobody looking. About a child's health or family it needs far more than that.
    Example:
        "Bring her EpiPen on the trip" in the column "notes".
    Instead:
        Tell users what does not belong there, and move it to where it is guarded; or declare what the field holds
        (contains), with the care that it needs.
    Silent when:
        - The field is declared to hold texts about the topic (contains).
        - The field's data item or declaration is of a class that needs care, such as medical notes.
        - The field is no free text, as the name of a subject or of a course is none.
        - The word has other meanings in a school, such as the Great Depression or Health and Social Care.
    """
    side = "feed" if case.store is None else "store"
    for found in found_fields(case):
        if found.side != side or not found.item or not found.item.free_text:
            continue
        data_class = (found.stored.data_class if found.stored else None) or found.item.data_class
        contains = found.stored.contains if found.stored else ()
        for detector, detection in sorted(found.profile.detections.items()):
            topic = detector.removeprefix(DETECTOR)
            if detector.startswith(DETECTOR) and not data_class.needs_care and topic not in contains:
                yield found.hit(
                    f"{found.name} holds words of {TOPICS[topic]} in {counted(detection.matches, 'row')}.",
                    {"topic": topic, "rows": detection.matches},
                    fix="Move it to where it is guarded, or declare under contains what the field holds.",
                )
