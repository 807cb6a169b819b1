"""What is planted is found, and look-alikes are left alone."""

from __future__ import annotations

from collections import Counter

from benchmarks.accuracy import Accuracy, count, of_detectors
from benchmarks.labelled import IDENTIFIERS, LOOK_ALIKES, values
from benchmarks.planted import FAULTS_OF_DATA
from compliance.inventory.detectors.registry import DETECTORS
from compliance.rules.registry import RULES


def test_every_detector_has_labelled_texts() -> None:
    assert set(IDENTIFIERS) == {detector.id for detector in DETECTORS}
    assert len(list(values(1, 3))) == 3 * (len(IDENTIFIERS) + len(LOOK_ALIKES))
    assert list(values(1, 3)) == list(values(1, 3)) != list(values(2, 3))


def test_detectors_find_what_is_planted_and_nothing_else() -> None:
    told = of_detectors(100)
    assert told.found == Counter({detector.id: 100 for detector in DETECTORS})
    assert (told.missed, told.false) == (Counter(), Counter())


def test_every_label_is_of_a_rule() -> None:
    labels = {rule for fault in FAULTS_OF_DATA for rule, _ in fault.labels}
    assert labels <= {rule.info.id for rule in RULES}


def test_what_was_planted_is_held_against_what_was_found() -> None:
    told = Accuracy()
    count(told, [("DA01", "a"), ("DA01", "b"), ("DA02", "c")], [("DA01", "a"), ("DA02", "d")])
    assert (told.precision("DA01"), told.recall("DA01")) == (1.0, 0.5)
    assert (told.precision("DA02"), told.recall("DA02")) == (0.0, 0.0)
    assert (told.precision("DA03"), told.recall("DA03")) == (1.0, 1.0)
    assert told.names == ["DA01", "DA02"]
