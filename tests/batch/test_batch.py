"""``compliance report --all``: many schools, whatever happens to one of them or to the run."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from html import escape
from pathlib import Path
from zipfile import ZipFile

import pytest

from compliance.batch.outcomes import JOURNAL, Outcome, is_finished, recorded
from compliance.batch.schools import schools_in
from compliance.cli.batch import run_batch
from compliance.cli.batch_school import Order
from compliance.cli.progress import left_of
from compliance.errors import OutputError, SourceError
from compliance.example.generate import write_example
from compliance.pipeline import Request
from tests.conftest import Cli

SHARED = ("permission-set.yaml", "stored-fields.yaml", "organisation.yaml")
NAMES = ("Blenthy Primary", "Corvimo & Søn", "dwimla")


@pytest.fixture(scope="session", name="template")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three schools of one app, each with its own authorisation; one has a feed and a store too."""
    folder = tmp_path_factory.mktemp("batch")
    example = write_example(folder / "example", clean=True, at=dt.date(2026, 11, 23))
    declarations = example.declarations[0]
    (folder / "shared").mkdir()
    for name in SHARED:
        shutil.copy(declarations / name, folder / "shared")
    granted = (declarations / "authorisation.yaml").read_text(encoding="utf-8")
    for number, name in enumerate(NAMES):
        school = folder / "schools" / name
        school.mkdir(parents=True)
        own = granted.replace("Exampleton Primary School", f"{name} School {number}")
        (school / "authorisation.yaml").write_text(own, encoding="utf-8")
    shutil.copytree(example.feed, folder / "schools" / NAMES[0] / "feed")
    shutil.copy(example.store, folder / "schools" / NAMES[0] / "store.sqlite")
    return folder


@pytest.fixture(name="place")
def _place(template: Path, tmp_path: Path) -> Path:
    for name in ("shared", "schools"):
        shutil.copytree(template / name, tmp_path / name)
    return tmp_path


