"""XS08: parents can read of what is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.rules.base import Case, given, rule
from compliance.rules.named_data import asked_of_people, is_named


@rule(
    "XS08",
    "notice-category-gap",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.ORGANISATION, Input.CATALOGUE),
    law=("UK GDPR 13", "UK GDPR 14"),
)
def notice_gap(case: Case) -> Iterator[Hit]:
    """A requested field is not among the data that the text for the school's privacy notice names.

    Why:
        Data from the school's system did not come from the family itself, so the notice has to name its categories. A
        school pastes what the vendor gives it; what is missing there is missing for every parent. No program reads the
        notice: a person lists what it names.
    Example:
        "Students.HomeLanguage" is asked for, and "notice_data" lists neither "home-language" nor "background".
    Instead:
        Name the data in the text, give it to the schools, and list it under "notice_data".
    Silent when:
        - The notice names the group over the data item, such as "Background and beliefs".
        - The field is about the school and no person.
        - Nobody has listed what the notice names: then it is a warning that asks for the list.
    """
    organisation = given(case.declarations.organisation)
    if not organisation.notice_data.is_answered:
        yield Hit(
            message="Nothing says which data the text for the school's privacy notice names.",
            place=organisation.place,
            strength=Strength.WEAK,
            fix="List under notice_data the data items and item groups that the text names.",
        )
        return
    for asked in asked_of_people(case):
        if not is_named(asked, organisation.notice_data.items):
            yield asked.hit(
                f"{asked.name} is asked for, and the text for the school's privacy notice does not name it.",
                fix="Name it in the text, give the text to the schools, and list it under notice_data.",
            )
