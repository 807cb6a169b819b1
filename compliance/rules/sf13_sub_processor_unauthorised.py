"""SF13: a school knows who works for its processor."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import SubProcessor
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import listed


@rule(
    "SF13",
    "subprocessor-unauthorised",
    Severity.ERROR,
    needs=(Input.ORGANISATION,),
    law=("UK GDPR 28(2)", "UK GDPR 28(4)"),
)
def sub_processor_unauthorised(case: Case) -> Iterator[Hit]:
    """A sub-processor is listed without how schools authorised it, where it works, how they hear of a change, or when
    it was last checked.

    Why:
        A processor may engage another only with the school's authorisation, and answers for it. One sub-processor's
        terms were found to keep children's data for training.
    Example:
        "{name: Northbank Hosting Example Ltd, service: Servers}".
    Instead:
        Add "authorisation", "country", "checked_on", and for a general authorisation "notice_days".
    Silent when:
        - A general authorisation is given with its days of notice, and country and last check are.
        - Schools authorised this very company, and country and last check are given.
    """
    for company in given(case.declarations.organisation).sub_processors:
        lacks = tuple(_lacks(company))
        if lacks:
            yield Hit(
                message=f"{company.name} is listed without {listed(lacks, 'or')}.",
                place=company.place,
                evidence={"company": company.name},
                fix="Add what is missing: authorisation, country, notice_days, checked_on.",
            )


def _lacks(company: SubProcessor) -> Iterator[str]:
    if not company.authorisation:
        yield "how schools authorised it"
    if company.authorisation == "general" and company.notice_days is None:
        yield "how many days before a change they hear of it"
    if not company.country:
        yield "its country"
    if company.checked_on is None:
        yield "the day of its last check"
