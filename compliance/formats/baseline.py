"""A baseline, to be kept in a file beside the declarations. It holds names of fields, and counts no rows."""

from __future__ import annotations

import json

from compliance.model.baseline import Baseline


def render(baseline: Baseline) -> str:
    """Write a baseline as one JSON object; its schema is ``baseline``."""
    written = {
        "kind": "baseline",
        "version": 1,
        "written_on": baseline.written_on.isoformat(),
        "findings": [
            {
                "fingerprint": fingerprint,
                "rule": known.rule,
                "severity": known.severity,
                "count": known.count,
                "about": known.about,
            }
            for fingerprint, known in baseline.findings.items()
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"
