"""Where data leaves the United Kingdom, and under what safeguard."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.countries import HOME, country
from compliance.reports.parts.companies import NOT_STATED, companies
from compliance.reports.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One company or store outside the United Kingdom."""

    who: str
    where: str
    what: str
    safeguard: str
    """Empty when none is named."""
    trace: str


def transfers(audit: Audit) -> tuple[Transfer, ...]:
    """Return every company and every store that is known to be outside the United Kingdom."""
    organisation, stored = audit.declarations.organisation, audit.declarations.stored_fields
    working = tuple(
        Transfer(who=each.name, where=country(each.country), what=listed(each.data) or NOT_STATED,
                 safeguard=each.safeguard, trace=str(each.place))
        for each in (organisation.sub_processors if organisation else ())
        if each.country and each.country.upper() != HOME
    )  # fmt: skip
    kept = tuple(
        Transfer(who=each.label, where=country(each.country), what="All that this store holds",
                 safeguard=each.safeguard, trace=str(each.place))
        for each in (stored.stores.values() if stored else ())
        if each.country and each.country.upper() != HOME
    )  # fmt: skip
    return (*kept, *working)


def unplaced(audit: Audit) -> tuple[str, ...]:
    """Name whoever gets data in a country that nobody states."""
    return tuple(company.name for company in companies(audit) if company.where == NOT_STATED)


def transfers_sentence(audit: Audit) -> str:
    """Say in one sentence whether data leaves the United Kingdom."""
    if audit.declarations.organisation is None or audit.declarations.stored_fields is None:
        return "Not stated: nobody told us all the companies and places."
    abroad, unknown = transfers(audit), unplaced(audit)
    places = listed(dict.fromkeys(f"{each.where} ({each.who})" for each in abroad))
    gap = f" Not stated for {listed(unknown)}." if unknown else ""
    return (f"To {places}." if places else "None is declared.") + gap


def safeguards_sentence(audit: Audit) -> str:
    """Name the safeguard of every transfer."""
    abroad = transfers(audit)
    if not abroad:
        return "Not applicable" if not unplaced(audit) else "Not stated"
    return "; ".join(f"{each.who}: {each.safeguard or 'none named'}" for each in abroad)
