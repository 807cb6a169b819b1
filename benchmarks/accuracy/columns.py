"""Columns of an app's table: some hold what they must not, and all others only look like it.

Nothing here can belong to anybody: numbers are given to nobody (LAW.md, section 9), names are made up. Each
look-alike is something that schools really keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from uuid import UUID

from compliance.example.numbers import NI_NUMBER, UPN_LETTERS, upn

ROWS = 2_000
_SELDOM = 500
"""One row in so many holds what is planted in a column of remarks."""

_WORDS = (
    "has settled well and works with a partner", "enjoyed the trip", "needs a reminder about the reading book",
    "asked for more time", "likes to sit by the window", "was proud of the model", "is learning the recorder",
    "helped to tidy the cloakroom", "sang in the choir", "forgot the lunch box", "scored twice on Friday",
)  # fmt: skip
_SUBJECTS = (
    "Health and Social Care", "Religious Studies", "Psychology", "Child Development", "Food and Nutrition",
    "Physical Education", "Sociology", "Ethics, Religion and Philosophy", "Sports Science", "Biology: the Heart",
)  # fmt: skip
_WORDS_OF_SEND = frozenset({"SEMH", "SLCN"})
"""Codes that are words as well, and tell something of a pupil in any text."""
_POSTCODES = ("SW1A 1AA", "M1 1AA", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, and which rules must speak of it."""

    name: str
    value: Callable[[Random, int], str]
    """Makes the value of a row, which is numbered from 0."""
    rules: tuple[str, ...] = ()
    """None for a look-alike."""


def weighted(draw: Random, remainder: int, first: str) -> str:
    """Return ten digits whose weighted sum leaves ``remainder`` by 11 (LAW.md, section 9.2)."""
    while True:
        nine = first + "".join(draw.choices("0123456789", k=9 - len(first)))
        total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True))
        last = (remainder - total) % 11
        if last < 10:  # noqa: PLR2004 - a digit
            return f"{nine}{last}"


def remark(draw: Random) -> str:
    """Return a remark that says nothing private."""
    return f"{draw.choice(('Blenthy', 'Quomla', 'Vexilly', 'Zorvik'))} {draw.choice(_WORDS)}."


def _seldom(with_what: Callable[[Random], str]) -> Callable[[Random, int], str]:
    """Put something into few remarks, and leave all others as they are."""
    return lambda draw, row: with_what(draw) if row % _SELDOM == _SELDOM // 2 else remark(draw)


def _uln(draw: Random) -> str:
    return weighted(draw, 10, "1")


def _nhs(draw: Random) -> str:
    number = weighted(draw, 0, "999")
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _phone(draw: Random) -> str:
    tail = draw.randrange(1000)
    return draw.choice((f"07700 900{tail:03}", f"+44 7700 900{tail:03}", f"07700900{tail:03}", f"01632 960{tail:03}"))


def _upn(draw: Random) -> str:
    return upn(draw.randrange(2012, 2025), draw.randrange(1000))


LEAKS: tuple[tuple[str, Callable[[Random], str]], ...] = (
    ("upn", lambda draw: f"({_upn(draw)})"),
    ("uln", lambda draw: f"ULN {_uln(draw)}"),
    ("nhs_number", lambda draw: f"NHS {_nhs(draw)}"),
    ("postcode", lambda draw: f"of {draw.choice(_POSTCODES)}"),
)
"""What may stand in a text, and the detector that has to meet it."""


def planted(codes: Mapping[str, tuple[str, ...]]) -> Iterator[Column]:
    """Yield the columns with something in them; ``codes`` are those of each code set that reveals something."""
    yield Column(name="login", value=lambda draw, _: _upn(draw), rules=("DA10",))
    yield Column(name="login_small", value=lambda draw, row: _upn(draw) if row % 2 else remark(draw), rules=("DA10",))
    yield Column(name="note_upn", value=_seldom(lambda draw: f"Came to us as {_upn(draw)}, see file."), rules=("DA10",))
    yield Column(name="card", value=lambda draw, _: _uln(draw), rules=("DA11",))
    yield Column(name="note_uln", value=_seldom(lambda draw: f"ULN {_uln(draw)} was missing."), rules=("DA11",))
    yield Column(name="reference", value=lambda draw, _: _nhs(draw), rules=("DA12",))
    yield Column(name="note_nhs", value=_seldom(lambda draw: f"NHS no {_nhs(draw)} (from mum)"), rules=("DA12",))
    yield Column(name="note_ni", value=_seldom(lambda _: f"Paid under {NI_NUMBER}."), rules=("DA13",))
    yield Column(name="nickname", value=lambda _, row: f"pupil{row}@example.org", rules=("DA14",))
    yield Column(name="note_email", value=_seldom(lambda _: "Write to <gribbo@example.com>."), rules=("DA14",))
    yield Column(name="pin", value=lambda draw, _: _phone(draw), rules=("DA15",))
    yield Column(name="note_phone", value=_seldom(lambda draw: f"Ring Gran on {_phone(draw)}"), rules=("DA15",))
    yield Column(name="area", value=lambda draw, _: draw.choice(_POSTCODES), rules=("DA16",))
    yield Column(
        name="area_small", value=lambda draw, _: draw.choice(_POSTCODES).lower().replace(" ", ""), rules=("DA16",)
    )
    yield Column(name="note_postcode", value=_seldom(lambda _: "Moved to SW1A 1AA in May."), rules=("DA16",))
    for name, of in codes.items():
        words = ("DA18",) if _WORDS_OF_SEND & {*of} else ()
        yield Column(name=f"code_{name.replace('-', '_')}", value=_code(of), rules=("DA20", *words))


