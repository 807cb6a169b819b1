"""Columns of invented cells, written as JSON beforehand, so that pupils can be made faster than they are read.

Every pool goes round with a prime length of its own: cells side by side meet in ever new combinations.
Numbers are impossible or reserved: there is no local authority 123, Ofcom gives these telephone numbers to nobody,
``ZZ99`` begins no address and ``example.org`` has no mailbox.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle

import msgspec

from compliance.example.numbers import UPN_LETTERS
from compliance.inventory.detectors.phone import DRAMA

Declared = str | dict[str, "Declared"] | list["Declared"]
"""What a field is declared to be: a type of JSON Schema, an object of fields, or an array of one thing."""

WORDS = (
    "asked about the trip and was told when it leaves", "forgot the kit again and borrowed some",
    "worked well with a partner in science", "came late after a visit to the library",
    "was praised for a careful drawing of a bridge", "reads in a quiet place at lunch",
    "lost a coat which was found in the hall", "plays the third witch in the summer play",
    "finished the reading list before everybody else", "moved to another table and settled at once",
    "has a new form tutor from Monday", "handed in the project two days early",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """An endless column."""

    declared: Declared
    made: Iterator[bytes]


@dataclass(slots=True)
class Maker:
    """Makes columns; two makers of one seed make the same ones in the same order."""

    seed: int
    draw: random.Random = field(init=False)
    _primes: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with the seed."""
        self.draw = random.Random(self.seed)  # noqa: S311 - nothing here is a secret

    def pool(self, make: Callable[[], object], size: int, declared: Declared = "string") -> Cells:
        """Go round ``size`` cells or a few more."""
        length = next(number for number in count(size | 1, 2) if _is_prime(number) and number not in self._primes)
        self._primes.add(length)
        cells = [msgspec.json.encode(make()) for _ in range(length)]
        return Cells(declared, cycle(cells))

    def members(self, make: Callable[[], dict[str, object]], size: int, declared: dict[str, Declared]) -> Cells:
        """Go round sets of members, each to stand among the others of its record."""
        pool = self.pool(make, size)
        return Cells(declared, (cell[1:-1] for cell in pool.made))

    def of(self, *values: object, size: int = 997) -> Cells:
        """Give one of a few values; the first says of which type they are."""
        types = {int: "integer", float: "number", str: "string"}
        return self.pool(lambda: self.draw.choice(values), size, types[type(values[0])])

    def flag(self, one_in: int = 2) -> Cells:
        """Give true or false."""
        return self.pool(lambda: not self.draw.randrange(one_in), 997, "boolean")

    def rarely(self, *values: object, size: int = 997) -> Cells:
        """Give null nine times in ten."""
        return self.of(*values, *[None] * (9 * len(values)), size=size)

    def whole(self, low: int, high: int, size: int = 4001) -> Cells:
        """Give whole numbers."""
        return self.pool(lambda: self.draw.randint(low, high), size, "integer")

    def day(self, first: int, last: int, size: int = 5000) -> Cells:
        """Give days of these calendar years."""
        return self.pool(lambda: self.a_day(first, last), size)

    def a_day(self, first: int, last: int) -> str:
        """Draw one day."""
        return f"{self.draw.randint(first, last)}-{self.draw.randint(1, 12):02}-{self.draw.randint(1, 28):02}"

    def phone(self) -> Cells:
        """Give reserved telephone numbers; there are 20,000."""
        return self.pool(lambda: self.draw.choice(DRAMA) + f"{self.draw.randrange(1000):03}", 9001)

    def sentence(self) -> Cells:
        """Give a sentence; one in twenty ends with a telephone number, a mail address or a UPN."""
        return self.pool(self._sentence, 4001)

    def _sentence(self) -> str:
        words = f"On day {self.draw.randrange(190)} {self.draw.choice(WORDS)}"
        number = self.draw.randrange(1000)
        match self.draw.randrange(60):
            case 0:
                return f"{words}, call 07700 900{number:03}."
            case 1:
                return f"{words}, write to person{number}@example.org."
            case 2:
                return f"{words}, see {_upns(number)[number].decode()}."
            case _:
                return f"{words}."


def numbered(text: str = "%d", declared: Declared = "string") -> Cells:
    """Give every pupil a cell of their own: ``text`` with their number, from 1."""
    template = (f'"{text}"' if declared == "string" else text).encode()
    return Cells(declared, (template % number for number in count(1)))


def upns() -> Cells:
    """Give every pupil a unique pupil number with a right check letter, of an authority that does not exist."""
    return Cells("string", (b'"%b"' % upn for thousands in count() for upn in _upns(thousands)))


def _upns(thousands: int) -> list[bytes]:
    """Return a thousand of them: check letter, authority 123, nine digits (weights 2 to 13; LAW.md, section 9.2)."""
    weight = _weighed(f"123{thousands:06}", 2)
    letters = UPN_LETTERS.encode()
    head = b"123%06d" % thousands
    return [b"%c%b%03d" % (letters[(weight + tail) % 23], head, rest) for rest, tail in enumerate(_TAILS)]


def _weighed(digits: str, first: int) -> int:
    return sum(weight * int(digit) for weight, digit in enumerate(digits, start=first))


_TAILS = [_weighed(f"{rest:03}", 11) for rest in range(1000)]


def _is_prime(number: int) -> bool:
    return all(number % divisor for divisor in range(3, int(number**0.5) + 1, 2))
