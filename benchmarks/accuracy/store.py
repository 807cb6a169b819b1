"""One invented app with every column of the corpus, audited as its vendor's build would audit it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

import yaml

from benchmarks.accuracy.columns import GROUPS_ALIKE, GROUPS_PLANTED, LOOK_ALIKES, ROWS, Column, planted
from benchmarks.accuracy.label import Label, Said
from compliance.declarations.load import load_declarations
from compliance.pipeline import Request, run_audit
from compliance.rules.base import RuleOptions

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
_KEY = b"k" * 32
_FEWEST_CODES = 4
_ITEMS = {"pupil": "free-text-note"}


def columns() -> tuple[Column, ...]:
    """Return every column of the table."""
    sets = load_declarations(()).vocabulary.code_sets.values()
    codes = {each.id: tuple(code.code for code in each.codes) for each in sets if each.reveals}
    return (*planted({name: of for name, of in codes.items() if len(of) >= _FEWEST_CODES}), *LOOK_ALIKES)


def labels(of: Iterable[Column]) -> Iterator[Label]:
    """Yield what must be said, and of which columns nothing may be said."""
    for column in of:
        yield Label(place=f"pupil.{column.name}", rules=column.rules)
    yield Label(place="planted_class.name", rules=("DA19",) * len(set(GROUPS_PLANTED)))
    yield Label(place="class.name")


def said(folder: Path) -> tuple[tuple[Label, ...], tuple[Said, ...]]:
    """Write the app's tables below ``folder``, audit them, and return labels and findings about the data."""
    table = columns()
    _write(folder, table)
    made = run_audit(
        Request(
            declarations=(folder / "stored-fields.yaml",),
            at=AT,
            stores=(str(folder / "store"),),
            options=RuleOptions(include_reserved=True),
            key=_KEY,
        )
    )
    found = (
        Said(rule=finding.rule.id, place=str(finding.hit.path or ""))
        for finding in made.findings
        if finding.rule.id.startswith("DA")
    )
    return tuple(labels(table)), tuple(found)


def _write(folder: Path, table: Iterable[Column]) -> None:
    draw = Random(7)  # noqa: S311 - not a secret
    store = folder / "store"
    store.mkdir(parents=True)
    rows = ({column.name: column.value(draw, row) for column in table} for row in range(ROWS))
    _lines(store / "pupil.jsonl", rows)
    _lines(store / "planted_class.jsonl", ({"name": name} for name in GROUPS_PLANTED))
    _lines(store / "class.jsonl", ({"name": name} for name in GROUPS_ALIKE))
    declared = _declared({"pupil": [column.name for column in table], "planted_class": ["name"], "class": ["name"]})
    (folder / "stored-fields.yaml").write_text(yaml.safe_dump(declared, sort_keys=False), encoding="utf-8")


def _lines(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _declared(datasets: Mapping[str, Iterable[str]]) -> dict[str, object]:
    return {
        "kind": "stored_fields",
        "app": "corpus",
        "version": "1",
        "recipients": [{"id": "support", "label": "Support desk", "kind": "internal"}],
        "stores": [{"id": "files", "label": "Files", "kind": "database", "country": "GB", "recipients": ["support"]}],
        "retentions": [{"id": "year", "period": "P1Y", "trigger": "created", "action": "erase"}],
        "datasets": [
            {
                "name": name,
                "store": "files",
                "subject": "pupil" if name == "pupil" else "group",
                "retention": "year",
                **({"group_name": "name"} if name != "pupil" else {}),
                "fields": [
                    {
                        "name": field,
                        "source": "user_entered",
                        "item": "free-text-note" if name == "pupil" else "group-name",
                    }
                    for field in fields
                ],
            }
            for name, fields in datasets.items()
        ],
    }
