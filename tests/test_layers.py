"""Imports run one way; the contract stands in pyproject.toml."""

from __future__ import annotations

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_run_one_way() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
