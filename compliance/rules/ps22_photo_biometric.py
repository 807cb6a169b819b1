"""PS22: a photo is biometric data where software recognises people by it, and only there."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.purposes import purpose_hit, serves_any

RECOGNITION = frozenset({"biometric_recognition"})


@rule(
    "PS22",
    "photo-biometric-confusion",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 4(14)", "UK GDPR 9(1)", "Protection of Freedoms Act 2012 section 26"),
)
def photo_biometric_confusion(case: Case) -> Iterator[Hit]:
    """A field is declared biometric and no purpose recognises people by it, or a purpose does and nothing says where
    the written consents are kept.

    Why:
        An ordinary photo is no biometric data; to call it so hides where a face really is measured. Where a school
        measures faces or fingers, the Protection of Freedoms Act 2012 has it ask a parent in writing first.
    Example:
        "Students.Photo" with "biometric: true" for a purpose of the kind "display"; or a purpose of the kind
        "biometric_recognition" without "written_consents".
    Instead:
        Drop "biometric" from photos that people look at. For recognition, name a purpose of the kind
        biometric_recognition, and under "written_consents" where the consents are kept.
    Silent when:
        - The photo is for people to look at, and is not declared biometric.
        - All schools are outside the United Kingdom, so that nothing asks for these consents.
        - A purpose recognises people, and says where the written consents are kept (written_consents).
    """
    permission_set = given(case.declarations.permission_set)
    for asked in asked_fields(case.declarations, permission_set):
        if asked.field.biometric and not serves_any(asked, permission_set, RECOGNITION):
            yield asked.hit(
                f"{asked.name} is declared biometric, and no purpose of it recognises people.",
                fix="Drop biometric, or name the purpose of the kind biometric_recognition.",
            )
    for purpose in permission_set.purposes.values():
        if "uk" in case.packs and purpose.kind in RECOGNITION and not purpose.written_consents:
            yield purpose_hit(
                purpose,
                f"The purpose {purpose.id} recognises people, and nothing says where their written consents are kept.",
                "Say under written_consents where they are kept, or recognise nobody.",
            )
