"""Watching a field: whatever the texts beside it and before it, a text is seen as it is by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory.detectors.base import Detector, Sighting, Verdict
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import Sieve
from compliance.inventory.detectors.upn import check_letter
from compliance.inventory.reading import reader
from compliance.inventory.watch import Kind, Watch

Told = Mapping[Kind, tuple[set[str], set[str], set[str]]]
"""Texts, values that match, and other values."""

SIEVE = Sieve(DETECTORS)
BY_ID = {detector.id: detector for detector in DETECTORS}


def told_one_by_one(texts: Iterable[str]) -> Told:
    """Say what the detectors find, each in each text."""
    told: dict[Kind, tuple[set[str], set[str], set[str]]] = defaultdict(lambda: (set(), set(), set()))
    for text in texts:
        by_name: dict[str, list[Sighting]] = defaultdict(list)
        for detector in DETECTORS:
            for sighting in detector.find(text):
                by_name[detector.id + (f":{sighting.token}" if sighting.token else "")].append(sighting)
        for name, sightings in by_name.items():
            verdicts = {sighting.verdict for sighting in sightings}
            matches = [sighting for sighting in sightings if sighting.verdict is Verdict.MATCH]
            strongest = next(verdict for verdict in Verdict if verdict in verdicts)
            seen = told[Kind(name, strongest, any(match.in_context for match in matches))]
            seen[0].add(text)
            seen[1].update(match.value for match in matches)
            seen[2].update(sighting.value for sighting in sightings if sighting.verdict is not Verdict.MATCH)
    return told


def told_by(watch: Watch, texts: Iterable[str]) -> Told:
    """Say what is seen in many texts."""
    seen = watch.sighted(list(texts))
    assert all(len(each.texts) == len(set(each.texts)) for each in seen.values())
    return {kind: (set(each.texts), set(each.matching), set(each.others)) for kind, each in seen.items()}


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("0123456789"), min_size=least, max_size=most)


UPNS = st.builds(
    lambda rest, last, first: (first or check_letter((rest + last).upper())) + rest + last,
    digits(11, 11), st.sampled_from("0123456789ABCZabz"), st.sampled_from(["", "", "A", "z"]),
)  # fmt: skip
TEN_DIGITS = digits(10, 10) | st.sampled_from([
    "9434765919", "943 476 5919", "943-476 5919", "9276308686", "9999999999", "0000000000", "0113496000", "01134960003",
])  # fmt: skip
NI_NUMBERS = st.from_regex(r"\A([A-Z]{2}( ?[0-9]{2}){3} ?[A-D]|[a-z]{2}[0-9]{6}[a-d])\Z") | st.sampled_from(
    ["QQ123456C", "QQ 12 34 56 C", "NI 12 34 56 A", "GB123456C", "PP123456A"]
)
EMAILS = st.from_regex(r"\A[a-zA-Z._+é-]{1,9}@([a-zé_-]{1,9}\.){1,3}[a-z1é-]{1,4}\Z") | st.sampled_from([
    "x@example.org", "X.y+z@School.Example", "roma@ö.test", "SEN.1@example.org", "07700900123@example.org", "a@b.org.",
    f"{'a' * 64}@example.org", f"{'a' * 65}@example.org", f"a@{'b' * 63}.org", f"a@{'b' * 64}.org", "a@b@example.org",
    "a@-b.org", "\u0130@example.org", "\u212a@\u212a.org", "x@_.example", "a@b.example", "a@b.c", "x@example.org\n",
])  # fmt: skip
PHONES = st.from_regex(r"\A(\+44[ -]?(\(0\) ?)?|\(?0)[1-9][0-9]{1,5}\)?([ -]?[0-9]{3,6}){1,2}\Z") | st.sampled_from(
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "(01632) 960001",
        "+44 (0)20 7946 0001",
        "01111111111",
        "020-7946-0001",
    ]
)
POSTCODES = st.from_regex(r"\A[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}\Z") | st.sampled_from(
    ["SW1A 1AA", "sw1a1aa", " m1 1ae ", "ZZ99 3VZ", "Y7 1AB", "M1 1AE\n", "S\u212a1 1AA", "EC1A 1BB", "GIR 0AA"]
)
NAMES = st.sampled_from(
    ["SEN Maths", "Roma", "10A/Ma1", "PP and SEN", "Speech", "Speech intervention", "Blenthy", "2009-05-04"]
)
WHOLE = (UPNS, TEN_DIGITS, NI_NUMBERS, EMAILS, PHONES, POSTCODES, NAMES)
PIECE = st.one_of(*WHOLE)
NEIGHBOURS = st.one_of(
    st.text(max_size=20),
    st.lists(PIECE, min_size=1, max_size=3).map(" ".join),
    st.lists(PIECE, min_size=1, max_size=2).map("\n".join),
    st.builds(lambda word, text: word + text, st.sampled_from(["UPN ", "nhs: ", "NI ", "\ud800", " ", "x"]), PIECE),
)


def columns() -> st.SearchStrategy[list[str]]:
    """Draw columns of which most texts are identifiers of one kind, and a few are something else."""
    dense = st.sampled_from(WHOLE).flatmap(lambda kind: st.lists(kind, min_size=6, max_size=30, unique=True))
    return st.builds(
        lambda texts, others, at: list(dict.fromkeys([*texts[:at], *others, *texts[at:]])),
        dense, st.lists(NEIGHBOURS, max_size=3), st.integers(0, 30),
    )  # fmt: skip


@given(st.lists(columns(), min_size=1, max_size=3))
def test_a_text_is_seen_as_it_is_by_itself(batches: list[list[str]]) -> None:
    watch = Watch(SIEVE)
    for texts in (*batches, *batches):  # the second time with what the batches before have taught
        assert told_by(watch, texts) == told_one_by_one(texts)


@pytest.mark.parametrize("detector", DETECTORS, ids=[detector.id for detector in DETECTORS])
@given(st.one_of(PIECE, NEIGHBOURS))
def test_a_whole_identifier_is_told_as_it_is_found(detector: Detector, text: str) -> None:
    for verdict, texts, (value,) in detector.whole([text]):
        assert [text] == texts
        assert list(detector.find(text)) == [Sighting(verdict, value)]


@given(PIECE, st.integers(0, 40), st.characters())
def test_whatever_is_put_into_an_identifier_is_found_alike(text: str, at: int, char: str) -> None:
    for changed in (text[:at] + char + text[at:], text[:at] + char + text[at + 1 :]):
        for detector in DETECTORS:
            for verdict, _, (value,) in detector.whole([changed]):
                assert list(detector.find(changed)) == [Sighting(verdict, value)]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("upn", "B801200005001", ("reserved", "B801200005001")),
        ("upn", "b801200005001", ("reserved", "B801200005001")),
        ("upn", "B801200005002", ("near", "B801200005002")),
        ("upn", "Z00000000000A", ("near", "Z00000000000A")),
        ("uln", "9276308686", ("match", "9276308686")),
        ("uln", "9276308687", ("near", "9276308687")),
        ("nhs_number", "9434765919", ("match", "9434765919")),
        ("nhs_number", "943 476 5918", ("near", "9434765918")),
        ("ni_number", "QQ123456C", ("reserved", "QQ123456C")),
        ("ni_number", "qq123456c", ("reserved", "QQ123456C")),
        ("email", "X.y@Zorvik.notatld", ("match", "x.y@zorvik.notatld")),
        ("email", "x@example.org", ("reserved", "x@example.org")),
        ("phone", "07700 900123", ("reserved", "07700900123")),
        ("phone", "07700900123", ("reserved", "07700900123")),
        ("phone", "+447700900123", ("reserved", "07700900123")),
        ("postcode", "SW1A 1AA", ("match", "SW1A1AA")),
        ("postcode", "sw1a1aa", ("match", "SW1A1AA")),
        ("postcode", "ZZ99 3WZ", ("reserved", "ZZ993WZ")),
    ],
)
def test_what_is_told_quickly(name: str, text: str, told: tuple[str, str]) -> None:
    (verdict, value) = told
    assert list(BY_ID[name].whole([text])) == [(verdict, [text], [value])]


def test_what_was_seen_cannot_be_printed() -> None:
    (seen,) = Watch(SIEVE).sighted(["SW1A 1AA"]).values()
    assert repr(seen) == "<Seen in 1 texts>"


def test_without_detectors_nothing_is_seen() -> None:
    assert reader(b"k", detectors=()).watch().sighted(["SW1A 1AA"]) == {}
