"""Every kind of document that the program can make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from compliance.reports.authorisation_review.view import review_view
from compliance.reports.kinds import ReportKind, of_one
from compliance.reports.school_privacy.view import school_privacy_view

_KINDS = (
    ReportKind(
        name="school-privacy",
        title="School privacy report",
        reader="headteacher, data protection officer, governors and parents",
        view=of_one(school_privacy_view),
    ),
    ReportKind(
        name="authorisation-review",
        title="Data authorisation review",
        reader="the person who authorises the connection",
        view=of_one(review_view),
        script="authorisation-review/review.js",
        fillable=True,
    ),
)

REPORT_KINDS: Mapping[str, ReportKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