def _code(of: tuple[str, ...]) -> Callable[[Random, int], str]:
    return lambda draw, _: draw.choice(of)


LOOK_ALIKES = (
    Column(name="class_code", value=lambda draw, _: f"{draw.choice('YPR')}{draw.randrange(9)} {draw.randrange(8)}AB"),
    Column(name="set_code", value=lambda draw, _: f"{draw.randrange(7, 14)}{draw.choice('XY')}/Ma{draw.randrange(6)}"),
    Column(name="block", value=lambda draw, _: f"{draw.randrange(7, 12)}B 2XY"),
    Column(name="room", value=lambda draw, _: f"{draw.choice(('H', 'SC', 'Gym '))}{draw.randrange(1, 40)}A"),
    Column(name="subject", value=lambda draw, _: draw.choice(_SUBJECTS)),
    Column(name="topic", value=lambda draw, _: f"{draw.choice(_SUBJECTS)}, unit {draw.randrange(9)}"),
    Column(name="course", value=lambda draw, _: f"{draw.choice(('BG', 'TN', 'GB'))}{draw.randrange(10**6):06}A"),
    Column(name="module", value=lambda draw, _: f"CS{draw.randrange(100, 999)}{draw.choice('ABCD')}"),
    Column(name="ticket", value=lambda draw, _: str(draw.randrange(10**9, 10**10))),
    Column(name="order", value=lambda draw, _: str(draw.randrange(10**12, 10**13))),
    Column(name="barcode", value=lambda draw, _: f"50{draw.randrange(10**11):011}"),
    Column(name="isbn", value=lambda draw, _: weighted(draw, 0, draw.choice(("0", "1")))),
    Column(name="payment", value=lambda draw, _: f"{draw.randrange(10**7):08}"),
    Column(name="no_number", value=lambda draw, _: draw.choice(("9999999999", "0000000000"))),
    Column(name="token_id", value=lambda draw, _: str(UUID(int=draw.getrandbits(128)))),
    Column(name="fingerprint", value=lambda draw, _: f"{draw.getrandbits(128):032x}"),
    Column(name="xid", value=lambda draw, _: "x" + "".join(draw.choices("ABCDEFGHJK234567", k=6))),
    Column(name="day", value=lambda draw, _: f"{draw.randrange(1, 29):02}/{draw.randrange(1, 13):02}/2026"),
    Column(name="moment", value=lambda draw, _: f"2026-0{draw.randrange(1, 10)}-11T07:{draw.randrange(60):02}:00Z"),
    Column(name="score", value=lambda draw, _: f"0{draw.randrange(10)}-{draw.randrange(10, 99)}"),
    Column(name="time_taken", value=lambda draw, _: f"0:{draw.randrange(60):02}.{draw.randrange(1000):03}"),
    Column(name="price", value=lambda draw, _: f"5@£{draw.randrange(9)}.{draw.randrange(100):02}"),
    Column(name="handle", value=lambda draw, _: f"@{draw.choice(('otters', 'herons'))}{draw.randrange(99)}"),
    Column(name="meeting", value=lambda draw, _: f"library@{draw.randrange(1, 5)}pm"),
    Column(name="version", value=lambda draw, _: f"{draw.randrange(9)}.{draw.randrange(99)}.{draw.randrange(999)}"),
    Column(name="colour", value=lambda draw, _: f"#{draw.getrandbits(24):06x}"),
    Column(name="position", value=lambda draw, _: f"{draw.uniform(-90, 90):.6f},{draw.uniform(-180, 180):.6f}"),
    Column(name="wants_email", value=lambda draw, _: draw.choice("YNUR")),
    Column(name="has_device", value=lambda draw, _: draw.choice("YN")),
    Column(name="year_label", value=lambda draw, _: draw.choice(("N1", "N2", "R", *map(str, range(1, 14))))),
    Column(name="house", value=lambda draw, _: draw.choice(("Otter", "Heron", "Badger", "Kestrel"))),
    Column(name="option", value=lambda draw, _: draw.choice(("RE", "PE", "HI", "GG", "MA", "EN", "SC", "FR"))),
    Column(name="grade", value=lambda draw, _: draw.choice("ABCDEF")),
    Column(name="mark", value=lambda draw, _: str(draw.randrange(101))),
    Column(name="remark", value=lambda draw, _: remark(draw)),
    Column(name="longer_remark", value=lambda draw, _: " ".join(remark(draw) for _ in range(8))),
    Column(name="serial", value=lambda draw, _: f"SN-{draw.randrange(10**12):012}-{draw.choice(UPN_LETTERS)}"),
    Column(name="link", value=lambda draw, _: f"https://app.invalid/r/{draw.randrange(10**10)}?p={draw.randrange(10**9)}"),
)  # fmt: skip

GROUPS_PLANTED = (
    "Y9 LAC mentoring",
    "SEN Maths 2",
    "EAL group B",
    "Anxiety intervention",
    "FSM breakfast",
    "SEMH nurture",
)
GROUPS_ALIKE = (
    "SENior choir", "RE 10A", "HI 11", "PE 9X", "10A/Hi1", "Seniors", "Lacrosse club", "Traveling Theatre",
    "Speech and Drama", "Sense of Place", "Speech day", "Classics", "ICT 7B", "Plac1ng set", "Behaviour of waves",
    "Year 4 Otters", "App design",
)  # fmt: skip
