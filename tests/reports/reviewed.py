"""The example as it is when the school reviews it: with the version that it authorised, and much that changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from compliance.errors import Place
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Listed, PermissionSet, Purpose, RequestedField, RequestedScope, Role
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.decision import HandedIn
from compliance.reports.authorisation_review.offer import Offer, offer_of
from tests.reports import example_audit

TODAY = dt.date(2026, 11, 25)
NEW = FieldPath("Students", "IsTraveller")
NOW_REQUIRED = FieldPath("Students", "YearGroup")
NOW_OPTIONAL = FieldPath("Students", "SENProvision")
DROPPED = FieldPath("Students", "Photo")
EXACTER = FieldPath("Students", "DateOfBirth")


def previous() -> PermissionSet:
    """Return version 2.0.0, from which the example's 2.1.0 differs in every way that a school reads of."""
    now = example_audit.permission_set()
    purposes = {key: purpose for key, purpose in now.purposes.items() if key != "equality"}
    survey = replace(purposes["survey"], text="To ask pupils about lunch.", lawful_basis="6.1.f")
    benchmark = Purpose(id="benchmark", text="To compare schools.", role=Role.PROCESSOR)
    return replace(
        now,
        version="2.0.0",
        purposes={**purposes, "survey": survey, "benchmark": benchmark},
        scopes=tuple(_before(scope) for scope in now.scopes),
        populations={"leavers": "not_asked"},
        options=Listed(),
    )


def _before(scope: RequestedScope) -> RequestedScope:
    fields = [_field_before(field) for field in scope.fields if field.path != NEW]
    if scope.id == "Student":
        fields.append(RequestedField(path=DROPPED, required=False, purposes=("accounts",), reason="Faces."))
    return replace(scope, fields=tuple(fields), subjects=(Subject.PUPIL,))


def _field_before(field: RequestedField) -> RequestedField:
    if field.path == NOW_REQUIRED:
        return replace(field, required=False)
    if field.path == NOW_OPTIONAL:
        return replace(field, required=True)
    return replace(field, precision="year", purposes=("accounts",)) if field.path == EXACTER else field


def review_audit() -> Audit:
    audit = example_audit.example_audit()
    given = audit.declarations
    assert given.permission_set
    assert given.authorisation
    scopes = tuple(
        replace(scope, subjects=(Subject.STAFF,) if scope.id == "Staff" else (Subject.PUPIL,))
        for scope in given.permission_set.scopes
    )
    asked = replace(given.permission_set, scopes=scopes, populations={"leavers": "asked"}, options=Listed(("photos",)))
    authorised = replace(
        given.authorisation, withdrawal_grace="P7D", holds=Listed(("Students.UPN",)), place=Place("authorisation.yaml")
    )
    given = replace(given, permission_set=asked, authorisation=authorised, previous=previous())
    return replace(audit, declarations=given, ledger=build_ledger(given, audit.feed, audit.store))


def the_offer(audit: Audit) -> Offer:
    offer = offer_of(audit.declarations)
    assert offer
    return offer


def answers(offer: Offer, **given: str) -> dict[str, str]:
    """Return the form of an offer, answered with all that it needs and what is ``given``."""
    filled = {q.ROLE: "Headteacher", q.DATE: "24 November 2026", q.DECISION: q.ALL}
    return {**dict.fromkeys(q.questions_of(offer), ""), **q.marks_of(offer), **filled, **given}


def form(answers: Mapping[str, str]) -> HandedIn:
    return HandedIn(answers=answers, method="Data authorisation review, form of the PDF", place=Place("form.pdf"))
