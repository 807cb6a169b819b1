"""Signs: what is searched for in every value, in one pass, before anything is looked at closely."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import textwrap

import pytest
from hypothesis import Phase, example, find, given, settings
from hypothesis import strategies as st

from compliance.inventory.detectors.base import END, START, Detector
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import BLOCK, Sieve

SIEVE = Sieve(DETECTORS)
BY_ID = pytest.mark.parametrize("detector", DETECTORS, ids=[detector.id for detector in DETECTORS])

LONG_S, KELVIN, DOTLESS, DOTTED = "\u017f", "\u212a", "\u0131", "\u0130"
"""Where case is ignored, Python takes them for s, K and i."""

EDGES = st.text(st.sampled_from(f" .,;:-_/()+@\n\r\t\x00\u00a0\u2028é{LONG_S}{KELVIN}{DOTLESS}1aZ\ud800"), max_size=3)
LOOSE = st.text(st.sampled_from(f"AaBQqSK{LONG_S}{KELVIN}Psp0179 -()+@.é\n"), max_size=24)
NAMES = st.sampled_from((
    "SEN", "PPG", "Safeguarding", "saFEguarding", f"{LONG_S}afeguarding", "looked-after", "LOOKED AFTERs",
    "young carerren", "Speech", "intervention", "INTERVENTIONS", f"{DOTTED}ntervention", "Self-harm",
))  # fmt: skip


def shaped(detector: Detector) -> st.SearchStrategy[str]:
    """Draw texts of the shape of one detector."""
    assert isinstance(detector.shape, re.Pattern)
    pattern = re.compile(re.sub(r"\(\?<?!(?:[^()]|\([^()]*\))*\)", "", detector.shape.pattern), detector.shape.flags)
    return st.from_regex(pattern, alphabet=st.characters(exclude_categories=["Cs"]))


TEXTS = st.one_of(
    LOOSE,
    st.text(max_size=30),
    st.lists(st.one_of(EDGES, LOOSE, NAMES, *map(shaped, DETECTORS)), min_size=1, max_size=4).map("".join),
)


@given(TEXTS)
@example("UPN B801200005001")
@example(f"{KELVIN}80120000500{KELVIN}")
def test_a_text_with_a_sighting_has_the_sign(text: str) -> None:
    for detector in DETECTORS:
        if list(detector.find(text)):
            assert re.search(detector.sign, text), detector.id
            assert detector in SIEVE.suspects(text)


@BY_ID
def test_every_shape_is_drawn(detector: Detector) -> None:
    """The law above says something of every detector only if each sees something in what is drawn."""
    enough = settings(max_examples=5_000, phases=[Phase.generate])
    assert find(
        shaped(detector), lambda text: any(detector.find(f" {text} ")) or any(detector.find(text)), settings=enough
    )


@given(st.lists(TEXTS, max_size=8))
def test_many_texts_at_once_are_each_text_by_itself(texts: list[str]) -> None:
    alone = {text: suspects for text in texts if (suspects := SIEVE.suspects(text))}
    assert SIEVE.candidates(texts) == alone


def test_more_texts_than_one_call_takes() -> None:
    texts = [f"text {number}" for number in range(BLOCK)] + ["SEN"]
    assert [(text, [each.id for each in found]) for text, found in SIEVE.candidates(texts).items()] == [
        ("SEN", ["group_name"])
    ]


@BY_ID
def test_a_sign_is_spelled_as_every_engine_reads_it(detector: Detector) -> None:
    body = detector.sign.replace(START, "").replace(END, "")
    assert set(body) <= set(string.ascii_letters + string.digits + " @-+()[]{},?|"), "printable ASCII, no backslash"
    assert not re.search(r"\(\?|\[\^|[?+}]\?|\^|\$", body), "no flags, no look-around, nothing lazy, no edges within"


@BY_ID
@pytest.mark.parametrize(
    "text",
    ["", "Zorvik Blenthy", "2026-09-01T10:30:00", "2026-09-01 10:30", "1234567890123", "123456", "10:30 Room 4, B",
     "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "Year 9 Maths", "We spoke about her behaviour; she liked it."],
)  # fmt: skip
def test_what_most_columns_hold_has_no_sign(detector: Detector, text: str) -> None:
    assert detector not in SIEVE.suspects(text)


@pytest.mark.parametrize("library", [["re2"], []])
def test_re2_is_loaded_for_texts_and_for_nothing_else(library: list[str]) -> None:
    program = "import sys; from compliance.inventory import reading; "
    program += "reading.names_a_person('x'); " if library else ""
    run = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", program + "print([name for name in sys.modules if name == 're2'])"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert run.stdout == f"{library}\n"


NEAR_MISSES = (
    "a", "0", "9", "@", "(0)", " ", "\n", "AB12 ", "a@", "a@a.", "@a.", "a-", "x@a-a-", "0 ", "01 ", "012345678 ",
    "+44 ", "+44 (0)", "(0", "01632 9", "999 ", "999-", "943 476 5871 ", "9276308687 ", "A80120000500",
    "A801200005001 ", "QQ 12 34 56 ", "QQ123456", "qq123456a-", "SW1A 1A", "sw1a", " sw1a 1aa", "SEN ",
    "Speech ", "intervention ",
    "Looked after ", "Looked-after child", "Foster care", "Asthma ", "eyJ", "eyJ-", "eyJa-a.",
    "password is ", "pwd=aaaaaa",     "BEGIN PRIVATE", "gh", "2b$12$", "argon2id$v=",
    "Free school ", "nhs 943 476 5919 ", "uln 9276308686 ", "é", "\u00a0", ".", "x@example.org ",
)  # fmt: skip


@pytest.mark.slow
@BY_ID
def test_no_text_takes_more_than_its_length(detector: Detector) -> None:
    """A million characters that are hard to read take a fraction of a second; their square would take days."""
    program = f"""
    import resource
    from compliance.inventory.detectors.registry import DETECTORS
    from compliance.inventory.detectors.sieve import Sieve
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    (detector,) = (each for each in DETECTORS if each.id == {detector.id!r})
    sieve = Sieve((detector,))
    for length in (10_000, 100_000, 1_000_000):
        for piece in {NEAR_MISSES!r}:
            text = piece * (length // len(piece)) + "!"
            sieve.candidates([text])
            sum(1 for _ in detector.find(text))
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True)  # noqa: S603 - ourselves
