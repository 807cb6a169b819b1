"""The rows of a controller's record: an activity with everything that a column may ask of it."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.parts.activities import Activity, activities
from compliance.reports.parts.adherence import Adherence, adherence
from compliance.reports.parts.drift import agreement
from compliance.reports.parts.reasons import BASES
from compliance.reports.parts.recipients import recipients
from compliance.reports.words import listed, sentence

NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the record."""

    audit: Audit
    activity: Activity
    adherence: Adherence

    @property
    def purpose(self) -> str:
        """Why."""
        return sentence(self.activity.purpose.text)

    @property
    def basis(self) -> str:
        """The Article 6 basis."""
        code = self.activity.purpose.lawful_basis or ""
        return BASES.get(code, code or NOT_STATED)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets in which it is declared or found."""
        return tuple(dict.fromkeys(line.stored_path.dataset for line in self.activity.lines if line.stored_path))

    @property
    def recipients(self) -> str:
        """Who sees it."""
        return recipients(self.audit, self.datasets).sentence

    @property
    def authority(self) -> str:
        """The agreement or law on which its time limits rest."""
        return listed(dict.fromkeys(limit.authority for limit in self.activity.limits)) or NOT_STATED

    @property
    def agreement(self) -> str:
        """Whether declaration and data agree."""
        return agreement(self.activity.items, self.audit)


def rows(audit: Audit) -> tuple[Row, ...]:
    """Return the record of one school, line by line."""
    return tuple(Row(audit=audit, activity=each, adherence=adherence(audit, each.lines)) for each in activities(audit))
