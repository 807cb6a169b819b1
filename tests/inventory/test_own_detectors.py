"""Detectors that a vocabulary describes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.own import detector_of, flaw_of
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import Sieve
from compliance.inventory.reading import reader
from compliance.model.vocabulary import OwnDetector

CARD = OwnDetector(
    id="card", label="Card", pattern="LC-[0-9]{6}", check="luhn", context=("locker", "card no."), reserved="LC-0{6}"
)


def own(pattern: str, check: str = "none") -> Detector:
    return detector_of(OwnDetector(id="own", label="Own", pattern=pattern, check=check))


def seen(detector: Detector, text: str) -> list[tuple[str, str, bool]]:
    return [(sighting.verdict.value, sighting.value, sighting.in_context) for sighting in detector.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LC-123455", [("match", "LC123455", False)]),
        ("LC-123456", [("near", "LC123456", False)]),
        ("LC-000000", [("reserved", "LC000000", False)]),
        ("Locker: LC-123455", [("match", "LC123455", True)]),
        ("é card no. ü LC-123455, LC-123455", [("match", "LC123455", True)] * 2),
        ("lockers LC-123455", [("match", "LC123455", False)]),
        ("locker" + "." * 40 + "LC-123455", [("match", "LC123455", False)]),
        ("xLC-123455", []),
        ("LC-1234555", []),
        ("lc-123455", []),
    ],
)
def test_a_detector_with_everything(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(detector_of(CARD), text) == expected


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        ("luhn", "7992 7398 713", "7992 7398 710"),
        ("mod11_uln", "9276308686", "9276308687"),
        ("mod11_nhs", "943 476 5919", "943 476 5871"),
        ("mod11_nhs", "943 476 5919", "9999999999"),
        ("mod11_uln", "9276308686", "927630868"),
        ("mod23_upn", "B801200005001", "A801200005001"),
        ("mod23_upn", "X00180001701A", "X0018000170"),
        ("luhn", "LC-18", "LC"),
        ("none", "1", ""),
    ],
)  # fmt: skip
def test_checks(check: str, good: str, bad: str) -> None:
    detector = own("[A-Z0-9 -]{1,20}", check)
    assert [verdict for verdict, _, _ in seen(detector, good)] == ["match"]
    assert [verdict for verdict, _, _ in seen(detector, bad)] == (["near"] if bad else [])


PATTERNS = st.sampled_from(
    ["LC-[0-9]{2}", "[A-Z]{1,2}[0-9]?", "#[0-9]-", "#", "(AB|A)(B?)", "A A", "[.]A", "(A|AB)[0-9]{0,2}"]
)
TEXTS = st.text(st.sampled_from("AABBLC-012#. é\n\ud800\U0001f600"), max_size=20)


@given(PATTERNS, TEXTS)
def test_it_finds_what_a_pattern_between_edges_finds(pattern: str, text: str) -> None:
    edged = re.compile(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])")
    detector = own(pattern)
    assert [(match.start(), match.end(), match[0]) for match in detector.shape.finditer(text)] == [
        (match.start(), match.end(), match[0]) for match in edged.finditer(text)
    ]
    assert bool(re.search(detector.sign, text)) == bool(edged.search(text)) == bool(Sieve((detector,)).suspects(text))


@given(st.text(st.sampled_from("AB01-#()[]{}|?*+.^$\\,2 é\n"), max_size=12))
def test_whatever_is_let_through_is_read_alike_by_python(pattern: str) -> None:
    if flaw_of(pattern) is None:
        assert not re.fullmatch(pattern, "")
        assert "\n" not in pattern


@pytest.mark.parametrize(
    "pattern", ["A)(B", "A)|(B", "A|", "", "é", "A\n", "[A-Z", "A{2}{3}", "A??", "[^A]", "[[:alpha:]]"]
)
def test_what_is_no_pattern(pattern: str) -> None:
    assert flaw_of(pattern)


def test_the_reader_counts_them_beside_the_others() -> None:
    read = reader(b"k", (), (*DETECTORS, detector_of(CARD)))
    text = "SEN, LC-123456, LC-123457"
    seen = read.watch().sighted([text, "nothing"])
    assert {
        kind.detector: (kind.verdict.value, each.texts, each.matching, set(each.others)) for kind, each in seen.items()
    } == {
        "group_name:SEN": ("match", [text], [text.casefold()], set()),
        "card": ("near", [text], [], {"LC123456", "LC123457"}),
    }


def test_a_stretch_cannot_be_printed() -> None:
    (match,) = own("LC-[0-9]{6}").shape.finditer("see LC-123455")
    assert (repr(match), match.groups(), match.string[match.start() :]) == (
        "<Stretch of 9 characters>", (), "LC-123455",
    )  # fmt: skip
