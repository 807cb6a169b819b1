"""XS03: a school's no is carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from compliance.model.catalogue import Catalogue
from compliance.model.declarations import Authorisation, Declined
from compliance.model.findings import Hit, Input, Severity, Strength
from compliance.model.ledger import LedgerLine
from compliance.model.paths import FieldPath
from compliance.model.periods import Period, add
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted, named

REVOKED = Declined(id="the authorisation")
"""Everything that the school once granted, when it has revoked its authorisation."""


@rule(
    "XS03",
    "withdrawn-still-declared",
    Severity.ERROR,
    needs=(Input.AUTHORISATION, Input.STORED_FIELDS, Input.CATALOGUE),
    law=("UK GDPR 28(3)(a)", "UK GDPR 28(3)(g)", "UK GDPR 17"),
)
def withdrawn_still_declared(case: Case) -> Iterator[Hit]:
    """The school switched off a scope or a field, or everything, and the app still declares or holds what came through
    it.

    Why:
        Switching off a scope stops the feed. It does not erase what was fetched before: that is for the app to do,
        and the school has to be able to rely on it.
    Example:
        The school declined "StudentFamily" in September; in November the column "looked_after" is still filled.
    Instead:
        Erase what is held of it for this school, and tell the school when that was done.
    Silent when:
        - The time that the authorisation gives for erasing it (withdrawal_grace) is not over.
        - The school recorded a legal hold on the field.
        - The field is also handed over by another scope that the school grants.
        - No store was looked at, so that what is declared for all schools may be held for none of the pupils of this
          one: then it is a warning.
        - The store was looked at, and nothing of the field is held for this school.
    """
    authorisation, catalogue = given(case.declarations.authorisation), given(case.declarations.catalogue)
    for line in case.ledger:
        if not line.stored or line.granted.yes or line.held.no or _is_on_hold(line, authorisation):
            continue
        withdrawals = _withdrawals(line, authorisation, catalogue)
        if not withdrawals or _in_grace(withdrawals, authorisation, case.today):
            continue
        declined = " and ".join(withdrawal.id for withdrawal in withdrawals)
        said = f"declined {declined}" if withdrawals != [REVOKED] else "revoked its authorisation"
        held, profile = line.held.yes, line.held.profile
        kept = f"still held in {counted(profile.filled, 'row')}" if held and profile else "still declared as stored"
        yield Hit(
            message=f"{named(line.item, line.stored.path)} is {kept}, although the school {said}.",
            path=line.stored.path,
            place=line.stored.place,
            item=line.item,
            data_class=line.data_class,
            strength=Strength.FIRM if held else Strength.WEAK,  # the declaration speaks of every school at once
            evidence={"declined": declined, **({"rows": profile.filled} if held and profile else {})},
            fix="Erase what is held of it for this school, and stop storing it.",
        )


def _is_on_hold(line: LedgerLine, authorisation: Authorisation) -> bool:
    return not {str(line.source_path), str(line.stored_path)}.isdisjoint(authorisation.holds)


def _withdrawals(line: LedgerLine, authorisation: Authorisation, catalogue: Catalogue) -> list[Declined]:
    """Return what the school declined that would have handed over the field."""
    if authorisation.status == "revoked":
        return [REVOKED] if line.source_path else []
    entry = catalogue.fields.get(line.source_path) if line.source_path else None
    scopes = {scope for way in entry.any_of for scope in way} if entry else set()
    if entry and not entry.needs_scope and line.requested_scope:
        scopes.add(line.requested_scope.id)
    fields = [
        declined
        for declined in authorisation.declined_fields
        if catalogue.canonical(FieldPath.parse(declined.id)) == line.source_path
    ]
    return [declined for declined in authorisation.declined_scopes if declined.id in scopes] + fields


def _in_grace(withdrawals: list[Declined], authorisation: Authorisation, today: dt.date) -> bool:
    """Whether the latest withdrawal whose day is known is so fresh that the app may still be erasing."""
    days = [withdrawal.on for withdrawal in withdrawals if withdrawal.on]
    return bool(days) and add(max(days), Period.parse(authorisation.withdrawal_grace)) >= today
