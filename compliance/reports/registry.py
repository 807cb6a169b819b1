"""Every kind of document that the program can make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from compliance.reports.kinds import ReportKind, of_one
from compliance.reports.school_privacy.view import school_privacy_view

_KINDS = (
    ReportKind(
        name="school-privacy",
        title="School privacy report",
        reader="headteacher, data protection officer, governors and parents",
        view=of_one(school_privacy_view),
    ),
)

REPORT_KINDS: Mapping[str, ReportKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
