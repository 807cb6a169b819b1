"""An audit goes out: files, reports, standard output and an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from compliance.cli.choosing import choose
from compliance.cli.documents import Wanted, write_documents
from compliance.cli.options import Threshold
from compliance.cli.printing import put, put_lines
from compliance.cli.writing import write_text
from compliance.errors import UsageError
from compliance.formats import text
from compliance.formats.registry import FORMATS, Format
from compliance.model.audit import Audit
from compliance.model.findings import Severity
from compliance.reports.registry import REPORT_KINDS


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
    kind = REPORT_KINDS["school-privacy"]
    return Destinations(
        standard=FORMATS[standard],
        files=tuple((FORMATS[name], path) for name, path in _pairs("--output", outputs, FORMATS)),
        documents=tuple(
            Wanted(kind=kind, ending=name, path=path) for name, path in _pairs("--report", reports, kind.formats)
        ),
        no_color=no_color,
        quiet=quiet,
    )


def publish(audit: Audit, to: Destinations, *, fail_on: Threshold) -> None:
    """Write the files, then standard output, and end the command with 1 if a finding is at or above ``fail_on``."""
    for made, path in to.files:
        write_text(path, made.render(audit))
    write_documents(audit, to.documents)
    if not to.quiet:
        if to.standard.name == "text":
            put_lines(text.lines(audit), no_color=to.no_color)
        else:
            put(to.standard.render(audit))
    if fail_on != "never" and audit.fails(Severity(fail_on)):
        raise typer.Exit(1)


def _pairs(option: str, texts: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for given in texts:
        name, _, path = given.partition("=")
        chosen = choose(name, known, what="format")
        if not path:
            raise UsageError(f"{option} {given!r} names no file.", hint=f"Write {option} {chosen}=PATH.")
        yield chosen, Path(path)
