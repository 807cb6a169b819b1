"""Xporter on Demand: envelopes that hold several datasets, a page at a time.

The shapes are those of the captured answers in TeamSatchel/xod_client (MIT) and of the integrator's pages on
scopes, pagination and changesets (xporterdocs.groupcall.com).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from compliance.errors import Place, SourceError
from compliance.integrators.base import AS_THEY_STAND, Document, Page, Seen
from compliance.integrators.batches import Row, batches
from compliance.integrators.xporter_aside import CHANGED_KEYS, DELETED, EXCLUSIONS, Aside, holds_records, pieces
from compliance.inventory.batch import Piece

BARE_KEYS = frozenset({"Id", "XID"})
"""All that an unchanged row of a delta holds."""

_MARKS = frozenset({"__pagination__", "__changedRows__", "RelyingParty", EXCLUSIONS})


class Xporter:
    """Answers of ``/api/v1`` of Xporter on Demand, one document each."""

    name = "xporter"
    tables = AS_THEY_STAND

    def recognise(self, seen: Seen) -> str | None:
        """Know an answer by the keys that no other integrator has."""
        marks = sorted(seen.members & _MARKS)
        return f"has {' and '.join(map(repr, marks))} beside its records" if marks else None

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Turn one answer into pieces.

        Raises ``SourceError`` when the document is no answer of Xporter.
        """
        if document.shape == "array":
            raise _no_answer(document)
        aside: Aside = defaultdict(list)
        met: Counter[str] = Counter()
        for batch in batches(document.source, _rows(document, aside)):
            met[batch.dataset] += len(batch.records) + batch.bare
            yield batch
        said = list(pieces(aside, met, document.source))
        if not (met or said):
            raise _no_answer(document)
        yield from said


def _rows(document: Document, aside: Aside) -> Iterator[Row]:
    """Yield the records, and lay everything else ``aside``."""
    is_delta: bool | None = None
    for name, value in document.members():
        if name.endswith(DELETED):
            aside[name] += [None] * (value != [])
        elif not holds_records(name):
            aside[name].append(value)
        elif isinstance(value, dict):
            bare = value.keys() <= BARE_KEYS
            if bare and is_delta is None:
                is_delta = _is_delta(document)
            yield Row(name, value, bare=bare and is_delta is True)
        elif value == []:
            yield Row(name)
        elif document.shape in {"records", "lines"} and value is not None:
            raise _no_answer(document)
        else:
            aside[name].append(None)


def _is_delta(document: Document) -> bool:
    """Look through the document once more: what makes it a delta stands at its end."""
    return any(name in CHANGED_KEYS for name, _ in document.members())


def _no_answer(document: Document) -> SourceError:
    return SourceError(
        "This is no answer of Xporter: it is not an object that holds lists of records.",
        hint="If the data comes from somewhere else, say `--integrator plain`.",
        place=Place(document.source),
    )