def order(place: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return ("report", place / "shared", "--all", place / "schools", "--out", place / "out", *more)


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


HTML = ("--format", "html", "--jobs", "1")


def test_every_school_has_its_document_and_a_line_in_the_index(cli: Cli, place: Path) -> None:
    done = cli(*order(place, *HTML))
    assert (done.code, done.out, done.err) == (0, f"3 of 3 schools: {place / 'out' / 'index.html'}\n", "")
    files = written(place / "out")
    assert sorted(files) == [
        "Blenthy Primary/blenthy-primary-school-0-school-privacy.html",
        "Corvimo & Søn/corvimo-sn-school-1-school-privacy.html",
        "dwimla/dwimla-school-2-school-privacy.html",
        "index.html",
        "manifest.json",
    ]
    assert b"Blenthy Primary School 0" in files["Blenthy Primary/blenthy-primary-school-0-school-privacy.html"]
    index = files["index.html"].decode()
    links = re.findall(r'<a href="([^"#]+)"', index)
    assert links == [
        "Blenthy%20Primary/blenthy-primary-school-0-school-privacy.html",
        "Corvimo%20%26%20S%C3%B8n/corvimo-sn-school-1-school-privacy.html",
        "dwimla/dwimla-school-2-school-privacy.html",
    ]
    assert "Corvimo &amp; Søn School 1" in index


def test_the_same_input_makes_the_same_bytes_by_however_many(cli: Cli, place: Path) -> None:
    assert cli(*order(place, *HTML)).code == 0
    first = written(place / "out")
    shutil.rmtree(place / "out")
    assert cli(*order(place, "--format", "html", "--jobs", "2")).code == 0
    assert written(place / "out") == first


def test_what_has_not_changed_is_not_made_again(cli: Cli, place: Path) -> None:
    assert cli(*order(place, *HTML)).code == 0
    first, times = written(place / "out"), modified(place / "out")
    assert cli(*order(place, *HTML)).code == 0
    assert written(place / "out") == first
    assert {name for name, when in modified(place / "out").items() if when != times[name]} <= {
        "index.html", "manifest.json",
    }  # fmt: skip


@pytest.mark.parametrize("change", ["own", "shared", "option", "spoilt", "gone"])
def test_what_has_changed_is_made_again(cli: Cli, place: Path, change: str) -> None:
    assert cli(*order(place, *HTML)).code == 0
    first, times = written(place / "out"), modified(place / "out")
    (report,) = (place / "out" / "dwimla").iterdir()
    more: tuple[str, ...] = ()
    match change:
        case "own":
            with (place / "schools" / "dwimla" / "authorisation.yaml").open("a") as own:
                own.write("# a remark\n")
        case "shared":
            with (place / "shared" / "organisation.yaml").open("a") as shared:
                shared.write("# a remark\n")
        case "option":
            more = ("--at", "2026-12-01")
        case "spoilt":
            report.write_text("spoilt")
        case _:
            report.unlink()
    assert cli(*order(place, *HTML, *more)).code == 0
    again = {
        name.split("/")[0] for name, when in modified(place / "out").items() if "/" in name and when != times[name]
    }
    assert again == ({*NAMES} if change in {"shared", "option"} else {"dwimla"})
    if change in {"spoilt", "gone"}:
        assert written(place / "out") == first


def modified(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def test_schools_of_one_name_keep_apart(cli: Cli, place: Path) -> None:
    for number in range(2):
        shutil.copytree(place / "schools" / "dwimla", place / "schools" / f"again {number}")
    assert cli(*order(place, *HTML)).code == 0
    index = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert index.count("dwimla School 2</th>") == 3


# --- when something goes wrong ----------------------------------------------------------------------------------


def test_one_school_fails_and_the_others_are_finished(cli: Cli, place: Path) -> None:
    (place / "schools" / "dwimla" / "authorisation.yaml").write_text("kind: authorisation\napp: [\n", encoding="utf-8")
    (place / "schools" / NAMES[0] / "store.sqlite").write_bytes(b"SQLite format 3\0" + b"\0" * 200)
    done = cli(*order(place, *HTML))
    assert (done.code, done.out) == (3, f"1 of 3 schools: {place / 'out' / 'index.html'}\n")
    said = done.err.splitlines()
    assert [line.split(": ")[2] for line in said] == ["Blenthy Primary", "dwimla"]
    assert "Traceback" not in done.err
    assert [name for name in written(place / "out") if "/" in name] == [
        "Corvimo & Søn/corvimo-sn-school-1-school-privacy.html"
    ]
    index = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert "The reports of 2 could not be made." in index
    assert index.count('data-row="failed"') == 2


def test_a_failed_school_is_tried_again(cli: Cli, place: Path) -> None:
    broken = place / "schools" / "dwimla" / "authorisation.yaml"
    good = broken.read_text(encoding="utf-8")
    broken.write_text("kind: authorisation\n", encoding="utf-8")
    assert cli(*order(place, *HTML)).code == 3
    broken.write_text(good, encoding="utf-8")
    assert cli(*order(place, *HTML)).code == 0


def test_what_is_no_longer_so_does_not_stay(cli: Cli, place: Path) -> None:
    assert cli(*order(place, *HTML)).code == 0
    own = place / "schools" / "dwimla" / "authorisation.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("dwimla School 2", "Dwimla Academy"), encoding="utf-8")
    (place / "schools" / NAMES[0] / "authorisation.yaml").write_text("kind: authorisation\n", encoding="utf-8")
    assert cli(*order(place, *HTML)).code == 3
    assert sorted(name for name in written(place / "out") if "/" in name) == [
        "Corvimo & Søn/corvimo-sn-school-1-school-privacy.html",
        "dwimla/dwimla-academy-school-privacy.html",
    ]


def test_a_run_that_was_killed_goes_on_and_leaves_nothing_half_written(cli: Cli, place: Path) -> None:
    assert cli(*order(place, *HTML)).code == 0
    whole = written(place / "out")
    shutil.rmtree(place / "out")
    for number in range(6):  # enough that it is killed before its end
        shutil.copytree(place / "schools" / NAMES[0], place / "schools" / f"Blenthy {number}")
    command = [sys.executable, "-m", "compliance", *map(str, order(place, *HTML))]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.getcwd()}) as running:  # noqa: S603, PTH109 - ours
        journal = place / "out" / JOURNAL
        until = time.monotonic() + 120
        while not (journal.exists() and journal.read_bytes().count(b"\n") > 2) and time.monotonic() < until:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    finished = {name: data for name, data in written(place / "out").items() if name.endswith(".html")}
    assert finished
    assert not (place / "out" / "manifest.json").exists()
    (place / "out" / ".0123456789abcdef.part").write_text("half")
    with journal.open("a") as stream:
        stream.write('{"school": "dwimla", "asked": "cut in the mid')
    for number in range(6):
        shutil.rmtree(place / "schools" / f"Blenthy {number}")
        shutil.rmtree(place / "out" / f"Blenthy {number}", ignore_errors=True)
    before = modified(place / "out")
    assert cli(*order(place, *HTML)).code == 0
    assert written(place / "out") == whole
    kept = [name for name in whole if "/" in name and name in before]
    assert all(modified(place / "out")[name] == before[name] for name in kept)


