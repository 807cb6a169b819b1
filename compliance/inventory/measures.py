"""Which questions about whole records are asked, of which columns.

The kinds, and what the digests of each stand for:

``person``          every record's person key: who is here
``excluded``        the person keys that the school excluded (from the feed's own list)
``included_only``   the person keys that alone are included
``duplicate``       the values of ``basis`` together, so that a count above 1 is one person twice
``person_year``     person key and year group together: two inventories disagree where one lacks the other's pair
``group``           the name of a class or registration group
``leaver``          the row of a person whose retention has ended
``year_off_age``    the row of a pupil two years or more from the year group of their age
``other_school``    the number of a school that is not this one
``past_year``       the row of a group that carries an earlier academic year
``link``            what rows say that they belong to; ``basis`` is where that must be found
``linked``          what is there for rows of other datasets to belong to
``old_record``      a row that was written longer ago than its retention allows
``account_of_leaver``   all rows of accounts that may be used although their person left
``age_out_of_range``    all rows of pupils far from the ages that the school teaches
``too_precise``     all rows whose value says more than it is declared to
``retired_code``    all rows with a code that is retired
``temporary_upn``   all rows of pupils whose number should no longer be a temporary one
``birth_date_in_text``  all rows of which a text holds the date of birth
``no_day``          all rows in which something stands for a day that is none
``in_time``         all rows that came so lately that the next sync is not yet due
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from compliance.model.declarations import Retention
from compliance.model.inventory import MeasureKey
from compliance.model.paths import FieldPath


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePlan:
    """One question for one dataset. Columns are field texts below the dataset; their case does not matter."""

    kind: str
    dataset: str
    columns: tuple[str, ...]
    basis: str = ""
    """How the answer is filed; the columns joined by ``+`` unless two sources must meet under one name."""
    retention: Retention | None = None
    """For ``leaver`` and ``old_record``: period, grace and rounding."""
    hold: str = ""
    """Column that takes a record out of the question while it is set: a legal hold of a ``leaver``, a pending merge
    of a ``duplicate``, the mark of history of a ``past_year``."""
    status: str = ""
    """For ``leaver``: column of the enrolment status; ``S``, ``M`` and ``G`` are no leavers (LAW.md 8.4)."""
    own: frozenset[str] = frozenset()
    """For ``other_school``: the numbers of the school itself."""
    ages: tuple[int, int] | None = None
    """For ``age_out_of_range``: the lowest and the highest age that the school teaches."""
    precision: str = ""
    """For ``too_precise``: how exact a value may be, one of ``questions.precision.FINER``."""
    codes: frozenset[str] = frozenset()
    """For ``retired_code``: the codes."""
    within: str = ""
    """For ``in_time``: the period within which a sync follows the one before."""

    @property
    def key(self) -> MeasureKey:
        """Where the answer is filed."""
        return MeasureKey(self.kind, self.dataset, self.basis or "+".join(self.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryPlan:
    """What to ask of one feed or store, besides the profiles."""

    at: dt.datetime
    key: bytes
    """Key of the digests, made for this run."""
    measures: tuple[MeasurePlan, ...] = ()
    spans: frozenset[FieldPath] = frozenset()
    """Fields of which it may be remembered how far their numbers and days reach."""
    detect: bool = True
    """Whether the detectors look at texts; without them it goes faster, and leaks are not found."""
