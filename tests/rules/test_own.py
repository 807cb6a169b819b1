"""The organisation's own rules are loaded when they are named, and only then."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from compliance import resources
from compliance.errors import UsageError
from compliance.model.findings import Severity
from compliance.rules import own
from compliance.rules.own import own_rules

Cli = Callable[..., Any]

WHOLE = '''
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule


@rule("{id}", "house-numbers", Severity.WARNING, needs=(Input.{need},), law=("Our policy 7",))
def house_numbers(case: Case) -> Iterator[Hit]:
    """A stored field is called after a house.

    Why:
        We agreed not to.
    Example:
        "pupil.house".
    Instead:
        Call it something else.
    Silent when:
        - The field is called something else.
    """
    {body}
'''
BODY = """for stored in given(case.declarations.stored_fields).fields:
        if "notes" in stored.path.field:
            yield Hit(message=f"{stored.path} is called after a note.", path=stored.path, place=stored.place)"""


def written(
    folder: Path, *, name: str = "ours.py", rule_id: str = "ORG01", need: str = "STORED_FIELDS", **text: str
) -> Path:
    path = folder / name
    whole = text.get("whole") or WHOLE.replace("{id}", rule_id).replace("{need}", need)
    path.write_text(whole.replace("{body}", text.get("body", BODY)), encoding="utf-8")
    return path


def refused(name: str | Path) -> str:
    with pytest.raises(UsageError) as caught:
        own_rules(str(name))
    return str(caught.value)


def test_a_file_gives_its_rules(tmp_path: Path) -> None:
    (rule,) = own_rules(str(written(tmp_path)))
    assert (rule.info.id, rule.info.family, rule.info.severity) == ("ORG01", "ORG", Severity.WARNING)


def test_they_run_beside_the_programs_own(tmp_path: Path, cli: Cli) -> None:
    rules = written(tmp_path)
    outcome = cli("check", resources.example_app(), "--own-rules", rules, "--format", "json")
    assert '"pupil.notes is called after a note."' in outcome.out
    assert "ORG01" not in cli("check", resources.example_app(), "--format", "json").out


def test_a_waiver_may_name_them(tmp_path: Path, cli: Cli) -> None:
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text(
        "kind: waivers\nwaivers:\n  - {rule: ORG01, path: pupil.notes, reason: Old., owner: Head of data,"
        ' granted_on: "2026-09-01", expires: "2026-12-01"}\n',
        encoding="utf-8",
    )
    assert cli("check", resources.example_app(), waivers, "--own-rules", written(tmp_path)).code == 0
    assert "there is no rule called ORG01" in cli("check", resources.example_app(), waivers).err


def test_what_an_own_rule_raises_is_told_by_its_type_alone(tmp_path: Path, cli: Cli) -> None:
    broken = written(tmp_path, body='raise ValueError("a value") ; yield')
    outcome = cli("check", resources.example_app(), "--own-rules", broken)
    assert outcome.code == 2
    assert "the rule ORG01 failed with ValueError" in outcome.err
    assert "a value" not in outcome.err


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"rule_id": "DA01"}, "there is a rule DA01 already. Choose another id."),
        ({"rule_id": "House rule"}, "'House rule' is no id of a rule. Write letters and two digits, such as ORG01."),
        ({"need": "REPORT"}, "ORG01 is about a document, and own rules are not asked about those."),
        ({"whole": "x = 1"}, "holds no rule. Make one with @rule from compliance.rules.base."),
        ({"whole": "x = = 1"}, "The rules cannot be loaded: SyntaxError:"),
        ({"whole": "import nowhere_at_all"}, "The rules cannot be loaded: ModuleNotFoundError:"),
    ],
)
def test_what_cannot_be_run_is_refused(made: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert said in refused(written(tmp_path, **made))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no file ours.py. Name a Python file with rules." in refused(tmp_path / "ours.py")


def test_an_entry_point_gives_its_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = own._of_file(written(tmp_path))

    class Offered(EntryPoint):
        def load(self) -> ModuleType | str:
            return module if self.name == "ours" else "no module"

    offered = EntryPoints([Offered("ours", "ours", own.GROUP), Offered("odd", "odd", own.GROUP)])
    monkeypatch.setattr(own, "entry_points", lambda group: offered.select(group=group))
    assert [rule.info.id for rule in own_rules("ours")] == ["ORG01"]
    assert "The entry point odd names no module." in refused("odd")
    assert "No installed package offers rules called 'other'. Offered: odd, ours." in refused("other")


def test_the_documented_rule_runs(tmp_path: Path, cli: Cli) -> None:
    page = (Path(__file__).parents[2] / "docs" / "own-rules.md").read_text(encoding="utf-8")
    path = written(tmp_path, whole=page.partition("```python\n")[2].partition("```")[0])
    store = tmp_path / "stored-fields.yaml"
    declared = (resources.example_app() / "stored-fields.yaml").read_text(encoding="utf-8")
    store.write_text(declared.replace("country: GB", "country: IE"), encoding="utf-8")
    outcome = cli("check", store, "--own-rules", path)
    assert "App database stands in IE." in outcome.out
    assert "Nightly backups stands in IE." in outcome.out
