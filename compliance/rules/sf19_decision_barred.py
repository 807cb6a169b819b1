"""SF19: some decisions are not for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.declarations import Decision
from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import DataClass
from compliance.rules.base import Case, rule
from compliance.rules.kept import KeptField, kept_fields

RECOGNISED_INTEREST = "6.1.ea"


@rule(
    "SF19",
    "adm-barred",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 22B",),
    packs=("uk",),
    since=dt.date(2026, 2, 5),
)
def decision_barred(case: Case) -> Iterator[Hit]:
    """A program alone takes a decision that matters much to a person, from special category data without what Article
    22B asks for, or on the ground of recognised legitimate interest.

    Why:
        Article 22B bars both. A child who is put into a group by a program because of an illness has nobody to ask.
    Example:
        "decision: {taken: true, significant: true}" on a score that is worked out from "ethnicity".
    Instead:
        Have a person look at it who may decide otherwise, and say so under "human"; or leave the special category data
        out.
    Silent when:
        - A person takes a meaningful part (human).
        - The declaration names what allows it under Article 22B (route), and the basis is another.
    """
    classes = {(kept.dataset.name, kept.field.path.field): kept.data_class for kept in kept_fields(case)}
    for kept in kept_fields(case):
        decision = kept.field.decision
        if decision is None or not decision.taken or not decision.significant or decision.human:
            continue
        inputs = [classes.get((kept.dataset.name, name)) for name in kept.field.derived_from]
        why = _why(decision, DataClass.SPECIAL in {kept.data_class, *inputs}, _rests_on_interest(kept, case))
        if why:
            yield kept.hit(
                f"By {kept.name} a program alone decides what matters much to a person, {why}.",
                fix="Have a person look at it who may decide otherwise, and say so under decision: human.",
            )


def _why(decision: Decision, is_special: bool, rests_on_interest: bool) -> str:  # noqa: FBT001 - two answers
    if is_special and not decision.route:
        return "from special category data, and nothing says what allows it"
    return "on the ground of recognised legitimate interest" if rests_on_interest else ""


def _rests_on_interest(kept: KeptField, case: Case) -> bool:
    permission_set = case.declarations.permission_set
    known = permission_set.purposes if permission_set else {}
    bases = {known[purpose].lawful_basis for purpose in kept.field.purposes if purpose in known}
    return RECOGNISED_INTEREST in ({kept.field.lawful_basis} if kept.field.lawful_basis else bases)
