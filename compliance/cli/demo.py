"""``compliance demo``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import At

Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if it is not there.")]
Clean = Annotated[bool, typer.Option("--clean", help="Plant no faults.")]


def demo(*, out: Folder = Path("compliance-demo"), clean: Clean = False, at: At = None) -> None:
    """Audit an invented school and write its report."""
    from compliance.cli.clock import moment
    from compliance.cli.documents import write_documents
    from compliance.cli.keys import run_key
    from compliance.cli.naming import DEFAULT_KIND, documents_in
    from compliance.cli.printing import put
    from compliance.cli.writing import make_folder, write_text
    from compliance.example.generate import write_example
    from compliance.formats import json
    from compliance.formats.words import about, verdict
    from compliance.pipeline import Request, run_audit
    from compliance.reports.registry import REPORT_KINDS
    from compliance.rules.base import RuleOptions

    now = moment(at)
    make_folder(out)
    example = write_example(out / "example", clean=clean, at=now.date())
    made = run_audit(
        Request(
            declarations=example.declarations,
            at=now,
            feeds=(str(example.feed),),
            stores=(str(example.store),),
            options=RuleOptions(include_reserved=True),
            key=run_key(),
        )
    )
    data = out / "audit.json"
    write_text(data, json.render(made))
    kind = REPORT_KINDS[DEFAULT_KIND]
    reports = write_documents(made, documents_in(out, made, kind, kind.formats))
    note = "" if clean else "The school is invented and its faults were planted, so that there is something to find.\n"
    files = "".join(f"  {path}\n" for path in (*reports, data, *example.declarations, example.feed, example.store))
    put(f"{about(made)}\n{verdict(made)}\n{note}\n{files}")
