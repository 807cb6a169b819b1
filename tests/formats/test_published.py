"""What travels inside a document counts nothing about a field or a person."""

from __future__ import annotations

import json
from typing import Any

from compliance.formats.published import published
from compliance.formats.registry import FORMATS
from compliance.model.audit import Audit


def numbers(value: Any) -> set[int]:
    """Return every whole number that stands anywhere in a JSON value but for places and versions."""
    if isinstance(value, dict):
        rest = {key: each for key, each in value.items() if key not in {"place", "version", "verdict", "counts"}}
        return {number for each in rest.values() for number in numbers(each)}
    if isinstance(value, list):
        return {number for each in value for number in numbers(each)}
    return {value} if isinstance(value, int) and not isinstance(value, bool) else set()


def test_only_the_rows_of_whole_datasets_are_counted(audit: Audit) -> None:
    full, carried = (json.loads(FORMATS["json"].render(each)) for each in (audit, published(audit)))
    assert numbers(full) > {28, 30}
    assert numbers(carried) == {0, 30}  # no deleted or unchanged rows, and 30 in the dataset
    assert "filled in" in json.dumps(full)
    assert "filled in" not in json.dumps(carried)


def test_the_same_findings_and_cells_are_told(audit: Audit) -> None:
    assert [f.fingerprint for f in published(audit).findings] == [f.fingerprint for f in audit.findings]
    states = [[cell.state for _, cell in line.cells] for line in audit.ledger]
    assert [[cell.state for _, cell in line.cells] for line in published(audit).ledger] == states
