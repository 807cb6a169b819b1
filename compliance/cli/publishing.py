"""An audit goes out: files, reports, standard output and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from compliance.cli.choosing import named_paths
from compliance.cli.documents import write_documents
from compliance.cli.naming import Wanted, documents_at
from compliance.cli.options import Threshold
from compliance.cli.printing import put, put_lines
from compliance.cli.writing import write_text
from compliance.formats import text
from compliance.formats.registry import FORMATS, Format
from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.rules.baseline import without_baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Where an audit goes."""

    standard: Format
    """The format on standard output."""
    files: tuple[tuple[Format, Path], ...] = ()
    documents: tuple[Wanted, ...] = ()
    no_color: bool = False
    quiet: bool = False


def destinations(
    *, standard: str, outputs: Sequence[str] = (), reports: Sequence[str] = (), no_color: bool, quiet: bool
) -> Destinations:
    """Read where an audit goes from the command line, before any work is done. Raises ``UsageError``."""
    return Destinations(
        standard=FORMATS[standard],
        files=tuple((FORMATS[name], path) for name, path in named_paths("--output", outputs, FORMATS)),
        documents=documents_at(reports),
        no_color=no_color,
        quiet=quiet,
    )


def publish(audit: Audit, to: Destinations, *, fail_on: Threshold) -> None:
    """Write the files, then standard output, and end the command with 1 if a finding is at or above ``fail_on``."""
    for made, path in to.files:
        write_text(path, made.render(audit))
    write_documents(without_baseline(audit), to.documents)
    if not to.quiet:
        if to.standard.name == "text":
            put_lines(text.lines(audit), no_color=to.no_color)
        else:
            put(to.standard.render(audit))
    if fail_on != "never" and audit.fails(Severity(fail_on)):
        raise typer.Exit(1)
