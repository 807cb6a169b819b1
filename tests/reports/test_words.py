from __future__ import annotations

import datetime as dt

from compliance.reports import words
from compliance.reports.countries import country


def test_dates() -> None:
    assert words.day(dt.date(2026, 9, 1)) == "1 September 2026"
    assert words.day(None) == ""
    assert words.moment(dt.datetime(2026, 11, 23, 9, 5, tzinfo=dt.UTC)) == "23 November 2026, 09:05 UTC"


def test_numbers_and_lists() -> None:
    assert [words.counted(count, "item") for count in (0, 1, 1200)] == ["0 items", "1 item", "1,200 items"]
    assert words.counted(2, "company", "companies") == "2 companies"
    assert [words.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip


def test_periods() -> None:
    periods = {
        "P30D": "30 days",
        "P1Y": "1 year",
        "P1Y6M": "1 year and 6 months",
        "P0D": "0 days",
        None: "",
        "soon": "soon",
    }
    assert {text: words.period(text) for text in periods} == periods


def test_sentences_and_labels() -> None:
    assert [words.sentence(text) for text in ("it is so", "Is it?", " ", "ok.")] == ["It is so.", "Is it?", "", "Ok."]
    assert words.inside("Date of birth") == "date of birth"
    assert words.inside("UPN of a pupil") == "UPN of a pupil"
    assert words.named("legal_hold") == "legal hold"


def test_countries() -> None:
    assert [country(code) for code in ("GB", "us", "ZZ", "")] == ["United Kingdom", "United States", "ZZ", "Not stated"]
