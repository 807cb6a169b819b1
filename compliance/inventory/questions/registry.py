"""Every question that is asked of records, by its kind."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.inventory.questions.account import account_of_leaver
from compliance.inventory.questions.age import age_out_of_range
from compliance.inventory.questions.base import Kind
from compliance.inventory.questions.birth_date_in_text import birth_date_in_text
from compliance.inventory.questions.in_time import in_time
from compliance.inventory.questions.leaver import leaver
from compliance.inventory.questions.no_day import no_day
from compliance.inventory.questions.other_school import other_school
from compliance.inventory.questions.past_year import past_year
from compliance.inventory.questions.precision import too_precise
from compliance.inventory.questions.presence import person_year, present
from compliance.inventory.questions.retired_code import retired_code
from compliance.inventory.questions.temporary_upn import temporary_upn
from compliance.inventory.questions.year_off_age import year_off_age

KINDS: Mapping[str, Kind] = {
    "person": present,
    "person_year": person_year,
    "group": present,
    "duplicate": present,
    "leaver": leaver,
    "year_off_age": year_off_age,
    "other_school": other_school,
    "past_year": past_year,
    "link": present,
    "linked": present,
    "old_record": leaver,
    "account_of_leaver": account_of_leaver,
    "age_out_of_range": age_out_of_range,
    "too_precise": too_precise,
    "retired_code": retired_code,
    "temporary_upn": temporary_upn,
    "birth_date_in_text": birth_date_in_text,
    "no_day": no_day,
    "in_time": in_time,
}
