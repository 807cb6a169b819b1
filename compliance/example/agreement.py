"""What the school authorised, and the words in which that is declared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from compliance.example import numbers
from compliance.example.school import SCHOOL_NAME

WITHDRAWN_DAYS_AGO = 70
"""Longer ago than the app may take to erase what a school switched off."""

SCOPES: tuple[str, ...] = (
    "School", "SENTypes", "Staff", "Student", "StudentDemographic", "StudentExtended", "StudentFamily",
    "StudentFunding", "UPN",
)  # fmt: skip
"""Everything that the app asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One school's authorisation."""

    version: str
    scopes: frozenset[str] = frozenset(SCOPES)
    """Granted."""
    withdrawn: tuple[str, ...] = ()
    """Scopes that were granted once and are declined now."""
    excluded: tuple[str, ...] = ()
    """Ids of pupils whom the school keeps out of this app."""
    options: frozenset[str] = frozenset()
    """Pull-time options beyond group ids."""

    def to_yaml(self, today: dt.date) -> str:
        """Write it as a declaration; every date is counted back from ``today``."""
        withdrawn = "".join(
            f"""
  - id: {scope}
    since: "{today - dt.timedelta(days=WITHDRAWN_DAYS_AGO)}"
    reason: The number of looked-after children is too small for group results."""
            for scope in self.withdrawn
        )
        return f"""\
# What one invented school authorised.

kind: authorisation
app: wellbeing-survey
version: "{self.version}"
school:
  name: {SCHOOL_NAME}
  urn: "{numbers.URN}"
  laestab: "{numbers.LAESTAB}"
  phase: primary
  kind: community school
  public_authority: true
controller:
  name: Exampleton Primary School
  address: 2 Example Road, Exampleton, ZZ99 9ZZ
  email: office@exampleton-primary.example
  telephone: 01632 960113
dpo:
  name: Data Protection Officer
  email: dpo@exampleton-primary.example
authorised_on: "{today - dt.timedelta(days=75)}"
by_role: Headteacher
dpo_advice: Advised in writing; no objection.
method: Xporter authorisation e-mail
status: active
default: include
granted_scopes: [{", ".join(sorted(self.scopes))}]
declined_scopes:{withdrawn or " {none_confirmed: true}"}
declined_fields: {{none_confirmed: true}}
excluded_people: {{pupil: {len(self.excluded)}, staff: 0, contact: 0}}
withdrawal_grace: P7D
review_on: "{today + dt.timedelta(days=290)}"
holds: {{none_confirmed: true}}
"""
