"""An inventory on its own."""

from __future__ import annotations

import json
from dataclasses import replace

from compliance.formats.inventory import lines, render_json
from compliance.model.audit import Audit
from compliance.model.inventory import CodeSetHits, DatasetProfile, FieldProfile, Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct, Span

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


def test_how_far_fields_reach_is_a_column_where_one_may_say() -> None:
    fields = {
        FieldPath.parse("pupil.left"): FieldProfile(
            present=3, types={"integer": 1, "string": 2}, spans={"year": Span(2024, 2026), "number": Span(-5, 1.5)}
        ),
        FieldPath.parse("pupil.name"): FieldProfile(present=3, types={"string": 3}),
    }
    taken = Inventory(sources=("app.sqlite",), datasets={"pupil": DatasetProfile(rows=3, fields=fields)})
    assert [line.text for line in lines(taken)][3:] == [
        "  field  filled  null  empty  types            different  from-to                  looks like",
        "  left   3       0     0      integer, string  0          -5 to 1.5, 2024 to 2026",
        "  name   3       0     0      string           0",
    ]
    assert json.loads(render_json(taken))["datasets"]["pupil"]["fields"]["pupil.left"]["spans"] == {
        "number": {"low": -5, "high": 1.5},
        "year": {"low": 2024, "high": 2026},
    }


def test_what_stands_for_the_keys_of_a_map_is_said() -> None:
    fields = {FieldPath.parse(path): FieldProfile(present=30) for path in ("form.marks", "form.marks.<key>")}
    taken = Inventory(
        sources=("app.sqlite",), datasets={"form": DatasetProfile(rows=3, fields=fields), "pupil": PUPILS}
    )
    told = [line.text for line in lines(taken)]
    assert told[5:7] == [
        "  marks.<key>  30      0     0             0",
        "  <key> stands for every key of an object that is a map: keys may be people",
    ]
    assert "\n".join(told).count("stands for") == 1


def test_an_inventory_that_lacks_rows_says_so() -> None:
    other = Notice("a.txt", "was not read")
    taken = Inventory(sources=("a.json",), datasets={"pupil": PUPILS}, notices=(other,))
    lacking = replace(
        taken, notices=(other, Notice("a.json", "breaks off", "pupil"), Notice("b.json", "is cut", "a\n"))
    )
    assert [(line.text, line.tone) for line in lines(lacking)][-1] == (
        "Incomplete: rows of a\\n and pupil are known to be missing.",
        "warning",
    )
    assert "Incomplete" not in "".join(line.text for line in lines(taken))
    assert json.loads(render_json(taken))["complete"] is True
    written = json.loads(render_json(lacking))
    assert written["complete"] is False
    assert written["notices"][:2] == [
        {"source": "a.txt", "what": "was not read", "dataset": None},
        {"source": "a.json", "what": "breaks off", "dataset": "pupil"},
    ]


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
