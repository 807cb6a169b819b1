"""VC05: nobody new sees the data unannounced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.changes.base import Kind, Sign
from compliance.model.declarations import SubProcessor
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.versions import changes_of_keeping


@rule(
    "VC05",
    "recipient-added",
    Severity.ERROR,
    needs=(Input.ORGANISATION, Input.OLD_ORGANISATION),
    law=("UK GDPR 28(2)", "UK GDPR 28(4)"),
)
def recipient_added(case: Case) -> Iterator[Hit]:
    """A sub-processor is new in this version, or somebody new sees what is in a store.

    Why:
        A school chose whom it trusts. Under a general authorisation it must hear of a new company early enough to
        object; under a specific one it has to say yes first.
    Example:
        "sub_processors" lists a company that the earlier file did not list.
    Instead:
        Tell the schools, write the day under "announced_on", and wait for the days of notice to pass.
    Silent when:
        - The school has authorised the new version.
        - The authorisation is general, the company was announced, and the days of notice have passed.
    """
    companies = {company.name: company for company in given(case.declarations.organisation).sub_processors}
    for change in changes_of_keeping(case, Kind.RECIPIENT_ADDED):
        company = companies.get(change.evidence.get("sub_processor", ""))
        if change.sign is Sign.NEUTRAL or (company and _is_announced(company, case.today)):
            continue
        yield change.hit(fix="Tell the schools, write the day under announced_on, and wait for the notice to pass.")


def _is_announced(company: SubProcessor, today: dt.date) -> bool:
    if company.authorisation != "general" or company.announced_on is None or company.notice_days is None:
        return False
    return company.announced_on + dt.timedelta(days=company.notice_days) <= today
