"""RC13: an impact assessment was asked about, advised on, signed and will be looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import DpiaRecord, Role
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "RC13",
    "dpia-item-missing",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.ORGANISATION),
    law=("UK GDPR 35(2)", "UK GDPR 35(7)", "UK GDPR 35(9)"),
)
def assessment_item_missing(case: Case) -> Iterator[Hit]:
    """The vendor decides about a purpose and names its impact assessment, and nothing says whose views it sought, what
    the data protection officer advised, who signed it or when it is looked at again.

    Why:
        The ICO found assessments without advice, without anybody asked, without a signature, and never updated. Such
        a paper protects no child. What the assessment says of risks is for people to judge.
    Example:
        "dpia: DPIA-2026-03" and a purpose with "role: controller", without "dpia_record".
    Instead:
        Write one sentence for each under "dpia_record".
    Silent when:
        - The vendor is a processor for every purpose: then the assessment is the school's, and the annex for it lists
          what the school has to add.
        - No assessment is named: SF24 says whether one is called for.
        - There is no data protection officer to give advice (dpo_not_required), and all else is said.
    """
    organisation = given(case.declarations.organisation)
    purposes = given(case.declarations.permission_set).purposes.values()
    decides = any(purpose.role in {Role.CONTROLLER, Role.JOINT_CONTROLLER} for purpose in purposes)
    lacks = tuple(_lacks(organisation.dpia_record, has_officer=not organisation.dpo_not_required))
    if organisation.dpia and decides and lacks:
        yield Hit(
            message=f"The impact assessment of {organisation.name} is named without {listed(lacks, 'or')}.",
            place=organisation.place,
            evidence={"items": len(lacks)},
            fix="Write one sentence for each under dpia_record: views, dpo_advice, signed_by, review_on.",
        )


def _lacks(record: DpiaRecord, *, has_officer: bool) -> Iterator[str]:
    if not record.views:
        yield "the views of pupils or parents"
    if has_officer and not record.dpo_advice:
        yield "the advice of the data protection officer"
    if not record.signed_by:
        yield "who signed it"
    if record.review_on is None:
        yield "the day of its review"
