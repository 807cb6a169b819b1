"""A wheel, installed outside the checkout, does the main job with the data that it brings along."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed; return what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_makes_the_demo_report_in_an_environment_of_its_own(tmp_path: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path, CHECKOUT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")

    files = zipfile.ZipFile(wheel).namelist()
    shipped = {
        f"compliance/_data/{path.relative_to(CHECKOUT).as_posix()}"
        for name in ("schemas", "templates", "permission_sets")
        for path in (CHECKOUT / name).rglob("*")
        if path.is_file()
    }
    assert shipped <= set(files)
    assert not [
        name
        for name in files
        if name.startswith(("tests/", "docs/", "schemas/")) or ("/_data/" in name and name.endswith(".py"))
    ]

    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", wheel, cwd=tmp_path)
    printed = run(python, "-m", "compliance", "demo", "--out", tmp_path / "out", cwd=tmp_path)

    written = {path.suffix for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {".html", ".pdf", ".json"} <= written
    assert ".html" in printed
    assert ".pdf" in printed
