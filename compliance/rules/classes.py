"""Classes of data, compared."""

from __future__ import annotations

from collections.abc import Iterable

from compliance.model.vocabulary import DataClass


def most_careful(classes: Iterable[DataClass | None]) -> DataClass | None:
    """Return the class that needs most care; None when nobody classed any."""
    return max(filter(None, classes), key=lambda data_class: data_class.rank, default=None)
