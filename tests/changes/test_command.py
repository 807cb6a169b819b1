"""``compliance changes``: files, folders and revisions, every format, notes, refusals and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

from compliance import resources
from compliance.cli.starter import starter


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]

NEW_PURPOSE = """\
  - id: reports
    text: To show governors how many pupils use the app in each year group.
    role: processor
"""
EDITS = (
    ("permission-set.yaml", 'version: "1.0.0"', 'version: "1.1.0"'),
    ("permission-set.yaml", "purposes:\n", f"purposes:\n{NEW_PURPOSE}"),
    ("permission-set.yaml", "pupils: on_roll", "pupils: everybody"),
    ("stored-fields.yaml", 'version: "1.0.0"', 'version: "1.1.0"'),
    ("stored-fields.yaml", "P30D", "P20D"),
)
TEXT = """\
My app: version 1.0.0 to version 1.1.0
2 breaking changes and 1 narrower change. Each school has to authorise version 1.1.0 before anything is done by it. \
1 of 1 authorisation no longer covers what is asked for.

Breaking: each school has to authorise it first
  purpose_added  The purpose reports is new in this version.
    new/permission-set.yaml:14:5
  population_widened  The population pupils was on_roll and is now everybody.
    new/permission-set.yaml:5:1

Less than before
  retention_shorter  What is kept under pupil-leaver was kept P30D and P7D from roll.leaving_date and is now kept \
P20D and P7D from roll.leaving_date.
    new/stored-fields.yaml:29:5

Schools to ask again
  Exampleton Primary School (URN 123456): authorised version 1.0.0 on 2026-09-01

Compared
  the permission set: compared
  the stored fields: compared
  the organisation: compared
  1 authorisation: looked at
"""
NOTE = """\
My app: please decide about version 1.1.0
=========================================

To Exampleton Primary School

On 2026-09-01 you authorised version 1.0.0 of what My app asks your school for. Version 1.1.0 goes beyond that.

Until you have decided, My app goes by what you authorised: nothing that is new is done for your school.

What is new
-----------

- The purpose reports is new in this version. It reads: To show governors how many pupils use the app in each \
year group.
- The population pupils was on_roll and is now everybody.

What is less than before
------------------------

- What is kept under pupil-leaver was kept P30D and P7D from roll.leaving_date and is now kept P20D and P7D from \
roll.leaving_date.

What you are asked to do
------------------------

1. Authorise version 1.1.0, or decline it or any optional part of it, in Xporter on Demand.
2. Look whether your privacy notice has to say what is new before it begins (UK GDPR 13(3) and 14(4)).
3. If you are in doubt, ask whoever advises your school on data protection.

Whom to ask
-----------

