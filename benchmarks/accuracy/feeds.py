"""Answers of each integrator, in which a few pupils' names hold what no name may."""

from __future__ import annotations

import datetime as dt
import re
from itertools import count
from pathlib import Path
from random import Random

from benchmarks.accuracy.columns import LEAKS
from benchmarks.accuracy.label import Label, Said
from benchmarks.feeds import MAKERS
from compliance.pipeline import Request, run_inventory

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
_KEY = b"k" * 32
_SIZE = 500_000
_SURNAME = re.compile(r'(?<=[",])Zorvik[0-9]+(?=[",])')
_EVERY = 100
_GIVEN_TO_NOBODY = frozenset(detector for detector, _ in LEAKS)
"""Detectors of which a number that nobody has counts here; the addresses in the answers are reserved ones."""

PLACES = {
    "xporter": "Students.Surname",
    "wonde": "students.surname",
    "clever": "students.previous_attributes.name.last",
    "edfi": "students.lastSurname",
    "oneroster": "users.familyName",
    "oneroster-rest": "users.familyName",
    "sds": "Student.Last Name",
}
"""Name of an answer that ``benchmarks.feeds`` makes to its field of surnames."""


def said(folder: Path, name: str) -> tuple[tuple[Label, ...], tuple[Said, ...]]:
    """Write an answer below ``folder``, take its inventory, and return labels and what the detectors met."""
    maker = MAKERS[name]
    path = folder / name / maker.file
    path.parent.mkdir(parents=True)
    text, planted = _with_leaks("".join(maker.text(_SIZE)))
    path.write_text(text, encoding="utf-8")
    made = run_inventory(Request(declarations=(), feeds=(str(path),), at=AT, integrator=maker.integrator, key=_KEY))
    met = (
        Said(rule=detector, place=str(field))
        for dataset in made.datasets.values()
        for field, profile in dataset.fields.items()
        for detector, detection in profile.detections.items()
        for _ in range(detection.matches + (detection.reserved if detector in _GIVEN_TO_NOBODY else 0))
    )
    return (Label(place=PLACES[name], rules=planted),), tuple(met)


def _with_leaks(text: str) -> tuple[str, tuple[str, ...]]:
    """Put one leak after the other into every hundredth surname, and say which detectors have to meet them."""
    draw, number, planted = Random(7), count(), list[str]()  # noqa: S311 - not a secret

    def spoilt(match: re.Match[str]) -> str:
        row = next(number)
        if row % _EVERY:
            return match[0]
        detector, leak = LEAKS[row // _EVERY % len(LEAKS)]
        planted.append(detector)
        return f"{match[0]} {leak(draw)}"

    return _SURNAME.sub(spoilt, text), tuple(planted)
