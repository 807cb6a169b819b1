"""What stands at the head and the foot of every document."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.reports.parts.companies import app_label, supplier_name
from compliance.reports.words import day

NO_SCHOOL = "School not stated"
NOT_GIVEN = "Not given"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document."""

    anchor: str
    title: str
    template: str
    """Path of its template below ``templates/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every document says of itself."""

    kicker: str
    """What kind of document it is."""
    title: str
    """For the window and the file: kind and app."""
    name: str
    """The heading: what it is about."""
    lede: str
    description: str
    school: str
    """Whom it is about: it stands at the foot of each page."""
    author: str
    date: str
    date_iso: str
    meta: tuple[tuple[str, str], ...]
    """Lines beside the title."""
    sections: tuple[Section, ...]

    def number(self, anchor: str) -> int:
        """Return the number of a section, by which sentences refer to it. Raises ``ValueError``."""
        return [section.anchor for section in self.sections].index(anchor) + 1


def head(
    audit: Audit, *, kicker: str, lede: str, description: str, sections: tuple[Section, ...], school: str = "",
    meta: tuple[tuple[str, str], ...] | None = None,
) -> Head:  # fmt: skip
    """Return the head of a document about one app, at the moment of its audit."""
    return Head(
        kicker=kicker,
        title=f"{kicker}: {app_label(audit)}",
        name=app_label(audit),
        lede=lede,
        description=description,
        school=school or school_name(audit),
        author=f"compliance {audit.program_version}",
        date=day(audit.at.date()),
        date_iso=audit.at.isoformat(),
        meta=meta_of(audit) if meta is None else meta,
        sections=sections,
    )


def school_name(audit: Audit) -> str:
    """Return the name of the school that the audit is about."""
    authorisation = audit.declarations.authorisation
    return authorisation.school.name if authorisation else NO_SCHOOL


def meta_of(audit: Audit) -> tuple[tuple[str, str], ...]:
    """Return the lines beside the title of a document about one school."""
    asked, authorisation = audit.declarations.permission_set, audit.declarations.authorisation
    return (
        ("School", school_name(audit)),
        ("Supplier", supplier_name(audit)),
        ("Asks for", f"Version {asked.version}" if asked else NOT_GIVEN),
        ("Authorised", f"Version {authorisation.version}" if authorisation and authorisation.version else NOT_GIVEN),
        ("Date", day(audit.at.date())),
    )
