"""Servers that live as long as the test session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tables import servers
from tests.tables.servers import Server


@pytest.fixture(name="postgres", scope="session")
def _postgres() -> Iterator[Server]:
    with servers.postgres() as server:
        yield server


@pytest.fixture(name="mariadb", scope="session")
def _mariadb() -> Iterator[Server]:
    with servers.mariadb() as server:
        yield server
