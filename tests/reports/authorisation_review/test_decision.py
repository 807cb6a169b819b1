"""What a school answers becomes what it authorised; a form that leaves something open becomes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.declarations.receipt import receipt_of
from compliance.errors import FormError
from compliance.ledger import build_ledger
from compliance.model.audit import Audit
from compliance.model.declarations import Authorisation, Declarations, Declined, Listed, School
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.decision import decide
from compliance.reports.authorisation_review.offer import Offer, offer_of
from tests.reports.example_audit import SCOPES
from tests.reports.reviewed import TODAY, answers, form, review_audit, the_offer

AUDIT: Audit = review_audit()
GIVEN: Declarations = AUDIT.declarations
OFFER: Offer = the_offer(AUDIT)
DAY = dt.date(2026, 11, 24)
KEYS = {item.label: item.key for item in OFFER.items}


def decided(given: Declarations = GIVEN, /, **extra: str) -> Authorisation:
    offer = offer_of(given)
    assert offer
    return decide(form(answers(offer, **extra)), offer, given, today=TODAY)


def each(answer: str, *but: str) -> Mapping[str, str]:
    """Return ``answer`` to every item, and the other one to those named."""
    other = q.DECLINE if answer == q.AUTHORISE else q.AUTHORISE
    return {key: other if label in but else answer for label, key in KEYS.items()}


def test_everything_is_authorised() -> None:
    made = decided(dpo_advice="No  objection.\n", review_on="2027-09-01")
    assert made == replace(
        GIVEN.authorisation or made,
        version="2.1.0",
        permission_set_digest=OFFER.permission_set_digest,
        authorised_on=DAY,
        by_role="Headteacher",
        dpo_advice="No objection.",
        method="Data authorisation review, form of the PDF",
        granted_scopes=frozenset(name for name, *_ in SCOPES),
        declined_scopes=(),
        declined_fields=(),
        review_on=dt.date(2027, 9, 1),
        receipt=made.receipt,
    )
    assert made.receipt == receipt_of(made)


def test_only_what_is_required() -> None:
    made = decided(decision=q.REQUIRED, reason="Too few.")
    assert made.granted_scopes == {name for name, _, required in SCOPES if required}
    assert [(each.id, each.on, each.reason) for each in made.declined_scopes] == [
        ("StudentDemographic", DAY, "Too few."),
        ("StudentFunding", DAY, "Too few."),
        ("SENTypes", DAY, "Too few."),
        ("StudentFamily", dt.date(2026, 9, 14), "The groups are too small."),
    ]
    assert made.declined_fields == ()
    assert made.status == "active"


def test_nothing_is_authorised() -> None:
    made = decided(decision=q.NONE)
    assert (made.status, made.granted_scopes) == ("revoked", frozenset())
    assert {each.id for each in made.declined_scopes} == {name for name, *_ in SCOPES}


def test_single_items_are_declined_where_their_scope_stays() -> None:
    made = decided(decision=q.ITEMS, **each(q.AUTHORISE, "Gender", "Service child", "Looked-after child"))
    assert [each.id for each in made.declined_fields] == ["Students.Gender"]
    assert [each.id for each in made.declined_scopes] == ["StudentFamily"]


@given(st.lists(st.sampled_from([q.AUTHORISE, q.DECLINE]), min_size=len(KEYS), max_size=len(KEYS)))
def test_the_ledger_grants_what_was_authorised_and_nothing_that_was_declined(chosen: list[str]) -> None:
    by_key = dict(zip(KEYS.values(), chosen, strict=True))
    made = decided(decision=q.ITEMS, **by_key)
    ledger = build_ledger(replace(GIVEN, authorisation=made), None, None)
    granted = {line.source_path for line in ledger if line.granted.yes}
    refused = {line.source_path for line in ledger if line.granted.no}
    for item in OFFER.items:
        assert {*item.fields} <= (granted if by_key[item.key] == q.AUTHORISE else refused), item.label


def test_what_is_not_offered_stays_as_it_was() -> None:
    assert GIVEN.authorisation
    declined = (Declined(id="StudentPhotos"), Declined(id="StudentFamily", on=dt.date(2026, 9, 14)))
    fields = (Declined(id="Students.House", reason="Not needed."), Declined(id="Students.Gender"))
    before = replace(GIVEN.authorisation, declined_scopes=declined, declined_fields=fields)
    made = decided(replace(GIVEN, authorisation=before))
    assert made.declined_scopes == declined[:1]
    assert made.declined_fields == fields[:1]
    assert made.excluded_people == before.excluded_people
    assert made.holds == Listed(("Students.UPN",))


def test_a_review_that_is_past_is_not_kept() -> None:
    assert GIVEN.authorisation
    for day, kept in ((dt.date(2026, 11, 24), None), (dt.date(2026, 12, 1), dt.date(2026, 12, 1))):
        before = replace(GIVEN.authorisation, review_on=day)
        assert decided(replace(GIVEN, authorisation=before)).review_on == kept


def test_a_school_that_never_authorised_says_who_it_is() -> None:
    first = replace(GIVEN, authorisation=None)
    made = decided(first, school_name=" Zorvik  School", urn="123456")
    assert made.school == School(name="Zorvik School", urn="123456")
    with pytest.raises(FormError, match="not filled in whole: the name of the school"):
        decided(first)


def test_an_integrators_word_is_no_decision_of_the_school() -> None:
    assert GIVEN.authorisation
    heard = replace(GIVEN, authorisation=replace(GIVEN.authorisation, version=""))
    offer = offer_of(heard)
    assert offer
    assert offer.school is None


@pytest.mark.parametrize("text", ["2026-11-24", "24/11/2026", "24.11.2026", "24 november 2026", "24 November 2026"])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert decided(date=text).authorised_on == DAY


def test_the_same_answers_give_the_same_receipt_and_others_another() -> None:
    assert decided().receipt == decided().receipt
    assert len({decided(decision=decision).receipt for decision in (q.ALL, q.REQUIRED, q.NONE)}) == 3


# --- forms that cannot be used ----------------------------------------------------------------------------------

GENDER = KEYS["Gender"]
SOME = {GENDER: q.AUTHORISE}
BAD: dict[str, tuple[dict[str, str | None], str]] = {
    "no form of ours": ({"number": None}, "It is not the form of a data authorisation review."),
    "another app": ({"app": "other"}, "The form is of another permission set: it is about another app."),
    "no such version": (
        {"version": "9.9.9"}, "The form is about another version of the permission set than 2.1.0."
    ),
    "another school": ({"school": "Blenthy School"}, "The form is another school's."),
    "other declarations": (
        {"number": "0" * 64},
        "The form does not fit these declarations: they were changed since it was made, or it was.",
    ),
    "a question more": (
        {"item-99": q.AUTHORISE}, "The form was changed: it holds other questions or answers than it was made with."
    ),
    "a question less": (
        {GENDER: None}, "The form was changed: it holds other questions or answers than it was made with."
    ),
    "an answer of its own": (
        {"decision": "some"}, "The form was changed: it holds other questions or answers than it was made with."
    ),
    "no decision": ({"decision": ""}, "The form is not filled in whole: what you decide."),
    "no signature": ({"role": " ", "date": ""}, "The form is not filled in whole: your role and the date."),
    "items left open": (
        {"decision": q.ITEMS, **SOME},
        f"The form is not filled in whole: {', '.join([*KEYS][:4])}, {[*KEYS][5]} and {len(KEYS) - 6} more.",
    ),
    "contradiction": (
        {"decision": q.ALL, GENDER: q.DECLINE},
        "The form contradicts itself: the decision and the answer about Gender do not fit.",
    ),
    "the future": ({"date": "26 November 2026"}, "The form is dated in the future."),
    "no date": ({"date": "30 February 2026"}, "A date of the form is no date."),
    "not a date at all": ({"date": "soon"}, "A date of the form is no date."),
    "a review before": ({"review_on": "2026-11-24"}, "The next review is not after the decision."),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_form_gets_one_error(case: str) -> None:
    spoilt, message = BAD[case]
    given = answers(OFFER) | {name: value for name, value in spoilt.items() if value is not None}
    given = {name: value for name, value in given.items() if spoilt.get(name, "") is not None}
    with pytest.raises(FormError) as caught:
        decide(form(given), OFFER, GIVEN, today=TODAY)
    assert caught.value.message == message
    assert caught.value.hint
    assert str(caught.value.place) == "form.pdf"
    assert caught.value.exit_code == 3


def test_an_answer_that_agrees_with_the_decision_is_no_contradiction() -> None:
    assert decided(**SOME).granted_scopes == decided().granted_scopes


def test_the_signers_name_is_taken_nowhere() -> None:
    made = decide(form(answers(OFFER, name="A. Zorvik")), OFFER, GIVEN, today=TODAY)
    assert made == decided()


def test_another_decision_since_the_form_was_made_is_told() -> None:
    given = replace(GIVEN, authorisation=decided())
    offer = offer_of(given)
    assert offer
    with pytest.raises(FormError, match="does not fit these declarations"):
        decide(form(answers(OFFER)), offer, given, today=TODAY)
