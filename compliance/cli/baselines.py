"""A baseline is written when somebody asks for it, and never otherwise."""

from __future__ import annotations

from pathlib import Path

from compliance.cli.errors import say
from compliance.cli.writing import write_text
from compliance.formats.baseline import render
from compliance.formats.words import counted
from compliance.model.audit import Audit
from compliance.rules.baseline import against, baseline_of


def with_new_baseline(audit: Audit, path: Path | None) -> Audit:
    """Write a baseline to ``path``, if there is one, and return the audit as it stands against it.

    Raises ``OutputError``.
    """
    if path is None:
        return audit
    baseline = baseline_of(audit, path.as_posix())
    write_text(path, render(baseline))
    known = sum(each.count for each in baseline.findings.values())
    say(f"{path} now knows {counted(known, 'finding')}: with --baseline, only others count. Each still has to go.")
    return against(audit, baseline)
