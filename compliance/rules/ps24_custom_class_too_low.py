"""PS24: a field of one's own needs as much care as what it carries."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.lesser import COARSE
from compliance.rules.wording import named


@rule(
    "PS24",
    "custom-class-too-low",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("UK GDPR 9(1)",),
)
def custom_class_too_low(case: Case) -> Iterator[Hit]:
    """A custom field is classed lower than the data item that it carries.

    Why:
        Attendance codes look harmless, and tell of illness (I and M), of a religious feast (R) and of travelling
        families (T). A class that is too low switches off what a school counts on.
    Example:
        A custom field with "item: attendance-marks" and "class: ordinary".
    Instead:
        Give it the class of its data item; or take only a percentage, and name the item for that.
    Silent when:
        - Only a figure is taken, such as a percentage (precision: aggregate).
        - The custom field has the class of its data item, or a higher one.
    """
    permission_set = given(case.declarations.permission_set)
    coarse = {field.path for _, field in permission_set.requested_fields if field.precision in COARSE}
    for own in permission_set.custom_fields:
        item = case.declarations.item(own.item)
        if item is not None and own.data_class.rank < item.data_class.rank and own.path not in coarse:
            yield Hit(
                message=f'{named(item, own.path)} is classed as "{own.data_class}", which is lower than '
                f'"{item.data_class}", the class of its data item.',
                path=own.path,
                place=own.place,
                item=item,
                fix=f'Write "class: {item.data_class}", or take only a figure and say so (precision: aggregate).',
            )
