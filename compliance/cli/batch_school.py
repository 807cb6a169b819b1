"""The documents of one school of a batch, made in whichever process is free."""
# ruff: noqa: PLC0415 - what makes documents is imported in the process that makes them

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import typer

from compliance.batch.outcomes import Outcome, is_finished
from compliance.batch.schools import School, address_of, fingerprint, sha256_of
from compliance.cli.errors import told
from compliance.errors import ComplianceError, OutputError, place_in_program
from compliance.model.audit import Audit
from compliance.pipeline import Request

WITHHELD = "A rule about documents spoke against it, so it was not written."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted of every school."""

    kind: str
    endings: tuple[str, ...]
    out: Path
    request: Request
    """What all schools share; what a school has of its own is added."""

    @property
    def words(self) -> str:
        """All that decides what the documents of a school are, but for its own files and the shared declarations."""
        shared = replace(self.request, key=b"", declarations=())
        return repr((self.kind, self.endings, shared))


@dataclass(frozen=True, slots=True)
class Task:
    """One school, and what an earlier run says of it."""

    school: School
    before: Outcome | None


def make_school(task: Task, order: Order, shared: str) -> Outcome:
    """Make the documents of one school, unless they stand there as they would be made again.

    ``shared`` stands for the program and the declarations that all schools share. Whatever goes wrong with one school
    is its outcome; only a folder that cannot be written to ends the batch, with ``OutputError``.
    """
    _begin_to_collect()
    school = task.school
    try:
        asked = fingerprint(school, shared + order.words)
        if task.before and is_finished(task.before, asked, order.out):
            return task.before
        return _made(school, order, asked)
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - the other schools are to be finished
        return Outcome(school=school.name, asked="", failure=failure_of(error))


def failure_of(error: Exception) -> str:
    """Say in a sentence why the documents of a school could not be made. Nothing of an unforeseen error is quoted."""
    match error:
        case ComplianceError():
            return " ".join(told(error))
        case typer.Exit():
            return WITHHELD
        case OSError():
            return f"It cannot be read: {error.strerror}."
    return f"Something failed inside the program: {type(error).__name__} at {place_in_program(error)}."


def audit_of(school: School, request: Request) -> Audit:
    """Audit one school by what all share and what it has of its own."""
    from compliance.pipeline import run_audit

    return run_audit(
        replace(
            request,
            declarations=(*request.declarations, *school.declarations),
            feeds=tuple(map(address_of, school.feeds)),
            stores=tuple(map(address_of, school.stores)),
        )
    )


def _made(school: School, order: Order, asked: str) -> Outcome:
    from compliance.cli.documents import write_documents
    from compliance.cli.naming import documents_in
    from compliance.cli.writing import make_folder
    from compliance.formats.words import tally
    from compliance.reports.registry import REPORT_KINDS

    audit = audit_of(school, order.request)
    folder = order.out / school.name
    make_folder(folder)
    written = write_documents(audit, documents_in(folder, audit, REPORT_KINDS[order.kind], order.endings))
    granted = audit.declarations.authorisation
    return Outcome(
        school=school.name,
        asked=asked,
        files={path.relative_to(order.out).as_posix(): sha256_of(path) for path in written},
        label=granted.school.name if granted else "",
        urn=granted.school.urn if granted else "",
        laestab=granted.school.laestab if granted else "",
        findings={str(severity): count for severity, count in tally(audit).items()},
    )


@cache
def _begin_to_collect() -> None:
    """Look for what refers to itself again: processes that fold data do not, and documents leave much of it."""
    gc.enable()
