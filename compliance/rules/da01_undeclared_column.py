"""DA01: the store holds what is declared, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.inventory import FieldProfile
from compliance.model.ledger import LedgerLine
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import dataset_of, first_row, place_of
from compliance.rules.wording import counted


@rule(
    "DA01",
    "undeclared-column",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(2)", "UK GDPR 30"),
)
def undeclared_column(case: Case) -> Iterator[Hit]:
    """A column, an attribute or a key stands in the store, and no declaration names it.

    Why:
        What is not declared may be in no record, notice or agreement, and may be missed when data is erased or
        when a pupil asks for what is held.
    Example:
        The table "pupil" has a column "religion"; the declarations of the dataset "pupil" do not.
    Instead:
        Declare the field and have it authorised, or remove it from the store.
    Silent when:
        - The column is on the declared list of technical columns (ignored_columns), such as created_at.
        - The column is empty in every row: then it is only noted.
    """
    stored_fields = given(case.declarations.stored_fields)
    for line in case.ledger:
        path, profile = line.stored_path, line.held.profile
        if path is None or profile is None or not line.declared.no:
            continue
        is_known = dataset_of(path, stored_fields) is not None
        neither = "" if is_known else ", and neither is its dataset"
        yield Hit(
            message=f"{path} is not declared{neither}; {_seen(line, profile)}.",
            path=path,
            place=case.places.get(path) or place_of(path, stored_fields),
            strength=Strength.FIRM if line.held.yes else Strength.NOTE,
            evidence={"dataset": path.dataset, "rows": profile.filled, **first_row(profile.first_row)},
            fix=_fix(path, is_known=is_known),
        )


def _seen(line: LedgerLine, profile: FieldProfile) -> str:
    """Say what was seen in it; a dataset without a row shows its columns and no values."""
    if profile.filled:
        return f"it is filled in {counted(profile.filled, 'row')}"
    return "no values were seen, as its dataset holds no row" if line.held.yes else "it is empty in every row"


def _fix(path: FieldPath, *, is_known: bool) -> str:
    declare = "declare it" if is_known else f"declare the dataset {path.dataset}"
    return f"Remove it from the store; or {declare}, and have the school authorise what comes from the school's system."
