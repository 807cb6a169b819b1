"""An inventory on its own."""

from __future__ import annotations

import json
from dataclasses import replace

from compliance.formats.inventory import lines, render_json
from compliance.model.audit import Audit
from compliance.model.inventory import CodeSetHits, DatasetProfile, FieldProfile, Inventory
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct

PUPILS = DatasetProfile(
    rows=4_000,
    deleted=3,
    bare=2,
    fields={
        FieldPath.parse("pupil.ethnicity"): FieldProfile(
            present=4_000,
            null=10,
            types={"string": 3_990},
            distinct=Distinct.of(range(17)),
            code_sets={"ethnicity": CodeSetHits(rows=3_990), "gender": CodeSetHits(rows=12)},
        ),
        FieldPath.parse("pupil.id"): FieldProfile(
            present=4_000, types={"integer": 4_000}, distinct=Distinct.of(range(2**52, 2**64, 2**52))
        ),
    },
)


def test_an_inventory_is_a_table_for_each_dataset() -> None:
    taken = Inventory(sources=("app.sqlite",), datasets={"pupil": PUPILS, "empty\n": DatasetProfile()})
    assert "".join(f"{line.text}\n" for line in lines(taken)) == (
        "1 source, 2 datasets, 4,000 rows, 2 fields\n"
        "\n"
        "empty\\n  0 rows\n"
        "\n"
        "pupil  4,000 rows, 3 deleted, 2 unchanged\n"
        "  field      filled  null  empty  types    different    looks like\n"
        "  ethnicity  3,990   10    0      string   17           ethnicity\n"
        "  id         4,000   0     0      integer  about 4,092\n"
    )


def test_an_inventory_says_what_it_did_not_count(audit: Audit) -> None:
    assert audit.store
    told = [line.text for line in lines(audit.store)]
    assert told[-2:] == ["Not counted as data", "  app.sqlite: the view pupil_view was not read"]
    assert any(line.endswith("upn 1") for line in told)
    without = [line.text for line in lines(replace(audit.store, notices=()))]
    assert "Not counted as data" not in without


def test_an_inventory_as_json_is_as_inside_an_audit(audit: Audit) -> None:
    assert audit.store
    written = json.loads(render_json(audit.store))
    assert written["datasets"]["pupil"]["fields"]["pupil.ethnicity"]["distinct"] == {"count": 5, "relative_error": 0.0}
