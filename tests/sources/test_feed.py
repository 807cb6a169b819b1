from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compliance.integrators.base import Page
from compliance.inventory.batch import Batch, Piece, Rows
from compliance.model.inventory import Grant, Notice
from compliance.sources.feed import as_whole

Read = Callable[..., list[Piece]]
Refusal = Callable[..., str]

TOKEN = {"Estab": "1234567", "RelyingParty": "app.example.org", "Scopes": ["UPN"]}
GRANT = Grant(source="feed/a.json", estab="1234567", relying_party="app.example.org", scopes=("UPN",))


def write(folder: Path, **answers: Any) -> Path:
    feed = folder / "feed"
    feed.mkdir()
    for name, answer in answers.items():
        (feed / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")
    return feed


def page(dataset: str, number: int, rows: int) -> dict[str, Any]:
    paging = {"PageSize": 2, "PageNumber": number, "PageCount": 3, "RowCount": 5}
    return {dataset: [{"Id": str(row)} for row in range(rows)], "__pagination__": [paging]}


def test_a_grant_that_is_repeated_is_one_grant(tmp_path: Path, read: Read) -> None:
    assert read(write(tmp_path, a=TOKEN, b=TOKEN), "xporter") == [GRANT]


def test_a_grant_that_differs_is_another_grant(tmp_path: Path, read: Read) -> None:
    other = Grant(source="feed/b.json", estab="1234568", relying_party="app.example.org", scopes=("UPN",))
    assert read(write(tmp_path, a=TOKEN, b=TOKEN | {"Estab": "1234568"}), "xporter") == [GRANT, other]


def test_pages_that_did_not_come_are_noticed(tmp_path: Path, read: Read) -> None:
    pieces = read(write(tmp_path, a=page("Students", 1, 2), b=page("Students", 3, 1), c=page("Staff", 2, 2)), "xporter")
    assert [piece for piece in pieces if not isinstance(piece, Batch)] == [
        Notice(
            "feed/a.json",
            "holds page 1, 3 of 3 of 'Students': 2 of 5 rows did not come and were not looked at",
            "Students",
        ),
        Notice(
            "feed/c.json",
            "holds page 2 of 3 of 'Staff': 3 of 5 rows did not come and were not looked at",
            "Staff",
        ),
    ]


def test_all_pages_are_no_news(tmp_path: Path, read: Read) -> None:
    feed = write(tmp_path, a=page("Students", 1, 2), b=page("Students", 2, 2), c=page("Students", 3, 1))
    assert all(isinstance(piece, Batch) for piece in read(feed, "xporter"))


def test_an_error_answer_among_others_is_noticed(tmp_path: Path, read: Read) -> None:
    assert read(write(tmp_path, a=TOKEN, b={"ExceptionMessage": "Quillfeather"}), "xporter") == [
        GRANT,
        Notice("feed/b.json", "is an error answer of the integrator: there is no data in it"),
    ]


def test_an_error_answer_alone_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    feed = write(tmp_path, a={"ExceptionMessage": "Quillfeather"})
    assert refusal(feed, "xporter") == (
        "feed/a.json: It is an error answer of the integrator: there is no data in it. "
        "Give a file or a folder with records in it, and pull or export it again if there should be some."
    )


def test_a_table_needs_no_integrator(tmp_path: Path, read: Read) -> None:
    feed = write(tmp_path, a=TOKEN)
    (feed / "b.csv").write_text("Id\n1\n", encoding="utf-8")
    assert read(feed, "xporter") == [
        GRANT,
        Rows(source="feed/b.csv", dataset="b", columns=("Id",), cells=[["1"]]),
    ]


def uncounted(number: int, source: str = "feed/students/1.json", *, more: bool = False) -> Page:
    return Page(source=source, dataset="students", number=number, more=more)


@pytest.mark.parametrize(
    ("pages", "lacking"),
    [
        ([uncounted(1, more=True), uncounted(2)], None),
        ([uncounted(1)], None),
        ([uncounted(2), uncounted(1, more=True), uncounted(1, more=True)], None),
        ([uncounted(1, more=True)], "what follows page 1"),
        ([uncounted(1, more=True), uncounted(4)], "page 2, page 3"),
        ([uncounted(9)], "page 1, page 2, page 3, page 4, page 5"),
        ([uncounted(2, more=True)], "page 1, what follows page 2"),
    ],
)
def test_pages_that_nobody_counted_go_from_one_to_the_last(pages: list[Page], lacking: str | None) -> None:
    records = Batch(source="feed/students/1.json", dataset="students", records=[{"id": "1"}])
    what = f"holds pages of 'students': {lacking} did not come and could not be looked at"
    said = [Notice("feed/students/1.json", what, "students")] if lacking else []
    assert list(as_whole([records, *pages], "feed")) == [records, *said]


def test_pages_of_two_folders_are_two_pulls() -> None:
    records = Batch(source="a/1.json", dataset="students", records=[{"id": "1"}])
    pages = [uncounted(1, "a/1.json", more=True), uncounted(2, "b/2.json")]
    assert [piece.source for piece in as_whole([records, *pages], "feed") if isinstance(piece, Notice)] == [
        "a/1.json",
        "b/2.json",
    ]
