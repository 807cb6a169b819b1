"""Writes the example to a folder: a feed, a store and the declarations that go with them."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import OutputError, Place
from compliance.example import feed, store
from compliance.example.draft import Draft, clean_draft
from compliance.example.faults import plant


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePaths:
    """Where the parts of the example were written."""

    feed: Path
    """Folder of the integrator's answers."""
    store: Path
    """The app's SQLite database."""
    declarations: tuple[Path, ...]
    """Permission set, stored fields, authorisation and organisation."""


def write_example(folder: Path, *, clean: bool = False, at: dt.date) -> ExamplePaths:
    """Write the example as it is on the day ``at``, and say where.

    It is the same for the same day, byte for byte. With ``clean`` it has no fault; the two variants have a
    subfolder each and never mix. Raises ``OutputError`` when a file cannot be written.
    """
    draft = clean_draft(at)
    if clean:
        return write_draft(folder / "clean", draft)
    return write_draft(folder / "faulty", plant(draft))


def write_draft(folder: Path, draft: Draft) -> ExamplePaths:
    """Write the parts of ``draft`` into ``folder``. Raises ``OutputError`` when a file cannot be written."""
    try:
        return _write(folder, draft)
    except (OSError, sqlite3.Error):
        raise OutputError(
            "The example could not be written.",
            hint="Name a folder that you may write to and that has a few megabytes of room.",
            place=Place(folder.as_posix()),
        ) from None


def _write(folder: Path, draft: Draft) -> ExamplePaths:
    declarations = folder / "declarations"
    paths = ExamplePaths(feed=folder / "feed", store=folder / "store.sqlite", declarations=(declarations,))
    paths.feed.mkdir(parents=True, exist_ok=True)
    for name, answer in {**feed.answers(draft.school, draft.agreement), **draft.more_answers}.items():
        _write_text(paths.feed / name, json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    paths.store.unlink(missing_ok=True)
    store.write(draft.tables, paths.store)
    authorisation = {"authorisation.yaml": draft.agreement.to_yaml(draft.school.today)}
    declarations.mkdir(exist_ok=True)
    for name, text in {**draft.declarations, **authorisation}.items():
        _write_text(declarations / name, text)
    return paths


def _write_text(path: Path, text: str) -> None:
    """Write UTF-8 with the same line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
