"""Every kind of document by name, for ``--help``: to import them all would keep its reader waiting."""

from __future__ import annotations

DEFAULT_KIND = "school-privacy"
KINDS = (
    DEFAULT_KIND,
    "record-processor",
    "record-controller",
    "privacy-notice",
    "privacy-notice-supplier",
    "privacy-notice-child",
    "dpia-annex",
    "trust-overview",
    "access-annex",
    "authorisation-review",
)
"""In the order of ``compliance.reports.registry``; a test holds the two together."""
