"""SF09: who is said to be taken out of data is out of it."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Retention
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed

DECIDERS = frozenset({"school", "law"})


@rule(
    "SF09",
    "anonymise-instead-of-erase",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 4(5)", "UK GDPR recital 26", "ICO, Edtech examined (2026)"),
)
def anonymise_instead_of_erase(case: Case) -> Iterator[Hit]:
    """Data is to be anonymised at its end, and the method, an assessment of it or the school's instruction is missing.

    Why:
        Names replaced by numbers, hashes or tokens still lead back to a child: that is personal data. To anonymise is
        also a use of its own, about which the school decides. Whether a method works is for a person to assess.
    Example:
        "action: anonymise" without "anonymisation", or with "set_by: vendor".
    Instead:
        Erase. Or name under "anonymisation" the method and its assessment, and have the school instruct it.
    Silent when:
        - The method and its assessment are named (anonymisation), and the school or the law set it so.
    """
    for retention in given(case.declarations.stored_fields).retentions.values():
        lacks = tuple(_lacks(retention)) if retention.action == "anonymise" else ()
        if lacks:
            yield Hit(
                message=f"The retention {retention.id} ends by anonymising, without {listed(lacks, 'or')}.",
                place=retention.place,
                evidence={"retention": retention.id},
                fix="Erase; or name method and assessment under anonymisation, and have the school instruct it.",
            )


def _lacks(retention: Retention) -> Iterator[str]:
    if not retention.anonymisation.method:
        yield "a method"
    if not retention.anonymisation.assessment:
        yield "an assessment of it"
    if retention.set_by not in DECIDERS:
        yield "the school's instruction"
