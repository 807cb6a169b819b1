"""Faults that are planted in invented schools, with the findings that they must give and no others."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from benchmarks.accuracy.texts import LOOK_ALIKES
from compliance.example.draft import Draft
from compliance.example.store import Row

ROWS = 7
"""Rows in which a value is planted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A fault, and the rules that must fire at it."""

    plant: Callable[[Draft, random.Random], Draft]
    rules: tuple[str, ...]


def look_alike(draft: Draft, draw: random.Random) -> Draft:
    """Return the school with look-alikes for all remarks."""
    makes = [*LOOK_ALIKES.values()]
    rows = tuple({**row, "notes": draw.choice(makes)(draw)} for row in draft.tables["pupil"])
    return _with_pupils(draft, rows)


def _with_pupils(draft: Draft, rows: tuple[Row, ...]) -> Draft:
    return replace(draft, tables={**draft.tables, "pupil": rows})


def _in_some_rows(change: Callable[[Row], Mapping[str, object]]) -> Callable[[Draft, random.Random], Draft]:
    """Change a few pupils, drawn anew for each school."""

    def plant(draft: Draft, draw: random.Random) -> Draft:
        rows = draft.tables["pupil"]
        chosen = set(draw.sample(range(len(rows)), ROWS))
        return _with_pupils(
            draft, tuple({**row, **change(row)} if at in chosen else row for at, row in enumerate(rows))
        )

    return plant


def _too_many(draft: Draft, _draw: random.Random) -> Draft:
    """Keep a class of pupils whom the feed does not name."""
    rows = draft.tables["pupil"]
    more = tuple(
        {
            **rows[at],
            "id": 9000 + at,
            "mis_id": f"9{at:05}",
            "upn": None,
            "first_name": f"Zorvik{'abcdefghijklmnopqrst'[at]}",
        }
        for at in range(20)
    )
    return _with_pupils(draft, (*rows, *more))


def _history(draft: Draft, _draw: random.Random) -> Draft:
    """Keep what pupils' special educational needs once were."""
    past = tuple({"sen_status": "K"} for _ in range(ROWS))
    declared = draft.declarations["stored-fields.yaml"].replace(
        "[schema_migrations]", "[schema_migrations, pupil_history]"
    )
    return replace(
        draft,
        tables={**draft.tables, "pupil_history": past},
        declarations={**draft.declarations, "stored-fields.yaml": declared},
    )


def _of_months(draft: Draft, _draw: random.Random) -> Draft:
    """Declare months of birth, and go on keeping days."""
    declared = draft.declarations["stored-fields.yaml"].replace("precision: day", "precision: month")
    return replace(draft, declarations={**draft.declarations, "stored-fields.yaml": declared})


def _orphans(draft: Draft, _draw: random.Random) -> Draft:
    """Erase some pupils without their answers and their places in classes."""
    return _with_pupils(draft, draft.tables["pupil"][:-3])


def _notes(text: str) -> Callable[[Row], Mapping[str, object]]:
    return lambda _row: {"notes": text}


FAULTS_OF_DATA: tuple[Planted, ...] = (
    Planted(plant=_in_some_rows(lambda _: {"left_on": "last summer"}), rules=("DA04",)),
    Planted(plant=_in_some_rows(lambda _: {"sen_status": "Z9"}), rules=("DA05",)),
    Planted(plant=_in_some_rows(lambda _: {"sen_status": "S"}), rules=("DA06",)),
    Planted(plant=_in_some_rows(lambda row: {"notes": f"Born {row['date_of_birth']}."}), rules=("DA17",)),
    Planted(plant=_in_some_rows(_notes("Bring her EpiPen on the trip")), rules=("DA18",)),
    Planted(plant=_in_some_rows(_notes("Her password is Otter12")), rules=("DA23",)),
    Planted(plant=_in_some_rows(_notes("Write to gribbo@example.org")), rules=("DA14",)),
    Planted(plant=_in_some_rows(_notes("Ring 01632 960123 first")), rules=("DA15",)),
    Planted(plant=_in_some_rows(_notes("Lives at SW1A 1AA now")), rules=("DA16",)),
    Planted(plant=_in_some_rows(_notes("NHS number 943 476 5919")), rules=("DA12",)),
    Planted(plant=_in_some_rows(_notes("ULN 9276308686")), rules=("DA11",)),
    Planted(plant=_in_some_rows(lambda _: {"upn": "Q207000016049"}), rules=("DA21", "DA33")),
    Planted(plant=_orphans, rules=("DA35", "DA35")),
    Planted(plant=_too_many, rules=("DA42",)),
    Planted(plant=_history, rules=("DA44",)),
    Planted(plant=_of_months, rules=("DA47",)),
)
