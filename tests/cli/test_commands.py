"""Each command does its job: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import typing
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from compliance import __version__, resources
from compliance.cli import documents, options
from compliance.example.generate import ExamplePaths
from compliance.formats.registry import FORMATS
from compliance.model.findings import Severity
from compliance.reports import pdf
from compliance.reports.pdf import PdfUnavailable
from compliance.rules.registry import RULES


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]

STARTER_FILES = {
    "permission-set.yaml", "stored-fields.yaml", "authorisation.yaml", "organisation.yaml", "waivers.yaml",
}  # fmt: skip


def looked(example: ExamplePaths) -> tuple[str | Path, ...]:
    return (*example.declarations, "--feed", example.feed, "--store", example.store, "--include-reserved")


def test_the_version_stands_alone(cli: Cli) -> None:
    assert cli("--version") == (0, f"compliance {__version__}\n", "")


def test_help_names_every_command_and_the_exit_codes(cli: Cli) -> None:
    done = cli("--help")
    assert done.code == 0
    for word in (
        "check",
        "audit",
        "inventory",
        "merge",
        "report",
        "rules",
        "explain",
        "schema",
        "init",
        "demo",
        "Exit codes",
    ):
        assert word in done.out


def test_help_comes_without_what_only_commands_need() -> None:
    asked = "import sys; from compliance.cli.main import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    heavy = {"yaml", "jsonschema", "jinja2", "weasyprint", "rich", "ijson", "msgspec", "pikepdf", "compliance.pipeline"}
    assert not heavy & set(done.stdout.splitlines()[-1].split())


def test_the_program_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "compliance", "schema", "nothing"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")


def test_a_reader_that_leaves_early_changes_nothing() -> None:
    command = [sys.executable, "-m", "compliance", "schema", "audit"]  # longer than a pipe holds
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 - ours
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_choices_are_those_of_the_registries() -> None:
    assert typing.get_args(options.FormatName) == tuple(FORMATS)
    assert set(typing.get_args(options.Threshold)) == {*Severity, "never"}


# --- check and audit --------------------------------------------------------------------------------------------


def test_check_of_good_declarations_is_silent_about_them(cli: Cli, clean_school: ExamplePaths) -> None:
    done = cli("check", *clean_school.declarations)
    assert (done.code, done.err) == (0, "")
    assert "Neither a feed nor a store was given: only declarations were looked at." in done.out


def test_check_takes_the_current_folder(cli: Cli, clean_school: ExamplePaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clean_school.declarations[0])
    assert cli("check", "--quiet") == (0, "", "")


def test_an_audit_of_the_faulty_school_fails_and_names_the_faults(cli: Cli, school: ExamplePaths) -> None:
    done = cli("audit", *looked(school))
    assert (done.code, done.err) == (1, "")
    for fault in ("pupil.religion", "pupil.settings.parent_phone", "DA10", "DA13", "DA20", "XS03"):
        assert fault in done.out
    assert "\x1b" not in done.out


def test_an_audit_of_the_clean_school_passes(cli: Cli, clean_school: ExamplePaths) -> None:
    done = cli("audit", *looked(clean_school))
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_threshold_decides_the_exit_code(cli: Cli, school: ExamplePaths, fail_on: str, code: int) -> None:
    declared = school.declarations[0]
    only_warnings = [declared / name for name in ("permission-set.yaml", "stored-fields.yaml")]
    assert cli("check", "--quiet", "--fail-on", fail_on, *only_warnings).code == code


def test_the_same_input_gives_the_same_bytes(cli: Cli, school: ExamplePaths) -> None:
    feed = (*school.declarations, "--feed", school.feed)
    arguments = ("audit", *feed, "--format", "json", "--at", "2026-11-23T09:00:00+01:00")
    assert cli(*arguments).out == cli(*arguments).out


def test_at_is_the_moment_of_the_audit_and_the_clock_is_not(cli: Cli, clean_school: ExamplePaths) -> None:
    def at(*arguments: str) -> str:
        out = cli("check", *clean_school.declarations, "--format", "json", *arguments).out
        return str(json.loads(out)["at"])

    assert at() == "2026-11-23T00:00:00+00:00"
    assert at("--at", "2026-12-01") == "2026-12-01T00:00:00+00:00"
    assert at("--at", "2026-12-01T09:00:00+01:00") == "2026-12-01T08:00:00+00:00"


def test_several_formats_come_from_one_run(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    outputs = [f"{name}={tmp_path / name}" for name in FORMATS]
    arguments = [part for output in outputs for part in ("--output", output)]
    done = cli("audit", *looked(school), "--format", "github", *arguments)
    assert done.code == 1
    assert done.out == (tmp_path / "github").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "json").read_text(encoding="utf-8"))["verdict"]["open"]["error"] > 0
    assert ET.parse(tmp_path / "junit").getroot().tag == "testsuites"  # noqa: S314 - our own
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FORMATS)


def test_an_audit_writes_a_report_beside_its_findings(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("audit", *looked(school), "--quiet", "--report", f"html={tmp_path / 'report.html'}")
    assert done == (1, "", "")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


# --- what goes wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "--output", "jsn=x"], "compliance: error: There is no format 'jsn'. Did you mean json?"),
        (["audit", "--output", "json"], "compliance: error: --output 'json' names no file. Write --output json=PATH."),
        (["audit", "--report", "pfd=x"], "Did you mean pdf?"),
        (["check", "--at", "soon"], "compliance: error: --at 'soon' is neither a date nor a date and time."),
        (["schema", "permision-set"], "Did you mean permission-set?"),
        (["schema"], "Which schema?"),
        (["explain", "XS03x"], "Did you mean XS03?"),
        (["report", "school-privicy"], "Did you mean school-privacy?"),
        (["report", "--format", "docx"], "There is no format 'docx'."),
        (["check", "--format", "yaml"], "--format"),
        (["chek"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_way_out(cli: Cli, arguments: list[str], said: str) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_bad_clock_in_the_environment_is_wrong_usage(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = cli("check")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("compliance: error: SOURCE_DATE_EPOCH 'yesterday' is not a number of seconds")


def test_every_problem_of_a_declaration_is_a_line_with_its_place(cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "waivers.yaml"
    broken.write_text("kind: waivers\nwaivers: 3\nwhatever: 1\n", encoding="utf-8")
    done = cli("check", broken)
    assert (done.code, done.out) == (3, "")
    first, *problems = done.err.splitlines()
    assert first.startswith("compliance: error: 2 problems in the declarations.")
    assert len(problems) == 2
    assert all(re.fullmatch(r"compliance: .*waivers\.yaml:\d+:\d+: .+", problem) for problem in problems)


def test_a_missing_feed_is_no_audit(cli: Cli, clean_school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("audit", *clean_school.declarations, "--feed", tmp_path / "nowhere")
    assert (done.code, done.out) == (3, "")
    assert done.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_no_audit(cli: Cli, clean_school: ExamplePaths, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "audit.json"
    done = cli("check", *clean_school.declarations, "--output", f"json={target}")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"compliance: error: {target}: It cannot be written: No such file or directory.")


def test_the_unforeseen_is_named_without_a_word_of_it(
    cli: Cli, clean_school: ExamplePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("Amelia Earhart, 24 July 1897")

    monkeypatch.setattr("compliance.pipeline.build_ledger", fail)
    done = cli("check", *clean_school.declarations)
    assert (done.code, done.out) == (3, "")
    assert re.fullmatch(
        r"compliance: error: something failed inside the program: KeyError at compliance/pipeline\.py:\d+\. .*\n",
        done.err,
    )
    assert "Amelia" not in done.err
    monkeypatch.setenv("COMPLIANCE_DEBUG", "1")
    with pytest.raises(KeyError):
        cli("check", *clean_school.declarations)


def test_an_interrupt_ends_with_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("compliance.pipeline.run_audit", interrupt)
    done = cli("check")
    assert (done.code, done.out) == (130, "")
    assert "Traceback" not in done.err


# --- inventory, rules, schemas ----------------------------------------------------------------------------------


def test_an_inventory_needs_no_declarations_and_shows_no_value(cli: Cli, school: ExamplePaths) -> None:
    done = cli("inventory", school.store)
    assert (done.code, done.err) == (0, "")
    assert re.search(r"^pupil  \d+ rows$", done.out, re.MULTILINE)
    assert re.search(r"^  religion +27 ", done.out, re.MULTILINE)
    assert "Exampleton" not in done.out


def test_an_inventory_as_json_is_that_of_the_audit(cli: Cli, school: ExamplePaths) -> None:
    wanted = (word for path in school.declarations for word in ("--for", path))
    done = cli("inventory", school.feed, "--integrator", "xporter", *wanted, "--format", "json")
    audited = json.loads(cli("audit", *looked(school), "--format", "json").out)["feed"]
    assert json.loads(done.out)["datasets"] == audited["datasets"]


OWN = """\
kind: vocabulary
id: ours
version: "1"
groups: [{id: things, label: Things}]
items: [{id: x, label: X, subject: pupil, class: ordinary, group: things, explanation: What it is.}]
code_sets:
  - {id: houses, label: Houses, authority: Us, version: "1", reveals: false, codes: [{code: Red, label: Red}]}
