"""DA47: values are as coarse as they are declared to be."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import rows_met
from compliance.rules.wording import counted


@rule(
    "DA47",
    "precision-in-data",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(c)",),
)
def precision_in_data(case: Case) -> Iterator[Hit]:
    """A field holds values that say more than its declared precision: full dates for months, whole postcodes for areas.

    Why:
        The school agreed to a month of birth or to part of a postcode. The rest makes it easier to find a child, and
        nobody agreed to it.
    Example:
        "born" is declared with the precision "month"; 400 rows hold a day other than the first.
    Instead:
        Round the values before they are stored, and round what is there.
    Silent when:
        - The value is the first of its month, or of its year, by convention.
        - The field is declared to hold whole days or postcodes, or its precision is a word that cannot be checked.
        - The field is empty.
    """
    precision = {
        stored.path: stored.precision
        for stored in (case.declarations.stored_fields.fields if case.declarations.stored_fields else ())
    }
    for met in rows_met(case, "too_precise"):
        yield met.hit(
            f"{met.name} is declared with the precision {precision.get(met.path, '')}, and is more exact in "
            f"{counted(met.rows, 'row')}.",
            fix="Round the values before they are stored, and round what is there.",
        )
