"""A saved inventory: what stands in the file, and what becomes of a file that is none."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import resources
from compliance.errors import SourceError
from compliance.inventory.key_mark import Saved, mark_of, meet
from compliance.inventory.saved import dump, load
from compliance.inventory.saved_form import KIND, SCHEMA, VERSION
from compliance.model.inventory import (
    CodeSetHits,
    DatasetProfile,
    Detection,
    FieldProfile,
    Grant,
    Inventory,
    Measure,
    MeasureKey,
    Notice,
)
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct, Span

CANARY = "Blenthywaite"
KEY = bytes(range(32))
SAVED = Saved(
    Inventory(
        sources=("app.sqlite",),
        taken_at=dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        datasets={
            "pupil": DatasetProfile(
                rows=3,
                fields={
                    FieldPath.parse("pupil.left"): FieldProfile(
                        present=3,
                        null=1,
                        types={"string": 2},
                        shortest=10,
                        longest=10,
                        distinct=Distinct.of([2**64 - 1, 5]),
                        detections={"upn": Detection(matches=1, matching=Distinct.of([6]), shaped=Distinct.of([6]))},
                        code_sets={"sen": CodeSetHits(rows=1, codes=frozenset({8, 7}))},
                        spans={"year": Span(2024, 2026)},
                        first_row=1,
                    )
                },
            )
        },
        measures={MeasureKey("duplicate", "pupil", "upn"): Measure(looked_at=4, keys={9: 1, 3: 2, 4: 1}, first_row=2)},
        grants=(Grant(source="t.json", estab="1234567", relying_party="a.example", scopes=("Student",)),),
        notices=(Notice("app.sqlite", "the table mark was not read", "mark"),),
    ),
    mark_of(KEY),
)
TEXT = dump(SAVED)
DOCUMENT = json.loads(TEXT)


def test_a_whole_file() -> None:
    assert {
        "kind": "saved-inventory",
        "version": 1,
        "schema": "https://compliance.example/schemas/v1/saved-inventory.schema.json",
        "mark": mark_of(KEY),
        "taken_at": "2026-11-23T09:00:00Z",
        "sources": ["app.sqlite"],
        "datasets": {
            "pupil": {
                "rows": 3,
                "fields": {
                    "left": {
                        "present": 3,
                        "null": 1,
                        "types": {"string": 2},
                        "shortest": 10,
                        "longest": 10,
                        "distinct": "0000000000000005ffffffffffffffff",
                        "detections": {
                            "upn": {"matches": 1, "matching": "0000000000000006", "shaped": "0000000000000006"}
                        },
                        "code_sets": {"sen": {"rows": 1, "codes": "00000000000000070000000000000008"}},
                        "spans": {"year": [2024.0, 2026.0]},
                        "first_row": 1,
                    }
                },
            }
        },
        "measures": [
            {
                "kind": "duplicate",
                "dataset": "pupil",
                "basis": "upn",
                "looked_at": 4,
                "keys": {"1": "00000000000000040000000000000009", "2": "0000000000000003"},
                "first_row": 2,
            }
        ],
        "grants": [
            {"source": "t.json", "estab": "1234567", "relying_party": "a.example", "scopes": ["Student"]}
        ],
        "notices": [{"source": "app.sqlite", "what": "the table mark was not read", "dataset": "mark"}],
    } == DOCUMENT  # fmt: skip
    assert TEXT.startswith('{\n "kind": "saved-inventory",\n "version": 1,\n')
    assert load(TEXT, "a.inventory.json") == SAVED


def test_a_mark_tells_keys_apart_and_holds_none() -> None:
    assert len(mark_of(KEY)) == 32
    assert mark_of(KEY) == mark_of(bytes(KEY)) != mark_of(KEY[::-1])
    assert KEY.hex() not in TEXT
    meet("a", mark_of(KEY), "b", mark_of(KEY))
    with pytest.raises(SourceError) as refused:
        meet("a.inventory.json", mark_of(KEY), "b.inventory.json", mark_of(b"other"))
    assert str(refused.value) == (
        "a.inventory.json: It was saved with another key than b.inventory.json: their digests cannot be compared. "
        "Take both with one COMPLIANCE_KEY_FILE (`compliance inventory --new-key FILE` makes one)."
    )


def schema() -> Any:
    return json.loads(resources.schema(KIND).read_text(encoding="utf-8"))


def test_the_published_schema_describes_the_file() -> None:
    described = schema()
    assert (described["$id"], described["properties"]["version"]["const"]) == (SCHEMA, VERSION)
    jsonschema.Draft202012Validator(described).validate(DOCUMENT)
    used = {key for key, value in DOCUMENT.items() if value}
    assert used == described["properties"].keys()


def edited(**changes: Any) -> str:
    return json.dumps({**DOCUMENT, **changes})


FIELD = DOCUMENT["datasets"]["pupil"]["fields"]["left"]


def with_field(**changes: Any) -> str:
    return edited(datasets={"pupil": {"fields": {"left": {**FIELD, **changes}}}})


AGAIN = "Take the inventory and save it again."
UNREADABLE = f"f.json: The saved inventory is no JSON that can be read. {AGAIN}"
NO_PATH = f"f.json: The saved inventory holds a field path that is none. {AGAIN}"
LATER = (
    "f.json: It is a saved inventory of version 2; this program reads version 1. "
    "Update the program, or save it again with this one."
)
NONE = "f.json: It is no saved inventory. `compliance inventory ADDRESS --save FILE` makes one."


def unlike(way: str) -> str:
    return f"f.json: The saved inventory is not as version 1 writes it{way}. {AGAIN}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT[: TEXT.index("pupil") + 4], f"f.json:11:3: The saved inventory breaks off or is no JSON here. {AGAIN}"),
        ("", f"f.json:1:1: The saved inventory breaks off or is no JSON here. {AGAIN}"),
        ('{"kind":' * 100_000, UNREADABLE),
        (with_field(spans={"year": [float("nan"), 1.0]}), UNREADABLE),
        (f'{{"a": {"9" * 5_000}}}', UNREADABLE),
        (f'[{{"name": "{CANARY}"}}]', NONE),
        (f'{{"name": "{CANARY}"}}', NONE),
        (
            edited(version=2, sketches={}),
            LATER,
        ),
        (edited(version="1"), unlike(" at $.version")),
        (edited(mark=CANARY), unlike(" at $.mark")),
        (json.dumps({"kind": KIND, "version": 1}), unlike("")),
        (edited(**{CANARY: 1}), unlike("")),
        (edited(taken_at="2026-11-23T09:00:00"), unlike(" at $.taken_at")),
        (edited(datasets={CANARY: {"rows": -1}}), unlike(" at $.datasets[...].rows")),
        (with_field(**{CANARY: 1}), unlike(" at $.datasets[...].fields[...]")),
        (with_field(distinct="5"), unlike(" at $.datasets[...].fields[...].distinct")),
        (with_field(spans={"year": [1.0]}), unlike(" at $.datasets[...].fields[...].spans[...]")),
        (with_field(distinct="0" * 32), f"f.json: The saved inventory holds digests that are out of order. {AGAIN}"),
        (
            with_field(distinct="".join(f"{n:016x}" for n in range(1025))),
            f"f.json: The saved inventory holds more digests than a sketch does. {AGAIN}",
        ),
        (
            edited(measures=[{"kind": "k", "dataset": "d", "keys": {CANARY: ""}}]),
            f"f.json: The saved inventory holds a count that is none. {AGAIN}",
        ),
        (
            edited(datasets={"pupil": {"fields": {f"{CANARY}..": {}}}}),
            NO_PATH,
        ),
        (edited(datasets={"pupil": {"fields": {"": {}}}}), NO_PATH),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_one_sentence_without_its_words(text: str, told: str) -> None:
    with pytest.raises(SourceError) as refused:
        load(text, "f.json")
    assert str(refused.value) == told
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@given(st.integers(0, len(TEXT) - 1), st.text(max_size=3))
def test_a_damaged_file_is_read_or_refused(at: int, put: str) -> None:
    damaged = TEXT[:at] + put + TEXT[at + 1 :]
    try:
        read = load(damaged, "f.json")
    except SourceError as refused:
        assert refused.hint  # noqa: PT017 - whether it is refused depends on the damage
    else:
        jsonschema.Draft202012Validator(schema()).validate(json.loads(damaged))
        assert load(dump(read), "f.json") == read
