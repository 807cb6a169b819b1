"""The name of the dataset and the number of the school: Wonde's answers hold neither, the addresses of them do.

A file is called as its endpoint is, or stands in a folder that is: ``students.json``, ``students-2.json``,
``schools/A1/students/page-2.json``.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from compliance.integrators.base import Document

ACCESS = frozenset({"permissions", "acl", "deletions"})
"""Endpoints whose answers say who may see what, or what is gone, and hold no school data."""
_NUMBERED = re.compile(r"(?:[-_. ]*(?:page|part|p)?[-_. ]*[0-9]+)+$", re.IGNORECASE)
"""The end of the name of one file of several, or the whole of a name such as ``page-2``."""
OWN_NUMBER = re.compile(r"A[0-9]+")
"""A number of Wonde's own, such as its pages show for schools and for people."""


def dataset_of(document: Document) -> str:
    """Return the name of the endpoint that the document answers, as far as its file and folders tell."""
    for name in (document.stem, *_folders(document)):
        if not OWN_NUMBER.fullmatch(name) and (endpoint := _NUMBERED.sub("", name)):
            return endpoint
    return document.stem


def school_of(source: str) -> str:
    """Return Wonde's number of the school, which is a folder's name as in ``schools/A1/permissions.json``, or ''."""
    names = (PurePosixPath(source).stem, *PurePosixPath(source).parts[-2::-1])
    return next((name for name in names if OWN_NUMBER.fullmatch(name)), "")


def _folders(document: Document) -> tuple[str, ...]:
    return PurePosixPath(document.source).parts[-2::-1]
