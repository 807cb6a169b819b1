"""Colour and progress are for people who watch, and for nobody else."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from compliance.cli import printing, progress
from compliance.formats.text import Line

LINES = [Line("Errors", "title"), Line("a/very/long/path" * 20, "error")]
PLAIN = "".join(f"{line.text}\n" for line in LINES)


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Let the program write to a terminal; pytest would take a fixture's away before the test."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    made = Terminal()
    monkeypatch.setattr(sys, "stdout", made)
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_a_terminal_gets_colour_and_no_line_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    printing.put_lines(LINES, no_color=False)
    assert "\x1b[1;31m" in screen.getvalue()
    assert screen.getvalue().count("\n") == len(LINES)


@pytest.mark.parametrize("how", ["option", "environment", "pipe"])
def test_colour_can_be_declined(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    stream: StringIO = terminal(monkeypatch)
    if how == "environment":
        monkeypatch.setenv("NO_COLOR", "1")
    if how == "pipe":
        stream = StringIO()
        monkeypatch.setattr(sys, "stdout", stream)
    printing.put_lines(LINES, no_color=how == "option")
    assert stream.getvalue() == PLAIN


def test_nobody_watches_a_pipe() -> None:
    with progress.progress() as tell:
        assert tell is None


def test_progress_is_quiet_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with progress.progress(quiet=True) as tell:
        assert tell is None
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("patience", "shown"), [(60.0, False), (-1.0, True)])
def test_progress_shows_itself_to_those_who_wait(
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    shown: bool,  # noqa: FBT001 - a case
) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    with progress.progress() as tell:
        assert tell
        tell("feed/\x1bstudents.json", 1200)
    assert (r"feed/\x1bstudents.json: 1,200 rows" in screen.getvalue()) is shown
