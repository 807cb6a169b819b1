"""SF18: whether a score decides about a child is answered."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.kept import KeptField, kept_fields
from compliance.rules.sf17_derived_undeclared_inputs import is_worked_out
from compliance.rules.wording import listed

JUDGEMENTS = frozenset({"risk-flag"})
"""Data items that are a program's judgement, wherever they came from."""
BY_PEOPLE = frozenset({"user_entered", "parent"})


@rule(
    "SF18",
    "adm-flag-missing",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 13(2)(f)", "UK GDPR 22A-22D", "EU GDPR 22"),
)
def decision_unanswered(case: Case) -> Iterator[Hit]:
    """A score, band or flag that a program worked out does not say whether anything is decided by it, whether that
    matters much to the person, and who looks at it before.

    Why:
        A pupil may be put into a set, or watched, because of a number. The law gives people rights against decisions
        that no person takes part in; whether there is one, only the people who built it can say.
    Example:
        "{name: risk, source: derived, item: risk-flag}" without "decision".
    Instead:
        Write "decision: {taken: false}"; or "taken: true" with "significant" and, under "human", who looks at it.
    Silent when:
        - A person entered it, such as a teacher's grade.
        - Every purpose of the field says that nothing about one person is decided (individual_decision).
        - The field answers it (decision).
    """
    for kept in kept_fields(case):
        is_judgement = is_worked_out(kept) or (kept.item is not None and kept.item.id in JUDGEMENTS)
        if not is_judgement or kept.field.source in BY_PEOPLE or _decides_nothing(kept, case):
            continue
        lacks = tuple(_lacks(kept))
        if lacks:
            yield kept.hit(
                f"{kept.name} is worked out by a program, and does not say {listed(lacks, 'or')}.",
                fix="Add decision: {taken: false}, or say under it what is decided and who looks at it before.",
            )


def _decides_nothing(kept: KeptField, case: Case) -> bool:
    """Whether every purpose of the field says that no decision about one person rests on it."""
    permission_set = case.declarations.permission_set
    known = permission_set.purposes if permission_set else {}
    purposes = [known[purpose] for purpose in kept.field.purposes if purpose in known]
    return bool(purposes) and all(purpose.individual_decision is False for purpose in purposes)


def _lacks(kept: KeptField) -> Iterator[str]:
    decision = kept.field.decision
    if decision is None:
        yield "whether anything is decided by it"
    elif decision.taken:
        if decision.significant is None:
            yield "whether the decision matters much to the person"
        if not (decision.human or decision.route):
            yield "who looks at it before"
