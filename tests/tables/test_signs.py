"""What may concern a detector is told from what cannot, in a spelling that every engine reads alike."""

from __future__ import annotations

import re

import duckdb
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.tables.signs import plain_codes, suspicious
from compliance.inventory.texts import json_among

SIGNS = tuple(detector.sign for detector in DETECTORS)
PATTERN = re.compile(suspicious(SIGNS))
PIECES = st.one_of(
    st.sampled_from(
        [
            "SEN",
            "free school meals",
            "Anxiety interventions",
            "+44 (0)",
            "0",
            "@",
            ".",
            "-",
            " ",
            "(",
            ")",
            "NHS",
            "ren",
        ]
    ),
    st.from_regex(r"[0-9]{1,5}", fullmatch=True),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=6),
)


@given(st.lists(PIECES, max_size=8).map("".join))
@example("call 07700 900123 now")
@example("(01632) 960 123")
@example("+44 (0)7700 900123")
@example("sw1a1aa")
def test_any_text_with_a_sighting_is_a_suspect(text: str) -> None:
    if any(True for detector in DETECTORS for _ in detector.find(text)):
        assert PATTERN.search(text)


@given(st.text(max_size=6))
@example("")
@example("\u00a0")
@example("[1]")
@example('\ufeff{"a": 1}')
@example("a ")
@example("a\n")
def test_what_is_left_is_plain_in_every_engine(text: str) -> None:
    if PATTERN.search(text):
        return
    assert text.isascii() and text.isprintable() and text == text.strip() != ""  # noqa: PT018 - one thought
    assert json_among({text}) == ({}, False)


@given(st.text(max_size=6) | st.sampled_from(["a{b", "a^b", "|x", "]x", "\\x", "~", "!", "^a", "Zoe", "O'Neil"]))
def test_duckdb_reads_the_pattern_as_python_does(text: str) -> None:
    if "\0" in text:
        return
    answer = duckdb.execute("SELECT regexp_matches(?, ?)", [text, suspicious(SIGNS)]).fetchall()
    assert answer == [(PATTERN.search(text) is not None,)]


@given(st.floats(1e-3, 1e15) | st.floats(-1e15, -1e-3) | st.decimals(-(10**6), 10**6, places=3).map(float))
def test_duckdb_writes_floats_as_python_does(number: float) -> None:
    if 1e-3 <= abs(number) <= 1e15:
        assert duckdb.execute("SELECT CAST(CAST(? AS DOUBLE) AS VARCHAR)", [number]).fetchall() == [(str(number),)]


def test_ordinary_texts_are_no_suspects() -> None:
    ordinary = [
        "Blenthy",
        "Pupil 1234",
        "Year 7",
        "2026-09-01",
        "10A/En1",
        "note 700",
        "O'Neil-Smith",
        "5d41402abc4b2a",
    ]
    assert [text for text in ordinary if PATTERN.search(text)] == []


def test_signs_are_spelled_for_all_engines() -> None:
    for sign in SIGNS:
        assert not re.search(r"\\|\(\?|\[\[|\[:", sign)


def test_codes_are_compared_as_the_kernel_compares_them() -> None:
    assert plain_codes([" WBRI", "wbri", "1", "É", "Straße", ""]) == ("1", "strasse", "wbri")
