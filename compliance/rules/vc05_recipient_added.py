"""VC05: nobody new sees the data unannounced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.declarations import StoredFields, SubProcessor
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.versions import is_authorised


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
    if is_authorised(case):
        return
    before = {company.name for company in given(case.declarations.previous_organisation).sub_processors}
    for company in given(case.declarations.organisation).sub_processors:
        if company.name not in before and not _is_announced(company, case.today):
            yield Hit(
                message=f"The sub-processor {company.name} is new in this version.",
                place=company.place,
                evidence={"company": company.name},
                fix="Tell the schools, write the day under announced_on, and wait for the days of notice to pass.",
            )
    now, earlier = case.declarations.stored_fields, case.declarations.previous_stored_fields
    if now and earlier:
        yield from _new_in_stores(now, earlier)


def _is_announced(company: SubProcessor, today: dt.date) -> bool:
    if company.authorisation != "general" or company.announced_on is None or company.notice_days is None:
        return False
    return company.announced_on + dt.timedelta(days=company.notice_days) <= today


def _new_in_stores(now: StoredFields, earlier: StoredFields) -> Iterator[Hit]:
    """Yield a hit for each recipient of a store that is no sub-processor and saw nothing before."""
    before = {recipient.label for store in earlier.stores.values() for recipient in store.recipients}
    for store in now.stores.values():
        for recipient in store.recipients:
            if recipient.kind != "sub_processor" and recipient.label not in before:
                yield Hit(
                    message=f"{recipient.label} now sees what is in {store.label}.",
                    place=store.place,
                    evidence={"store": store.id, "recipient": recipient.id},
                    fix="Have the schools authorise the new version before anybody new looks in.",
                )
