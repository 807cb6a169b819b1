"""RC01: no cell of the school's record stays empty."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Organisation, StoredField
from compliance.model.findings import Hit, Input, Severity
from compliance.model.ledger import LedgerLine
from compliance.model.vocabulary import DataClass
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import named


@rule(
    "RC01",
    "record-cell-blank",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.STORED_FIELDS, Input.ORGANISATION),
    law=("UK GDPR 30(1)",),
)
def record_cell_blank(case: Case) -> Iterator[Hit]:
    """The declarations leave a cell of the school's record of processing empty that no other rule asks for: who decides
    together with the school (30(1)(a)), what data that the app itself makes is kept for (30(1)(b)), or which companies
    get it (30(1)(d)).

    Why:
        A school has to keep a record of what its apps do, and can only copy what the vendor tells it. "Not stated" in
        a cell is a gap of the school's.
    Example:
        An organisation without "joint_controllers", or a stored field "score" without "purposes".
    Instead:
        Fill in what is named, or confirm that there is none.
    Silent when:
        - Somebody confirmed that there are none (none_confirmed).
        - The field names no purpose of its own, and it comes from the school's system: PS01 and XS01 look at those.
        - The field is no personal data.
    """
    yield from _companies(given(case.declarations.organisation))
    for line in case.ledger:
        if line.stored and not line.stored.purposes and line.source_path is None and _is_personal(line, line.stored):
            yield Hit(
                message=f"{named(line.item, line.stored.path)} is kept, and nothing says what for.",
                path=line.stored.path,
                place=line.stored.place,
                item=line.item,
                data_class=line.data_class,
                fix="Name its purposes.",
            )


def _companies(organisation: Organisation) -> Iterator[Hit]:
    lists = (
        ("joint_controllers", organisation.joint_controllers.is_answered, "decides together with the vendor"),
        ("sub_processors", organisation.sub_processors.is_answered, "works for the vendor"),
    )
    for name, is_answered, does in lists:
        if not is_answered:
            yield Hit(
                message=f"{organisation.name} does not say who {does}.",
                place=organisation.place,
                evidence={"list": name},
                fix=f"List them under {name}, or write {name}: {{none_confirmed: true}}.",
            )


def _is_personal(line: LedgerLine, stored: StoredField) -> bool:
    return not stored.not_personal and line.data_class is not DataClass.NOT_PERSONAL
