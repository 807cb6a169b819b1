"""Reading: the many at once say what each says by itself."""

from __future__ import annotations

import hashlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.inventory import digest as digests
from compliance.inventory.digest import SPACE, Made, keyed, keyed_below, prefix_of
from compliance.inventory.reading import reader
from compliance.model.vocabulary import Code, CodeSet

KEY = b"k" * 32
DIGEST = keyed(KEY)


def code_set(name: str, *codes: str) -> CodeSet:
    return CodeSet(
        id=name, label=name, authority="Nobody", version="1", reveals=False,
        codes=tuple(Code(code=code, label=code) for code in codes),
    )  # fmt: skip


SETS = (code_set("ethnicity", "WBRI", "APKN "), code_set("sen", "N", "K", "Stra\u00dfe"), code_set("flags", "n", "Y"))
TEXTS = st.lists(
    st.sampled_from(
        [
            "N",
            " n ",
            "wbri",
            "WBRI" + " " * 40,
            "apkn\u00a0",
            "STRASSE",
            "",
            " ",
            "WBRIX",
            "\ud800",
            "x@example.org",
            "Y9 SEN",
            "sw1a 1aa",
            "UPN A801200005001",
            "SEN\nPPG",
            "9276308687 " * 20,
        ]
    )
    | st.text()
)


@given(TEXTS)
def test_which_of_many_texts_are_codes(texts: list[str]) -> None:
    read = reader(KEY, SETS)
    assert read.codes(texts) == {text: codes for text in texts if (codes := read.codes([text]).get(text))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("N", ["sen", "flags"]),
        ("\u3000y\r\n", ["flags"]),
        ("apkn", ["ethnicity"]),
        ("STRASSE", ["sen"]),
        ("", []),
        ("W", []),
    ],
)
def test_codes_whatever_their_case_and_blanks(text: str, names: list[str]) -> None:
    assert [name for name, _ in reader(KEY, SETS).codes([text]).get(text, ())] == names


def test_without_code_sets_nothing_is_a_code() -> None:
    assert reader(KEY, ()).codes(["N", ""]) == {}


@given(st.text(), st.binary(min_size=1, max_size=40))
def test_a_digest_is_what_a_database_makes(text: str, key: bytes) -> None:
    made = hashlib.md5((prefix_of(key) + text).encode(), usedforsecurity=False).hexdigest()
    assert keyed(key)(text) == int(made[: digests.HEX_DIGITS], 16)


@given(TEXTS, st.integers(0, SPACE))
def test_digests_below_a_bound(texts: list[str], below: int) -> None:
    assert keyed_below(KEY)(texts, below) == {text: made for text in texts if (made := DIGEST(text)) < below}
    assert keyed_below(KEY)(texts, SPACE) == {text: DIGEST(text) for text in texts}


@given(TEXTS, TEXTS, st.integers(0, SPACE), st.integers(0, SPACE))
def test_digests_that_were_made_already(before: list[str], texts: list[str], first: int, below: int) -> None:
    make = keyed_below(KEY)
    made = Made(make, set(before), first, make(before, first))
    digests = made.digests(texts, below)
    assert {text: digest for text, digest in digests.items() if digest < below} == make(texts, below)
    assert digests.keys() <= set(texts)
    assert repr(made) == f"<Made of {len(set(before))} texts>"


def test_without_an_own_md5_of_python_digests_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_md5", None)
    monkeypatch.setattr(digests, "_md5", digests._fastest_md5())
    assert keyed(KEY)("Zorvik") == DIGEST("Zorvik")
    assert "function" in type(digests._md5).__name__
