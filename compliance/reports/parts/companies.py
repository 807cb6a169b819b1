"""Who gets the data: the supplier, the companies that work for it, and anybody else it names."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.declarations import SubProcessor
from compliance.reports.countries import HOME, country
from compliance.reports.words import day, listed, named

NOT_STATED = "Not stated"
APPROVALS = {"specific": "approved by name", "general": "approved in general terms"}
"""How a school lets the supplier use another company (GDPR Article 28(2))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One company that gets data."""

    name: str
    part: str
    """What it does."""
    code: str
    """ISO 3166 code of its country; empty when nobody says."""
    where: str
    data: str
    cover: str
    """What its getting the data rests on."""

    @property
    def is_abroad(self) -> bool:
        """Whether it is known to be outside the United Kingdom."""
        return bool(self.code) and self.code.upper() != HOME


def countries_abroad(audit: Audit) -> frozenset[str]:
    """Return the codes of all countries but our own in which data is kept or worked on, as far as anybody says."""
    stored = audit.declarations.stored_fields
    places = {store.country.upper() for store in stored.stores.values()} if stored else set()
    places |= {company.code.upper() for company in companies(audit)}
    return frozenset(places - {"", HOME})


def supplier_name(audit: Audit) -> str:
    """Return the name of the app's supplier."""
    organisation = audit.declarations.organisation
    return organisation.name if organisation else "Supplier not stated"


def app_label(audit: Audit) -> str:
    """Return the name of the app."""
    given = audit.declarations
    if given.permission_set:
        return given.permission_set.label
    if given.stored_fields:
        return given.stored_fields.app
    return given.authorisation.app if given.authorisation else "An app without a name"


def integrator_label(audit: Audit) -> str:
    """Return the name of the company between school and app."""
    given = audit.declarations
    if given.catalogue:
        return given.catalogue.label
    return given.permission_set.integrator if given.permission_set else "Integrator"


def companies(audit: Audit) -> tuple[Company, ...]:
    """Return every company that gets data, the supplier first."""
    organisation, stored = audit.declarations.organisation, audit.declarations.stored_fields
    if organisation is None:
        return ()
    stores = tuple(stored.stores.values()) if stored else ()
    own = {store.country for store in stores if store.country}
    first = Company(
        name=organisation.name,
        part="Supplier: runs the app",
        code=own.pop() if len(own) == 1 else "",
        where=listed(sorted({country(store.country) for store in stores})) if stores else NOT_STATED,
        data="All stored items",
        cover=organisation.contract or NOT_STATED,
    )
    known = {company.name for company in organisation.sub_processors}
    named_recipients = {
        recipient.label: recipient
        for store in stores
        for recipient in store.recipients
        if recipient.kind != "internal" and recipient.label not in known
    }
    others = tuple(
        Company(name=label, part=named(recipient.kind).capitalize(), code="", where=NOT_STATED, data=NOT_STATED,
                cover=NOT_STATED)
        for label, recipient in sorted(named_recipients.items())
    )  # fmt: skip
    return (first, *(_sub_processor(company) for company in organisation.sub_processors), *others)


def _sub_processor(company: SubProcessor) -> Company:
    cover = (
        company.safeguard,
        APPROVALS.get(company.authorisation, company.authorisation),
        f"{company.notice_days} days' notice" if company.notice_days is not None else "",
        f"checked {day(company.checked_on)}" if company.checked_on else "",
    )
    text = ", ".join(part for part in cover if part)
    return Company(
        name=company.name,
        part=company.service,
        code=company.country,
        where=country(company.country),
        data=listed(company.data) or NOT_STATED,
        cover=text[:1].upper() + text[1:] or NOT_STATED,
    )
