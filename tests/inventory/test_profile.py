"""Records become field profiles: every shape that a record can have."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from compliance.inventory.batch import Batch
from compliance.inventory.detectors.upn import check_letter
from compliance.inventory.digest import keyed
from compliance.inventory.fields import DEEPEST
from compliance.inventory.profile import profile_batch
from compliance.inventory.reading import reader
from compliance.model.inventory import CodeSetHits, Detection, FieldProfile, Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct
from compliance.model.vocabulary import Code, CodeSet

KEY = b"key of the tests"
DIGEST = keyed(KEY)
ETHNICITY = CodeSet(
    id="ethnicity",
    label="Ethnicity",
    authority="test",
    version="1",
    reveals=True,
    codes=tuple(Code(code=code, label=code) for code in ("WBRI", "APKN", "1")),
)
OTHER = CodeSet(
    id="other", label="Other", authority="test", version="1", reveals=False, codes=(Code(code="wbri", label="x"),)
)


def taken(records: Sequence[Mapping[Any, object]], *, first_row: int = 1, columns: tuple[str, ...] = ()) -> Inventory:
    batch = Batch(source="s", dataset="d", records=records, first_row=first_row, columns=columns)
    return profile_batch(batch, reader(KEY, [ETHNICITY, OTHER]))


def fields(*records: Mapping[Any, object], **how: Any) -> dict[str, FieldProfile]:
    return {path.field: profile for path, profile in taken(records, **how).datasets["d"].fields.items()}


def different(*texts: str) -> Distinct:
    return Distinct.of(map(DIGEST, texts))


def test_a_whole_field() -> None:
    values: list[object] = ["Blenthy", "Gribbo", "Gribbo", None, "", "  ", 7, 1.5, True, [], {}, b"\xff"]
    (profile,) = fields(*({"a": value} for value in values), first_row=10).values()
    assert profile == FieldProfile(
        present=12,
        null=1,
        empty=4,
        types={"string": 5, "integer": 1, "number": 1, "boolean": 1, "array": 1, "object": 1, "bytes": 1},
        shortest=6,
        longest=7,
        distinct=different("Blenthy", "Gribbo", "7", "1.5", "True", "ff"),
        first_row=10,
    )
    assert profile.filled == 7


def test_nesting_arrays_and_arrays_of_objects() -> None:
    profiles = fields(
        {"address": {"postcode": "x", "lines": ["a", "b"]}, "notes": [{"text": "x"}, {"text": None}, 3]},
        {"address": None, "notes": []},
        {"address": {"lines": [["deep"]]}},
    )
    assert {field: (p.present, p.null, p.empty, dict(p.types), p.first_row) for field, p in profiles.items()} == {
        "address": (3, 1, 0, {"object": 2}, 1),
        "address.lines": (2, 0, 0, {"array": 2}, 1),
        "address.lines[]": (3, 0, 0, {"array": 1, "string": 2}, 1),
        "address.lines[][]": (1, 0, 0, {"string": 1}, 3),
        "address.postcode": (1, 0, 0, {"string": 1}, 1),
        "notes": (2, 0, 1, {"array": 2}, 1),
        "notes[]": (3, 0, 0, {"object": 2, "integer": 1}, 1),
        "notes[].text": (2, 1, 0, {"string": 1}, 1),
    }


def test_a_json_column_is_seen_through() -> None:
    inside = fields({"settings": ' {"size": 14, "notes": "[{\\"text\\": \\"x\\"}]"}'}, {"settings": {"size": 12}})
    assert {field: (p.present, dict(p.types), p.longest) for field, p in inside.items()} == {
        "settings": (2, {"object": 2}, None),
        "settings.notes": (1, {"array": 1}, None),
        "settings.notes[]": (1, {"object": 1}, None),
        "settings.notes[].text": (1, {"string": 1}, 1),
        "settings.size": (2, {"integer": 2}, None),
    }


@pytest.mark.parametrize("text", ["{", "[see file]", "{'a': 1}", "[" * 100_000, '"text"', "12", "null"])
def test_text_that_only_looks_like_json_is_text(text: str) -> None:
    assert {field: dict(profile.types) for field, profile in fields({"a": text}).items()} == {"a": {"string": 1}}


def test_keys_may_be_any_text() -> None:
    names = ["a.b", "c[]", "", "\\", "é 🙂", "[", "SEN status", "\ud800"]
    inventory = taken([dict.fromkeys(names, 1), {"o": {"a.b": {"": 1}}}])
    assert set(inventory.datasets["d"].fields) == {
        *(FieldPath.of("d", name) for name in names),
        FieldPath.of("d", "o"),
        FieldPath.of("d", "o", "a.b"),
        FieldPath.of("d", "o", "a.b", ""),
    }


def test_keys_that_are_identifiers_do_not_become_names() -> None:
    upn = check_letter("123456700001") + "123456700001"
    profiles = fields({"scores": {"zorvik@example.org": 1, "gribbo@example.org": 2, upn: 3}}, columns=("07700 900123",))
    assert {field: p.present for field, p in profiles.items()} == {
        "<phone>": 0,
        "scores": 1,
        "scores.<email>": 2,
        "scores.<upn>": 1,
    }


def test_keys_that_are_long_numbers_or_guids_do_not_become_names() -> None:
    guid = str(uuid.UUID(int=7))
    assert {field: p.present for field, p in fields({"by": {"311": 1, "30012": 2, guid: 3, "2026": 4}}).items()} == {
        "by": 1,
        "by.2026": 1,
        "by.<id>": 3,
    }


def test_bytes_that_are_text_are_read_as_text() -> None:
    met = fields({"settings": b'\xef\xbb\xbf {"religion": "x"}', "photo": b"\xff\xd8\xff"})
    assert {field: dict(profile.types) for field, profile in met.items()} == {
        "settings": {"object": 1},
        "settings.religion": {"string": 1},
        "photo": {"bytes": 1},
    }


def test_json_in_a_column_may_hold_a_number_of_any_length() -> None:
    assert set(fields({"extra": '{"n": ' + "1" * 5000 + ', "b": 1}'})) == {"extra", "extra.n", "extra.b"}


def test_columns_stand_in_the_inventory_without_rows() -> None:
    assert fields(columns=("a", "b.c")) == {"a": FieldProfile(), r"b\.c": FieldProfile()}


def test_what_lies_too_deep_is_said_not_to_be_looked_at() -> None:
    def nested(levels: int) -> object:
        return {"a": nested(levels - 1)} if levels else {}

    just, over = taken([{"a": nested(DEEPEST - 1)}]), taken([{"a": nested(DEEPEST)}])
    assert (len(just.datasets["d"].fields), just.notices) == (DEEPEST, ())
    assert len(over.datasets["d"].fields) == DEEPEST
    assert over.notices == (
        Notice(
            "s",
            "d." + ".".join("a" * DEEPEST)
            + " holds more than 32 levels of nesting: what lies below them was not looked at",
        ),
    )  # fmt: skip


def test_types_that_json_does_not_have() -> None:
    values = [dt.date(2026, 1, 1), uuid.UUID(int=1), decimal.Decimal("1.50"), bytearray(b"\xff"), (1, 2)]
    profiles = fields(*({"a": value} for value in values))
    assert dict(profiles["a"].types) == {"string": 2, "number": 1, "bytes": 1, "array": 1}
    assert (profiles["a"].shortest, profiles["a"].longest) == (10, 36)


def test_numbers_that_python_takes_for_equal_are_told_apart() -> None:
    (profile,) = fields({"a": 1}, {"a": True}, {"a": 1.0}, {"a": "1"}, {"a": 0.0}, {"a": -0.0}).values()
    assert profile.distinct == different("1", "True", "1.0", "0.0", "-0.0")


def test_code_sets() -> None:
    (profile,) = fields(*({"a": value} for value in ["WBRI", " wbri ", "APKN", "English", "", None, 1])).values()
    assert profile.code_sets == {
        "ethnicity": CodeSetHits(rows=3, codes=frozenset({DIGEST("wbri"), DIGEST("apkn")})),
        "other": CodeSetHits(rows=2, codes=frozenset({DIGEST("wbri")})),
    }


def test_a_row_counts_once_for_each_detector_by_its_strongest_sighting() -> None:
    real = check_letter("999000000001") + "999000000001"  # there is no local authority 999
    example, wrong = "B801200005001", "Q207000016049"
    texts = [f"UPN {real} or {example}", f"{example} {wrong}", f"was {wrong}", "none", f"UPN {real} or {example}"]
    (profile,) = fields(*({"a": text} for text in texts), first_row=5).values()
    assert profile.detections == {
        "upn": Detection(
            matches=2,
            reserved=1,
            near=1,
            in_context=2,
            matching=different(real),
            shaped=different(real, example, wrong),
            first_row=5,
        )
    }


def test_a_learner_number_that_lost_its_quotes_is_still_one() -> None:
    (profile,) = fields({"a": 1}, {"a": 9276308686}, {"a": 10**12}).values()
    assert profile.detections["uln"] == Detection(
        matches=1, matching=different("9276308686"), shaped=different("9276308686"), first_row=2
    )


def test_tokens_of_group_names_are_counted_apart() -> None:
    (profile,) = fields({"a": "SEN Maths 2"}, {"a": "PP and SEN"}, {"a": "RE 10A"}).values()
    assert {name: found.matches for name, found in profile.detections.items()} == {
        "group_name:PP": 1,
        "group_name:SEN": 2,
    }


def test_half_a_surrogate_pair_is_a_text_like_any_other() -> None:
    (profile,) = fields({"a": "\ud800"}).values()
    assert (profile.distinct.count, profile.longest) == (1, 1)
