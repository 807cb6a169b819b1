"""VC11: nobody is decided about by a program unseen."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.changes.base import Kind
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.versions import changes


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
    for change in changes(case, Kind.DECISION_INTRODUCED):
        yield change.hit(fix="Look at the impact assessment again, and have the school authorise the new version.")
