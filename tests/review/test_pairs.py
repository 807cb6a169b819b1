"""Who may be one person, and what a sync would make of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.held import HELD, INCOMING, Standing
from compliance.review import pairs as pairing
from compliance.review.doubles import doubles
from compliance.review.likeness import are_alike, words_of
from compliance.review.pairs import Why, judge, pairs_between, pairs_within
from compliance.review.person import Person
from compliance.review.standings import Standings, standings

NAMES = ("Blenthy Zorvik", "Blenthi Zorvik", "Zorvik Blenthy", "Corvimo Zorvik", "Blenthy Zorvik-Quandle", "")


def person(name: str = "", born: str = "", key: str = "", upn: str = "", row: int = 0) -> Person:
    words = words_of(name)
    return Person(key=key, upn=upn, words=words, bag=tuple(sorted(words)), born=born, name=name, shown_key=key, row=row)


people = st.lists(
    st.builds(
        person,
        name=st.sampled_from(NAMES),
        born=st.sampled_from(("2016-03-04", "2016-04-03", "2016-03-05", "")),
        key=st.sampled_from(("", "1", "2", "3")),
        upn=st.sampled_from(("", "u1", "u2")),
        row=st.integers(1, 10_000),
    ),
    max_size=8,
    unique_by=lambda each: each.row,
).map(sorted)


def stand(held: Sequence[Person], incoming: Sequence[Person]) -> Standings:
    return standings(held, incoming, pairs_between(held, incoming))


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łumbra O'Glimmock", "lumbra oglimmock"),
        ("Ælfwump Søndlepuff", "Aelfwump Sondlepuff"),
        ("Blenthy Zorvik", "Zorvik Blenthy"),
        ("Mohammed Zorvik", "Muhammad Zorvik"),
        ("Blenthy Crumb-Quandle", "Blenthy Quandle"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert are_alike(words_of(one), words_of(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Ella Zorvik", "Emma Zorvik"), ("Blenthy Zorvik", "Zorvik"), ("", ""), ("Ella", "")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not are_alike(words_of(one), words_of(other))


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_does_not_mind_who_comes_first(one: str, other: str) -> None:
    assert are_alike(words_of(one), words_of(other)) == are_alike(words_of(other), words_of(one))


# --- pairs ------------------------------------------------------------------------------------------------------

BORN = "2016-03-04"
ONE = person("Blenthy Zorvik", BORN, "1", "u1")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (person("Somebody Else", BORN, "1"), Why.IDENTIFIER),
        (person("Somebody Else", "2015-01-01", "1"), Why.DOUBTFUL),
        (person("Somebody Else", "2015-01-01", "2", "u1"), Why.UPN),
        (person("Blenthy Zorvik", BORN, "2"), Why.NAME_AND_BIRTH),
        (person("Blenthy Zorvik", BORN, "2", "u2"), Why.OTHER_UPN),
        (person("Blenthi Zorvik", BORN), Why.SPELLING),
        (person("Blenthi Zorvik", BORN, upn="u2"), None),
        (person("Blenthy Zorvik", "2016-04-03"), Why.DAY_AND_MONTH),
        (person("Blenthy Zorvik", "2016-03-05"), None),
        (person("Blenthy Zorvik"), Why.NAME),
        (person("Corvimo Zorvik", BORN), None),
        (person(), None),
    ],
)
def test_what_makes_two_records_one_person(other: Person, why: Why | None) -> None:
    assert judge(ONE, other) is judge(other, ONE) is why
    assert pairs_between([ONE], [other]).why == ({(0, 0): why} if why else {})
    assert pairs_within([ONE, other]).why == ({(0, 1): why} if why else {})


@given(people, people)
def test_blocks_miss_no_pair_and_matching_is_symmetric(held: list[Person], incoming: list[Person]) -> None:
    found = pairs_between(held, incoming).why
    everything = {(i, j): judge(a, b) for i, a in enumerate(held) for j, b in enumerate(incoming)}
    assert found == {pair: why for pair, why in everything.items() if why}
    assert {(j, i): why for (i, j), why in pairs_between(incoming, held).why.items()} == found


@given(people)
def test_a_crowd_is_held_together_all_the_same(crowd: list[Person]) -> None:
    """With room for no comparison in a block, sure doubles are as many as with room for all."""
    alike = [person("Blenthy Zorvik", BORN, row=each.row) for each in crowd]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "MOST", 0)
        crowded = pairs_within(alike)
    assert len(doubles(alike, crowded).doubles) == len(doubles(alike, pairs_within(alike)).doubles)
    assert crowded.crowded == bool(alike)


# --- standings --------------------------------------------------------------------------------------------------


@given(people, people)
def test_everybody_has_one_standing(held: list[Person], incoming: list[Person]) -> None:
    made = stand(held, incoming)
    assert (len(made.held), len(made.incoming)) == (len(held), len(incoming))
    assert {*made.held} <= {*HELD}
    assert {*made.incoming} <= {*INCOMING}
    matched = made.held.count(Standing.MATCHED)
    assert matched == made.incoming.count(Standing.MATCHED) == len(made.partner) == len({*made.partner.values()})


@given(people, people, st.randoms(use_true_random=False))
def test_standings_do_not_hang_on_the_order(held: list[Person], incoming: list[Person], dice: Random) -> None:
    before = stand(held, incoming)
    ours, theirs = [*held], [*incoming]
    dice.shuffle(ours)
    dice.shuffle(theirs)
    after = stand(ours, theirs)
    assert {each.row: what for each, what in zip(ours, after.held, strict=True)} == {
        each.row: what for each, what in zip(held, before.held, strict=True)
    }
    assert {each.row: what for each, what in zip(theirs, after.incoming, strict=True)} == {
        each.row: what for each, what in zip(incoming, before.incoming, strict=True)
    }


@given(people, people)
def test_matching_is_the_same_from_the_other_side(held: list[Person], incoming: list[Person]) -> None:
    there, back = stand(held, incoming), stand(incoming, held)
    both = (Standing.MATCHED, Standing.MAY_MATCH)
    assert [what if what in both else None for what in there.held] == [
        what if what in both else None for what in back.incoming
    ]
    assert there.partner == {one: other for other, one in back.partner.items()}


@pytest.mark.parametrize(
    ("held", "incoming", "ours", "theirs"),
    [
        ([ONE], [person("New Name", BORN, "1")], ["matched"], ["matched"]),
        ([person("Blenthy Zorvik", BORN)], [ONE], ["matched"], ["matched"]),
        ([person("Blenthi Zorvik", BORN)], [ONE], ["may_match"], ["may_match"]),
        ([person("Blenthy Zorvik", BORN, "9")], [ONE], ["may_match"], ["may_match"]),
        ([person("Blenthy Zorvik", BORN, row=n) for n in (1, 2)], [ONE], ["may_match"] * 2, ["may_match"]),
        ([ONE, person("Blenthy Zorvik", BORN, "9")], [ONE], ["matched", "would_be_desynced"], ["matched"]),
        ([person("Corvimo Zorvik", BORN)], [], ["not_matched"], []),
        ([person("Corvimo Zorvik", BORN, "7")], [ONE], ["would_be_desynced"], ["new"]),
    ],
)
def test_standings(held: list[Person], incoming: list[Person], ours: list[str], theirs: list[str]) -> None:
    made = stand(held, incoming)
    assert ([*made.held], [*made.incoming]) == (ours, theirs)


# --- doubles ----------------------------------------------------------------------------------------------------


@given(people, st.randoms(use_true_random=False))
def test_doubles_do_not_hang_on_the_order(crowd: list[Person], dice: Random) -> None:
    def counts(some: list[Person]) -> tuple[int, int, int]:
        found = doubles(some, pairs_within(some))
        sure = sum(each.is_sure for each in found.doubles)
        return sure, len(found.doubles) - sure, found.two_identifiers

    before, shuffled = counts(crowd), [*crowd]
    dice.shuffle(shuffled)
    assert counts(shuffled) == before


def test_three_records_of_one_person_are_two_too_many() -> None:
    crowd = [person("Blenthy Zorvik", BORN, key, row=n) for n, key in enumerate(("1", "2", "2"))]
    found = doubles(crowd, pairs_within(crowd))
    assert [each.is_sure for each in found.doubles] == [True, True]
    assert found.two_identifiers == 1


def test_who_waits_to_be_merged_is_no_double() -> None:
    waiting = Person(key="1", words=("blenthy",), born=BORN, pending=True)
    crowd = [waiting, Person(key="1", words=("blenthy",), born=BORN, row=1)]
    assert doubles(crowd, pairs_within(crowd)).doubles == ()


def test_people_cannot_be_printed() -> None:
    assert "Blenthy" not in f"{ONE!r} {ONE} {[ONE]}"
