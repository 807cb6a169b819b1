"""VC11: nobody is decided about by a program unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.purposes import purpose_hit
from compliance.rules.versions import changed_purposes

BY_PROGRAM = frozenset({"profiling", "prediction", "ai_processing", "ai_training", "automated_decision"})
"""Kinds of purpose by which a program judges people, or learns to."""


@rule(
    "VC11",
    "ai-or-adm-introduced",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.OLD_PERMISSION_SET),
    law=("UK GDPR 22A-22D", "UK GDPR 35(11)", "ICO Children's code, standard 12"),
)
def ai_or_adm_introduced(case: Case) -> Iterator[Hit]:
    """A purpose profiles, predicts, uses AI or decides about single people, and did not in the earlier version.

    Why:
        A child can be held back by a score that nobody questions. The school has to look at its impact assessment
        again before it begins.
    Example:
        "individual_decision: false" in version 2.0.0, "individual_decision: true" in version 2.1.0.
    Instead:
        Show the school what is new and what the impact assessment says of it, and have it authorise the new version.
    Silent when:
        - The school has authorised the new version.
        - The earlier version had it already.
    """
    for before, purpose in changed_purposes(case):
        begins = purpose.kind in BY_PROGRAM and not (before and before.kind in BY_PROGRAM)
        decides = purpose.individual_decision and not (before and before.individual_decision)
        if begins or decides:
            what = str(purpose.kind).replace("_", " ") if begins else "decisions about single people"
            yield purpose_hit(
                purpose,
                f"The purpose {purpose.id} is new in what it does: {what}.",
                "Look at the impact assessment again, and have the school authorise the new version.",
            )
