"""Every kind of document that the program can make."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from compliance.reports.access.view import access_view
from compliance.reports.authorisation_review.view import review_view
from compliance.reports.dpia.view import dpia_view
from compliance.reports.kinds import ReportKind, of_one
from compliance.reports.notice.child import child_view
from compliance.reports.notice.view import block_view, own_view
from compliance.reports.record.controller import controller_view
from compliance.reports.record.processor import processor_view
from compliance.reports.school_privacy.view import school_privacy_view
from compliance.reports.trust.view import trust_view

_KINDS = (
    ReportKind(
        name="school-privacy",
        title="School privacy report",
        reader="headteacher, data protection officer, governors and parents",
        view=of_one(school_privacy_view),
    ),
    ReportKind(
        name="record-processor",
        title="Record of processing: processor",
        reader="the supplier's data protection officer and the regulator",
        view=processor_view,
        of_many=True,
        formats=("html", "pdf", "xlsx", "csv", "md"),
        markdown="record/processor.md.j2",
        sheet=lambda view: view.sheet,
    ),
    ReportKind(
        name="record-controller",
        title="Record of processing: controller",
        reader="the school's data protection officer and the regulator",
        view=of_one(controller_view),
        formats=("html", "pdf", "xlsx", "csv", "md"),
        markdown="record/controller.md.j2",
        sheet=lambda view: view.sheet,
    ),
    ReportKind(
        name="privacy-notice",
        title="Privacy notice: block for the school",
        reader="the school, which pastes it, then parents",
        view=of_one(block_view),
        formats=("html", "pdf", "md"),
        markdown="notice/notice.md.j2",
    ),
    ReportKind(
        name="privacy-notice-supplier",
        title="Privacy notice: the supplier's own",
        reader="pupils, parents and staff, where the supplier is a controller",
        view=of_one(own_view),
        formats=("html", "pdf", "md"),
        markdown="notice/notice.md.j2",
    ),
    ReportKind(
        name="privacy-notice-child",
        title="Privacy notice for children",
        reader="pupils aged 10 to 12",
        view=of_one(child_view),
        formats=("html", "pdf", "md"),
        markdown="notice/child.md.j2",
    ),
    ReportKind(
        name="dpia-annex",
        title="Annex for an impact assessment",
        reader="the school's data protection officer",
        view=of_one(dpia_view),
    ),
    ReportKind(
        name="trust-overview",
        title="Overview of schools",
        reader="the data protection officer of a trust or a local authority",
        view=trust_view,
        of_many=True,
        formats=("html", "pdf", "xlsx", "csv"),
        sheet=lambda view: view.sheet,
    ),
    ReportKind(
        name="access-annex",
        title="Annex for a subject access request",
        reader="whoever answers a person who asks for their data",
        view=of_one(access_view),
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
