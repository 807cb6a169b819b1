from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import ours, report
from benchmarks.goals import goals
from benchmarks.growth import draw
from benchmarks.peers import registry as peers
from benchmarks.process import Limits, Run
from benchmarks.pupils import SHAPES
from benchmarks.subject import Finding, Measured, Side, Subject

NESTED = next(shape for shape in SHAPES if shape.name == "nested")


def ran(*, cpu: float = 1.0, wall: float = 1.0, peak: float = 50.0, output: str = "") -> Run:
    return Run(wall=wall, cpu=cpu, largest=peak, together=peak, code=0, cut="", output=output, errors="")


def side(name: str, role: str) -> Side:
    return Side(name=name, role=role, command=lambda _: [])


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    path = tmp_path / "nested-1000.jsonl"
    path.write_bytes(b"x" * 1_000_000)
    return Subject(shape=NESTED, records=1000, kind="jsonl", path=path)


@pytest.fixture
def measured(subject: Subject) -> list[Measured]:
    def of(name: str, role: str, run: Run, finding: Finding | None = None) -> Measured:
        return Measured(subject=subject, side=side(name, role), runs=(run,), finding=finding)

    whole = Finding(names=3, exact=3)
    return [
        of("slow decoder", "baseline", ran(cpu=2)),
        of("bare decoder", "baseline", ran(cpu=1)),
        of(ours.name(detectors=False, jobs=1), "ours", ran(cpu=2.5), whole),
        of(ours.name(detectors=True, jobs=1), "ours", ran(cpu=4.1, wall=4, peak=150), whole),
        of(ours.name(detectors=True, jobs=2), "ours", ran(cpu=4.1, wall=2, peak=149), whole),
        of("peer", "peer", ran(wall=3), Finding(names=1, exact=None)),
    ]


def verdicts(measured: Sequence[Measured]) -> dict[str, str]:
    return {goal.text.partition(": ")[2]: f"{goal.figures}: {goal.verdict}" for goal in goals(measured)}


def test_goals_are_met_and_missed_by_the_figures(measured: list[Measured]) -> None:
    assert verdicts(measured) == {
        "every planted path found and counted exactly": "3 of 3 found, 3 of 3 exact: met",
        "CPU at most 2.5 times bare decoding": "2.50 (1,000): met",
        "CPU at most 4 times bare decoding": "4.10 (1,000): missed",
        "two jobs at least 1.8 times as fast as one": "2.00 (1,000): met",
        "at most 150 MB for each job": "150 MB: met",
        "faster than every peer": "peer takes 0.75 of our time: missed",
    }


def test_what_was_not_measured_is_said(measured: list[Measured]) -> None:
    said = verdicts(measured[:2])
    assert set(said.values()) == {"0 of 3 found, 0 of 3 exact: not measured", ": not measured"}


def test_a_side_of_ours_that_could_not_look_misses_the_goal(measured: list[Measured]) -> None:
    broken = replace(measured[3], skipped="failed: it said nothing")
    assert next(goals([*measured[:3], broken])).verdict == "missed"


def test_ours_must_find_the_very_path_and_count_it(subject: Subject) -> None:
    def field(present: int, null: int = 0, empty: int = 0) -> dict[str, int]:
        return {"present": present, "null": null, "empty": empty}

    fields = {
        "nested-1000.ethnicity_detail": field(12, null=1, empty=1),
        "nested-1000.contacts[].religion": field(2),
        "nested-1000.health_condition": field(1),
    }
    output = json.dumps({"datasets": {"nested-1000": {"fields": fields}}})
    assert ours.find(subject, ran(output=output)) == Finding(names=2, exact=1)


def test_a_peer_is_credited_with_whole_names_alone(subject: Subject) -> None:
    said = "'ethnicity_detail' was unexpected; religion_code is fine"
    assert peers.find(subject, ran(output=said)) == Finding(names=1, exact=None)


def test_the_drawing_is_sound_xml_with_a_line_for_each_side(measured: list[Measured]) -> None:
    drawing = ET.fromstring(draw(measured))  # noqa: S314 - our own
    lines = [path for path in drawing.iter("{http://www.w3.org/2000/svg}path") if path.get("stroke-width")]
    assert len(lines) == 2 * 4


def test_the_last_run_is_put_between_the_marks(
    measured: list[Measured], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}old\n{report.END}after\n", encoding="utf-8")
    monkeypatch.setattr(report, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr("sys.argv", ["report", str(page)])
    report.write(measured, Limits(seconds=9, gigabytes=1), command="the command")
    report.main()
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{report.BEGIN}\nMade by `the command` with")
    assert text.endswith(f"{report.END}after\n")
    assert "old" not in text
    assert "| bare decoder * |  |  | 1.00 | 1.00 | 1.00 | 1.00 | 50 | 50 |" in text
    assert (tmp_path / "images" / "growth.svg").read_text(encoding="utf-8") == draw(measured)