detectors: [{id: locker-card, label: Locker card, pattern: "LC-[0-9]{6}", context: [locker]}]
"""


def test_an_inventory_knows_own_detectors_and_code_sets(cli: Cli, tmp_path: Path) -> None:
    own, data = tmp_path / "own.yaml", tmp_path / "pupils.csv"
    own.write_text(OWN, encoding="utf-8")
    data.write_text("house,note\nred,locker LC-123456\nRED,see LC-123456.\n", encoding="utf-8")
    done = cli("inventory", str(data), "--vocabulary", str(own), "--format", "json")
    assert done.err == ""
    house, note = json.loads(done.out)["datasets"]["pupils"]["fields"].values()
    assert (house["code_sets"], house["detections"]) == ({"houses": {"rows": 2, "codes": 1}}, {})
    found = note["detections"]["locker-card"]
    assert (found["matches"], found["in_context"], found["matching"]["count"]) == (2, 1, 1)
    shown = cli("inventory", str(data), "--vocabulary", str(own)).out
    assert re.search(r"^  note .* locker-card 2$", shown, re.MULTILINE)


def test_an_inventory_by_what_is_no_vocabulary(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    other = tmp_path / "own.yaml"
    other.write_text(OWN.replace("{6}", "+"), encoding="utf-8")
    done = cli("inventory", school.store, "--vocabulary", str(other))
    assert (done.code, done.out) == (3, "")
    assert f"{other.as_posix()}:8:60: detectors[0].pattern: the pattern cannot be read from character 9 on." in done.err


def test_rules_are_listed_for_people_and_programs(cli: Cli) -> None:
    ids = [rule.info.id for rule in RULES]
    assert [line.split()[0] for line in cli("rules").out.splitlines()] == ids
    assert [rule["id"] for rule in json.loads(cli("rules", "--format", "json").out)] == ids
    assert re.findall(r"^\| \[(\w+)\]\(\1\.md\)", cli("rules", "--format", "markdown").out, re.MULTILINE) == ids


def test_a_rule_is_explained_by_its_id_and_by_that_of_a_finding(cli: Cli) -> None:
    done = cli("explain", "DA01")
    assert done.code == 0
    assert done.out.startswith("# DA01 undeclared-column\n")
    assert cli("explain", "da01-5f3a90c2") == done


def test_schemas_are_listed_and_printed(cli: Cli) -> None:
    names = cli("schema", "--list").out.split()
    assert {"audit", "permission-set", "stored-fields"} <= set(names)
    for name in names:
        assert cli("schema", name).out == resources.schema(name).read_text(encoding="utf-8")


# --- projects, reports, the demo --------------------------------------------------------------------------------


def test_a_new_project_passes_its_first_check(cli: Cli, tmp_path: Path) -> None:
    done = cli("init", tmp_path / "app")
    assert (done.code, done.err) == (0, "")
    assert {path.name for path in (tmp_path / "app").glob("*.yaml")} == STARTER_FILES
    for path in (tmp_path / "app").glob("*.yaml"):
        schema = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file()
    assert cli("check", tmp_path / "app", "--fail-on", "info", "--quiet") == (0, "", "")


def test_a_project_is_never_overwritten(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text("mine", encoding="utf-8")
    done = cli("init", tmp_path)
    assert (done.code, done.out) == (3, "")
    assert "nothing was written" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["waivers.yaml"]


def test_a_report_is_named_after_its_school(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("report", "school-privacy", *looked(school), "--out", tmp_path / "new", "--format", "html")
    expected = tmp_path / "new" / "exampleton-primary-school-school-privacy.html"
    assert done == (0, f"{expected}\n", "")
    assert expected.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_report_needs_no_kind(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    done = cli("report", *looked(school), "--out", tmp_path, "--format", "html")
    assert (done.code, done.err) == (0, "")
    assert len(list(tmp_path.iterdir())) == 1


def no_pango(*_: object, **__: object) -> bytes:
    raise PdfUnavailable("A PDF cannot be made because Pango is not installed.", hint="Install it.")


@pytest.mark.parametrize(("endings", "code", "files"), [("html,pdf", 0, 1), ("pdf", 3, 0)])
def test_without_pango_there_is_still_the_html(
    cli: Cli, school: ExamplePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endings: str, code: int, files: int
) -> None:
    monkeypatch.setattr(pdf, "render_pdf", no_pango)
    done = cli("report", *looked(school), "--out", tmp_path, "--format", endings)
    assert done.code == code
    assert done.err.endswith("A PDF cannot be made because Pango is not installed. Install it.\n")
    assert done.err.count("\n") == 1
    assert len(list(tmp_path.iterdir())) == files


def test_a_report_with_a_persons_number_in_it_is_withheld(cli: Cli, clean_school: ExamplePaths, tmp_path: Path) -> None:
    folder = tmp_path / "declarations"
    folder.mkdir()
    for path in clean_school.declarations[0].iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace("Teachers find a pupil by name.", "As pupil@school.nowhere asked.")
        (folder / path.name).write_text(text, encoding="utf-8")
    data = ("--feed", clean_school.feed, "--store", clean_school.store)
    done = cli("report", folder, *data, "--out", tmp_path / "out", "--format", "html")
    assert (done.code, done.out) == (1, "")
    assert "School privacy report: not written." in done.err
    assert "RC08" in done.err
    assert "nowhere" not in done.err
    assert not list((tmp_path / "out").iterdir())


def test_words_of_a_document_are_what_a_reader_sees() -> None:
    page = "<style>a{}</style><h1>One &amp; two</h1><script>three()</script><p title='x'>four</p>"
    assert documents.words_of(page) == "One & two\nfour"


def written_by_the_demo(out: str) -> list[Path]:
    """Return the paths that the demo names."""
    return [Path(line.strip()) for line in out.split("\n\n")[1].splitlines()]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")  # WeasyPrint's to close
def test_the_demo_does_everything_and_says_that_the_faults_are_planted(cli: Cli, tmp_path: Path) -> None:
    done = cli("demo", "--out", tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "planted" in done.out
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".html", ".pdf", ".json"}
    assert all(path.exists() for path in written_by_the_demo(done.out))


def test_the_clean_demo_has_nothing_to_say(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, **__: b"%PDF")
    done = cli("demo", "--out", tmp_path, "--clean")
    assert (done.code, done.err) == (0, "")
    assert "planted" not in done.out
    assert "No open findings." in done.out
    assert all(path.exists() for path in written_by_the_demo(done.out))


def test_an_inventory_says_whose_the_files_are_and_by_what(cli: Cli, school: ExamplePaths) -> None:
    outcome = cli("inventory", school.feed, "--format", "json")
    said = json.loads(outcome.out)["recognised"]
    assert (outcome.code, said["integrator"]) == (0, "xporter")
    assert said["why"].startswith("Recognised as xporter: ")
    assert f"{said['why']}.\n" in outcome.err
    told = cli("inventory", school.feed, "--integrator", "xporter", "--format", "json")
    assert "recognised" not in json.loads(told.out)
    assert "Recognised" not in told.err
    assert json.loads(told.out)["datasets"] == json.loads(outcome.out)["datasets"]


@pytest.mark.parametrize("command", ["audit", "inventory"])
def test_a_feed_that_looks_like_another_integrator_s_is_named(
    cli: Cli, clean_school: ExamplePaths, tmp_path: Path, command: str
) -> None:
    answer = '{"data": [{"uri": "/x", "data": {"id": "1"}}], "links": []}'
    (tmp_path / "events.json").write_text(answer, encoding="utf-8")
    declarations = clean_school.declarations
    arguments = (
        (*declarations, "--feed", tmp_path)
        if command == "audit"
        else (tmp_path, *(part for each in declarations for part in ("--for", each)))
    )
    said = "looks like clever's, and was read as xporter's"
    outcome = cli(command, *arguments)
    assert said in " ".join((outcome.out + outcome.err).split())
    told = cli(command, *arguments, "--integrator", "xporter")
    assert said not in " ".join((told.out + told.err).split())


def test_the_words_of_a_document_are_those_of_a_parser(cli: Cli, school: ExamplePaths, tmp_path: Path) -> None:
    class Reader(HTMLParser):
        words: typing.ClassVar[list[str]] = []

        def handle_data(self, data: str) -> None:
            if self.cdata_elem is None and data.strip():
                self.words.append(data.strip())

    assert cli("report", *school.declarations, "--format", "html", "--out", tmp_path).code == 0
    (page,) = tmp_path.glob("*.html")
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    assert documents.words_of(page.read_text(encoding="utf-8")) == "\n".join(reader.words)
    assert len(reader.words) > 1000
