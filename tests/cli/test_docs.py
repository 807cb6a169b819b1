"""The generated pages are those that the program would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.cli.docs import main, pages

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: make docs"


def test_no_page_of_a_rule_outlives_it() -> None:
    there = {f"rules/{path.name}" for path in (DOCS / "rules").glob("*.md")}
    assert there == {name for name in pages() if name.startswith("rules/")}


def test_pages_are_written_below_their_folder(tmp_path: Path) -> None:
    main(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")}
    assert written == set(pages())
