"""Every test vector of the identifiers. None of them can belong to a living person."""

from __future__ import annotations

import pytest

from compliance.inventory.detectors import ni_number
from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.email_address import EMAIL
from compliance.inventory.detectors.group_name import GROUP_NAME
from compliance.inventory.detectors.mod11 import NHS_REMAINDER, ULN_REMAINDER, remainder
from compliance.inventory.detectors.nhs_number import NHS_NUMBER
from compliance.inventory.detectors.ni_number import NI_NUMBER
from compliance.inventory.detectors.phone import PHONE
from compliance.inventory.detectors.postcode import AREAS, POSTCODE
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.secret import SECRET
from compliance.inventory.detectors.special_terms import SPECIAL_TERMS
from compliance.inventory.detectors.uln import ULN
from compliance.inventory.detectors.upn import UPN, check_letter

NOBODYS_UPN = check_letter("999000000001") + "999000000001"
"""There is no local authority 999."""


def seen(detector: Detector, text: str) -> list[tuple[str, str, bool]]:
    return [(sighting.verdict.value, sighting.value, sighting.in_context) for sighting in detector.find(text)]


def test_every_detector_is_listed_once() -> None:
    assert [detector.id for detector in DETECTORS] == [
        "upn", "uln", "nhs_number", "ni_number", "email", "phone", "postcode", "group_name",
        "special_terms", "secret",
    ]  # fmt: skip
    assert [detector.home for detector in DETECTORS[:-3]] == [detector.id for detector in DETECTORS[:-3]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B801200005001", [("reserved", "B801200005001", False)]),
        ("was x00180001701a.", [("reserved", "X00180001701A", False)]),
        ("P207000016049", [("reserved", "P207000016049", False)]),
        ("UPN: Q207000016049", [("near", "Q207000016049", True)]),
        ("A801200005001", [("near", "A801200005001", False)]),
        (f"_{NOBODYS_UPN}_", [("match", NOBODYS_UPN, False)]),
        (f"pupil number {NOBODYS_UPN}, again {NOBODYS_UPN}", [("match", NOBODYS_UPN, True)] * 2),
        ("B801200O05001", []),
        ("B8012000050010", []),
        ("AB801200005001", []),
        ("B80120000500", []),
    ],
)
def test_upn(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(UPN, text) == expected


def test_a_number_of_no_local_authority_is_reserved() -> None:
    rest = "123456700001"
    assert seen(UPN, check_letter(rest) + rest) == [("reserved", check_letter(rest) + rest, False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ULN 9276308686", [("match", "9276308686", True)]),
        ("her learner record is 9276308686", [("match", "9276308686", True)]),
        ("9276308686", [("match", "9276308686", False)]),
        ("ULN" + "." * 40 + "9276308686", [("match", "9276308686", False)]),
        ("9276308687", [("near", "9276308687", False)]),
        ("9999999999", []),
        ("0276308686", []),
        ("92763086860", []),
        ("A9276308686", []),
    ],
)
def test_uln(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(ULN, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHS no 943 476 5919", [("match", "9434765919", True)]),
        ("9434765870", [("match", "9434765870", False)]),
        ("943-476-5919", [("match", "9434765919", False)]),
        ("943 476 5871", [("near", "9434765871", False)]),
        ("943 4765919", []),
        ("3002992534", [("match", "3002992534", False)]),  # as Scotland's begin, though on a 30 February
        ("0140328726", [("near", "0140328726", False)]),  # an ISBN
        ("9999999999", []),
        ("0000000000", []),
        ("000 000 0000", []),
    ],
)
def test_nhs_number(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(NHS_NUMBER, text) == expected


def test_no_number_is_both_a_learner_and_an_nhs_number() -> None:
    assert (remainder("9276308686"), remainder("9434765919")) == (ULN_REMAINDER, NHS_REMAINDER)
    assert ULN_REMAINDER != NHS_REMAINDER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QQ 12 34 56 A", [("reserved", "QQ123456A", False)]),
        ("NI number qq123456c.", [("reserved", "QQ123456C", True)]),
        ("BG123612A", []),
        ("TN123456A", []),
        ("DA123456A", []),
        ("AO123456A", []),
        ("PP123456A", []),
        ("QQ123456E", []),
        ("QQ123456AX", []),
        ("INV-QQ123456A", []),
        ("qq 12 34 56 a", []),
    ],
)
def test_ni_number(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(NI_NUMBER, text) == expected


def test_a_ni_number_with_a_prefix_in_use_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ni_number, "EXAMPLE_PREFIX", "")
    monkeypatch.setattr(ni_number, "_GIVEN", frozenset({"QQ"}))
    assert seen(NI_NUMBER, "QQ 12 34 56 A") == [("match", "QQ123456A", False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x@example.org", [("reserved", "x@example.org", False)]),
        ("Write to X.Y+z@Mail.Example.COM!", [("reserved", "x.y+z@mail.example.com", False)]),
        ("a@b.test, c@d.example", [("reserved", "a@b.test", False), ("reserved", "c@d.example", False)]),
        ("e@mail.invalid", [("reserved", "e@mail.invalid", False)]),
        ("<zorvik@primary.notatld>", [("match", "zorvik@primary.notatld", False)]),
        ("x@notexample.notatld", [("match", "x@notexample.notatld", False)]),
        ("x@localhost", []),
        ("@example.org", []),
        ("a" * 100_000, []),
        ("a." * 50_000 + "@", []),
    ],
)  # fmt: skip
def test_email(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(EMAIL, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07700 900123", [("reserved", "07700900123", False)]),
        ("+44 7700 900123", [("reserved", "07700900123", False)]),
        ("+44 (0)7700 900123", [("reserved", "07700900123", False)]),
        ("020 7946 0123", [("reserved", "02079460123", False)]),
        ("(01632) 960123", [("reserved", "01632960123", False)]),
        ("ring 01632 960123 or 07700900999.", [
            ("reserved", "01632960123", False), ("reserved", "07700900999", False),
        ]),
        ("01632 000000", [("match", "01632000000", False)]),
        ("9276308686", []),
        ("0163200000", [("match", "0163200000", False)]),
        ("0163200009", []),  # passes as an NHS number
        ("01-02-2024 10:30", []),
        ("2026-09-01 0163 2000000", [("match", "01632000000", False)]),
        ("0.1632000000", []),
        ("0163200000000", []),
        ("01111111111", []),
        ("0463 2000000", []),
    ],
)  # fmt: skip
def test_phone(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert seen(PHONE, text) == expected


def test_there_are_124_postcode_areas() -> None:
    assert len(AREAS) == 124


@pytest.mark.parametrize("code", ["SW1A 1AA", "M1 1AA", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"])
def test_postcodes_of_every_form(code: str) -> None:
    plain = code.replace(" ", "")
    expected = [("match", plain, False)]
    assert seen(POSTCODE, code) == seen(POSTCODE, f"near {code}.") == seen(POSTCODE, f" {plain.lower()} ") == expected


@pytest.mark.parametrize(
    "text", ["Y7 1AB", "P6 4AA", "7B 2XY", "Room M11AA", "set m1 1aa", "M1 1AAB", "XM1 1AA", "M1 1CI", "ABC1 1AA"]
)
def test_no_postcode(text: str) -> None:
    assert seen(POSTCODE, text) == []


def test_the_code_of_no_address_is_reserved() -> None:
    assert seen(POSTCODE, "ZZ99 9ZZ") == seen(POSTCODE, "at ZZ99 9ZZ now") == [("reserved", "ZZ999ZZ", False)]


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Y9 LAC mentoring", ["LAC"]),
        ("SEN  Maths 2", ["SEN"]),
        ("PP - piano", ["PP"]),
        ("EAL_SEMH Travellers", ["EAL", "SEMH", "TRAVELLER"]),
        ("looked-after group", ["LOOKED AFTER"]),
        ("Service children, free school meals", ["SERVICE CHILD", "FREE SCHOOL MEAL"]),
        ("SEND group", ["SEND"]),
        ("Speech intervention", ["SPEECH"]),
        ("Intervention Maths", []),
        ("Speech and Drama", []),
        ("Send off", []),
        ("sen maths", []),
        ("SENior choir", []),
        ("RE 10A", []),
        ("PE 7", []),
        ("HI 11", []),
        ("7SEN2", []),
        ("Aromatherapy", []),
    ],
)
def test_group_names(name: str, tokens: list[str]) -> None:
    sightings = list(GROUP_NAME.find(name))
    assert [sighting.token for sighting in sightings] == tokens
    assert {sighting.value for sighting in sightings} <= {" ".join(name.split()).casefold()}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Bring her EpiPen, and the insulin.", ["health", "health"]),
        ("is ASTHMATIC", ["health"]),
        ("self-harm or self harming", ["health", "health"]),
        ("Dyslexic; SEN support since May", ["send", "send"]),
        ("She is a Muslim; her friends are Sikhs", ["religion", "religion"]),
        ("They are refugees", ["ethnicity"]),
        ("rang the social worker, foster-carers and young carers", ["care"] * 3),
        ("looked after children", ["care"]),
        ("child protection meeting", ["safeguarding"]),
        ("looked after the hamster", []),
        ("The Great Depression", []),
        ("Essay on Hindu festivals, then Refugee Boy", []),
        ("Health and Social Care, Religious Studies", []),
        ("Christian adopted a plan in Roma", []),
        ("an asthmatically slow start", []),
        ("Sikhism test: 18", []),
        ("dyslexiaé", []),
    ],
)
def test_special_terms(text: str, tokens: list[str]) -> None:
    assert [sighting.token for sighting in SPECIAL_TERMS.find(text)] == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Password: Otter12", ["password"]),
        ("her password is otter-12, pwd=Badger7", ["password", "password"]),
        ("AKIA" + "X1" * 8, ["key"]),
        ("ghp_" + "a1" * 18, ["key"]),
        ("sk_live_" + "a1" * 10, ["key"]),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.", ["key"]),
        ("-----BEGIN RSA PRIVATE KEY-----", ["key"]),
        ("$2b$12$" + "a1" * 26 + "b", ["hash"]),
        ("$argon2id$v=19$m=65536", ["hash"]),
        ("password: forgotten", []),
        ("Password is reset on Monday", []),
        ("passwords are changed each term", []),
        ("Password: 12", []),
        ("eyJ in the morning", []),
        ("eyJhbGciOiJub25lIn0", []),
        ("AKIA and the others", []),
    ],
)
def test_secrets(text: str, tokens: list[str]) -> None:
    assert [sighting.token for sighting in SECRET.find(text)] == tokens


def test_a_sighting_cannot_be_printed() -> None:
    (sighting,) = UPN.find(NOBODYS_UPN)
    assert (repr(sighting), str(sighting)) == ("<Sighting: match>", "<Sighting: match>")
