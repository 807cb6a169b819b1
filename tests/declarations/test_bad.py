"""Every kind of problem, with its exact words and place. A folder is a test: adding one under ``bad/`` adds it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from compliance.declarations.load import load_declarations
from compliance.errors import DeclarationError, Place

BAD = Path(__file__).parent / "bad"


@pytest.mark.parametrize("case", sorted(case.name for case in BAD.iterdir()))
def test_every_problem_is_told_with_its_place(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD / case)
    with pytest.raises(DeclarationError) as caught:
        load_declarations([Path()], rule_ids={"DA01", "DA02"})
    told = "".join(f"{problem}\n" for problem in caught.value.problems)
    assert told == (BAD / case / "expected.txt").read_text(encoding="utf-8")


def problems(*paths: Path, previous: Path | None = None) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        load_declarations(paths, previous=previous)
    return [str(problem) for problem in caught.value.problems]


def test_the_error_counts_and_points_at_the_first() -> None:
    with pytest.raises(DeclarationError) as caught:
        load_declarations([BAD / "waivers" / "waivers.yaml"])
    name = (BAD / "waivers" / "waivers.yaml").as_posix()
    assert str(caught.value) == f"{name}:3:5: 3 problems in the declarations. Put them right and run the command again."
    assert caught.value.place == Place(name, 3, 5)


def test_a_path_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert problems(Path("none.yaml"), Path("a\0b")) == [
        "none.yaml: the file cannot be read: No such file or directory. Look at its name and its rights.",
        "a\0b: the file cannot be read: the path cannot be used. Look at its name and its rights.",
    ]


def test_a_folder_without_declarations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".hidden.yaml").write_text("kind: nothing\n", encoding="utf-8")
    assert problems(Path()) == [
        ".: the folder holds no YAML file that can be seen. Give the folder of the declarations."
    ]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> NoReturn:
        raise PermissionError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert problems(Path()) == [
        ".: the folder holds no YAML file that can be seen. Give the folder of the declarations."
    ]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("large.yaml").write_bytes(b"#" * 2_000_001)
    assert problems(Path("large.yaml")) == [
        "large.yaml: the file is larger than 2 MB. Split it, or look for what swelled it.",
    ]


def test_problems_stand_in_the_order_of_the_files_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.yaml").write_text("kind: organisation\n", encoding="utf-8")
    Path("a.yaml").write_text("kind: waivers\n", encoding="utf-8")
    assert problems(Path("b.yaml"), Path("a.yaml")) == [
        'b.yaml:1:1: name: is missing. For example, name: "Brightwell Learning Example Ltd".',
        "a.yaml:1:1: waivers: is missing.",
    ]


MINIMAL = 'kind: permission_set\napp: {app}\nlabel: X\nversion: "1"\nintegrator: nobody\nscopes: [{{id: S}}]\n'


def test_an_earlier_version_of_another_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("now.yaml").write_text(MINIMAL.format(app="one"), encoding="utf-8")
    Path("before.yaml").write_text(MINIMAL.format(app="two"), encoding="utf-8")
    assert problems(Path("now.yaml"), previous=Path("before.yaml")) == [
        "before.yaml:2:6: app: the app is two here and one at now.yaml:2:6.",
    ]


def test_an_earlier_version_that_is_no_permission_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("now.yaml").write_text(MINIMAL.format(app="one"), encoding="utf-8")
    Path("before.yaml").write_text("kind: organisation\nname: X\n", encoding="utf-8")
    assert problems(Path("now.yaml"), previous=Path("before.yaml")) == [
        "before.yaml: there is no permission set to compare with. Give the file of its earlier version.",
    ]


def test_names_of_a_broken_file_are_not_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary that cannot be read may define anything: only its own problem is told."""
    monkeypatch.chdir(tmp_path)
    Path("set.yaml").write_text(
        MINIMAL.format(app="one") + "custom_fields: [{path: A.b, item: own-item, class: ordinary}]\n", encoding="utf-8"
    )
    Path("vocabulary.yaml").write_text("kind: vocabulary\nitems: [", encoding="utf-8")
    assert [line.split(":")[0] for line in problems(Path())] == ["vocabulary.yaml"]
