"""What is written can be read, and a receipt tells when a decision was changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.declarations.authorisation import read_authorisation
from compliance.declarations.documents import document_of
from compliance.declarations.load import load_declarations
from compliance.declarations.receipt import DECIDED, receipt_of
from compliance.declarations.written import authorisation_text
from compliance.errors import DeclarationError
from compliance.model.declarations import NOWHERE, Authorisation, Declined, Listed, Party, School
from compliance.model.vocabulary import Subject

NAME = "authorisation.yaml"
EXAMPLE = Authorisation(
    app="wellbeing-survey",
    version="2.1.0",
    permission_set_digest="ab" * 32,
    school=School(name="Exampleton: a school", urn="123456", laestab="1234567", public_authority=True),
    authorised_on=dt.date(2026, 11, 24),
    by_role="Headteacher",
    granted_scopes=frozenset({"UPN", "Student"}),
    declined_scopes=(Declined(id="StudentFamily", on=dt.date(2026, 9, 14), reason="Too few pupils."),),
    excluded_people={Subject.PUPIL: 1, Subject.STAFF: 0},
    withdrawal_grace="P7D",
    holds=Listed(none_confirmed=True),
)
WRITTEN = """\
# What a school authorised, as `compliance authorise` read it from the school's form.
# The receipt is of what was decided. Holds, excluded people and the day of the review may change without it.

kind: "authorisation"
app: "wellbeing-survey"
version: "2.1.0"
permission_set_digest: "abababababababababababababababababababababababababababababababab"
school:
  name: "Exampleton: a school"
  urn: "123456"
  laestab: "1234567"
  public_authority: true
authorised_on: "2026-11-24"
by_role: "Headteacher"
status: "active"
default: "include"
granted_scopes: ["Student", "UPN"]
declined_scopes:
  - {"id": "StudentFamily", "since": "2026-09-14", "reason": "Too few pupils."}
declined_fields: {"none_confirmed": true}
excluded_people:
  pupil: 1
  staff: 0
withdrawal_grace: "P7D"
holds: {"none_confirmed": true}
"""


def read_back(text: str) -> Authorisation:
    root = document_of(text.encode(), NAME).root
    assert root
    found = read_authorisation(root)
    declined = (found.declined_scopes, found.declined_fields)
    scopes, fields = (tuple(replace(each, place=NOWHERE) for each in group) for group in declined)
    return replace(found, place=NOWHERE, declined_scopes=scopes, declined_fields=fields)


def test_the_whole_text() -> None:
    assert authorisation_text(EXAMPLE, NAME) == WRITTEN


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(str.strip)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
DECLINED = st.builds(Declined, id=st.sampled_from(["Students.A", "Students.B"]), on=st.none() | DAYS, reason=WORDS)
PARTIES = st.none() | st.builds(Party, name=WORDS, email=st.just("") | WORDS, telephone=st.just("") | WORDS)
AUTHORISATIONS = st.builds(
    Authorisation,
    app=st.just("wellbeing-survey"),
    version=WORDS,
    school=st.builds(School, name=WORDS, public_authority=st.none() | st.booleans()),
    controller=PARTIES,
    dpo=PARTIES,
    dpo_not_required=st.just("") | WORDS,
    representative=PARTIES,
    authorised_on=DAYS,
    by_role=WORDS,
    dpo_advice=st.just("") | WORDS,
    granted_scopes=st.frozensets(WORDS),
    declined_scopes=st.lists(DECLINED, max_size=2).map(tuple),
    declined_fields=st.lists(DECLINED, max_size=2).map(tuple),
    excluded_people=st.dictionaries(st.sampled_from(Subject), st.integers(0, 10**6)),
    review_on=st.none() | DAYS,
    holds=st.sampled_from([Listed(), Listed(none_confirmed=True), Listed(("Students.A",))]),
    receipt=st.just("") | st.just("0" * 64),
)


@given(AUTHORISATIONS)
def test_what_is_written_can_be_read(authorisation: Authorisation) -> None:
    assert read_back(authorisation_text(authorisation, NAME)) == authorisation


def test_what_its_schema_refuses_is_not_written() -> None:
    with pytest.raises(DeclarationError) as caught:
        authorisation_text(replace(EXAMPLE, school=replace(EXAMPLE.school, urn="12")), NAME)
    assert [problem.where for problem in caught.value.problems] == ["school.urn"]


OTHERS = {
    "app": "other", "version": "2.2.0", "permission_set_digest": "cd" * 32, "authorised_on": dt.date(2026, 11, 25),
    "by_role": "Deputy", "dpo_advice": "None.", "method": "Letter", "granted_scopes": frozenset({"UPN"}),
    "declined_scopes": (), "declined_fields": (Declined(id="Students.A"),),
}  # fmt: skip


@pytest.mark.parametrize("member", DECIDED)
def test_another_decision_has_another_receipt(member: str) -> None:
    assert OTHERS.keys() == set(DECIDED)
    assert receipt_of(replace(EXAMPLE, **{member: OTHERS[member]})) != receipt_of(EXAMPLE)  # type: ignore[arg-type]  # one of each type


def test_what_is_not_decided_changes_no_receipt() -> None:
    later = replace(EXAMPLE, review_on=dt.date(2027, 1, 1), status="paused", excluded_people={}, receipt="0" * 64)
    assert receipt_of(later) == receipt_of(EXAMPLE)


def test_a_changed_decision_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    text = authorisation_text(replace(EXAMPLE, receipt=receipt_of(EXAMPLE)), NAME)
    path.write_text(text, encoding="utf-8")
    found = load_declarations([path]).authorisation
    assert found
    assert found.receipt == receipt_of(EXAMPLE)
    path.write_text(text.replace("Headteacher", "Caretaker"), encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_declarations([path])
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"{path.as_posix()}:26:10: receipt: the receipt is of another decision than the one that stands here. "
        "Undo the change, or let the school decide again with `compliance authorise`."
    )
