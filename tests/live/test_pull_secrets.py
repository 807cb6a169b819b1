"""Secrets and answers on disk: private, or refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from compliance.cli.answers import answers_in
from compliance.cli.secret import pull_secret
from compliance.errors import UsageError


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret"
    path.write_text("CANARY\n")
    monkeypatch.setenv("COMPLIANCE_SECRET_FILE", str(path))
    path.chmod(0o600)
    assert pull_secret() == "CANARY"
    path.chmod(0o640)
    with pytest.raises(UsageError, match="by others than its owner") as caught:
        pull_secret()
    assert "CANARY" not in str(caught.value)


def test_answers_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    with answers_in(folder) as keep:
        keep("students_1.json", b"{}")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "students_1.json").stat().st_mode) == 0o600


def test_half_a_pull_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> None:
        with answers_in(tmp_path / "answers") as keep:
            keep("students_1.json", b"{}")
            raise UsageError("It broke.", hint="")

    with pytest.raises(UsageError):
        broken()
    assert list(tmp_path.iterdir()) == []
