"""One document about many schools, such as the overview of a trust."""
# ruff: noqa: PLC0415 - what audits is imported once there is something to audit

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import OutputError
from compliance.pipeline import Request
from compliance.reports.kinds import ReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What came of a document about many schools."""

    written: tuple[Path, ...]
    failures: tuple[tuple[str, str], ...]
    """Schools that are not in it, each with why."""


def write_together(
    schools: Path, request: Request, kind: ReportKind, endings: Sequence[str], out: Path, *, quiet: bool
) -> Together:
    """Audit every school in the folder or zip ``schools``, and write one document about all that could be audited.

    Raises ``SourceError`` when there are no schools, and ``OutputError`` when something cannot be written.
    """
    from compliance.batch.schools import schools_in
    from compliance.cli.batch_school import audit_of, failure_of
    from compliance.cli.documents import write_documents_of
    from compliance.cli.naming import documents_in
    from compliance.cli.progress import batch_progress
    from compliance.cli.writing import make_folder

    found = schools_in(schools)
    audits, failures = [], []
    with batch_progress(len(found), quiet=quiet) as tell:
        for number, school in enumerate(found, start=1):
            try:
                audits.append(audit_of(school, request))
            except OutputError:
                raise
            except Exception as error:  # noqa: BLE001 - the other schools are to be finished
                failures.append((school.name, failure_of(error)))
            tell(number)
    if not audits:
        return Together(written=(), failures=tuple(failures))
    make_folder(out)
    written = write_documents_of(audits, documents_in(out, audits[0], kind, endings))
    return Together(written=written, failures=tuple(failures))