def test_a_run_that_goes_on_speaks_of_the_moment_at_which_it_began(
    cli: Cli, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli(*order(place, *HTML)).code == 0
    whole = written(place / "out")
    manifest = json.loads(whole["manifest.json"])
    lines = [{"kind": manifest["kind"], "version": 1, "at": manifest["at"]}, manifest["schools"][0]]
    (place / "out" / JOURNAL).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (place / "out" / "manifest.json").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert cli(*order(place, *HTML)).code == 0
    assert written(place / "out") == whole


def test_a_record_that_leads_out_is_none(tmp_path: Path) -> None:
    line = {"school": "x", "asked": "y", "files": {"../other": "z"}}
    (tmp_path / JOURNAL).write_text(f'{{"kind": "batch-of-reports"}}\n{json.dumps(line)}\n[1]\nnothing\n')
    assert recorded(tmp_path) == {}
    assert not is_finished(Outcome(school="x", asked=""), "", tmp_path)


# --- bad input --------------------------------------------------------------------------------------------------


def test_a_folder_without_schools_is_refused(cli: Cli, place: Path) -> None:
    shutil.rmtree(place / "schools")
    assert "cannot be read" in cli(*order(place)).err
    (place / "schools").mkdir()
    done = cli(*order(place))
    assert (done.code, done.out) == (3, "")
    assert "holds no schools" in done.err
    assert not (place / "out").exists()


def test_a_feed_of_all_schools_is_refused(cli: Cli, place: Path) -> None:
    done = cli(*order(place, "--feed", place / "schools"))
    assert (done.code, done.out) == (2, "")
    assert "every school has its own feed and store" in done.err


def test_what_a_school_holds(place: Path, tmp_path: Path) -> None:
    first, second, _ = schools_in(place / "schools")
    assert [path.name for path in (*first.declarations, *first.feeds, *first.stores)] == [
        "authorisation.yaml", "feed", "store.sqlite",
    ]  # fmt: skip
    assert (second.feeds, second.stores) == ((), ())
    school = tmp_path / "more" / "one"
    school.mkdir(parents=True)
    for name in (
        "feed-staff.json",
        "Feed.inventory.json",
        "feedback.csv",
        "stored-fields.yaml",
        "store-2.csv",
        ".feed",
    ):
        (school / name).touch()
    (one,) = schools_in(tmp_path / "more")
    assert [path.name for path in one.feeds] == ["Feed.inventory.json", "feed-staff.json"]
    assert [path.name for path in one.stores] == ["store-2.csv"]
    with pytest.raises(SourceError):
        schools_in(school)


def test_how_long_the_rest_takes() -> None:
    assert left_of(25_000, 0, 5.0) == "0 of 25,000 schools"
    assert left_of(25_000, 100, 2.0) == "100 of 25,000 schools, about 0:08:18 left"
    assert left_of(3, 3, 9.0) == "3 of 3 schools, about 0:00:00 left"


@pytest.mark.slow
def test_pdf_too(cli: Cli, place: Path) -> None:
    pytest.importorskip("weasyprint")
    for name in NAMES[:2]:
        shutil.rmtree(place / "schools" / name)
    assert cli(*order(place, "--jobs", "1")).code == 0
    first = written(place / "out")
    assert [name.rpartition(".")[2] for name in sorted(first) if "/" in name] == ["html", "pdf"]
    shutil.rmtree(place / "out")
    assert cli(*order(place, "--jobs", "1")).code == 0
    assert written(place / "out") == first


def test_a_process_that_is_ended_ends_the_batch_and_says_how_to_go_on(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> object:
        raise SourceError("A part was ended.", hint="Keep parts.")

    monkeypatch.setattr("compliance.engines.processes.in_processes", ended)
    request = Request(declarations=(place / "shared",), at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    wanted = Order(kind="school-privacy", endings=("html",), out=place / "out", request=request)
    with pytest.raises(OutputError, match="ended from outside") as told:
        run_batch(place / "schools", wanted, jobs=2, quiet=True)
    assert "it goes on from there" in told.value.hint
    assert (place / "out" / JOURNAL).exists()


# --- a zip ------------------------------------------------------------------------------------------------------


def zipped(place: Path, *, top: str = "") -> Path:
    path = place / "schools.zip"
    with ZipFile(path, "w") as bundle:
        for file in sorted((place / "schools").rglob("*")):
            if file.is_file() and file.suffix != ".sqlite":
                bundle.write(file, f"{top}{file.relative_to(place / 'schools').as_posix()}")
    return path


@pytest.mark.parametrize("top", ["", "schools/"])
def test_a_zip_is_as_good_as_a_folder(cli: Cli, place: Path, top: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = zipped(place, top=top)
    (place / "schools" / NAMES[0] / "store.sqlite").unlink()
    (place / "elsewhere").mkdir()
    monkeypatch.setenv("TMPDIR", str(place / "elsewhere"))
    done = cli("report", place / "shared", "--all", bundle, "--out", place / "out", *HTML)
    assert (done.code, done.err) == (0, "")
    assert list((place / "elsewhere").iterdir()) == []
    first, times = written(place / "out"), modified(place / "out")
    assert sum(name.endswith("school-privacy.html") for name in first) == 3
    assert cli("report", place / "shared", "--all", bundle, "--out", place / "out", *HTML).code == 0
    assert {name for name, when in modified(place / "out").items() if when != times[name]} <= {
        "index.html", "manifest.json",
    }  # fmt: skip
    shutil.rmtree(place / "out")
    assert cli(*order(place, *HTML)).code == 0
    of_folder = (place / "out" / "Blenthy Primary" / "blenthy-primary-school-0-school-privacy.html").read_text("utf-8")
    of_zip = first["Blenthy Primary/blenthy-primary-school-0-school-privacy.html"].decode()
    assert without_paths(of_folder) == without_paths(of_zip)


def without_paths(page: str) -> str:
    """Leave out what names the declarations' files: a path through a zip is another path."""
    page = re.sub(r"base64,[A-Za-z0-9+/=]+", "", page)
    return re.sub(r"\S*schools(?:\.zip)?/(?:schools/)?", "", page)


def test_a_database_in_a_zip_fails_its_school_alone(cli: Cli, place: Path) -> None:
    bundle = zipped(place)
    with ZipFile(bundle, "a") as opened:
        opened.write(place / "schools" / NAMES[0] / "store.sqlite", "dwimla/store.sqlite")
    done = cli("report", place / "shared", "--all", bundle, "--out", place / "out", *HTML)
    assert (done.code, done.out) == (3, f"2 of 3 schools: {place / 'out' / 'index.html'}\n")
    assert "dwimla: error: store.sqlite: SQLite can only be read where it stands on this machine" in done.err


def test_a_saved_inventory_in_a_zip_is_not_taken_for_data(cli: Cli, place: Path) -> None:
    bundle = zipped(place)
    with ZipFile(bundle, "a") as opened:
        opened.writestr("dwimla/feed.inventory.json", '{"kind": "saved-inventory", "version": 1}')
    done = cli("report", place / "shared", "--all", bundle, "--out", place / "out", *HTML)
    assert done.code == 3
    assert "dwimla: error: feed.inventory.json: A saved inventory inside a zip is not read." in done.err


@pytest.mark.parametrize("name", ["../out.yaml", "/etc/x.yaml", "a/../../b.yaml"])
def test_a_zip_that_climbs_out_is_refused(cli: Cli, place: Path, name: str) -> None:
    with ZipFile(place / "evil.zip", "w") as bundle:
        bundle.writestr(name, "kind: authorisation\n")
    done = cli("report", place / "shared", "--all", place / "evil.zip", "--out", place / "out", *HTML)
    assert (done.code, done.out) == (3, "")
    assert "names files outside itself" in done.err
    assert not (place / "out").exists()


def test_what_is_no_zip_is_refused(cli: Cli, place: Path) -> None:
    (place / "schools.zip").write_text("no zip")
    done = cli("report", place / "shared", "--all", place / "schools.zip", "--out", place / "out", *HTML)
    assert (done.code, done.out) == (3, "")
    assert "It is damaged" in done.err


def test_an_overview_speaks_of_all_schools_in_one_document(cli: Cli, place: Path) -> None:
    asked = ("report", "trust-overview", place / "shared", "--all", place / "schools", "--out", place / "out", *HTML)
    done = cli(*asked)
    assert (done.code, done.err) == (0, "")
    (document,) = written(place / "out")
    assert done.out == f"{place / 'out' / document}\n"
    text = (place / "out" / document).read_text(encoding="utf-8")
    assert all(escape(f"{name} School {number}") in text for number, name in enumerate(NAMES))


def test_an_overview_is_made_without_a_school_that_cannot_be_read(cli: Cli, place: Path) -> None:
    (place / "schools" / NAMES[1] / "authorisation.yaml").write_text("kind: [", encoding="utf-8")
    done = cli("report", "trust-overview", place / "shared", "--all", place / "schools", "--out", place / "out", *HTML)
    assert done.code == 3
    assert done.err.startswith(f"compliance: error: {NAMES[1]}: ")
    (document,) = written(place / "out")
    text = (place / "out" / document).read_text(encoding="utf-8")
    assert escape(f"{NAMES[0]} School 0") in text
    assert escape(f"{NAMES[1]} School 1") not in text
