from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy import feeds, store
from benchmarks.accuracy import texts as labelled
from benchmarks.accuracy.label import Label, Said, Score, scores
from benchmarks.accuracy.planted import FAULTS_OF_DATA
from compliance.inventory.detectors.registry import DETECTORS
from compliance.rules.registry import RULES


def test_scores_count_what_was_found_missed_and_said_for_nothing() -> None:
    labels = (Label(place="a", rules=("X", "X", "Y")), Label(place="b", rules=("Z",)), Label(place="clean"))
    said = (
        Said(rule="X", place="a"),
        Said(rule="Y", place="a"),
        Said(rule="Y", place="a"),
        Said(rule="Y", place="clean"),
        Said(rule="W", place="clean"),
    )
    assert [*scores(labels, said)] == [
        Score(name="W", planted=0, found=0, false=1),
        Score(name="X", planted=2, found=1, false=0),
        Score(name="Y", planted=1, found=1, false=2),
        Score(name="Z", planted=1, found=0, false=0),
    ]


def test_shares_are_none_where_there_is_nothing_to_share() -> None:
    score = Score(name="X", planted=4, found=1, false=3)
    assert (score.recall, score.precision) == (0.25, 0.25)
    nothing = Score(name="X", planted=0, found=0, false=0)
    assert (nothing.recall, nothing.precision) == (None, None)


def test_every_planted_column_is_found_and_no_look_alike_is_spoken_of(tmp_path: Path) -> None:
    labels, said = store.said(tmp_path)
    assert {score.name for score in scores(labels, said)} == {rule for label in labels for rule in label.rules}
    assert sorted((each.place, each.rule) for each in said) == sorted(
        (label.place, rule) for label in labels for rule in label.rules
    )


@pytest.mark.parametrize("name", [*feeds.PLACES])
def test_every_value_in_an_answer_is_met(name: str, tmp_path: Path) -> None:
    labels, said = feeds.said(tmp_path, name)
    assert len(said) > 10
    assert sorted((each.place, each.rule) for each in said) == sorted(
        (label.place, rule) for label in labels for rule in label.rules
    )


def test_every_detector_has_labelled_texts_from_one_seed() -> None:
    assert {*labelled.IDENTIFIERS} == {detector.id for detector in DETECTORS}
    assert [*labelled.values(1, 3)] == [*labelled.values(1, 3)]
    assert [*labelled.values(1, 3)] != [*labelled.values(2, 3)]


def test_detectors_see_what_is_planted_in_texts_and_nothing_else() -> None:
    scored = [*scores(*labelled.said(100))]
    assert [score.name for score in scored] == sorted(detector.id for detector in DETECTORS)
    assert {(score.planted, score.found, score.false) for score in scored} == {(100, 100, 0)}


def test_every_planted_fault_is_of_a_rule() -> None:
    assert {rule for fault in FAULTS_OF_DATA for rule in fault.rules} <= {rule.info.id for rule in RULES}
