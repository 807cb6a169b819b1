"""How fast texts are searched for identifiers, against a loop that does nothing with them and against Python's re.

    python benchmarks/detectors.py [TEXTS]

Prints nanoseconds a text for each kind of text, the best of several interleaved rounds, and ratios to the loop. Ratios
travel between machines; nanoseconds do not.
"""

from __future__ import annotations

import random
import re
import string
import sys
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence

from compliance.inventory.detectors.registry import DETECTORS
from compliance.inventory.detectors.sieve import Sieve
from compliance.inventory.digest import keyed_below
from compliance.inventory.reading import reader
from compliance.inventory.watch import Watch
from compliance.model.vocabulary import Code, CodeSet

TEXTS = 4_000
ROUNDS = 7
KEY = b"0" * 32

Side = Callable[[Collection[str]], object]


def texts(count: int) -> Mapping[str, Collection[str]]:
    """Invent different texts of each kind; the last six hold an identifier each, or nearly."""
    draw = random.Random(1)  # noqa: S311 - not a secret
    words = ["".join(draw.choices(string.ascii_lowercase, k=draw.randint(2, 9))) for _ in range(3_000)]
    kinds: Mapping[str, Callable[[], str]] = {
        "names": lambda: " ".join(draw.choices(words, k=2)).title(),
        "notes of 200 characters": lambda: " ".join(draw.choices([*words, *map(str, range(99))], k=50))[:200],
        "ids of 13 digits": lambda: str(draw.randrange(10**12, 10**13)),
        "GUIDs": lambda: str(uuid.UUID(int=draw.getrandbits(128))),
        "times": lambda: f"20{draw.randrange(10, 27)}-03-1{draw.randrange(10)}T10:{draw.random():.9f}",
        "e-mail addresses": lambda: f"{draw.choice(words)}{draw.randrange(10**6)}@example.org",
        "unique pupil numbers": lambda: f"Z0{draw.randrange(10**10):010}{draw.choice('AB12')}",
        "numbers of ten digits": lambda: str(draw.randrange(10**9, 10**10)),
        "phone numbers": lambda: f"07700 {draw.randrange(10**6):06}",
        "postcodes": lambda: f"SW{draw.randrange(100)} {draw.randrange(10)}{''.join(draw.choices('ABDEFGHJLN', k=2))}",
        "notes with a phone number": lambda: " ".join(draw.choices(words, k=9)) + f" 01632 96{draw.randrange(9999):04}",
    }  # fmt: skip
    return {kind: list({make() for _ in range(count)}) for kind, make in kinds.items()}


def sides() -> Mapping[str, Side]:
    """Return everything that is measured; the first is what the others are held against."""
    sieve = Sieve(DETECTORS)
    codes = tuple(Code(code=f"C{number}", label="") for number in range(200))
    code_set = CodeSet(id="codes", label="", authority="", version="1", reveals=False, codes=codes)
    read = reader(KEY, (code_set,))
    any_sign = re.compile("|".join(f"(?:{detector.sign})" for detector in DETECTORS)).search

    def loop(each: Collection[str]) -> None:
        for _ in each:
            pass

    def watched(each: Sequence[str], size: int) -> None:
        watch = Watch(sieve)
        for first in range(0, len(each), size):
            watch.sighted(each[first : first + size])

    return {
        "a loop": loop,
        "every shape, by re": lambda each: [list(found.find(text)) for text in each for found in DETECTORS],
        "all signs as one pattern, by re": lambda each: [text for text in each if any_sign(text)],
        "signs, one text at a time": lambda each: [text for text in each if sieve.suspects(text)],
        "signs, all texts at once": sieve.candidates,
        "a field, 60 texts at a time": lambda each: watched(list(each), 60),
        "a field, all texts at once": lambda each: watched(list(each), len(each)),
        "Reader.codes": read.codes,
        "digests": lambda each: list(map(read.digest, each)),
        "digests, one in a hundred kept": lambda each: keyed_below(KEY)(each, 2**64 // 100),
    }


def measure(each: Collection[str]) -> Mapping[str, float]:
    """Return nanoseconds a text for each side."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, side in sides().items():
            begun = time.perf_counter_ns()
            side(each)
            spent = (time.perf_counter_ns() - begun) / len(each)
            best[name] = min(spent, best.get(name, spent))
    return best


def main() -> None:
    """Print a table for each kind of text."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    for kind, each in texts(count).items():
        measured = measure(each)
        base, by_re = measured["a loop"], measured["every shape, by re"]
        print(f"{len(each):,} {kind}")
        for name, spent in measured.items():
            ratios = f"{spent / base:9,.1f} x the loop  {by_re / spent:8,.1f} x as fast as re"
            print(f"  {name:<32} {spent:10,.0f} ns  {ratios}")


if __name__ == "__main__":
    main()
