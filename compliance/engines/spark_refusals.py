"""What Spark refuses, said in one error. Spark's own words stay unsaid: they can be pages long, and can quote data."""
# ruff: noqa: PLC0415 - PySpark takes seconds to import, and is an extra

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from compliance import __version__
from compliance.errors import Place, SourceError

_CAUSE: Final = re.compile(r"^(?:Caused by|: ?)[: ]*(?:[a-z0-9_]+\.)+([A-Z]\w+)", re.MULTILINE)
"""The class of a Java exception in the text of one. Its message is left out."""


@contextmanager
def refusals(place: Place) -> Iterator[None]:
    """Turn whatever Spark refuses into one ``SourceError`` about ``place``."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise _refused(error, place) from None


def _refused(error: Exception, place: Place) -> SourceError:
    words = str(error)
    if "PATH_NOT_FOUND" in words:
        return SourceError("There is no such file or folder.", hint="Check its spelling.", place=place)
    if "PARQUET_TYPE_ILLEGAL" in words:
        return SourceError(
            "It has a column of a type that Spark does not read, such as a time without a day or nanoseconds.",
            hint="Use the local engine, or write that column as text or in microseconds.",
            place=place,
        )
    if "ModuleNotFoundError" in words:
        return SourceError(
            "The workers of the cluster lack this program or a part of it.",
            hint=f"Install compliance-for-schools[spark] {__version__} on each, for the Python that runs there.",
            place=place,
        )
    if "zStandard" in words:
        return SourceError(
            "This Spark cannot read .zst: Hadoop's native library is missing.",
            hint="Pack it as .gz or .bz2.",
            place=place,
        )
    reason = next((name for name in _CAUSE.findall(words)[::-1]), type(error).__name__)
    return SourceError(
        f"Spark could not read it: {reason}.", hint="The logs of the driver and of the executors say more.", place=place
    )
