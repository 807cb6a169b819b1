"""Wonde: answers of ``/v1.0/schools/{id}/…`` and ``/v1.0/meta/schools/{id}/…``, one dataset to a file.

The shapes are those of the integrator's own pages (docs.wonde.com/docs/api/sync) and of the public description of the
same endpoints in Edrolo/pywonde (``meta/wonde.openapi.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator

from compliance.errors import Place, SourceError
from compliance.integrators.base import AS_THEY_STAND, Document, Page, Seen
from compliance.integrators.batches import Row, batches
from compliance.integrators.wonde_aside import Aside, Kind, kind_of, pieces
from compliance.integrators.wonde_names import dataset_of
from compliance.integrators.wonde_records import flat
from compliance.inventory.batch import Piece

_OWN_KEYS = ({"upi", "mis_id"}, {"identity", "approved"}, {"mode", "ids"}, {"deleted_at", "restored_at"})
"""Keys that stand together in records of Wonde and of no other integrator."""


class Wonde:
    """Answers of Wonde: ``{"data": […]}`` or ``{"data": {…}}``, with ``meta`` where there are pages or includes."""

    name = "wonde"
    tables = AS_THEY_STAND

    def recognise(self, seen: Seen) -> str | None:
        """Know an answer by its envelope together with keys that only its records have."""
        own = next((keys for keys in _OWN_KEYS if keys <= seen.keys), None)
        if "data" not in seen.members or own is None:
            return None
        return f"has {' and '.join(map(repr, sorted(own)))} in the records under 'data'"

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Turn one answer into pieces.

        Raises ``SourceError`` when the document is no answer of Wonde.
        """
        if document.shape == "array":
            raise _no_answer(document)
        aside = Aside(dataset=dataset_of(document))
        yield from batches(document.source, _rows(document, aside))
        if not aside.is_answer:
            raise _no_answer(document)
        yield from pieces(aside, document.source)


def _rows(document: Document, aside: Aside) -> Iterator[Row]:
    """Yield the records, and lay everything else ``aside``."""
    for name, value in document.members():
        if name == "meta":
            aside.meta.append(value)
            continue
        if name != "data":
            aside.members.add(name)
            continue
        aside.is_answer = True
        kind = kind_of(value)
        if kind is Kind.STRANGE:
            raise _no_answer(document)
        if isinstance(value, dict) and kind is Kind.RECORD:
            yield Row(aside.dataset, flat(value))
        elif value == [] and not aside.is_about_access:
            yield Row(aside.dataset)
        else:
            aside.add(kind, value)


def _no_answer(document: Document) -> SourceError:
    return SourceError(
        "This is no answer of Wonde: it is not an object that holds records under `data`.",
        hint="If the data comes from somewhere else, say `--integrator plain`.",
        place=Place(document.source),
    )
