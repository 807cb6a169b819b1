"""A batch of documents: schools shared out to processes, and a record of what is finished."""
# ruff: noqa: PLC0415 - what makes documents is imported when one is wanted

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from compliance import __version__
from compliance.batch.index import INDEX, TEMPLATE, index_view
from compliance.batch.outcomes import JOURNAL, MANIFEST, Outcome, journal_head, journal_line, manifest, recorded
from compliance.batch.schools import School, fingerprint, schools_in
from compliance.cli.batch_school import Order, Task, make_school
from compliance.cli.progress import batch_progress
from compliance.cli.writing import make_folder, write_text
from compliance.errors import OutputError, Place, SourceError

_PART = re.compile(r"\.[0-9a-f]{16}\.part")
"""What ``writing`` calls a file that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Spark:
    """The cluster that makes the documents; None for the one that Spark's own settings name."""

    master: str | None


def run_batch(
    schools: Path, order: Order, *, jobs: int, quiet: bool, spark: Spark | None = None
) -> tuple[Outcome, ...]:
    """Write the documents of every school in the folder or zip ``schools``, a manifest and an index.

    What an earlier run finished, and is still as it was, is not made again. Raises ``SourceError`` when there are no
    schools, and ``OutputError`` when something cannot be written.
    """
    from compliance.reports.render import page_of
    from compliance.reports.words import day

    found = schools_in(schools)
    out, at = order.out, order.request.at
    make_folder(out)
    before = recorded(out)
    _sweep(out, found)
    outcomes: list[Outcome] = []
    try:
        write_text(out / JOURNAL, journal_head(at.isoformat()) + "".join(map(journal_line, before.values())))
        tasks = [Task(each, before.get(each.name)) for each in found]
        with (
            (out / JOURNAL).open("a", encoding="utf-8", newline="\n") as journal,
            batch_progress(len(found), quiet=quiet) as tell,
            closing(_all(tasks, order, _shared(order), jobs, spark)) as made,
        ):
            for outcome in made:
                _forget(out, before.get(outcome.school), outcome)
                outcomes.append(outcome)
                journal.write(journal_line(outcome))
                journal.flush()
                tell(len(outcomes))
    except OSError as error:
        raise OutputError(
            f"It cannot be written: {error.strerror or type(error).__name__}.",
            hint="Name a folder that you may write to and that has room.",
            place=Place(str(out)),
        ) from None
    page = index_view(
        outcomes, author=f"compliance {__version__}", date=day(at.date()), date_iso=at.isoformat()
    )  # fmt: skip
    write_text(out / INDEX, page_of(page, TEMPLATE))
    write_text(out / MANIFEST, manifest(outcomes, at.isoformat()))
    with suppress(OSError):
        (out / JOURNAL).unlink()
    return tuple(outcomes)


def _all(
    tasks: Sequence[Task], order: Order, shared: str, jobs: int, spark: Spark | None
) -> Generator[Outcome, None, None]:
    make = partial(make_school, order=order, shared=shared)
    if spark:
        from compliance.engines.spark_schools import on_spark

        yield from on_spark(make, tasks, spark.master, str(order.out))
        return
    if jobs == 1 or len(tasks) == 1:
        yield from map(make, tasks)
        return
    from compliance.engines.processes import in_processes

    try:
        yield from in_processes(make, tasks, min(jobs, len(tasks)), str(order.out))
    except SourceError:  # a school's own errors are its outcome: this one is of the processes
        raise OutputError(
            "A process that made documents was ended from outside, as a system does that runs out of memory.",
            hint="Run it again, with fewer --jobs: it goes on from there.",
            place=Place(str(order.out)),
        ) from None


def _shared(order: Order) -> str:
    """Return a digest of the program's version and of the declarations that all schools share."""
    everything = School(name="", declarations=order.request.declarations)
    with suppress(OSError):
        return fingerprint(everything, __version__)
    return hashlib.sha256(__version__.encode()).hexdigest()


def _forget(out: Path, before: Outcome | None, now: Outcome) -> None:
    """Take away what an earlier run wrote of a school and this one did not: it says what is no longer so."""
    for name in before.files.keys() - now.files.keys() if before else ():
        (out / name).unlink(missing_ok=True)


def _sweep(out: Path, schools: Sequence[School]) -> None:
    """Clear away what a run that was killed left half-written; it never had the name of a document."""
    for folder in (out, *(out / each.name for each in schools)):
        for path in folder.glob(".*.part") if folder.is_dir() else ():
            if _PART.fullmatch(path.name):
                path.unlink(missing_ok=True)
