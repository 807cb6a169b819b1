"""The example school, faulty and clean, and people who are made up on the spot."""

from __future__ import annotations

import datetime as dt

import pytest

from compliance.example.generate import ExamplePaths, write_example

AT = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> ExamplePaths:
    return write_example(tmp_path_factory.mktemp("school"), at=AT)


@pytest.fixture(scope="session")
def clean_school(tmp_path_factory: pytest.TempPathFactory) -> ExamplePaths:
    return write_example(tmp_path_factory.mktemp("clean"), clean=True, at=AT)
