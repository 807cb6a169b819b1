"""PS31: somebody decided whether it is special category data."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS31",
    "treat-as-special-undecided",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 9", "DfE, Data protection in schools"),
)
def treat_as_special_undecided(case: Case) -> Iterator[Hit]:
    """A field is to be treated as special category data, and nobody wrote down whether it is that in this use.

    Why:
        SEN status often tells something about health; a flag for pupil premium alone mostly does not. Which it is
        depends on the use, and no program can decide it: it asks for the position of a person.
    Example:
        "Students.InLeaCare" without "art9_position" and without "art9_conditions".
    Instead:
        Write the position and its reason under "art9_position", or name the Article 9 condition.
    Silent when:
        - The permission set gives the position (art9_position).
        - The field carries an Article 9 condition already.
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        decided = asked.field.art9_position or asked.field.art9_conditions
        if asked.data_class is DataClass.TREAT_AS_SPECIAL and not decided:
            yield asked.hit(
                f"Nobody wrote down whether {asked.name} is special category data in this use.",
                fix="Write the position and its reason under art9_position, or name the Article 9 condition.",
            )