Example Apps Ltd: privacy@app.example, Data Protection Officer, dpo@app.example
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an old and a new version."""
    monkeypatch.chdir(tmp_path)
    for name, text in starter().items():
        for version in ("old", "new"):
            path = tmp_path / version / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name, before, after in EDITS:
        edit(tmp_path / "new" / name, before, after)
    return tmp_path


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_text_says_what_changed_and_whom_to_ask(cli: Cli) -> None:
    done = cli("changes", "old", "new", "--authorisations", "old/authorisation.yaml", "--notes", "letters")
    assert done == (1, TEXT, "")
    (letter,) = Path("letters").iterdir()
    assert (letter.name, letter.read_text(encoding="utf-8")) == ("exampleton-primary-school-123456.txt", NOTE)


def test_json_keeps_to_its_schema_and_markdown_says_the_same(cli: Cli) -> None:
    done = cli(
        "changes", "old", "new", "--authorisations", "old", "--format", "json", "--output", "markdown=comment.md"
    )
    told = json.loads(done.out)
    Draft202012Validator(json.loads(resources.schema("changes").read_text(encoding="utf-8"))).validate(told)
    assert [change["kind"] for change in told["changes"]] == [
        "purpose_added", "population_widened", "retention_shorter",
    ]  # fmt: skip
    assert [school["urn"] for school in told["schools"]] == ["123456"]
    assert told["before"]["permission_set"]["content_sha256"] != told["now"]["permission_set"]["content_sha256"]
    comment = Path("comment.md").read_text(encoding="utf-8")
    row = "| `purpose_added` | The purpose reports is new in this version. | `new/permission-set.yaml:14:5` |"
    assert row in comment
    assert "- Exampleton Primary School (URN 123456): authorised version 1.0.0 on 2026-09-01" in comment


@pytest.mark.parametrize(("threshold", "code"), [("breaking", 1), ("notice", 1), ("never", 0)])
def test_the_exit_code_is_that_of_the_threshold(cli: Cli, threshold: str, code: int) -> None:
    assert cli("changes", "old", "new", "--fail-on", threshold, "--quiet") == (code, "", "")
    assert cli("changes", "new", "new", "--fail-on", threshold, "--quiet") == (0, "", "")


def test_what_only_shrinks_may_be_a_patch(cli: Cli) -> None:
    shutil.rmtree("new")
    shutil.copytree("old", "new")
    edit(Path("new/permission-set.yaml"), 'version: "1.0.0"', 'version: "1.0.1"')
    done = cli("changes", "old", "new", "--authorisations", "old")
    assert done.code == 0
    assert "Nothing changed. Nothing breaks: name 1.0.0 under patch_versions" in done.out
    assert "0 of 1 authorisation no longer cover what is asked for." in done.out


def test_a_change_under_one_number_is_refused(cli: Cli) -> None:
    edit(Path("new/permission-set.yaml"), 'version: "1.1.0"', 'version: "1.0.0"')
    done = cli("changes", "old", "new")
    assert (done.code, done.out) == (3, "")
    assert (
        "new/permission-set.yaml:5:1: the permission set is another than before, and its version is still 1.0.0."
        in done.err
    )


def test_comments_and_the_order_of_keys_are_no_change(cli: Cli) -> None:
    shutil.rmtree("new")
    shutil.copytree("old", "new")
    edit(Path("new/permission-set.yaml"), "app: my-app ", "# another comment\napp: my-app ")
    assert cli("changes", "old", "new").out.splitlines()[1] == "Nothing changed."


def test_what_cannot_be_compared_is_one_clear_error(cli: Cli) -> None:
    edit(Path("new/permission-set.yaml"), "app: my-app", "app: zorvik")
    edit(Path("new/stored-fields.yaml"), "app: my-app", "app: zorvik")
    for name in ("authorisation", "organisation", "waivers"):
        Path(f"new/{name}.yaml").unlink()
    done = cli("changes", "old", "new")
    assert (done.code, done.out) == (3, "")
    assert "the app is zorvik here and my-app at old/permission-set.yaml:5:1." in done.err
    done = cli("changes", "old/organisation.yaml", "new/permission-set.yaml")
    assert (done.code, done.out) == (3, "")
    assert "the two versions have no declaration in common." in done.err
    assert cli("changes", "old").code == 2
    assert cli("changes", "old", "new", "old").code == 2
    done = cli("changes", "old", "old", "--authorisations", "old/permission-set.yaml")
    assert (done.code, done.out) == (3, "")
    assert "old/permission-set.yaml: there is no authorisation." in done.err


def git(*words: str) -> None:
    named = ("-c", "user.name=Zorvik", "-c", "user.email=zorvik@example.org")
    subprocess.run(["git", *named, *words], check=True, capture_output=True)  # noqa: S603, S607 - ours


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_revisions_are_compared_without_a_checkout(cli: Cli) -> None:
    git("init", "--quiet", "--initial-branch", "main")
    shutil.copytree("old", "privacy")
    git("add", "privacy")
    git("commit", "--quiet", "--message", "Begin")
    git("switch", "--quiet", "--create", "next")
    shutil.rmtree("privacy")
    shutil.copytree("new", "privacy")
    on_disk = cli("changes", "main:privacy", "privacy")
    assert on_disk.code == 1
    git("commit", "--quiet", "--all", "--message", "Go on")
    ranged = cli("changes", "main..HEAD", "privacy")
    assert ranged.code == 1
    assert ranged.out == on_disk.out.replace("    privacy/", "    HEAD:privacy/")
    assert cli("changes", "main..", "privacy") == ranged
    one = cli("changes", "main..HEAD", "privacy/permission-set.yaml", "--format", "json")
    assert json.loads(one.out)["compared"] == ["permission_set"]
    assert not Path(".git/index.lock").exists()
    for words, what in (
        (("nowhere..HEAD", "privacy"), "nowhere:privacy: git knows no such revision."),
        (("--", "-x..HEAD", "privacy"), "-x:privacy: git knows no such revision."),
        (("main..HEAD", "other"), "main:other: there is no such file or folder in this revision."),
        (("main..HEAD",), "main:.: the folder held no YAML file then."),
        (("main:privacy/schemas", "privacy"), "main:privacy/schemas: the folder held no YAML file then."),
    ):
        done = cli("changes", *words)
        assert (done.code, done.out) == (3, "")
        assert what in done.err


def test_no_repository_and_no_git_are_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    done = cli("changes", "main..HEAD", "old")
    assert (done.code, done.out) == (3, "")
    assert "git knows no such revision." in done.err
    monkeypatch.setenv("PATH", "")
    assert "git is not installed here." in cli("changes", "main..HEAD", "old").err
