"""Every kind of document that the program can make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from compliance.reports.authorisation_review.view import review_view
from compliance.reports.kinds import ReportKind
from compliance.reports.school_privacy.view import school_privacy_view

_KINDS = (
    ReportKind(
        name="school-privacy",
        title="School privacy report",
        template="school-privacy.html.j2",
        view=school_privacy_view,
        formats=("html", "pdf"),
    ),
    ReportKind(
        name="authorisation-review",
        title="Data authorisation review",
        template="authorisation-review.html.j2",
        view=review_view,
        formats=("html", "pdf"),
        script="authorisation-review/review.js",
        fillable=True,
    ),
)

REPORT_KINDS: Mapping[str, ReportKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
