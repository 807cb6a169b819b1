"""XS06: data is kept no more exactly than it was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.precision import SCALES
from compliance.rules.base import Case, rule
from compliance.rules.wording import named


@rule(
    "XS06",
    "precision-mismatch",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS),
    law=("UK GDPR 5(1)(c)",),
)
def precision_mismatch(case: Case) -> Iterator[Hit]:
    """A field is stored more exactly than it was asked for.

    Why:
        A school that gave a month of birth did not give the day. What is kept more exactly than needed tells more about
        a child, and makes it easier to find the child again elsewhere.
    Example:
        "Students.DateOfBirth" is asked for with the precision "month", and stored with the precision "day".
    Instead:
        Round the value before it is stored, or ask for what is really needed.
    Silent when:
        - It is stored as exactly as it was asked for, or less so.
        - The stored field does not say how exact it is: then it is a warning, as only a person can tell.
        - The two words stand on no common scale (such as "day" and "flag"): likewise a warning.
        - The permission set does not limit how exact the value is.
    """
    for line in case.ledger:
        if line.stored is None or line.request is None:
            continue
        asked, kept = line.request.precision, line.stored.precision
        if not asked or asked == kept or asked in {scale[0] for scale in SCALES}:
            continue
        scale = next((each for each in SCALES if {asked, kept} <= set(each)), None)
        if scale and scale.index(kept) > scale.index(asked):
            continue
        said = f"stored with the precision {kept}" if kept else "stored, and nothing says how exactly"
        yield Hit(
            message=f"{named(line.item, line.stored.path)} is asked for with the precision {asked} and {said}.",
            path=line.stored.path,
            place=line.stored.place,
            item=line.item,
            data_class=line.data_class,
            strength=Strength.FIRM if scale else Strength.WEAK,
            evidence={"asked": asked, "kept": kept or "unknown"},
            fix="Round the value before it is stored, and say under precision how exact it is.",
        )
