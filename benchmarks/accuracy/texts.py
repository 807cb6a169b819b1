"""Labelled values: what each detector must see, and clean look-alikes that it must not.

Every value is invented: numbers that no authority gives out, telephone numbers kept for drama, addresses of
example.org.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from benchmarks.accuracy.label import Label, Said
from compliance.inventory.detectors.base import Verdict
from compliance.inventory.detectors.group_name import GROUP_NAME
from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.upn import LETTERS, check_letter

Draw = random.Random
Make = Callable[[Draw], str]


class Labelled(NamedTuple):
    """A text, and the detector that must see something in it; empty where none may."""

    text: str
    detector: str
    is_remark: bool = False
    """Whether nobody calls a class so: what detectors of class names see in it is asked by no rule."""


SEED, EACH = 2026, 500
_SAME_WORDS = frozenset({"group_name", "special_terms"})
"""Detectors that share words: what is said of a class's name is said of a remark as well."""


def said(each: int = EACH) -> tuple[tuple[Label, ...], tuple[Said, ...]]:
    """Let every detector read labelled texts. What lies in reserved ranges counts: all that is invented does."""
    labels: list[Label] = []
    met: list[Said] = []
    for number, (text, label, is_remark) in enumerate(values(SEED, each)):
        place = str(number)
        labels.append(Label(place=place, rules=(label,) if label else ()))
        for detector in DETECTORS:
            if {label, detector.id} == _SAME_WORDS or (is_remark and detector is GROUP_NAME):
                continue
            if any(sighting.verdict is not Verdict.NEAR for sighting in detector.find(text)):
                met.append(Said(rule=detector.id, place=place))
    return tuple(labels), tuple(met)


def values(seed: int, each: int) -> Iterator[Labelled]:
    """Yield ``each`` texts for every kind of identifier, and as many of every kind of look-alike, all from one seed."""
    draw = random.Random(seed)  # noqa: S311 - not a secret
    for detector, makes in IDENTIFIERS.items():
        for number in range(each):
            text = makes[number % len(makes)](draw)
            yield Labelled(_in_a_sentence(draw, text) if number % 2 else text, detector)
    for kind, make in LOOK_ALIKES.items():
        for _ in range(each):
            yield Labelled(make(draw), "", is_remark=kind == REMARKS)


def _in_a_sentence(draw: Draw, text: str) -> str:
    return draw.choice(
        ("Please note {}.", "Mum says {}, ring her", "see {}", "({})", "Was {} before", "{} - to check")
    ).format(text)


def _digits(draw: Draw, count: int) -> str:
    return "".join(draw.choices("0123456789", k=count))


def _upn(draw: Draw) -> str:
    rest = "999" + _digits(draw, 9)
    return check_letter(rest) + rest


def _wrong_upn(draw: Draw) -> str:
    right = _upn(draw)
    return draw.choice(LETTERS.replace(right[0], "")) + right[1:]


def _ten(draw: Draw, remainder: int) -> str:
    while True:
        digits = "999" + _digits(draw, 7)  # NHS numbers that begin with 999 are for tests, and nobody's
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True))
        if total % 11 == remainder and len(set(digits)) > 1:
            return digits


