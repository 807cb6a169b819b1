"""Work on many schools shared out on a Spark cluster: some schools a task, and what is made stands where all see it.

Every worker must see the folders of the schools and of the documents under the same paths, as on a shared disk.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import TypeVar

from compliance.engines.spark import spark_session
from compliance.engines.spark_refusals import refusals
from compliance.errors import ComplianceError, Place

TOGETHER = 50
"""Schools of one task: a few seconds of work, so that little is lost by a worker that ends."""

School = TypeVar("School")
Made = TypeVar("Made")


def on_spark(
    make: Callable[[School], Made], schools: Sequence[School], master: str | None, name: str
) -> Generator[Made, None, None]:
    """Yield what ``make`` makes of each school, in order.

    Raises ``UsageError`` when Spark does not start, ``SourceError`` for ``name`` when it gives up, and whatever of our
    own ``make`` raises.
    """
    with spark_session(master) as session:
        context = session.sparkContext
        tasks = max(min(len(schools), context.defaultParallelism), -(-len(schools) // TOGETHER))
        with refusals(Place(name)):
            for outcome in context.parallelize(schools, tasks).map(partial(_outcome, make)).toLocalIterator():
                if isinstance(outcome, ComplianceError):
                    raise outcome
                yield outcome


def _outcome(make: Callable[[School], Made], school: School) -> Made | ComplianceError:
    """Return what was made, or the error: a traceback would be Spark's to print."""
    try:
        return make(school)
    except ComplianceError as error:
        return error.with_traceback(None)
