"""Ed-Fi: a resource's records one after the other, and beside them what was deleted since a change version.

The shapes are those of the JSON Lines that microsoft/OpenEduAnalytics (MIT) lands from an Ed-Fi ODS: files of upserts
and of deletes, by resource and date. References, descriptors and ``_ext`` are fields as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from compliance.errors import Place, SourceError
from compliance.integrators.base import AS_THEY_STAND, Document, Page, Seen
from compliance.integrators.plain import Plain
from compliance.inventory.batch import Batch, Deletions, Piece
from compliance.inventory.shapes import Block

DELETION_KEYS = frozenset({"id", "changeversion", "keyvalues"})
"""All that stands in the record of a deletion, whatever its case: landed files write ``Id`` and ``ChangeVersion``."""

_LANDED = re.compile(r"(?P<resource>[A-Za-z]+)_(?P<what>upserts|deletes)(_.*)?")
_DELETES = "deletes"


class EdFi:
    """Resources of an Ed-Fi ODS. A file's name names its resource."""

    name = "edfi"
    tables = AS_THEY_STAND

    def recognise(self, seen: Seen) -> str | None:
        """Know a resource by its ETag beside its id, and a deletion by the version of its change."""
        if {"_etag", "id"} <= seen.keys:
            return "has '_etag' and 'id' in its records"
        folded = frozenset(key.casefold() for key in seen.keys)
        if {"id", "changeversion"} <= folded <= DELETION_KEYS:
            return "has nothing but an id and a change version in its records"
        return None

    def read(self, document: Document) -> Iterator[Piece | Page]:
        """Read every object as a record of its resource, or count it as deleted.

        Raises ``SourceError`` when a file of deletes holds anything else.
        """
        resource, is_deletes = _named(document)
        for piece in Plain().read(document):
            if not isinstance(piece, Batch | Block):
                yield piece
            elif is_deletes:
                if not all(_is_deletion(record) for record in piece.records):
                    raise SourceError(
                        "Its name says that it holds deletes, and it holds records with more than ids.",
                        hint="Give it the name of its resource, or say `--integrator plain`.",
                        place=Place(document.source),
                    )
                yield Deletions(source=piece.source, dataset=resource, count=len(piece))
            elif piece.dataset == document.stem:
                yield replace(piece, dataset=resource)
            else:
                yield piece


def _named(document: Document) -> tuple[str, bool]:
    """Return the resource that a file's name names, and whether the file holds what was deleted of it."""
    landed = _LANDED.fullmatch(document.stem)
    if landed:
        return landed["resource"], landed["what"] == _DELETES
    folder = PurePosixPath(document.source).parent.name
    if document.stem == _DELETES and folder:
        return folder, True
    return document.stem, False


def _is_deletion(record: object) -> bool:
    return isinstance(record, dict) and {key.casefold() for key in record} <= DELETION_KEYS
