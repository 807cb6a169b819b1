"""PS07: a condition of Schedule 1 that asks for a policy document has one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from compliance.model.declarations import PolicyDocument
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted

_ASKS_FOR_ONE = re.compile(r"part 2\b|part 1\W+para(graph|\.)? ?1\b", re.IGNORECASE)


@rule(
    "PS07",
    "apd-missing",
    Severity.WARNING,
    needs=(Input.PERMISSION_SET,),
    law=("DPA 2018 Schedule 1 paragraphs 1 and 5", "DPA 2018 Schedule 1 paragraphs 38-41"),
    packs=("uk",),
)
def policy_document_missing(case: Case) -> Iterator[Hit]:
    """A field relies on a paragraph of Schedule 1 Part 2, or on Part 1 paragraph 1, and no appropriate policy document
    is named whose review is still to come.

    Why:
        Most of these conditions hold only for somebody who has written down how the data is guarded and when it is
        erased, and who looks at it again. Some paragraphs lift the duty: no program can tell which, so a person
        says it.
    Example:
        "sch1: Schedule 1 Part 2 paragraph 8" in a permission set without "policy_document".
    Instead:
        Write "policy_document: {holder: controller}" when the school has it, or give the reference of your own and
        the day of its review.
    Silent when:
        - The school holds the document (holder: controller).
        - A reference is given, and the review is still to come.
        - Somebody wrote down why the paragraph asks for none (not_needed).
    """
    permission_set = given(case.declarations.permission_set)
    if _is_settled(permission_set.policy_document, case.today):
        return
    relying = [field for _, field in permission_set.requested_fields if _ASKS_FOR_ONE.search(field.sch1)]
    if relying:
        yield Hit(
            message=f"{counted(len(relying), 'field relies', 'fields rely')} on a paragraph of Schedule 1 that asks "
            "for an appropriate policy document, and none is named whose review is still to come.",
            place=permission_set.place,
            evidence={"fields": len(relying)},
            fix="Add policy_document: who holds it, or its reference and the day of its review.",
        )


def _is_settled(document: PolicyDocument, today: dt.date) -> bool:
    is_current = document.review_on is not None and document.review_on >= today
    return bool(document.not_needed or document.holder == "controller" or (document.reference and is_current))
