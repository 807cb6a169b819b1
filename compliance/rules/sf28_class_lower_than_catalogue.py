"""SF28: nobody makes data harmless by calling it so."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import StoredField
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named


@rule(
    "SF28",
    "class-lower-than-catalogue",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.CATALOGUE),
    law=("UK GDPR 9", "UK GDPR 32"),
)
def class_lower_than_catalogue(case: Case) -> Iterator[Hit]:
    """A stored field is classed lower than its data item.

    Why:
        The class decides how data is guarded, how findings are graded and what a school is told. One word in a
        declaration must not switch all that off unnoticed.
    Example:
        A field with the data item "ethnicity" and "class: ordinary".
    Instead:
        Leave the class out, so that the data item's holds; or say why it is lower here, who decided that, and until
        when.
    Silent when:
        - The declaration gives the reason, who decided, and an end that has not passed.
    """
    for stored in given(case.declarations.stored_fields).fields:
        item = case.declarations.item(stored.item)
        if item is None or stored.data_class is None or _is_signed(stored, case):
            continue
        if stored.data_class.rank < item.data_class.rank:
            yield Hit(
                message=f'{named(item, stored.path)} is classed as "{stored.data_class}", which is lower than '
                f'"{item.data_class}", the class of its data item.',
                path=stored.path,
                place=stored.place,
                item=item,
                fix="Leave the class out, or add class_override_reason, class_override_by and class_override_expires.",
            )


def _is_signed(stored: StoredField, case: Case) -> bool:
    expires = stored.class_override_expires
    return bool(stored.class_override_reason and stored.class_override_by and expires and expires >= case.today)
