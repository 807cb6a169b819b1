"""Every question that is asked of records, by its kind."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.inventory.questions.base import Kind
from compliance.inventory.questions.leaver import leaver
from compliance.inventory.questions.other_school import other_school
from compliance.inventory.questions.past_year import past_year
from compliance.inventory.questions.presence import person_year, present
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
}
