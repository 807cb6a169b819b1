"""Faults that are planted in invented schools, with the findings that they must give and no others."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from benchmarks.labelled import LOOK_ALIKES
from compliance.example.draft import Draft
from compliance.example.faults import FAULTS, Fault
from compliance.example.store import Row

ROWS = 7
"""Rows in which a value is planted."""
OF_THE_EXAMPLE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "undeclared_column": (("DA01", "pupil.religion"),),
    "leavers_kept": (("DA30", "pupil.left_on"),),
    "excluded_pupil_kept": (("DA31", "pupil"),),
    "duplicate_pupils": (("DA33", "pupil"),),
    "revealing_class_name": (("DA19", "class.name"),),
    "stale_year_group": (("DA36", "pupil"),),
    "stale_groups": (("DA37", "class"), ("DA37", "class.academic_year")),
    "identifiers_in_notes": (("DA10", "pupil.notes"), ("DA13", "pupil.notes")),
    "codes_in_the_wrong_column": (("DA20", "pupil.home_language"),),
}
"""Faults of the shipped example that are about data, and what they give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A fault, and what must be found of it: rules and paths."""

    plant: Callable[[Draft, random.Random], Draft]
    labels: tuple[tuple[str, str], ...]


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
    """Say that answers belong to pupils, and erase some pupils without their answers."""
    rows = draft.tables["pupil"]
    tie = "  - name: survey_answer\n"
    declared = draft.declarations["stored-fields.yaml"].replace(
        tie, f"{tie}    belongs_to: {{column: pupil_id, found_in: [pupil.id]}}\n"
    )
    draft = replace(draft, declarations={**draft.declarations, "stored-fields.yaml": declared})
    return _with_pupils(draft, rows[:-3])


def _of_the_example(fault: Fault) -> Callable[[Draft, random.Random], Draft]:
    return lambda draft, _draw: fault(draft)


def _notes(text: str) -> Callable[[Row], Mapping[str, object]]:
    return lambda _row: {"notes": text}


NOTES = "pupil.notes"
FAULTS_OF_DATA: tuple[Planted, ...] = (
    *(
        Planted(plant=_of_the_example(fault), labels=OF_THE_EXAMPLE[fault.__name__])
        for fault in FAULTS
        if fault.__name__ in OF_THE_EXAMPLE
    ),
    Planted(plant=_in_some_rows(lambda _: {"left_on": "last summer"}), labels=(("DA04", "pupil.left_on"),)),
    Planted(plant=_in_some_rows(lambda _: {"sen_status": "Z9"}), labels=(("DA05", "pupil.sen_status"),)),
    Planted(plant=_in_some_rows(lambda _: {"sen_status": "S"}), labels=(("DA06", "pupil.sen_status"),)),
    Planted(plant=_in_some_rows(lambda row: {"notes": f"Born {row['date_of_birth']}."}), labels=(("DA17", NOTES),)),
    Planted(plant=_in_some_rows(_notes("Bring her EpiPen on the trip")), labels=(("DA18", NOTES),)),
    Planted(plant=_in_some_rows(_notes("Her password is Otter12")), labels=(("DA23", NOTES),)),
    Planted(plant=_in_some_rows(_notes("Write to gribbo@example.org")), labels=(("DA14", NOTES),)),
    Planted(plant=_in_some_rows(_notes("Ring 01632 960123 first")), labels=(("DA15", NOTES),)),
    Planted(plant=_in_some_rows(_notes("Lives at SW1A 1AA now")), labels=(("DA16", NOTES),)),
    Planted(plant=_in_some_rows(_notes("NHS number 943 476 5919")), labels=(("DA12", NOTES),)),
    Planted(plant=_in_some_rows(_notes("ULN 9276308686")), labels=(("DA11", NOTES),)),
    Planted(plant=_in_some_rows(lambda _: {"upn": "Q207000016049"}), labels=(("DA21", "pupil.upn"), ("DA33", "pupil"))),
    Planted(plant=_orphans, labels=(("DA35", "survey_answer.pupil_id"),)),
    Planted(plant=_too_many, labels=(("DA42", "pupil"),)),
    Planted(plant=_history, labels=(("DA44", "pupil_history.sen_status"),)),
    Planted(plant=_of_months, labels=(("DA47", "pupil.date_of_birth"),)),
)
