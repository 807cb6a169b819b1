"""``compliance draft`` guesses, says that it does, and nothing accepts a guess until a person confirmed it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compliance import resources
from compliance.declarations.load import load_declarations, shipped_catalogues
from compliance.drafts.guess import Guess, guesses
from compliance.example.generate import write_example
from compliance.formats.draft import render
from compliance.model.inventory import CodeSetHits, DatasetProfile, Detection, FieldProfile, Inventory
from compliance.model.paths import FieldPath


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


def guessed(path: str, profile: FieldProfile | None = None) -> tuple[str | None, str]:
    at = FieldPath.parse(path)
    inventory = Inventory(datasets={at.dataset: DatasetProfile(rows=10, fields={at: profile or FieldProfile()})})
    (guess,) = guesses(inventory, load_declarations(()).vocabulary, shipped_catalogues())
    return guess.item, guess.why


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("pupil.first_name", "forename"), ("pupil.FirstName", "forename"), ("Students.Surname", "surname"),
        ("staff.surname", "staff-surname"), ("pupil.dateOfBirth", "date-of-birth"), ("pupil.religion", "religion"),
        ("pupil.ever_6_fsm", "ever-6-fsm"), ("pupil.pupil_home_language", "home-language"),
        ("pupil.SENProvision", "sen-status"), ("pupil.xyzzy", None), ("pupil.font_size", None),
    ],
)  # fmt: skip
def test_a_name_tells_an_item(path: str, item: str | None) -> None:
    assert guessed(path)[0] == item


def test_values_tell_more_than_a_name() -> None:
    upn = FieldProfile(present=10, detections={"upn": Detection(matches=9)})
    assert guessed("pupil.religion", upn) == ("upn", "its values look like Unique pupil number (UPN)")
    few = FieldProfile(present=10, detections={"upn": Detection(matches=8)})
    assert guessed("pupil.religion", few)[0] == "religion"
    codes = FieldProfile(present=10, code_sets={"enrolment-status": CodeSetHits(rows=10, codes=frozenset({1, 2, 3}))})
    assert guessed("pupil.x", codes)[0] == "enrolment-status"
    too_few = FieldProfile(present=10, code_sets={"enrolment-status": CodeSetHits(rows=10, codes=frozenset({1, 2}))})
    assert guessed("pupil.x", too_few)[0] is None


def test_the_example_is_guessed_well_and_not_accepted(cli: Cli, tmp_path: Path) -> None:
    school = write_example(tmp_path / "school", clean=True, at=dt.date(2026, 11, 23))
    out = tmp_path / "stored-fields.yaml"
    done = cli("draft", school.store, "--app", "wellbeing-survey", "--out", out)
    assert (done.code, done.out) == (0, "")
    assert re.search(r"[0-9]+ fields, of which [0-9]+ were guessed\. Each has to be confirmed by a person\.", done.err)
    drafted: Any = yaml.safe_load(out.read_text(encoding="utf-8"))
    stored = load_declarations([resources.example_app()]).stored_fields
    assert stored
    truth = {str(field.path): field.item for field in stored.fields}
    made = {
        f"{dataset['name']}.{field['name']}": field.get("item")
        for dataset in drafted["datasets"]
        for field in dataset["fields"]
    }
    assert made.keys() >= truth.keys() - {"class.historic"}
    right = sum(made.get(path) == item for path, item in truth.items())
    assert right / len(truth) > 0.6
    refused = cli("check", out)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.count("and nobody has confirmed it.") == len(made)
    assert cli("draft", school.store, "--out", out).code == 3


def test_a_confirmed_draft_is_a_declaration(cli: Cli, tmp_path: Path) -> None:
    schema = tmp_path / "a.sql"
    schema.write_text("CREATE TABLE pupil (first_name text, xyzzy text);", encoding="utf-8")
    text = cli("draft", schema).out
    assert 'guessed: "nothing is known of it: name its data item, or say why it is not personal"' in text
    confirmed = re.sub(r"\n +guessed: .*", "", text)
    path = tmp_path / "stored-fields.yaml"
    path.write_text(confirmed, encoding="utf-8")
    done = cli("check", path, "--format", "json", "--fail-on", "never")
    assert done.code == 0
    assert [line["item"] for line in json.loads(done.out)["ledger"]["lines"]] == ["forename", None]


def test_a_guess_alone_is_told_as_what_it_is(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "stored-fields.yaml"
    path.write_text(render([Guess(FieldPath("pupil", "upn"), "upn", "its name")], app="a", store="b"), encoding="utf-8")
    assert cli("check", path).err.endswith(
        "datasets[0].fields[0].guessed: the data item upn was guessed, and nobody has confirmed it. "
        "Put the item right, or say why it is not personal, and take the line guessed away.\n"
    )


@given(st.lists(st.tuples(st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9)), max_size=5, unique=True))
def test_a_draft_is_yaml_whatever_the_names(names: list[tuple[str, str]]) -> None:
    made = [Guess(FieldPath.of(dataset, field), None, "nothing is known") for dataset, field in sorted(names)]
    read: Any = yaml.safe_load(render(made, app="a\nb", store="c: d"))
    datasets = read["datasets"] or []
    assert [field["guessed"] for dataset in datasets for field in dataset["fields"]] == ["nothing is known"] * len(made)