def _nhs(draw: Draw) -> str:
    digits = _ten(draw, 0)
    return draw.choice((digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}"))


IDENTIFIERS: Mapping[str, tuple[Make, ...]] = {
    "upn": (_upn, lambda draw: _upn(draw).lower()),
    "uln": (lambda draw: _ten(draw, 10),),
    "nhs_number": (_nhs,),
    "ni_number": (
        lambda draw: f"QQ{_digits(draw, 6)}{draw.choice('ABCD')}",
        lambda draw: f"QQ {_digits(draw, 2)} {_digits(draw, 2)} {_digits(draw, 2)} {draw.choice('ABCD')}",
    ),
    "email": (lambda draw: f"{draw.choice(('zorvik', 'b.lenthy', 'gribbo+1'))}{_digits(draw, 2)}@example.org",),
    "phone": (
        lambda draw: f"07700 900{_digits(draw, 3)}",
        lambda draw: f"+44 7700 900{_digits(draw, 3)}",
        lambda draw: f"01632 960{_digits(draw, 3)}",
        lambda draw: f"(020) 7946 0{_digits(draw, 3)}",
    ),
    "postcode": (
        lambda draw: f"SW{draw.randint(1, 20)} {draw.randint(1, 9)}{''.join(draw.choices('ABDEFGHJLN', k=2))}",
    ),
    "group_name": (lambda draw: f"{draw.choice(('SEN', 'EAL', 'LAC', 'FSM', 'autism'))} group {draw.randint(1, 9)}",),
    "special_terms": (
        lambda draw: draw.choice((
            "has asthma", "is autistic", "an EpiPen in the office", "her social worker rang", "foster carers",
            "is a Muslim", "child protection plan", "type 1 diabetic", "EHCP review", "asylum seeker", "on insulin",
        )),
    ),
    "secret": (
        lambda draw: f"password: Otter{_digits(draw, 2)}",
        lambda draw: "ghp_" + "".join(draw.choices("abc123XYZ", k=36)),
        lambda draw: "AKIA" + "".join(draw.choices("ABC123XYZ", k=16)),
    ),
}  # fmt: skip
"""Detector to what makes values that it must see."""

REMARKS = "remarks with words of groups"
LOOK_ALIKES: Mapping[str, Make] = {
    "class codes like postcodes": lambda draw: draw.choice((
        f"Y{draw.randint(1, 9)} {draw.randint(1, 9)}AB", f"P{draw.randint(1, 9)} {draw.randint(1, 9)}AA",
        f"{draw.randint(1, 9)}B {draw.randint(1, 9)}XY", f"set m{draw.randint(1, 9)} 1aa",
        f"Room M1{draw.randint(1, 9)}AA",
    )),
    "numbers like pupil numbers": lambda draw: draw.choice((
        _digits(draw, 13), f"INV{_digits(draw, 10)}", f"{_digits(draw, 12)}{draw.choice(LETTERS)}",
        f"I{_digits(draw, 12)}",
    )),
    "numbers that are no learner's": lambda draw: draw.choice(("9999999999", "0000000000", _digits(draw, 9), "1" * 10)),
    "references like NI numbers": lambda draw: f"{draw.choice(('BG', 'GB', 'NK', 'TN', 'ZZ'))}{_digits(draw, 6)}A",
    "handles like addresses": lambda draw: draw.choice(("@school", "me@work", "3 @ 50p", "a@b", "see you @ 10.30")),
    "times and dates like telephones": lambda draw: draw.choice((
        f"0{draw.randint(1, 9)}-0{draw.randint(1, 9)}-2026 10:30", f"2026-09-0{draw.randint(1, 9)} 09:30",
        f"0.{_digits(draw, 9)}", f"{draw.randint(1, 9)}/10, then 0/{draw.randint(1, 9)}",
    )),
    "groups like abbreviations": lambda draw: draw.choice((
        "SENior choir", "Send off", "RE 10A", "PE 7", "HI 11", "sen maths", "Speech and Drama", "Aromatherapy", "7SEN2",
    )),
    "subjects with words of health": lambda draw: draw.choice((
        "Health and Social Care", "Religious Studies", "The Great Depression", "Physical Education", "Sikhism test",
        "Essay on Hindu festivals", "Refugee Boy, chapter 3", "Christian adopted a plan",
        "Psychology AS", "a caring friend", "a healthy lunch", "Church trip",
    )),
    REMARKS: lambda draw: draw.choice(("Roma won 2-1", "looked after the hamster", "Gave a speech on behaviour")),
    "talk of passwords": lambda draw: draw.choice((
        "password: forgotten", "Password is reset on Monday", "keys are with Ms Vex", "token of thanks", "secret santa",
    )),
    "plain remarks": lambda draw: draw.choice((
        "Prefers to answer on paper.", "Reads well above 12 now", "Absent on 4 May", "Moved to set 24",
        "Seat near the front", "Score 85/100", "Version 2.1.0 of the plan", "Uses font size 16",
    )),
}  # fmt: skip
"""Kind of look-alike to what makes clean texts that no detector may see anything in."""
