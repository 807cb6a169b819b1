"""SF27: tests are made with invented people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.declarations import Store
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule

FOR_TESTS = "test"


@rule(
    "SF27",
    "real-data-in-test",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(b)", "UK GDPR 5(1)(c)", "UK GDPR 32"),
)
def real_data_in_test(case: Case) -> Iterator[Hit]:
    """A store for tests holds data of real people, or nothing says whether it does.

    Why:
        Pupils' data was given for lessons. Stores for tests are open to more people, are copied more often, and are
        forgotten first.
    Example:
        "environment: test" without "real_data: false".
    Instead:
        Fill it with invented people, and write "real_data: false".
    Silent when:
        - It holds invented people only (real_data).
        - Real data was let in for a time that is not over, with a reason and a name (break_glass).
    """
    for store in given(case.declarations.stored_fields).stores.values():
        if store.environment == FOR_TESTS and store.real_data is not False and not _is_let_in(store, case.today):
            said = "holds data of real people" if store.real_data else "does not say whether its people are real"
            yield Hit(
                message=f"{store.label} is for tests, and {said}.",
                place=store.place,
                evidence={"store": store.id},
                fix="Fill it with invented people and write real_data: false.",
            )


def _is_let_in(store: Store, today: dt.date) -> bool:
    return store.break_glass is not None and store.break_glass.until >= today
