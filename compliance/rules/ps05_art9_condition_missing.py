"""PS05: special category data has its condition, for each purpose."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "PS05",
    "art9-condition-missing",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 9(2)",),
)
def art9_condition_missing(case: Case) -> Iterator[Hit]:
    """A field of special category data is asked for, and a purpose of it has no Article 9 condition.

    Why:
        Special category data may not be used at all unless one of the ten conditions of Article 9(2) applies, and it
        must apply to each use of its own.
    Example:
        Ethnicity is asked for with the purpose "equality" and no "art9_conditions".
    Instead:
        Write under "art9_conditions" which condition the school relies on for each purpose, or ask for less.
    Silent when:
        - The field is only to be treated as if it were special, or is sensitive (pupil premium, free school meals,
          looked after, service child): it is guarded, and needs no condition.
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        if asked.data_class is not DataClass.SPECIAL:
            continue
        lacking = [purpose for purpose in asked.field.purposes if not asked.has_condition(purpose)]
        if lacking:
            yield asked.hit(
                f"{asked.name} is special category data and has no Article 9 condition for {listed(lacking)}.",
                fix=f"Add art9_conditions, such as {lacking[0]}: 9.2.g, or do not ask for the field.",
            )
